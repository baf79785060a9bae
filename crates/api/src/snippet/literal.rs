//! A JSON value as a literal of a programming language, broken into lines where it is long.

use serde_json::Value as Json;

use super::parts;

/// How a language writes values.
pub(super) struct Dialect {
    /// `null`, `true` and `false`.
    pub(super) words: [&'static str; 3],
    /// A text.
    pub(super) text: fn(&str) -> String,
    /// A key of an object.
    pub(super) key: fn(&str) -> String,
    /// What was made, by its word.
    pub(super) name: fn(&str) -> String,
    /// What stands inside the brackets of an object that is on one line.
    pub(super) air: &'static str,
    /// One level of indentation.
    pub(super) indent: &'static str,
}

/// The longest literal that stays on its line.
const WIDTH: usize = 72;

impl Dialect {
    /// The literal, its first line standing `depth` levels in.
    pub(super) fn literal(&self, json: &Json, depth: usize) -> String {
        let line = self.line(json);
        if line.len() <= WIDTH {
            return line;
        }
        match json {
            Json::Array(all) if !all.is_empty() => {
                let parts = all.iter().map(|one| self.literal(one, depth + 1));
                self.lines(['[', ']'], parts, depth)
            }
            Json::Object(all) if !all.is_empty() => {
                let parts =
                    all.iter().map(|(key, one)| format!("{}: {}", (self.key)(key), self.literal(one, depth + 1)));
                self.lines(['{', '}'], parts, depth)
            }
            _ => line,
        }
    }

    fn lines(&self, [open, close]: [char; 2], parts: impl Iterator<Item = String>, depth: usize) -> String {
        let inside = self.indent.repeat(depth + 1);
        let parts = parts.map(|part| format!("{inside}{part},\n")).collect::<Vec<_>>().concat();
        format!("{open}\n{parts}{}{close}", self.indent.repeat(depth))
    }

    /// The literal on one line.
    fn line(&self, json: &Json) -> String {
        let [null, yes, no] = self.words;
        match json {
            Json::Null => null.to_owned(),
            Json::Bool(true) => yes.to_owned(),
            Json::Bool(false) => no.to_owned(),
            Json::Number(number) => number.to_string(),
            Json::String(text) => match parts(text)[..] {
                [Err(word)] => (self.name)(word),
                _ => (self.text)(text),
            },
            Json::Array(all) => format!("[{}]", all.iter().map(|one| self.line(one)).collect::<Vec<_>>().join(", ")),
            Json::Object(all) if all.is_empty() => "{}".to_owned(),
            Json::Object(all) => {
                let parts: Vec<_> =
                    all.iter().map(|(key, one)| format!("{}: {}", (self.key)(key), self.line(one))).collect();
                format!("{{{air}{}{air}}}", parts.join(", "), air = self.air)
            }
        }
    }
}

/// A text between quotes, as JSON escapes it: what JavaScript and Python read alike.
pub(super) fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
