//! From normalised values to stored ones: the inverse of `normal`, through the one parser of kinds.

use penstock_connector::{Type, composite};
use penstock_model::{
    Code, CompanyId, Error, Kind, Result, Value,
    kind::{Strictness, id_list, parse},
    objects,
};
use serde_json::{Map, Value as Json};

use super::ids;

/// The stored form of a normalised value of a field. `field` is the provider's name, for errors.
pub(super) fn value(company: CompanyId, kind: Kind, normal: &Value, field: &str) -> Result<Value> {
    let wrong = || Error::invalid(field, "has a value of another type");
    let text = || normal.text().ok_or_else(wrong);
    if normal.is_null() {
        return Ok(Value::Null);
    }
    match kind {
        Kind::VisibleTo | Kind::Choice => text()?.parse().map(Value::Int).map_err(|_| option(field)),
        Kind::Reference(to) => reference(company, to, text()?, field).map(Value::Int),
        Kind::Choices => {
            let members: Option<Vec<i64>> = composite::id_members(normal).iter().map(|id| id.parse().ok()).collect();
            Ok(list(&members.ok_or_else(|| option(field))?))
        }
        Kind::References(to) => {
            let members = composite::id_members(normal);
            let members: Result<Vec<i64>> = members.iter().map(|id| reference(company, to, id, field)).collect();
            Ok(list(&members?))
        }
        Kind::Amount => {
            let (amount, currency) = composite::money_parts(normal).ok_or_else(wrong)?;
            let amount: f64 = amount.parse().map_err(|_| wrong())?;
            canonical(kind, &serde_json::json!({ "value": amount, "currency": currency }), field)
        }
        Kind::ZonedTime => renamed(kind, normal, &[("time", "value"), ("timezone", "timezone_name")], field),
        Kind::DateRange => renamed(kind, normal, &[("start", "value"), ("end", "until")], field),
        Kind::TimeRange => {
            renamed(kind, normal, &[("start", "value"), ("end", "until"), ("timezone", "timezone_name")], field)
        }
        Kind::Address => renamed(kind, normal, &[], field),
        Kind::Emails | Kind::Phones | Kind::Messengers => {
            canonical(kind, &serde_json::from_str(text()?).map_err(|_| wrong())?, field)
        }
        Kind::Participants => people(kind, normal, &Type::Participants, field),
        Kind::Attendees => people(kind, normal, &Type::Attendees, field),
        Kind::Number => match normal {
            Value::Real(_) => Ok(normal.clone()),
            _ => Err(wrong()),
        },
        Kind::Integer | Kind::Duration | Kind::DateTime => normal.int().map(Value::Int).ok_or_else(wrong),
        Kind::Boolean if matches!(normal, Value::Bool(_)) => Ok(normal.clone()),
        Kind::Boolean | Kind::Id | Kind::Money | Kind::Json => Err(wrong()),
        _ => text().map(Value::from),
    }
}

fn option(field: &str) -> Error {
    Error::invalid(field, "must be the id of one of the field's options")
}

fn reference(company: CompanyId, to: &str, id: &str, field: &str) -> Result<i64> {
    ids::parse(company, objects::get(to), id)
        .ok_or_else(|| Error::new(Code::ReferenceUnknown, format!("{field}: {to} {id} was not found")).at(field))
}

fn list(members: &[i64]) -> Value {
    if members.is_empty() { Value::Null } else { Value::from(id_list(members)) }
}

fn canonical(kind: Kind, json: &Json, field: &str) -> Result<Value> {
    parse(kind, json, Strictness::Strict, field, &[])
}

/// An object with the stored names of its parts; those without a value are left out.
fn renamed(kind: Kind, normal: &Value, names: &[(&str, &str)], field: &str) -> Result<Value> {
    let stored = |name: String| names.iter().find(|(n, _)| *n == name).map_or(name, |(_, was)| (*was).to_owned());
    let parts = composite::map_of(normal).into_iter().filter(|(_, v)| !v.is_null());
    let map: Map<String, Json> = parts.map(|(name, value)| (stored(name), value)).collect();
    canonical(kind, &Json::Object(map), field)
}

fn people(kind: Kind, normal: &Value, parts: &Type, field: &str) -> Result<Value> {
    let mut members = composite::maps_of(normal);
    for member in &mut members {
        for role in parts.parts().iter().filter(|p| p.word == "reference") {
            let id = member.remove(role.name).unwrap_or_default();
            let number = match id.as_str() {
                Some(id) => Json::from(reference(CompanyId::SERVER, role.target, id, field)?),
                None => Json::Null,
            };
            member.insert(format!("{}_id", role.name), number);
        }
    }
    canonical(kind, &Json::Array(members.into_iter().map(Json::Object).collect()), field)
}

#[cfg(test)]
mod tests {
    use penstock_model::ValueRef;

    use super::{super::normal, *};

    #[test]
    fn what_is_stored_reads_back_and_is_stored_again() {
        for (kind, text) in [
            (Kind::Choices, "[3,5]"),
            (Kind::Amount, r#"{"value":12.5,"currency":"EUR"}"#),
            (Kind::ZonedTime, r#"{"value":"10:00:00","timezone_id":93,"timezone_name":"Europe/Riga"}"#),
            (Kind::DateRange, r#"{"value":"2026-01-01","until":"2026-02-01"}"#),
            (
                Kind::Address,
                r#"{"value":"Main Street 1","subpremise":null,"street_number":null,"route":null,"sublocality":null,"locality":"Riga","admin_area_level_1":null,"admin_area_level_2":null,"country":null,"postal_code":null,"formatted_address":null}"#,
            ),
            (Kind::Emails, r#"[{"value":"a@example.com","primary":true,"label":"work"}]"#),
            (Kind::Participants, r#"[{"person_id":7,"primary":true}]"#),
        ] {
            let normal = normal::value(CompanyId::new(1), kind, ValueRef::Text(text));
            assert_eq!(value(CompanyId::new(1), kind, &normal, "f").unwrap(), Value::from(text), "{kind:?}");
        }
        let lead = normal::value(CompanyId::new(3), Kind::Reference("lead"), ValueRef::Int(7));
        assert_eq!(value(CompanyId::new(3), Kind::Reference("lead"), &lead, "f").unwrap(), Value::Int(7));
        assert_eq!(
            value(CompanyId::new(4), Kind::Reference("lead"), &lead, "f").unwrap_err().code,
            Code::ReferenceUnknown
        );
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        for (kind, normal) in [
            (Kind::Boolean, Value::Int(1)),
            (Kind::Integer, Value::from("1")),
            (Kind::Reference("person"), Value::Int(1)),
            (Kind::Reference("person"), Value::from("007")),
            (Kind::Choice, Value::from("x")),
            (Kind::Text, Value::Int(1)),
        ] {
            assert!(value(CompanyId::new(1), kind, &normal, "f").is_err(), "{kind:?} {normal:?}");
        }
    }
}
