//! How a kind stands on disk, and which search keys its values give.

use super::Kind;
use crate::Value;

/// A column's type; each engine names it in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlType {
    /// 64-bit whole number.
    Int,
    /// 64-bit floating point number.
    Real,
    /// Flag.
    Bool,
    /// Text of any length.
    Text,
}

/// One key under which a value is found in `field_value`.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKey {
    /// Numbers, references, options.
    Number(f64),
    /// Folded texts, dates, times.
    Text(String),
}

impl Kind {
    /// The type of a column of this kind.
    #[must_use]
    pub const fn sql_type(self) -> SqlType {
        match self {
            Self::Id
            | Self::Integer
            | Self::Money
            | Self::Duration
            | Self::DateTime
            | Self::Choice
            | Self::Reference(_)
            | Self::VisibleTo => SqlType::Int,
            Self::Number => SqlType::Real,
            Self::Boolean => SqlType::Bool,
            Self::Text
            | Self::Autocomplete
            | Self::Phone
            | Self::LongText
            | Self::Html
            | Self::Date
            | Self::Time
            | Self::Enumeration(_)
            | Self::Choices
            | Self::References(_)
            | Self::Amount
            | Self::ZonedTime
            | Self::DateRange
            | Self::TimeRange
            | Self::Address
            | Self::Emails
            | Self::Phones
            | Self::Messengers
            | Self::Participants
            | Self::Attendees
            | Self::Json => SqlType::Text,
        }
    }
    /// Whether values are canonical JSON text.
    #[must_use]
    pub const fn is_composite(self) -> bool {
        matches!(
            self,
            Self::Choices
                | Self::References(_)
                | Self::Amount
                | Self::ZonedTime
                | Self::DateRange
                | Self::TimeRange
                | Self::Address
                | Self::Emails
                | Self::Phones
                | Self::Messengers
                | Self::Participants
                | Self::Attendees
                | Self::Json
        )
    }
    /// Whether values are compared without regard to case, through a folded key.
    #[must_use]
    pub const fn is_folded(self) -> bool {
        matches!(self, Self::Text | Self::Autocomplete | Self::Phone)
    }

    /// The column of `field_value` that [`value_keys`] fills for values of this kind, which lists can be sorted by;
    /// nothing for kinds that have no keys.
    #[must_use]
    pub const fn key_column(self) -> Option<&'static str> {
        match self {
            Self::LongText | Self::Html | Self::Participants | Self::Attendees | Self::Json => None,
            Self::Text
            | Self::Autocomplete
            | Self::Phone
            | Self::Date
            | Self::Time
            | Self::ZonedTime
            | Self::DateRange
            | Self::TimeRange
            | Self::Address
            | Self::Emails
            | Self::Phones
            | Self::Messengers
            | Self::Enumeration(_) => Some("text_key"),
            Self::Id
            | Self::Integer
            | Self::Number
            | Self::Money
            | Self::Boolean
            | Self::Duration
            | Self::DateTime
            | Self::Choice
            | Self::Choices
            | Self::Reference(_)
            | Self::References(_)
            | Self::Amount
            | Self::VisibleTo => Some("number"),
        }
    }
}

/// The folded form of a text, by which it is compared: lower case, outer blanks removed, every blank within (doubled,
/// unbreakable, thin) one space, at most 255 characters.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(1020));
    let mut left = 255;
    for word in text.split_whitespace() {
        let blank = if folded.is_empty() { None } else { Some(' ') };
        for c in blank.into_iter().chain(word.chars().flat_map(char::to_lowercase)) {
            if left == 0 {
                return folded;
            }
            folded.push(c);
            left -= 1;
        }
    }
    folded
}

/// The `field_value` keys of a value: none for unset values and kinds that are not filtered by index.
#[must_use]
pub fn value_keys(kind: Kind, value: &Value) -> Vec<ValueKey> {
    let text_key = |text: &str| vec![ValueKey::Text(fold(text))];
    #[expect(clippy::cast_precision_loss, reason = "ids and counts stay below 2^53")]
    match (kind, value) {
        (_, Value::Null) | (Kind::LongText | Kind::Html, _) => Vec::new(),
        (_, Value::Int(i)) => vec![ValueKey::Number(*i as f64)],
        (_, Value::Real(r)) => vec![ValueKey::Number(*r)],
        (_, Value::Bool(b)) => vec![ValueKey::Number(f64::from(u8::from(*b)))],
        (Kind::Choices | Kind::References(_), Value::Text(t)) => serde_json::from_str::<Vec<i64>>(t)
            .unwrap_or_default()
            .into_iter()
            .map(|id| ValueKey::Number(id as f64))
            .collect(),
        (Kind::Emails | Kind::Phones | Kind::Messengers, Value::Text(t)) => {
            serde_json::from_str::<Vec<serde_json::Value>>(t)
                .unwrap_or_default()
                .iter()
                .filter_map(|entry| entry["value"].as_str().map(|v| ValueKey::Text(fold(v))))
                .collect()
        }
        (Kind::Amount, Value::Text(t)) => serde_json::from_str::<serde_json::Value>(t)
            .ok()
            .and_then(|v| v["value"].as_f64())
            .map(ValueKey::Number)
            .into_iter()
            .collect(),
        (Kind::ZonedTime | Kind::DateRange | Kind::TimeRange | Kind::Address, Value::Text(t)) => {
            serde_json::from_str::<serde_json::Value>(t)
                .ok()
                .and_then(|v| v["value"].as_str().map(text_key))
                .unwrap_or_default()
        }
        // The primary one stands in a column of its own.
        (Kind::Participants, Value::Text(t)) => serde_json::from_str::<Vec<serde_json::Value>>(t)
            .unwrap_or_default()
            .iter()
            .filter(|one| one["primary"] != true)
            .filter_map(|one| one["person_id"].as_i64().map(|id| ValueKey::Number(id as f64)))
            .collect(),
        (Kind::Attendees | Kind::Json, _) => Vec::new(),
        (_, Value::Text(t)) => text_key(t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_compared_without_regard_to_case_and_blanks() {
        for (text, folded) in [
            ("  Acme \u{a0} PUMPS\t", "acme pumps"),
            ("Blue\u{202f}River", "blue river"),
            ("a\u{2009}\n b", "a b"),
            (" \u{a0} ", ""),
            ("\u{130}x", "i\u{307}x"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
        assert_eq!(fold(&"Ä b".repeat(300)).chars().count(), 255);
    }
}
