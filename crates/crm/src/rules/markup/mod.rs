//! Marked-up text is cleaned before it is stored: nothing in it runs in the browser of whoever reads it
//! (pipedrive-contract 3.6 says that it is sanitised, not how).

mod tally;

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use penstock_model::{Error, Kind, Result, Value, kind::check_text};

/// The style properties that people's editors write and that can't do harm.
const STYLES: [&str; 12] = [
    "background-color",
    "color",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "line-height",
    "margin-left",
    "padding-left",
    "text-align",
    "text-decoration",
    "vertical-align",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder.link_rel(None).add_generic_attributes(["style", "class"]).add_tags(["font", "u"]);
    builder.add_tag_attributes("font", ["color", "face", "size"]).add_tag_attributes("a", ["target"]);
    builder.filter_style_properties(HashSet::from(STYLES));
    builder
});

/// A field's value as it is stored: marked-up text without scripts, styles sheets, frames, forms and event handlers.
/// A text without markup stays as it is. It takes a while: see [`Patch::clean`](crate::Patch::clean).
///
/// # Errors
/// `FieldInvalid` at the field, when the text becomes too much once it is parsed, or too long once it is clean.
pub(crate) fn cleaned(kind: Kind, value: &Value, name: &str) -> Result<Value> {
    match value {
        Value::Text(text) if kind == Kind::Html && text.contains('<') => {
            tally::check(text).map_err(|why| Error::invalid(name, &why))?;
            let clean = CLEANER.clean(text).to_string();
            check_text(&clean, name, kind.longest().unwrap_or(0))?;
            Ok(Value::from(clean))
        }
        other => Ok(other.clone()),
    }
}

/// The words of a cleaned text: without tags, and without the names of characters.
pub(crate) fn words(text: &str) -> String {
    let (before_tags, tagged) = text.split_once('<').unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len());
    out.push_str(before_tags);
    for part in tagged.split('<') {
        out.push(' ');
        out.push_str(part.split_once('>').map_or("", |(_, shown)| shown));
    }
    for name in ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;"] {
        out = out.replace(name, " ");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        cleaned(Kind::Html, &Value::from(text), "content").unwrap().text().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_could_run_is_gone_and_the_rest_stays() {
        assert_eq!(clean("They want <b>blue</b> ones"), "They want <b>blue</b> ones");
        assert_eq!(clean("a<script>alert(1)</script>b<style>p{}</style>"), "ab");
        assert_eq!(clean("<img src=\"x.png\" onerror=\"alert(1)\">"), "<img src=\"x.png\">");
        assert_eq!(clean("<a href=\"javascript:alert(1)\">x</a>"), "<a>x</a>");
        assert_eq!(clean("<iframe src=\"//evil\"></iframe><p>y</p>"), "<p>y</p>");
        assert_eq!(clean("<span style=\"color: red; position: fixed\">z</span>"), "<span style=\"color:red\">z</span>");
    }

    #[test]
    fn search_finds_words_and_no_tags() {
        let found = words("Big <b class=\"x\">blue</b> &amp; green<br>ones");
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["Big", "blue", "green", "ones"]);
        assert_eq!(words("5 > 3").trim(), "5 > 3");
    }

    #[test]
    fn a_text_without_markup_is_not_touched() {
        assert_eq!(clean("Tom & Jerry"), "Tom & Jerry");
        let plain = Value::from("<script>");
        assert_eq!(cleaned(Kind::LongText, &plain, "content").unwrap(), plain);
    }

    #[test]
    fn a_text_that_is_too_long_once_it_is_clean_is_refused() {
        let text = format!("<b>{}</b>", "&".repeat(30_000));
        let refused = cleaned(Kind::Html, &Value::from(text), "content").unwrap_err();
        assert_eq!(refused.message, "content: must have at most 100000 characters");
    }
}
