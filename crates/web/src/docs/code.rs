//! Code as pages show it: JSON with its parts told apart, everything else as it is.

use maud::{Markup, PreEscaped, html};

/// A block of code. `says` stands above it.
pub(crate) fn block(says: &str, language: &str, code: &str) -> Markup {
    html! {
        figure.code {
            @if !says.is_empty() { figcaption { (says) } }
            pre tabindex="0" { code class=[(!language.is_empty()).then(|| format!("language-{language}"))] { (coloured(language, code)) } }
        }
    }
}

/// The code with its parts told apart where the language is known.
pub(super) fn coloured(language: &str, code: &str) -> Markup {
    match language {
        "json" => PreEscaped(json(code)),
        "sh" => PreEscaped(shell(code)),
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
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
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

/// Comments alone.
fn shell(code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    for line in code.split_inclusive('\n') {
        match line.find("# ").filter(|at| *at == 0 || line[..*at].ends_with(' ')) {
            Some(at) => {
                escape(&line[..at], &mut out);
                span("comment", line[at..].trim_end_matches('\n'), &mut out);
                if line.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => escape(line, &mut out),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_code_becomes_markup() {
        for language in ["json", "sh", "js", ""] {
            let shown = coloured(language, "{\"a\": \"<b>&\\\"\", \"c\": -1.5} # <i>").into_string();
            assert!(!shown.contains("<b>") && !shown.contains("<i>"), "{shown}");
        }
        assert_eq!(json("{\"a\":1}"), "{<span class=\"key\">&quot;a&quot;</span>:<span class=\"atom\">1</span>}");
    }
}
