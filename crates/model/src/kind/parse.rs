//! What each kind accepts. One `match`: lenient as Pipedrive's v1, or strict as its v2 and the Virtual API.

use serde_json::{Map, Value as Json};

use super::Kind;
use crate::{Error, Result, Value, schema::OptionItem, time};

/// How forgiving parsing is (pipedrive-contract 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// v1: numbers and flags as strings, `""` as unset, labels for option ids.
    Lenient,
    /// v2: no coercion.
    Strict,
}

/// The parts of an address, in Pipedrive's spelling, after `value`.
pub const ADDRESS_PARTS: [&str; 10] = [
    "subpremise",
    "street_number",
    "route",
    "sublocality",
    "locality",
    "admin_area_level_1",
    "admin_area_level_2",
    "country",
    "postal_code",
    "formatted_address",
];

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
    match kind {
        Kind::Id | Kind::Integer | Kind::VisibleTo | Kind::Reference(_) => {
            integer(json, lenient).map(Value::Int).ok_or_else(|| Error::invalid(name, "must be a whole number"))
        }
        Kind::Number => number(json, lenient).map(Value::Real).ok_or_else(|| Error::invalid(name, "must be a number")),
        Kind::Money => money(json, lenient)
            .map(Value::Int)
            .ok_or_else(|| Error::invalid(name, "must be an amount between -900000000000000 and 900000000000000")),
        Kind::Boolean => {
            boolean(json, lenient).map(Value::Bool).ok_or_else(|| Error::invalid(name, "must be true or false"))
        }
        Kind::Text | Kind::Autocomplete | Kind::Phone => text(json, lenient, name, 255),
        Kind::LongText => text(json, lenient, name, 65_535),
        Kind::Html => text(json, lenient, name, 100_000),
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

/// The largest whole number: beyond it JSON's readers lose digits, and counting on could overflow.
const LARGEST: u64 = 9_007_199_254_740_991;

fn integer(json: &Json, lenient: bool) -> Option<i64> {
    let number = match json {
        Json::Number(n) => n.as_i64(),
        Json::String(s) if lenient => s.trim().parse().ok(),
        // v1 clients send whole reference objects back: take their id.
        Json::Object(map) if lenient => map.get("value").or_else(|| map.get("id")).and_then(Json::as_i64),
        _ => None,
    }?;
    (number.unsigned_abs() <= LARGEST).then_some(number)
}

fn number(json: &Json, lenient: bool) -> Option<f64> {
    match json {
        Json::Number(n) => n.as_f64(),
        Json::String(s) if lenient => s.trim().parse().ok().filter(|f: &f64| f.is_finite()),
        _ => None,
    }
}

/// Reads a decimal text exactly into 1/10,000, rounding half away from zero beyond four digits.
#[must_use]
pub fn money_from_text(text: &str) -> Option<i64> {
    const LIMIT: i128 = 9_000_000_000_000_000_000;
    let text = text.trim();
    if text.contains(['e', 'E']) {
        let value: f64 = text.parse().ok().filter(|f: &f64| f.is_finite() && f.abs() < 9e14)?;
        return money_from_text(&format!("{value:.6}"));
    }
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if (whole.is_empty() && fraction.is_empty())
        || whole.len() > 18
        || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let mut value: i128 = whole.parse().unwrap_or(0) * 10_000;
    let mut step = 1000;
    for (place, digit) in fraction.bytes().map(|b| i128::from(b - b'0')).take(5).enumerate() {
        if place == 4 {
            value += i128::from(digit >= 5);
        } else {
            value += digit * step;
            step /= 10;
        }
    }
    (value <= LIMIT).then_some(()).and_then(|()| i64::try_from(if negative { -value } else { value }).ok())
}

fn money(json: &Json, lenient: bool) -> Option<i64> {
    match json {
        Json::Number(n) => money_from_text(&n.to_string()),
        Json::String(s) if lenient => money_from_text(s),
        _ => None,
    }
}

fn boolean(json: &Json, lenient: bool) -> Option<bool> {
    match json {
        Json::Bool(b) => Some(*b),
        Json::Number(n) if lenient => match n.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Json::String(s) if lenient => match s.to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn checked_text(text: &str, name: &str, longest: usize) -> Result<()> {
    if text.contains('\0') {
        return Err(Error::invalid(name, "must not contain the NUL character"));
    }
    if text.len() > longest && text.chars().count() > longest {
        return Err(Error::invalid(name, &format!("must have at most {longest} characters")));
    }
    Ok(())
}

fn text(json: &Json, lenient: bool, name: &str, longest: usize) -> Result<Value> {
    let text = match json {
        Json::String(s) => s.clone(),
        Json::Number(n) if lenient => n.to_string(),
        Json::Bool(b) if lenient => b.to_string(),
        _ => return Err(Error::invalid(name, "must be a string")),
    };
    checked_text(&text, name, longest)?;
    Ok(Value::from(text))
}

fn spelled(json: &Json, name: &str, canonical: fn(&str) -> Option<String>, expected: &str) -> Result<Value> {
    json.as_str().and_then(canonical).map(Value::from).ok_or_else(|| Error::invalid(name, expected))
}

/// What reads a day: v1 takes the day of a moment, too.
const fn day(lenient: bool) -> fn(&str) -> Option<String> {
    if lenient { time::parse_date } else { time::parse_day }
}

fn choice(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<i64> {
    let by_id = integer(json, lenient).and_then(|id| options.iter().find(|o| o.id == id && !o.deleted));
    let by_label = || {
        let label = json.as_str().filter(|_| lenient)?;
        options.iter().find(|o| !o.deleted && super::fold(&o.label) == super::fold(label))
    };
    by_id
        .or_else(by_label)
        .map(|o| o.id)
        .ok_or_else(|| Error::invalid(name, "must be the id of one of the field's options"))
}

fn choices(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<Value> {
    let parts = list(json, lenient, name)?;
    if parts.is_empty() {
        return if lenient {
            Ok(Value::Null)
        } else {
            Err(Error::invalid(name, "must not be an empty list; use null to clear it"))
        };
    }
    let mut chosen: Vec<i64> = Vec::with_capacity(parts.len());
    for part in &parts {
        let id = choice(part, lenient, name, options)?;
        if !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    Ok(Value::from(id_list(&chosen)))
}

/// Canonical JSON of a list of ids.
#[must_use]
pub fn id_list(ids: &[i64]) -> String {
    let parts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("[{}]", parts.join(","))
}

fn list(json: &Json, lenient: bool, name: &str) -> Result<Vec<Json>> {
    match json {
        Json::Array(items) => Ok(items.clone()),
        Json::String(s) if lenient => Ok(s.split(',').map(|p| Json::from(p.trim())).filter(|p| p != "").collect()),
        Json::Number(_) if lenient => Ok(vec![json.clone()]),
        _ => Err(Error::invalid(name, "must be a list")),
    }
}

fn ids(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let mut found = Vec::new();
    for part in list(json, lenient, name)? {
        let id = integer(&part, lenient).ok_or_else(|| Error::invalid(name, "must be a list of whole numbers"))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(if found.is_empty() { Value::Null } else { Value::from(id_list(&found)) })
}

fn amount(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let (value, currency) = match json {
        Json::Object(map) => {
            only_keys(map, &["value", "currency"], name)?;
            (map.get("value").unwrap_or(&Json::Null), map.get("currency"))
        }
        other if lenient => (other, None),
        _ => return Err(Error::invalid(name, "must be an object {value, currency}")),
    };
    if value.is_null() {
        return Ok(Value::Null);
    }
    let number = number(value, lenient).ok_or_else(|| Error::invalid(name, "value must be a number"))?;
    let mut out = Map::new();
    out.insert("value".to_owned(), canonical_number(number));
    match currency {
        None | Some(Json::Null) => {}
        Some(Json::String(code)) if crate::currency::find(code).is_some() => {
            out.insert("currency".to_owned(), code.to_uppercase().into());
        }
        Some(_) => return Err(Error::invalid(name, "currency must be an ISO 4217 code")),
    }
    Ok(Value::from(Json::Object(out).to_string()))
}

/// A number as JSON, whole numbers without a fraction.
#[must_use]
pub fn canonical_number(number: f64) -> Json {
    #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
    if number.fract() == 0.0 && number.abs() < 9e15 { Json::from(number as i64) } else { Json::from(number) }
}

fn only_keys(map: &Map<String, Json>, known: &[&str], name: &str) -> Result<()> {
    match map.keys().find(|k| !known.contains(&k.as_str())) {
        Some(key) => Err(Error::invalid(name, &format!("has no part {key}; its parts are {}", known.join(", ")))),
        None => Ok(()),
    }
}

/// What may stand beside times: a zone, by number and by name.
const ZONE: [&str; 2] = ["timezone_id", "timezone_name"];

fn range(
    json: &Json,
    lenient: bool,
    name: &str,
    spelled: &[&str],
    extra: &[&str],
    canonical: fn(&str) -> Option<String>,
) -> Result<Value> {
    let plain = Map::from_iter([("value".to_owned(), json.clone())]);
    let map = match json {
        Json::Object(map) => map,
        Json::String(_) if lenient => &plain,
        _ => {
            return Err(Error::invalid(
                name,
                &format!("must be an object {{{}}}", [spelled, extra].concat().join(", ")),
            ));
        }
    };
    only_keys(map, &[spelled, extra].concat(), name)?;
    let mut out = Map::new();
    for key in spelled {
        match map.get(*key) {
            None | Some(Json::Null) => {}
            Some(value) => {
                let text = value
                    .as_str()
                    .and_then(canonical)
                    .ok_or_else(|| Error::invalid(name, &format!("{key} has a wrong form")))?;
                out.insert((*key).to_owned(), text.into());
            }
        }
    }
    if out.is_empty() {
        return Ok(Value::Null);
    }
    for key in extra {
        let Some(value) = map.get(*key).filter(|v| !v.is_null()) else { continue };
        let part = if *key == "timezone_id" {
            let number = integer(value, lenient);
            number.map(Json::from).ok_or_else(|| Error::invalid(name, &format!("{key} must be a whole number")))?
        } else {
            let part = text(value, false, name, 255).map_err(|_| Error::invalid(name, &format!("{key} is no text")))?;
            part.to_json()
        };
        out.insert((*key).to_owned(), part);
    }
    Ok(Value::from(Json::Object(out).to_string()))
}

fn address(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let mut out = Map::new();
    match json {
        Json::String(line) if lenient => {
            checked_text(line, name, 1000)?;
            out.insert("value".to_owned(), line.as_str().into());
            out.insert("formatted_address".to_owned(), line.as_str().into());
        }
        Json::Object(map) => {
            if !lenient {
                let known: Vec<&str> = std::iter::once("value").chain(ADDRESS_PARTS).collect();
                only_keys(map, &known, name)?;
            }
            for key in std::iter::once("value").chain(ADDRESS_PARTS) {
                match map.get(key) {
                    None | Some(Json::Null) => {}
                    Some(Json::String(part)) => {
                        checked_text(part, name, 1000)?;
                        out.insert(key.to_owned(), part.as_str().into());
                    }
                    Some(_) => return Err(Error::invalid(name, &format!("{key} must be a string"))),
                }
            }
            if !out.contains_key("value") {
                return if out.is_empty() { Ok(Value::Null) } else { Err(Error::invalid(name, "value is required")) };
            }
        }
        _ if lenient => return Err(Error::invalid(name, "must be an address")),
        _ => return Err(Error::invalid(name, "must be an object with the address as its value, and its parts")),
    }
    Ok(Value::from(Json::Object(out).to_string()))
}

fn contacts(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = match json {
        Json::Array(items) => items.clone(),
        Json::String(_) | Json::Object(_) if lenient => vec![json.clone()],
        _ => return Err(Error::invalid(name, "must be a list of {value, primary, label}")),
    };
    let mut entries: Vec<(String, bool, String)> = Vec::with_capacity(items.len());
    for item in &items {
        let (value, primary, label) = match item {
            Json::String(_) if lenient => (item, None, None),
            Json::Object(map) => {
                if !lenient {
                    only_keys(map, &["value", "primary", "label"], name)?;
                }
                (map.get("value").unwrap_or(&Json::Null), map.get("primary"), map.get("label"))
            }
            _ => return Err(Error::invalid(name, "must be a list of {value, primary, label}")),
        };
        let value = match text(value, lenient, name, 255)? {
            Value::Text(t) => t.trim().to_owned(),
            _ => String::new(),
        };
        if value.is_empty() {
            if lenient {
                continue;
            }
            return Err(Error::invalid(name, "value must not be empty"));
        }
        let primary = match primary {
            None | Some(Json::Null) => false,
            Some(flag) => {
                boolean(flag, lenient).ok_or_else(|| Error::invalid(name, "primary must be true or false"))?
            }
        };
        let label = match label {
            None | Some(Json::Null) => "work".to_owned(),
            Some(Json::String(label)) => label.clone(),
            Some(_) => return Err(Error::invalid(name, "label must be a string")),
        };
        entries.push((value, primary, label));
    }
    if entries.iter().filter(|e| e.1).count() > 1 {
        if !lenient {
            return Err(Error::invalid(name, "only one entry may be primary"));
        }
        let mut seen = false;
        for entry in &mut entries {
            entry.1 &= !seen;
            seen |= entry.1;
        }
    }
    if !entries.iter().any(|e| e.1)
        && let Some(first) = entries.first_mut()
    {
        first.1 = true;
    }
    if entries.is_empty() {
        return Ok(Value::Null);
    }
    let list: Vec<Json> = entries
        .into_iter()
        .map(|(value, primary, label)| {
            Json::Object(Map::from_iter([
                ("value".to_owned(), value.into()),
                ("primary".to_owned(), primary.into()),
                ("label".to_owned(), label.into()),
            ]))
        })
        .collect();
    Ok(Value::from(Json::Array(list).to_string()))
}

fn participants(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = json.as_array().ok_or_else(|| Error::invalid(name, "must be a list of {person_id, primary}"))?;
    let mut list: Vec<(i64, bool)> = Vec::with_capacity(items.len());
    for item in items {
        let person = item
            .get("person_id")
            .and_then(|v| integer(v, lenient))
            .ok_or_else(|| Error::invalid(name, "person_id must be a whole number"))?;
        let flag = item.get("primary").or_else(|| item.get("primary_flag"));
        let primary = match flag {
            None | Some(Json::Null) => false,
            Some(flag) => {
                boolean(flag, lenient).ok_or_else(|| Error::invalid(name, "primary must be true or false"))?
            }
        };
        if !list.iter().any(|(id, _)| *id == person) {
            list.push((person, primary));
        }
    }
    if list.iter().filter(|p| p.1).count() > 1 {
        return Err(Error::invalid(name, "only one participant may be primary"));
    }
    if !list.iter().any(|p| p.1)
        && let Some(first) = list.first_mut()
    {
        first.1 = true;
    }
    let parts: Vec<String> =
        list.iter().map(|(id, primary)| format!("{{\"person_id\":{id},\"primary\":{primary}}}")).collect();
    Ok(if parts.is_empty() { Value::Null } else { Value::from(format!("[{}]", parts.join(","))) })
}

fn attendees(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = json.as_array().ok_or_else(|| Error::invalid(name, "must be a list of attendees"))?;
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        let map = item.as_object().ok_or_else(|| Error::invalid(name, "must be a list of attendees"))?;
        let mail = map.get("email").or_else(|| map.get("email_address")).and_then(Json::as_str);
        let mail = mail.ok_or_else(|| Error::invalid(name, "an attendee needs an e-mail address"))?;
        checked_text(mail, name, 255)?;
        let mut out = Map::new();
        out.insert("email".to_owned(), mail.into());
        out.insert("name".to_owned(), map.get("name").and_then(Json::as_str).unwrap_or(mail).into());
        out.insert("status".to_owned(), map.get("status").and_then(Json::as_str).unwrap_or("noreply").into());
        out.insert(
            "is_organizer".to_owned(),
            map.get("is_organizer").and_then(|v| boolean(v, true)).unwrap_or(false).into(),
        );
        for key in ["person_id", "user_id"] {
            out.insert(key.to_owned(), map.get(key).and_then(|v| integer(v, lenient)).map_or(Json::Null, Json::from));
        }
        list.push(Json::Object(out));
    }
    Ok(if list.is_empty() { Value::Null } else { Value::from(Json::Array(list).to_string()) })
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
        assert!(lenient(Kind::Money, json!("12,5")).is_err());
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
