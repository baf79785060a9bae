//! The canonical texts of composite values. Equal values are equal texts, and a text is what the Virtual API writes.

use penstock_model::{Value, kind::money_from_text};
use serde_json::{Map, Value as Json};

use crate::Part;

/// The digits of an amount behind the point.
const SCALE: i64 = 10_000;

/// A decimal text of an amount in 1/10,000, without needless zeros.
#[must_use]
pub fn decimal(units: i64) -> String {
    let (whole, rest) = (units.unsigned_abs() / SCALE.unsigned_abs(), units.unsigned_abs() % SCALE.unsigned_abs());
    let sign = if units < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:04}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// An amount with its currency: `{"amount":12.5,"currency":"EUR"}`. The amount is a JSON number with at most four
/// digits behind the point, written exactly.
#[must_use]
pub fn money(units: i64, currency: Option<&str>) -> Value {
    amount(&decimal(units), currency)
}

/// As [`money`], of an amount that is spelt already.
#[must_use]
pub fn amount(decimal: &str, currency: Option<&str>) -> Value {
    let currency = currency.map_or(Json::Null, Json::from);
    Value::from(format!("{{\"amount\":{decimal},\"currency\":{currency}}}"))
}

/// The parts of a money value: the amount as it is spelt, and its currency.
#[must_use]
pub fn money_parts(value: &Value) -> Option<(String, Option<String>)> {
    let text = value.text()?;
    let rest = text.strip_prefix("{\"amount\":")?;
    let (decimal, _) = rest.split_once(',')?;
    let currency = serde_json::from_str::<Json>(text).ok()?.get("currency")?.as_str().map(str::to_owned);
    Some((decimal.to_owned(), currency))
}

/// The amount of a money value in 1/10,000.
#[must_use]
pub fn units(value: &Value) -> Option<i64> {
    money_from_text(&money_parts(value)?.0)
}

/// An object with all of a type's parts, in their order; what is missing is null, and a map with no value at all is
/// `Null`.
#[must_use]
pub fn object(parts: &[Part], map: &Map<String, Json>) -> Value {
    let filled = member(parts, map);
    let empty = filled.values().all(Json::is_null);
    if empty { Value::Null } else { Value::from(Json::Object(filled).to_string()) }
}

/// A list of objects with all of a type's parts, in their order; without members `Null`.
#[must_use]
pub fn objects(parts: &[Part], members: &[Map<String, Json>]) -> Value {
    if members.is_empty() {
        return Value::Null;
    }
    let members: Vec<Json> = members.iter().map(|map| Json::Object(member(parts, map))).collect();
    Value::from(Json::Array(members).to_string())
}

fn member(parts: &[Part], map: &Map<String, Json>) -> Map<String, Json> {
    parts.iter().map(|part| (part.name.to_owned(), map.get(part.name).cloned().unwrap_or(Json::Null))).collect()
}

/// The object that a text holds; empty when it holds none.
#[must_use]
pub fn map_of(value: &Value) -> Map<String, Json> {
    value.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The objects of the list that a text holds.
#[must_use]
pub fn maps_of(value: &Value) -> Vec<Map<String, Json>> {
    value.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// A list of ids: `["1","7"]`; without members `Null`.
#[must_use]
pub fn ids<S: AsRef<str>>(members: &[S]) -> Value {
    if members.is_empty() {
        return Value::Null;
    }
    let members: Vec<Json> = members.iter().map(|id| Json::from(id.as_ref())).collect();
    Value::from(Json::Array(members).to_string())
}

/// The members of a list of ids.
#[must_use]
pub fn id_members(value: &Value) -> Vec<String> {
    value.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The keys of a record in other systems: `[{"source":"google","key":"a"}]`; without members `Null`.
#[must_use]
pub fn external_ids(keys: &[(String, String)]) -> Value {
    if keys.is_empty() {
        return Value::Null;
    }
    let members: Vec<Json> =
        keys.iter().map(|(source, key)| serde_json::json!({ "source": source, "key": key })).collect();
    Value::from(Json::Array(members).to_string())
}

/// The members of a list of keys in other systems.
#[must_use]
pub fn external_members(value: &Value) -> Vec<(String, String)> {
    let members: Vec<Json> = value.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let text = |member: &Json, part: &str| member[part].as_str().unwrap_or_default().to_owned();
    members.iter().map(|member| (text(member, "source"), text(member, "key"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_spelt_exactly() {
        for (amount, text) in [(0, "0"), (12_345, "1.2345"), (-5_000, "-0.5"), (5_000_000, "500"), (100, "0.01")] {
            assert_eq!(decimal(amount), text);
            assert_eq!(units(&money(amount, Some("EUR"))), Some(amount));
        }
        assert_eq!(units(&money(i64::MAX / 2, None)), Some(i64::MAX / 2));
        let parts = money_parts(&money(12_500, Some("EUR"))).unwrap();
        assert_eq!(parts, ("1.25".to_owned(), Some("EUR".to_owned())));
    }

    #[test]
    fn lists_without_members_are_unset() {
        assert_eq!(ids::<&str>(&[]), Value::Null);
        assert_eq!(id_members(&ids(&["1", "x\"y"])), ["1", "x\"y"]);
        assert_eq!(
            external_members(&external_ids(&[("a".to_owned(), "b".to_owned())])),
            [("a".to_owned(), "b".to_owned())]
        );
    }
}
