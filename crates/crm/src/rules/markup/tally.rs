//! What a marked-up text amounts to once it is parsed. HTML says that formatting which was never closed goes on in every
//! paragraph that follows, so a short text can become a huge document, and clients that read it pay for it, too. The
//! parser that cleans runs here without building anything, a little at a time, and stops at the first bound.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, ExpandedName, LocalName, Namespace, ParseOpts, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns, parse_fragment,
    tendril::{StrTendril, TendrilSink},
};

/// The most elements.
const ELEMENTS: usize = 5_000;
/// How deep elements may be nested.
const DEPTH: usize = 256;
/// The most bytes of tags.
const BYTES: usize = 500_000;
/// The most attributes of one tag, at least: each is compared with all before it.
const ATTRIBUTES: usize = 4_000;
/// Bytes that are parsed between two looks at the bounds.
const STEP: usize = 256;

/// Refuses a text that becomes too much, with what to change.
pub(super) fn check(text: &str) -> Result<(), String> {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    // As the cleaner parses.
    let mut parser = parse_fragment(Tally::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = text;
    let mut unseen = 0;
    while !rest.is_empty() {
        let (step, behind) = rest.split_at(rest.floor_char_boundary(STEP.min(rest.len())));
        rest = behind;
        parser.process(StrTendril::from(step));
        let tally = &parser.tokenizer.sink.sink;
        // As long as the parser gives nothing, it may be in the middle of a tag.
        unseen = if tally.gave.take() { 0 } else { unseen + separators(step) };
        tally.bounds(unseen)?;
    }
    Ok(())
}

/// How many attributes can begin in a piece of a tag, and more.
fn separators(step: &str) -> usize {
    step.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte)).count()
}

#[derive(Default)]
struct Tally {
    elements: Cell<usize>,
    deepest: Cell<usize>,
    bytes: Cell<usize>,
    /// Whether the parser gave anything since this was looked at.
    gave: Cell<bool>,
}

/// An element without its content, or a document.
struct Node {
    name: Option<QualName>,
    depth: Cell<usize>,
    template: RefCell<Option<Rc<Node>>>,
}

impl Node {
    fn new(name: Option<QualName>) -> Rc<Self> {
        Rc::new(Self { name, depth: Cell::new(0), template: RefCell::default() })
    }
}

impl Tally {
    fn bounds(&self, unseen: usize) -> Result<(), String> {
        if self.elements.get() > ELEMENTS {
            return Err(format!("has more than {ELEMENTS} tags, counting those that go on in a later paragraph"));
        }
        if self.deepest.get() > DEPTH {
            return Err(format!("has tags nested deeper than {DEPTH} levels: close them"));
        }
        if self.bytes.get() > BYTES {
            return Err(format!("has tags of more than {BYTES} bytes, counting those that go on in a later paragraph"));
        }
        if unseen > ATTRIBUTES {
            return Err("has a tag or a comment that is too long".to_owned());
        }
        Ok(())
    }

    fn put(&self, depth: usize, child: &NodeOrText<Rc<Node>>) {
        self.gave.set(true);
        if let NodeOrText::AppendNode(node) = child {
            node.depth.set(depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

static NO_NAME: (Namespace, LocalName) = (ns!(), local_name!(""));

impl TreeSink for Tally {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> Rc<Node> {
        Node::new(None)
    }
    fn elem_name<'a>(&'a self, node: &'a Rc<Node>) -> ExpandedName<'a> {
        node.name.as_ref().map_or(ExpandedName { ns: &NO_NAME.0, local: &NO_NAME.1 }, QualName::expanded)
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        self.gave.set(true);
        self.elements.set(self.elements.get() + 1);
        let attributes: usize = attributes.iter().map(|a| a.name.local.len() + a.value.len() + 4).sum();
        // Most elements have two tags: `<b></b>`.
        self.bytes.set(self.bytes.get() + 2 * name.local.len() + 5 + attributes);
        Node::new(Some(name))
    }
    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Node::new(None)
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Node::new(None)
    }
    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(parent.depth.get() + 1, &child);
    }
    fn append_based_on_parent_node(&self, element: &Rc<Node>, _: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(element.depth.get() + 1, &child);
    }
    fn append_before_sibling(&self, sibling: &Rc<Node>, node: NodeOrText<Rc<Node>>) {
        self.put(sibling.depth.get(), &node);
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        let mut template = target.template.borrow_mut();
        let contents = template.get_or_insert_with(|| Node::new(None));
        contents.depth.set(target.depth.get());
        Rc::clone(contents)
    }
    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        check(text).unwrap_err()
    }

    #[test]
    fn what_people_write_is_taken() {
        let paragraph = "<p style=\"color: red\">One <b>two</b> <a href=\"https://example.com/a?b=c\">three</a></p>\n";
        let quoted = format!("{}so it was{}", "<blockquote><div>".repeat(100), "</div></blockquote>".repeat(100));
        let words = format!("<p>{}</p>", "word ".repeat(19_000));
        let table = format!("<table>{}</table>", "<tr><td>1</td><td>2</td></tr>".repeat(1000));
        let picture = format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0KGgo/AAAANSUhEUg+".repeat(3000));
        for text in ["a < b", "<", "<b", &*paragraph.repeat(900), &*quoted, &*words, &*table, &*picture, "ä<b>ö</b>"]
        {
            assert_eq!(check(text), Ok(()), "{}", &text[..text.len().min(90)]);
        }
    }

    #[test]
    fn formatting_that_is_never_closed_is_counted_in_every_paragraph_that_it_goes_on_in() {
        use std::fmt::Write;
        let mut text = "<p>".to_owned();
        for number in 0..300 {
            let _ = write!(text, "<font color={number}>");
        }
        assert!(why(&format!("{text}{}", "<p>x".repeat(2400))).contains("nested deeper than 256"));
        let few = &text[..text.find("<font color=200>").unwrap()];
        assert!(why(&format!("{few}{}", "<p>x".repeat(2400))).contains("more than 5000 tags"));
        let long = format!("<p><b class='{}'>", "x".repeat(10_000));
        assert!(why(&format!("{long}{}", "<p>x".repeat(2400))).contains("more than 500000 bytes"));
    }

    #[test]
    fn tags_are_bounded_in_number_depth_and_length() {
        assert!(why(&"<br>".repeat(5001)).contains("more than 5000 tags"));
        assert!(why(&"<div>".repeat(300)).contains("nested deeper"));
        let names = |between: &str| (0..9000).map(|n| format!("a{n}")).collect::<Vec<_>>().join(between);
        for text in [format!("<p {}>", names(" ")), format!("<p {}", names("/")), format!("<p {}>", names("=''"))] {
            assert!(why(&text).contains("too long"), "{}", &text[..60]);
        }
    }
}
