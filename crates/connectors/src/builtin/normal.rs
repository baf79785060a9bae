//! From stored values to normalised ones: one `match` over the kinds.

use penstock_connector::{Type, composite};
use penstock_model::{CompanyId, Kind, Value, ValueRef, objects};
use serde_json::{Map, Value as Json};

use super::ids;

/// The normalised form of a stored value. Amounts with a currency column are [`composite::money`], made elsewhere.
pub(super) fn value(company: CompanyId, kind: Kind, stored: ValueRef<'_>) -> Value {
    if stored.is_null() {
        return Value::Null;
    }
    match kind {
        Kind::Id | Kind::VisibleTo | Kind::Choice => stored.int().map(|id| id.to_string()).into(),
        Kind::Reference(to) => stored.int().map(|id| ids::spell(company, objects::get(to), id)).into(),
        Kind::Boolean => Value::Bool(stored.truth()),
        Kind::Choices => numbers(stored, |id| id.to_string()),
        Kind::References(to) => numbers(stored, |id| ids::spell(company, objects::get(to), id)),
        Kind::Number => match stored {
            ValueRef::Int(int) => int.to_string().parse().map_or(Value::Null, Value::Real),
            other => other.to_value(),
        },
        Kind::Amount => amount(&stored.to_value()),
        Kind::ZonedTime => renamed(&Type::ZonedTime, stored, &[("time", "value"), ("timezone", "timezone_name")]),
        Kind::DateRange => renamed(&Type::DateRange, stored, &[("start", "value"), ("end", "until")]),
        Kind::TimeRange => {
            renamed(&Type::TimeRange, stored, &[("start", "value"), ("end", "until"), ("timezone", "timezone_name")])
        }
        Kind::Address => renamed(&Type::Address, stored, &[]),
        Kind::Emails | Kind::Phones | Kind::Messengers => {
            composite::objects(Type::Emails.parts(), &composite::maps_of(&stored.to_value()))
        }
        Kind::Participants => people(&Type::Participants, stored, &["person"]),
        Kind::Attendees => people(&Type::Attendees, stored, &["person", "user"]),
        _ => stored.to_value(),
    }
}

fn numbers(stored: ValueRef<'_>, spell: impl Fn(i64) -> String) -> Value {
    let members: Vec<i64> = stored.text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    composite::ids(&members.into_iter().map(spell).collect::<Vec<_>>())
}

/// A custom amount, which is stored as a number of its own with its own currency.
fn amount(stored: &Value) -> Value {
    let map = composite::map_of(stored);
    let Some(Json::Number(number)) = map.get("value") else { return Value::Null };
    let spelled = number.to_string();
    // A number that is exact in 1/10,000 is spelt as all amounts are; any other stays as it is.
    let units = penstock_model::kind::money_from_text(&spelled);
    let exact = units.map(composite::decimal).filter(|d| d.parse::<f64>().ok() == number.as_f64());
    composite::amount(&exact.unwrap_or(spelled), map.get("currency").and_then(Json::as_str))
}

fn renamed(kind: &Type, stored: ValueRef<'_>, names: &[(&str, &str)]) -> Value {
    composite::object(kind.parts(), &with_names(composite::map_of(&stored.to_value()), names))
}

fn with_names(mut map: Map<String, Json>, names: &[(&str, &str)]) -> Map<String, Json> {
    for (name, was) in names {
        if let Some(value) = map.remove(*was) {
            map.insert((*name).to_owned(), value);
        }
    }
    map
}

/// A list whose members name people: `person_id` becomes `person`, and its number an id.
fn people(kind: &Type, stored: ValueRef<'_>, roles: &[&str]) -> Value {
    let mut members = composite::maps_of(&stored.to_value());
    for member in &mut members {
        for role in roles {
            let id = member.remove(&format!("{role}_id")).and_then(|id| id.as_i64());
            member.insert((*role).to_owned(), id.map_or(Json::Null, |id| id.to_string().into()));
        }
    }
    composite::objects(kind.parts(), &members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(kind: Kind, stored: &str) -> Value {
        value(CompanyId::new(1), kind, ValueRef::Text(stored))
    }

    #[test]
    fn composites_have_all_their_parts_in_order() {
        assert_eq!(
            normal(Kind::ZonedTime, r#"{"value":"10:00:00","timezone_name":"Europe/Riga"}"#),
            Value::from(r#"{"time":"10:00:00","timezone":"Europe/Riga","timezone_id":null}"#)
        );
        assert_eq!(
            normal(Kind::Participants, r#"[{"person_id":7,"primary":true}]"#),
            Value::from(r#"[{"person":"7","primary":true}]"#)
        );
        assert_eq!(normal(Kind::Choices, "[3,5]"), Value::from(r#"["3","5"]"#));
    }

    #[test]
    fn custom_amounts_are_spelt_as_all_amounts() {
        assert_eq!(normal(Kind::Amount, r#"{"value":0.1,"currency":"EUR"}"#), composite::money(1_000, Some("EUR")));
        assert_eq!(normal(Kind::Amount, r#"{"value":12}"#), composite::money(120_000, None));
        assert_eq!(normal(Kind::Amount, r#"{"value":0.123456}"#), composite::amount("0.123456", None));
    }
}
