//! What is said of operations: the sentences of their rows, and those that follow from the rest of the row.

use super::kinds::{a, capital, spaced};
use crate::operations::{Empty, Operation, Paging, References};

/// The group that a path belongs to: its first part, in words.
pub(super) fn group(path: &str) -> String {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
    let mut words = String::new();
    for letter in first.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    capital(&words)
}

/// A sentence of a row with the names of its objects.
fn named(row: &Operation, sentence: &str) -> String {
    let parent = row.parent.map_or(row.object, |parent| parent.object);
    let names = [("{one}", a(row.object.name)), ("{many}", spaced(row.object.plural)), ("{parent}", a(parent.name))];
    names.iter().fold(sentence.to_owned(), |text, (placeholder, name)| text.replace(placeholder, name))
}

/// What an operation does, in a few words.
pub(super) fn summary(row: &Operation) -> String {
    named(row, row.summary)
}

/// What else there is to say, in sentences.
pub(super) fn description(row: &Operation) -> String {
    let mut said = vec![named(row, row.description)];
    let mut say = |holds: bool, sentence: &str| said.extend(holds.then(|| sentence.to_owned()));
    let embedded = row.references == References::Embedded && row.method.is_read();
    say(embedded, "References are shown as objects and written as ids.");
    say(row.paging == Paging::Offset, "In pages, by `start` and `limit`.");
    say(row.paging == Paging::Cursor, "In pages, by `cursor` and `limit`.");
    say(row.lists_records() && row.paging != Paging::None && row.empty == Empty::Null, "An empty list is `null`.");
    say(row.right.is_some(), "Admins only.");
    said.retain(|sentence| !sentence.is_empty());
    said.join(" ")
}
