//! Values that have parts: amounts with a currency, ranges, addresses.

use serde_json::{Map, Value as Json};

use super::scalar::{check_text, integer, number, part_text, text};
use crate::{Error, Result, Value, kind::limit};

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

/// What may stand beside times: a zone, by number and by name.
pub(super) const ZONE: [&str; 2] = ["timezone_id", "timezone_name"];

pub(super) fn amount(json: &Json, lenient: bool, name: &str) -> Result<Value> {
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

pub(super) fn only_keys(map: &Map<String, Json>, known: &[&str], name: &str) -> Result<()> {
    match map.keys().find(|k| !known.contains(&k.as_str())) {
        Some(key) => Err(Error::invalid(name, &format!("has no part {key}, its parts are {}", known.join(", ")))),
        None => Ok(()),
    }
}

pub(super) fn range(
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
            let part = text(value, lenient, name, limit::PART)
                .map_err(|_| Error::invalid(name, &format!("{key} is no text")))?;
            part.to_json()
        };
        out.insert((*key).to_owned(), part);
    }
    Ok(Value::from(Json::Object(out).to_string()))
}

/// An address as it is kept and shown: its line and every part, unset ones as `null` (pipedrive-contract 4.1).
pub(super) fn address(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let plain = Map::from_iter(["value", "formatted_address"].map(|key| (key.to_owned(), json.clone())));
    let map = match json {
        Json::Object(map) => map,
        Json::String(_) | Json::Number(_) if lenient => &plain,
        _ if lenient => return Err(Error::invalid(name, "must be an address")),
        _ => return Err(Error::invalid(name, "must be an object with the address as its value, and its parts")),
    };
    let keys = || std::iter::once("value").chain(ADDRESS_PARTS);
    if !lenient {
        only_keys(map, &keys().collect::<Vec<_>>(), name)?;
    }
    let mut out = Map::new();
    for key in keys() {
        let part = match map.get(key) {
            None | Some(Json::Null) => Json::Null,
            Some(part) => {
                let part = part_text(part, lenient, name, key)?;
                check_text(&part, name, limit::ADDRESS_PART)?;
                part.into()
            }
        };
        out.insert(key.to_owned(), part);
    }
    match (out["value"].is_null(), out.values().all(Json::is_null)) {
        (false, _) => Ok(Value::from(Json::Object(out).to_string())),
        (true, true) => Ok(Value::Null),
        (true, false) => Err(Error::invalid(name, "value is required")),
    }
}
