//! Code as pages show it, with the parts told apart of what is JSON, shell, JavaScript or Python.

use maud::{Markup, PreEscaped, html};

/// A block of code. `says` stands above it.
pub(crate) fn block(says: &str, language: &str, code: &str) -> Markup {
    html! {
        figure.code {
            @if !says.is_empty() { figcaption { (says) } }
            (pre(language, code))
        }
    }
}

/// The code itself. It may be wider than its place, so it can be scrolled by keyboard.
pub(super) fn pre(language: &str, code: &str) -> Markup {
    html! {
        pre tabindex="0" { code class=[(!language.is_empty()).then(|| format!("language-{language}"))] { (coloured(language, code)) } }
    }
}

/// The code with its parts told apart where the language is known.
pub(super) fn coloured(language: &str, code: &str) -> Markup {
    match language {
        "json" => PreEscaped(json(code)),
        "sh" => PreEscaped(SHELL.coloured(code)),
        "js" => PreEscaped(JAVASCRIPT.coloured(code)),
        "py" => PreEscaped(PYTHON.coloured(code)),
        _ => html! { (code) },
    }
}

pub(super) fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            c => into.push(c),
        }
    }
}

fn span(class: &str, text: &str, into: &mut String) {
    into.push_str("<span class=\"");
    into.push_str(class);
    into.push_str("\">");
    escape(text, into);
    into.push_str("</span>");
}

/// Where a quoted text that begins a slice ends.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let mut letters = text.char_indices();
    let quote = letters.next().map_or('"', |(_, first)| first);
    for (at, c) in letters {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn json(code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            quoted(rest)
        } else if first.is_ascii_alphanumeric() || first == '-' {
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.' | '+')).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(length);
        match first {
            '"' if behind.trim_start().starts_with(':') => span("key", token, &mut out),
            '"' => span("string", token, &mut out),
            c if c.is_ascii_alphanumeric() || c == '-' => span("atom", token, &mut out),
            _ => escape(token, &mut out),
        }
        rest = behind;
    }
    out
}

/// What there is to tell apart in a language: roughly, for samples of a few lines.
struct Language {
    comment: &'static str,
    quotes: &'static str,
    keywords: &'static [&'static str],
}

const SHELL: Language = Language { comment: "# ", quotes: "\"'", keywords: &[] };
const JAVASCRIPT: Language = Language {
    comment: "//",
    quotes: "\"'`",
    keywords: &[
        "async", "await", "const", "else", "for", "from", "function", "if", "import", "let", "new", "of", "return",
    ],
};
const PYTHON: Language = Language {
    comment: "#",
    quotes: "\"'",
    keywords: &["as", "def", "else", "for", "from", "if", "import", "in", "return", "with"],
};

impl Language {
    fn coloured(&self, code: &str) -> String {
        let mut out = String::with_capacity(code.len() * 2);
        let mut rest = code;
        // What stood before: a comment begins behind a space, and no word inside another.
        let mut before = '\n';
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let (class, length) = if before.is_whitespace() && rest.starts_with(self.comment) {
                ("comment", rest.find('\n').unwrap_or(rest.len()))
            } else if self.quotes.contains(first) && before != '\\' {
                ("string", quoted(rest))
            } else if is_word(first) {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let class = if self.keywords.contains(&&rest[..length]) { "keyword" } else { "" };
                (class, length)
            } else {
                ("", first.len_utf8())
            };
            let (token, behind) = rest.split_at(length);
            if class.is_empty() {
                escape(token, &mut out);
            } else {
                span(class, token, &mut out);
            }
            before = token.chars().next_back().unwrap_or(before);
            rest = behind;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_code_becomes_markup() {
        for language in ["json", "sh", "js", "py", ""] {
            let shown = coloured(language, "{\"a\": \"<b>&\\\"\", \"c\": -1.5} # <i>").into_string();
            assert!(!shown.contains("<b>") && !shown.contains("<i>"), "{shown}");
        }
        assert_eq!(
            JAVASCRIPT.coloured("const a = 'b'; // c"),
            "<span class=\"keyword\">const</span> a = <span class=\"string\">'b'</span>; <span class=\"comment\">// c</span>"
        );
        assert_eq!(json("{\"a\":1}"), "{<span class=\"key\">&quot;a&quot;</span>:<span class=\"atom\">1</span>}");
    }
}
