//! What each kind accepts. One `match`: lenient as Pipedrive's v1, or strict as its v2 and the Virtual API.

mod choice;
mod parts;
mod people;
mod scalar;

pub use choice::id_list;
pub use parts::{ADDRESS_PARTS, canonical_number};
pub use scalar::{check_text, money_from_text};

use std::borrow::Cow;

use serde_json::Value as Json;

use choice::{choice, choices, ids};
use parts::{ZONE, address, amount, range};
use people::{attendees, contacts, participants};
use scalar::{boolean, integer, money, number, spelled, text};

use super::{Kind, limit};
use crate::{Error, Result, Value, schema::OptionItem, time};

/// How forgiving parsing is (pipedrive-contract 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// v1: numbers and flags as strings, `""` as unset, labels for option ids.
    Lenient,
    /// v2: no coercion.
    Strict,
}

/// Checks that a list does not have more members than its kind allows, before anybody looks at them.
///
/// # Errors
/// [`Code::FieldInvalid`](crate::Code::FieldInvalid), saying how many it may have.
pub fn check_size(kind: Kind, json: &Json, name: &str) -> Result<()> {
    let Some(most) = kind.most() else { return Ok(()) };
    let members = match json {
        Json::Array(members) => members.len(),
        // v1 takes ids with commas between them.
        Json::String(text) => text.split(',').filter(|part| !part.trim().is_empty()).count(),
        _ => 1,
    };
    limit::at_most(most, members, name)
}

/// Reads a JSON value as a value of a kind. `null` is unset for every kind. `name` is how the caller spelt the
/// field; `options` are the field's options, for choices.
///
/// # Errors
/// [`Code::FieldInvalid`](crate::Code::FieldInvalid), saying what is expected.
pub fn parse(kind: Kind, json: &Json, how: Strictness, name: &str, options: &[OptionItem]) -> Result<Value> {
    let lenient = how == Strictness::Lenient;
    if json.is_null() || (lenient && json.as_str() == Some("") && !matches!(kind, Kind::Html | Kind::LongText)) {
        return Ok(Value::Null);
    }
    check_size(kind, json, name)?;
    match kind {
        Kind::Id | Kind::Integer | Kind::VisibleTo | Kind::Reference(_) => {
            integer(json, lenient).map(Value::Int).ok_or_else(|| Error::invalid(name, "must be a whole number"))
        }
        Kind::Number => number(json, lenient).map(Value::Real).ok_or_else(|| Error::invalid(name, "must be a number")),
        Kind::Money => money(json, lenient, name),
        Kind::Boolean => {
            boolean(json, lenient).map(Value::Bool).ok_or_else(|| Error::invalid(name, "must be true or false"))
        }
        Kind::Text | Kind::Autocomplete | Kind::Phone | Kind::LongText | Kind::Html => {
            text(json, lenient, name, kind.longest().unwrap_or(limit::PART))
        }
        Kind::Date => spelled(json, name, day(lenient), "must be a date as YYYY-MM-DD"),
        Kind::Time => spelled(json, name, time::parse_clock, "must be a time as HH:MM or HH:MM:SS"),
        Kind::Duration => json
            .as_str()
            .and_then(time::parse_duration)
            .map(Value::Int)
            .ok_or_else(|| Error::invalid(name, "must be a span as HH:MM or HH:MM:SS")),
        Kind::DateTime => json
            .as_str()
            .and_then(|t| if lenient { time::parse(t) } else { time::parse_strict(t) })
            .map(Value::Int)
            .ok_or_else(|| {
                Error::invalid(
                    name,
                    if lenient {
                        "must be a time as YYYY-MM-DD HH:MM:SS"
                    } else {
                        "must be a time as YYYY-MM-DDTHH:MM:SSZ, without fractions of a second"
                    },
                )
            }),
        Kind::Enumeration(words) => json
            .as_str()
            .filter(|t| words.contains(t))
            .map(Value::from)
            .ok_or_else(|| Error::invalid(name, &format!("must be one of {}", words.join(", ")))),
        Kind::Choice => choice(json, lenient, name, options).map(Value::Int),
        Kind::Choices => choices(json, lenient, name, options),
        Kind::References(_) => ids(json, lenient, name),
        Kind::Amount => amount(json, lenient, name),
        Kind::ZonedTime => range(json, lenient, name, &["value"], &ZONE, time::parse_clock),
        Kind::DateRange => range(json, lenient, name, &["value", "until"], &[], day(lenient)),
        Kind::TimeRange => range(json, lenient, name, &["value", "until"], &ZONE, time::parse_clock),
        Kind::Address => address(json, lenient, name),
        Kind::Emails | Kind::Phones | Kind::Messengers => contacts(json, lenient, name),
        Kind::Participants => participants(json, lenient, name),
        Kind::Attendees => attendees(json, lenient, name),
        Kind::Json => Ok(Value::from(json.to_string())),
    }
}

