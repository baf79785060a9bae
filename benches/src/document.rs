//! The marked section of a document, which a run replaces and leaves the rest of the text alone.

use std::{fs, path::Path};

use crate::Result;

const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

/// Puts the figures between the marks of a file. A file without marks gets them at its end.
pub(crate) fn write(file: &Path, figures: &str) -> Result<()> {
    let text = fs::read_to_string(file).unwrap_or_default();
    fs::write(file, replaced(&text, figures))?;
    Ok(())
}

fn replaced(text: &str, figures: &str) -> String {
    let section = format!("{BEGIN}\n{figures}\n{END}");
    let found = text.find(BEGIN).and_then(|from| Some((from, from + text[from..].find(END)? + END.len())));
    match found {
        Some((from, until)) => format!("{}{section}{}", &text[..from], &text[until..]),
        None if text.is_empty() => format!("# Performance\n\n{section}\n"),
        None => format!("{}\n\n{section}\n", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let first = replaced("# Speed\n\nWords.\n", "one");
        let text = format!("{first}\nMore words.\n");
        let second = replaced(&text, "two");
        assert_eq!(second, text.replace("one", "two"));
        assert!(second.starts_with("# Speed\n\nWords.\n") && second.ends_with("More words.\n"));
    }
}
