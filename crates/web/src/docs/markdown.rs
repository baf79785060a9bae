//! Guides: Markdown to HTML. Markup inside them is shown, not obeyed; links between files become links between pages.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::code;
use crate::apis::slug;

/// A rendered text.
pub(super) struct Text {
    pub(super) markup: Markup,
    /// The headings of the second order: anchor and words.
    pub(super) headings: Vec<(String, String)>,
}

/// Renders a guide, without its title.
pub(super) fn render(source: &str) -> Text {
    let events: Vec<Event<'_>> = Parser::new_ext(source, Options::ENABLE_TABLES).collect();
    let mut out = Vec::with_capacity(events.len());
    let mut headings = Vec::new();
    let mut at = 0;
    while let Some(event) = events.get(at) {
        at += 1;
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let end = behind(&events, at, |e| matches!(e, Event::End(TagEnd::Heading(_))));
                let inside = &events[at..end - 1];
                at = end;
                if *level == pulldown_cmark::HeadingLevel::H1 {
                    continue;
                }
                let words = words(inside);
                let anchor = slug(&words);
                out.push(Event::Html(format!("<{level} id=\"{anchor}\">").into()));
                out.extend(inside.iter().cloned());
                out.push(Event::Html(
                    format!(
                        "<a class=\"anchor\" href=\"#{anchor}\" aria-label=\"Link to this part\">#</a></{level}>\n"
                    )
                    .into(),
                ));
                if *level == pulldown_cmark::HeadingLevel::H2 {
                    headings.push((anchor, words));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let end = behind(&events, at, |e| matches!(e, Event::End(TagEnd::CodeBlock)));
                let block = fenced(kind, &words(&events[at..end - 1]));
                at = end;
                out.push(Event::Html(block.into()));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => out.push(Event::Start(Tag::Link {
                link_type: *link_type,
                dest_url: CowStr::from(served(dest_url)),
                title: title.clone(),
                id: id.clone(),
            })),
            Event::Html(raw) | Event::InlineHtml(raw) if raw.trim_start().starts_with("<!--") => {}
            Event::Html(raw) | Event::InlineHtml(raw) => out.push(Event::Text(raw.clone())),
            other => out.push(other.clone()),
        }
    }
    let mut text = String::with_capacity(source.len() * 2);
    html::push_html(&mut text, out.into_iter());
    let text = text.replace("<table>", "<div class=\"wide\"><table>").replace("</table>", "</table></div>");
    Text { markup: PreEscaped(text), headings }
}

/// A part of a guide as plain text: what stands below a heading.
pub(super) struct Section {
    /// Where it is on its page; nothing for what stands before the first heading.
    pub(super) anchor: String,
    /// The heading's words.
    pub(super) title: String,
    pub(super) text: String,
}

/// The parts of a guide, without its title.
pub(super) fn sections(source: &str) -> Vec<Section> {
    let mut all = vec![Section { anchor: String::new(), title: String::new(), text: String::new() }];
    let mut heading = None;
    for event in Parser::new_ext(source, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(level)) => {
                let title = heading.take().unwrap_or_default();
                if level != pulldown_cmark::HeadingLevel::H1 {
                    all.push(Section { anchor: slug(&title), title, text: String::new() });
                }
            }
            event => {
                let words = words(&[event]);
                match (&mut heading, all.last_mut()) {
                    (Some(heading), _) => heading.push_str(&words),
                    (None, Some(section)) if words.is_empty() => section.text.push(' '),
                    (None, Some(section)) => section.text.push_str(&words),
                    (None, None) => {}
                }
            }
        }
    }
    for section in &mut all {
        section.text = section.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    all
}

/// The title of a guide: its first heading.
pub(super) fn title(source: &str) -> &str {
    source.lines().next().map_or("", |line| line.trim_start_matches('#').trim())
}

/// The place behind the first event from `at` that ends something.
fn behind(events: &[Event<'_>], at: usize, ends: impl Fn(&Event<'_>) -> bool) -> usize {
    events[at..].iter().position(ends).map_or(events.len(), |more| at + more + 1)
}

fn words(events: &[Event<'_>]) -> String {
    let text = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(text).collect()
}

/// A fenced block. The word behind the language is for the tests that run the guides, `expect` marking an output, or the
/// name of the file that the block is.
fn fenced(kind: &CodeBlockKind<'_>, code: &str) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(info) => info.to_string(),
        CodeBlockKind::Indented => String::new(),
    };
    let mut info = info.split_whitespace();
    let language = info.next().unwrap_or("");
    let says = match (language, info.next()) {
        (_, Some("expect")) => "Answer",
        (_, Some(file)) if file.contains('.') => file,
        ("sh", _) => "Shell",
        ("js", _) => "Node",
        ("json", _) => "JSON",
        ("toml", _) => "TOML",
        ("csv", _) => "CSV",
        _ => "",
    };
    code::block(says, language, code.trim_end()).into_string()
}

/// Where a link between the files of `docs` leads on the site.
fn served(link: &str) -> String {
    let (file, anchor) = link.split_once('#').map_or((link, String::new()), |(file, a)| (file, format!("#{a}")));
    if file.contains("://") || file.starts_with('/') || file.is_empty() {
        return link.to_owned();
    }
    let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
    match super::guides::find(name) {
        Some(guide) => format!("{}{anchor}", guide.path()),
        None => link.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_anchors_and_markup_is_shown_as_text() {
        let text = render("# Title\n\n## Two words\n\nA <script>x</script> & [link](paging.md#limits).\n");
        let html = text.markup.into_string();
        assert_eq!(text.headings, [("two-words".to_owned(), "Two words".to_owned())]);
        assert!(html.contains("<h2 id=\"two-words\">") && !html.contains("<script>"), "{html}");
        assert!(html.contains("href=\"/docs/guides/paging#limits\""), "{html}");
        assert!(!html.contains("Title"), "the page shows the title itself");
    }
}
