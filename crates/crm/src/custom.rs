//! Custom values: one JSON text per record, keyed by field number, each value in its kind's canonical form.

use std::borrow::Cow;

use penstock_model::{
    Code, CompanySchema, Error, Kind, Object, Result, Value,
    kind::{self, Strictness},
};
use serde_json::{Map, Value as Json};

use crate::Patch;

/// The custom values as a map.
pub(crate) fn parse(stored: &Value) -> Map<String, Json> {
    stored.text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default()
}

/// One value out of the map, as a value of its kind.
pub(crate) fn value_of(json: Option<&Json>, kind: Kind) -> Value {
    match (json, kind) {
        (None | Some(Json::Null), _) => Value::Null,
        (Some(Json::Number(n)), Kind::Number) => n.as_f64().map_or(Value::Null, Value::Real),
        (Some(json), _) => Value::from_json(json),
    }
}

/// The JSON that stands for a value of a kind.
pub(crate) fn json_of(value: &Value, kind: Kind) -> Json {
    match value {
        Value::Text(text) if kind.is_composite() => serde_json::from_str(text).unwrap_or(Json::Null),
        Value::Real(number) => penstock_model::kind::canonical_number(*number),
        other => other.to_json(),
    }
}

/// The stored text after a patch, and the changed fields as `(number, kind, before, after)`.
#[expect(clippy::type_complexity, reason = "one row of a list that only its caller reads")]
pub(crate) fn merge(
    schema: &CompanySchema,
    object: &Object,
    stored: &Value,
    patch: &Patch,
) -> Result<(Value, Vec<(u32, Kind, Value, Value)>)> {
    if patch.custom.is_empty() && patch.parts.is_empty() {
        return Ok((stored.clone(), Vec::new()));
    }
    let of = |number: u32| {
        let field = schema.custom(object).find(|f| f.number == number);
        field.ok_or_else(|| Error::new(Code::FieldUnknown, "a custom field was deleted meanwhile"))
    };
    let mut map = parse(stored);
    let mut changed = Vec::new();
    let mut set = |map: &mut Map<String, Json>, number: u32, kind: Kind, value: Value| {
        let key = number.to_string();
        let before = value_of(map.get(&key), kind);
        if before == value {
            return;
        }
        if value.is_null() {
            map.shift_remove(&key);
        } else {
            map.insert(key, json_of(&value, kind));
        }
        changed.push((number, kind, before, value));
    };
    for (number, value) in &patch.custom {
        set(&mut map, *number, of(*number)?.kind, value.clone());
    }
    for (number, parts) in &patch.parts {
        let field = of(*number)?;
        let mut parts = Cow::Borrowed(parts);
        let before = map.get(&number.to_string());
        if field.kind == Kind::Amount
            && parts.get("currency").or_else(|| before?.get("currency")).is_none_or(Json::is_null)
        {
            parts.to_mut().insert("currency".to_owned(), (*schema.currency).into());
        }
        let value = with_parts(field.kind, &field.key, before, &parts)?;
        set(&mut map, *number, field.kind, value);
    }
    let text = if map.is_empty() { Value::Null } else { Value::from(Json::Object(map).to_string()) };
    Ok((text, changed))
}

/// A value after some of its parts changed. The parts of an address are of its line: another line begins without them,
/// but for its full form, which is the line itself until somebody says better.
pub(crate) fn with_parts(kind: Kind, name: &str, before: Option<&Json>, parts: &Map<String, Json>) -> Result<Value> {
    let mut whole = before.and_then(Json::as_object).cloned().unwrap_or_default();
    let parts = if kind == Kind::Address { &texts(name, parts)? } else { parts };
    let moves = kind == Kind::Address && parts.get("value").is_some_and(|line| whole.get("value") != Some(line));
    if moves {
        whole.clear();
    }
    for (part, value) in parts {
        if value.is_null() {
            whole.shift_remove(part);
        } else {
            whole.insert(part.clone(), value.clone());
        }
    }
    if !whole.contains_key("value") {
        return Ok(Value::Null);
    }
    if moves && !whole.contains_key("formatted_address") {
        whole.insert("formatted_address".to_owned(), whole["value"].clone());
    }
    kind::parse(kind, &Json::Object(whole), Strictness::Lenient, name, &[])
}

/// Parts that are all texts: numbers among them as their digits.
fn texts(name: &str, parts: &Map<String, Json>) -> Result<Map<String, Json>> {
    let text = |part: &str, value: &Json| match value {
        Json::Null => Ok(Json::Null),
        value => kind::text_of(value, Strictness::Lenient, part).map(Json::from),
    };
    let must = |part: &str| Error::invalid(name, &format!("{part} must be a string"));
    parts.iter().map(|(part, value)| Ok((part.clone(), text(part, value).map_err(|_| must(part))?))).collect()
}
