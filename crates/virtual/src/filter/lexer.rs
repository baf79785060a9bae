//! The words of a filter's text.

use penstock_model::{Code, Error, Result};
use serde_json::Value as Json;

/// The longest text of a filter, in bytes.
const LONGEST: usize = 16_384;

/// A word with its place, counted in characters from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) place: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// A field, or one of the language's words.
    Name(String),
    /// A quoted text or a number.
    Value(Json),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Compare(&'static str),
    Open,
    Close,
    Comma,
    End,
}

/// What is wrong, and where.
pub(super) fn wrong(place: usize, what: &str) -> Error {
    Error::new(Code::FilterInvalid, format!("filter: {what}, at character {place}")).at("filter")
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>> {
    if text.len() > LONGEST {
        return Err(wrong(LONGEST, &format!("must have at most {LONGEST} bytes")));
    }
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let place = at + 1;
        let next = letters.get(at + 1).copied();
        let (word, length) = match c {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => (Word::Open, 1),
            ')' => (Word::Close, 1),
            ',' => (Word::Comma, 1),
            '=' => (Word::Compare("="), if next == Some('=') { 2 } else { 1 }),
            '!' if next == Some('=') => (Word::Compare("!="), 2),
            '<' if next == Some('>') => (Word::Compare("!="), 2),
            '<' if next == Some('=') => (Word::Compare("<="), 2),
            '<' => (Word::Compare("<"), 1),
            '>' if next == Some('=') => (Word::Compare(">="), 2),
            '>' => (Word::Compare(">"), 1),
            '\'' => quoted(&letters, at)?,
            c if c.is_ascii_digit() || c == '-' => number(&letters, at)?,
            c if c.is_alphabetic() || c == '_' => {
                let name: String =
                    letters[at..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
                let length = name.chars().count();
                (Word::Name(name), length)
            }
            '"' => return Err(wrong(place, "texts stand in single quotes")),
            other => return Err(wrong(place, &format!("{other} means nothing here"))),
        };
        tokens.push(Token { word, place });
        at += length;
    }
    tokens.push(Token { word: Word::End, place: letters.len() + 1 });
    Ok(tokens)
}

/// A text in quotes, and how many characters it takes.
fn quoted(letters: &[char], start: usize) -> Result<(Word, usize)> {
    let mut text = String::new();
    let mut at = start + 1;
    loop {
        match (letters.get(at), letters.get(at + 1)) {
            (Some('\''), Some('\'')) => {
                text.push('\'');
                at += 2;
            }
            (Some('\''), _) => return Ok((Word::Value(Json::from(text)), at + 1 - start)),
            (Some(c), _) => {
                text.push(*c);
                at += 1;
            }
            (None, _) => return Err(wrong(start + 1, "a text is not closed by a single quote")),
        }
    }
}

fn number(letters: &[char], start: usize) -> Result<(Word, usize)> {
    let in_number = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    let text: String = letters[start..].iter().take_while(in_number).collect();
    match penstock_api::json(text.as_bytes()) {
        Ok(number @ Json::Number(_)) => Ok((Word::Value(number), text.len())),
        _ => Err(wrong(start + 1, &format!("{text} is no number; texts and dates stand in single quotes"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_numbers_and_names_are_told_apart() {
        let words: Vec<Word> = tokens("a.b <> 'it''s' AND n>=-1.5").unwrap().into_iter().map(|t| t.word).collect();
        assert_eq!(
            words,
            [
                Word::Name("a.b".into()),
                Word::Compare("!="),
                Word::Value("it's".into()),
                Word::Name("AND".into()),
                Word::Name("n".into()),
                Word::Compare(">="),
                Word::Value(serde_json::json!(-1.5)),
                Word::End
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, place) in [("a = 'x", 5), ("a = \"x\"", 5), ("a = 2026-01-01", 5), ("a ; b", 3)] {
            let message = tokens(text).unwrap_err().message;
            assert!(message.ends_with(&format!("at character {place}")), "{message}");
        }
    }
}