/// A text, or in lenient parsing a number in its place, as its decimal digits: clients whose language guesses types send
/// `4930123456` for a telephone number.
///
/// # Errors
/// [`Code::FieldInvalid`](crate::Code::FieldInvalid) for anything else, and for a number that has lost digits on its way.
pub fn text_of<'a>(json: &'a Json, how: Strictness, name: &str) -> Result<Cow<'a, str>> {
    scalar::text_of(json, how == Strictness::Lenient, name)
}

/// What reads a day: v1 takes the day of a moment, too.
const fn day(lenient: bool) -> fn(&str) -> Option<String> {
    if lenient { time::parse_date } else { time::parse_day }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "calls read better")]
    fn lenient(kind: Kind, value: Json) -> Result<Value> {
        parse(kind, &value, Strictness::Lenient, "f", &[])
    }
    #[expect(clippy::needless_pass_by_value, reason = "calls read better")]
    fn strict(kind: Kind, value: Json) -> Result<Value> {
        parse(kind, &value, Strictness::Strict, "f", &[])
    }

    #[test]
    fn money_is_exact_to_a_ten_thousandth() {
        assert_eq!(lenient(Kind::Money, json!("500")).unwrap(), Value::Int(5_000_000));
        assert_eq!(strict(Kind::Money, json!(0.1)).unwrap(), Value::Int(1_000));
        assert_eq!(strict(Kind::Money, json!(-1.00005)).unwrap(), Value::Int(-10_001));
        assert!(strict(Kind::Money, json!("500")).is_err());
        assert!(strict(Kind::Money, json!(1e300)).is_err());
    }

    #[test]
    fn an_amount_that_is_no_number_is_told_apart_from_one_that_is_too_large() {
        let said = |outcome: Result<Value>| outcome.unwrap_err().message.into_owned();
        for text in ["12,5", "1.000,50", "$5", "five", "1e", ".", "-", "inf", "1 000"] {
            let said = said(lenient(Kind::Money, json!(text)));
            assert_eq!(said, "f: must be a number with a point before its fraction, such as 1234.5", "{text}");
        }
        for text in ["900000000000001", "-1e300", "1e400", "1234567890123456789012"] {
            let said = said(lenient(Kind::Money, json!(text)));
            assert!(said.ends_with("must be an amount between -900000000000000 and 900000000000000"), "{text}: {said}");
        }
        assert_eq!(said(strict(Kind::Money, json!("500"))), "f: must be a number, such as 1234.5");
    }

    #[test]
    fn one_contact_is_primary() {
        let one = lenient(Kind::Emails, json!("a@example.com")).unwrap();
        assert_eq!(one, Value::from(r#"[{"value":"a@example.com","primary":true,"label":"work"}]"#));
        assert!(strict(Kind::Emails, json!([{"value":"a","primary":true},{"value":"b","primary":true}])).is_err());
        assert_eq!(lenient(Kind::Emails, json!([{"value":""}])).unwrap(), Value::Null);
    }

    #[test]
    fn strict_parsing_coerces_nothing() {
        for (kind, value) in
            [(Kind::Integer, json!("1")), (Kind::Boolean, json!(1)), (Kind::Text, json!(5)), (Kind::Choices, json!([]))]
        {
            assert!(strict(kind, value).is_err(), "{kind:?}");
        }
    }

    #[test]
    fn a_nul_character_is_refused() {
        assert!(lenient(Kind::Text, json!("a\0b")).is_err());
        assert!(strict(Kind::Address, json!({"value":"a\0"})).is_err());
    }
}
