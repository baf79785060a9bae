//! Custom values: one JSON text per record, keyed by field number, each value in its kind's canonical form.

use penstock_model::{Code, CompanySchema, Error, Kind, Object, Result, Value};
use serde_json::{Map, Value as Json};

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
    patch: &[(u32, Value)],
) -> Result<(Value, Vec<(u32, Kind, Value, Value)>)> {
    if patch.is_empty() {
        return Ok((stored.clone(), Vec::new()));
    }
    let mut map = parse(stored);
    let mut changed = Vec::new();
    for (number, value) in patch {
        let Some(field) = schema.custom(object).find(|f| f.number == *number) else {
            return Err(Error::new(Code::FieldUnknown, "a custom field was deleted meanwhile"));
        };
        let key = number.to_string();
        let before = value_of(map.get(&key), field.kind);
        if before == *value {
            continue;
        }
        if value.is_null() {
            map.shift_remove(&key);
        } else {
            map.insert(key, json_of(value, field.kind));
        }
        changed.push((*number, field.kind, before, value.clone()));
    }
    let text = if map.is_empty() { Value::Null } else { Value::from(Json::Object(map).to_string()) };
    Ok((text, changed))
}
