//! JSON as normalised values, without any coercion but one: an id may be a number.

use std::collections::HashSet;

use penstock_connector::{Choice, Type, composite, describe};
use penstock_model::{
    Code, Error, Kind, Result, Value, currency,
    kind::{self, Strictness, money_from_text},
    time,
};
use serde_json::{Map, Value as Json};

use super::span;

/// The most characters of a text for which the provider names no limit.
const LONGEST: u32 = 100_000;
/// The most members of a list for which the provider names no limit.
const MANY: u32 = 500;

/// A JSON value as a value of a field. `null` is unset for every type, and so is an empty list.
///
/// # Errors
/// `FieldInvalid` at the field, saying what is expected; `NotRepresentable` for an amount with too many digits.
pub(crate) fn parse(field: &describe::Field, json: &Json) -> Result<Value> {
    let name = &*field.name;
    let invalid = |expected: &str| Error::invalid(name, expected);
    if json.is_null() {
        return Ok(Value::Null);
    }
    if let Some(members) = json.as_array().filter(|_| field.kind.is_list()) {
        if members.is_empty() {
            return Ok(Value::Null);
        }
        kind::limit::at_most(field.max_items.unwrap_or(MANY), members.len(), name)?;
    }
    let by_kind = |kind| kind::parse(kind, json, Strictness::Strict, name, &[]);
    match &field.kind {
        Type::Text | Type::LongText | Type::Html | Type::Phone => text(field, json),
        Type::Integer => by_kind(Kind::Integer),
        Type::Number => by_kind(Kind::Number),
        Type::Boolean => by_kind(Kind::Boolean),
        Type::Date => date(json).map(Value::from).ok_or_else(|| invalid("must be a date as YYYY-MM-DD")),
        Type::Time => by_kind(Kind::Time),
        Type::Duration => json
            .as_str()
            .and_then(span::parse)
            .map(Value::Int)
            .ok_or_else(|| invalid("must be a span of time as PT1H30M, at most 10000 hours")),
        Type::DateTime => json
            .as_str()
            .and_then(moment)
            .map(Value::Int)
            .ok_or_else(|| invalid("must be a moment as 2026-01-31T12:00:00Z, with Z or an offset")),
        Type::Money => money(name, json),
        Type::Id | Type::Reference(_) => id(json).map(Value::from).ok_or_else(|| invalid("must be an id as text")),
        Type::Choice => choice(field, json).map(Value::from),
        Type::Choices => {
            let members = json.as_array().ok_or_else(|| invalid("must be a list of the ids of options"))?;
            let offered: HashSet<&str> = field.choices.iter().filter(|c| !c.deleted).map(|c| &*c.id).collect();
            let chosen = members.iter().map(|member| id(member).filter(|id| offered.contains(id.as_str())));
            let chosen: Option<Vec<String>> = chosen.collect();
            Ok(composite::ids(&distinct(chosen.ok_or_else(|| no_option(field))?)))
        }
        Type::References(_) => {
            let members = json.as_array().and_then(|list| list.iter().map(id).collect::<Option<Vec<_>>>());
            members.map(|ids| composite::ids(&distinct(ids))).ok_or_else(|| invalid("must be a list of ids"))
        }
        Type::Emails => contacts(field, json, &by_kind(Kind::Emails)?),
        Type::Phones | Type::Messengers => contacts(field, json, &by_kind(Kind::Phones)?),
        Type::Address => {
            let map = json.as_object().ok_or_else(|| invalid("must be an address: an object of its parts"))?;
            only_parts(field, map)?;
            Ok(composite::object(field.kind.parts(), &composite::map_of(&by_kind(Kind::Address)?)))
        }
        Type::Participants => Err(invalid("can't be written")),
        Type::Attendees => attendees(field, json),
        Type::ZonedTime | Type::TimeRange | Type::DateRange => range(field, json),
        Type::ExternalIds => external_ids(field, json),
    }
}

/// An amount without a currency has that of the amount which stands there.
pub(crate) fn amended(field: &describe::Field, value: Value, now: &Value) -> Value {
    if field.kind != Type::Money {
        return value;
    }
    match (composite::money_parts(&value), composite::money_parts(now)) {
        (Some((amount, None)), Some((_, Some(currency)))) => composite::amount(&amount, Some(&currency)),
        _ => value,
    }
}

/// What a filter compares a field with: a value of the field, or a member of its list.
pub(crate) fn literal(field: &describe::Field, json: &Json) -> Result<Value> {
    let name = &*field.name;
    let part = |kind| parse(&describe::Field { kind, choices: Vec::new(), ..field.clone() }, json);
    match &field.kind {
        // Filters may name options that can't be chosen any more.
        Type::Choice | Type::Choices => match id(json) {
            Some(id) if field.choice(&id).is_some() || field.choices.is_empty() => Ok(Value::from(id)),
            _ => Err(Error::invalid(name, &format!("is compared with the id of an option: {}", offered(field)))),
        },
        Type::References(to) => part(Type::Reference(to.clone())),
        Type::Emails | Type::Phones | Type::Messengers => part(Type::Text),
        Type::Money => match json {
            Json::Number(number) => units(name, number).map(|units| composite::money(units, None)),
            _ => Err(Error::invalid(name, "is compared by its amount, a number")),
        },
        Type::ExternalIds => {
            let pair = json.as_str().and_then(|text| text.split_once('/'));
            let (source, key) = pair.ok_or_else(|| Error::invalid(name, "is compared with 'source/key'"))?;
            Ok(composite::external_ids(&[(source.to_owned(), key.to_owned())]))
        }
        _ => parse(field, json),
    }
}

fn text(field: &describe::Field, json: &Json) -> Result<Value> {
    let text = json.as_str().ok_or_else(|| Error::invalid(&field.name, "must be a text"))?;
    kind::check_text(text, &field.name, field.max_length.unwrap_or(LONGEST))?;
    Ok(Value::from(text))
}

fn date(json: &Json) -> Option<String> {
    let text = json.as_str()?;
    time::parse_date(text).filter(|day| day == text)
}

/// The first moment of a day of UTC, and that of the next one.
pub(crate) fn day(text: &str) -> Option<(i64, i64)> {
    let day = date(&text.into())?;
    let start = moment(&format!("{day}T00:00:00Z"))?;
    Some((start, start + time::DAY))
}

/// RFC 3339, which always says the offset.
fn moment(text: &str) -> Option<i64> {
    let (_, clock) = text.split_once(['T', 't'])?;
    let zoned = clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']);
    let years = -62_135_596_800 * time::SECOND..253_402_300_800 * time::SECOND;
    if zoned && !text.contains('[') { time::parse(text).filter(|m| years.contains(m)) } else { None }
}

/// An id: a text, or a whole number for those who keep them as numbers.
fn id(json: &Json) -> Option<String> {
    match json {
        Json::String(text) if !text.is_empty() && text.len() <= 255 && !text.contains('\0') => Some(text.clone()),
        Json::Number(number) if number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

fn distinct(ids: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
}

fn choice(field: &describe::Field, json: &Json) -> Result<String> {
    id(json).filter(|id| field.choice(id).is_some_and(|c| !c.deleted)).ok_or_else(|| no_option(field))
}

fn no_option(field: &describe::Field) -> Error {
    Error::invalid(&field.name, &format!("must be the id of one of the field's options: {}", offered(field)))
}

/// The options that can be chosen, as far as a message can hold them: `3 (Hot)`, or the id alone where the label is the
/// same word.
fn offered(field: &describe::Field) -> String {
    let named = |choice: &Choice| {
        let folded = choice.label.replace(' ', "_");
        let same = folded.eq_ignore_ascii_case(&choice.id);
        if same { choice.id.to_string() } else { format!("{} ({:.60})", choice.id, choice.label) }
    };
    let options: Vec<String> = field.choices.iter().filter(|c| !c.deleted).map(named).take(21).collect();
    match options.len() {
        0 => "it has none".to_owned(),
        21 => format!("{} and others, which the field's metadata lists", options[..20].join(", ")),
        _ => options.join(", "),
    }
}

fn units(name: &str, number: &serde_json::Number) -> Result<i64> {
    let spelled = number.to_string();
    let units = money_from_text(&spelled).ok_or_else(|| Error::invalid(name, "has an amount out of range"))?;
    let exact = composite::decimal(units).parse::<f64>().ok() == number.as_f64();
    exact.then_some(units).ok_or_else(|| {
        let message =
            format!("{name}: {spelled} can't be kept exactly, it would read back as {}", composite::decimal(units));
        Error::new(Code::NotRepresentable, message).at(name)
    })
}

fn money(name: &str, json: &Json) -> Result<Value> {
    let wrong = || Error::invalid(name, "must be an object {amount, currency}");
    let map = json.as_object().ok_or_else(wrong)?;
    if let Some(other) = map.keys().find(|k| !["amount", "currency"].contains(&k.as_str())) {
        return Err(Error::invalid(name, &format!("has no part {other}; its parts are amount, currency")));
    }
    let Some(Json::Number(amount)) = map.get("amount") else {
        return Err(Error::invalid(name, "amount must be a number"));
    };
    let code = match map.get("currency") {
        None | Some(Json::Null) => None,
        Some(Json::String(code)) if currency::find(code).is_some() => Some(code.to_uppercase()),
        Some(_) => return Err(Error::invalid(name, "currency must be an ISO 4217 code")),
    };
    Ok(composite::money(units(name, amount)?, code.as_deref()))
}

/// Lists of addresses are checked by their kind; the parts are put in order here.
fn contacts(field: &describe::Field, json: &Json, checked: &Value) -> Result<Value> {
    for member in json.as_array().into_iter().flatten().filter_map(Json::as_object) {
        only_parts(field, member)?;
    }
    Ok(composite::objects(field.kind.parts(), &composite::maps_of(checked)))
}

fn only_parts(field: &describe::Field, map: &Map<String, Json>) -> Result<()> {
    let parts = field.kind.parts();
    let Some(other) = map.keys().find(|k| !parts.iter().any(|p| p.name == *k)) else { return Ok(()) };
    let names: Vec<&str> = parts.iter().map(|p| p.name).collect();
    Err(Error::invalid(&field.name, &format!("has no part {other}; its parts are {}", names.join(", "))))
}

fn attendees(field: &describe::Field, json: &Json) -> Result<Value> {
    let invalid = |expected: &str| Error::invalid(&field.name, expected);
    let list = json.as_array().ok_or_else(|| invalid("must be a list of attendees"))?;
    let mut members = Vec::with_capacity(list.len());
    for member in list {
        let mut map = member.as_object().cloned().ok_or_else(|| invalid("must be a list of attendees"))?;
        only_parts(field, &map)?;
        for role in ["person", "user"] {
            let given = map.get(role).filter(|v| !v.is_null());
            if let Some(given) = given {
                let id = id(given).ok_or_else(|| invalid(&format!("{role} must be an id")))?;
                map.insert(role.to_owned(), id.into());
            }
        }
        let text_of = |part: &str| match map.get(part) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => {
                kind::check_text(text, &field.name, kind::limit::PART).map(|()| Some(text.clone()))
            }
            Some(_) => Err(invalid(&format!("{part} must be a text"))),
        };
        let email = text_of("email")?.filter(|e| !e.is_empty()).ok_or_else(|| invalid("an attendee needs an email"))?;
        let name = text_of("name")?.unwrap_or_else(|| email.clone());
        let status = text_of("status")?.unwrap_or_else(|| "noreply".to_owned());
        let organizer = match map.get("is_organizer") {
            None | Some(Json::Null) => false,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => return Err(invalid("is_organizer must be true or false")),
        };
        map.insert("name".to_owned(), name.into());
        map.insert("status".to_owned(), status.into());
        map.insert("is_organizer".to_owned(), organizer.into());
        members.push(map);
    }
    Ok(composite::objects(field.kind.parts(), &members))
}

/// Days and times of day, one or two, with their zone.
fn range(field: &describe::Field, json: &Json) -> Result<Value> {
    let parts = field.kind.parts();
    let invalid = |expected: &str| Error::invalid(&field.name, expected);
    let map = json.as_object().ok_or_else(|| {
        let names: Vec<&str> = parts.iter().map(|p| p.name).collect();
        invalid(&format!("must be an object {{{}}}", names.join(", ")))
    })?;
    only_parts(field, map)?;
    let mut out = Map::new();
    for part in parts {
        let Some(value) = map.get(part.name).filter(|v| !v.is_null()) else { continue };
        let canonical = match part.word {
            "date" => date(value).map(Json::from),
            "time" => value.as_str().and_then(time::parse_clock).map(Json::from),
            "integer" => value.as_i64().map(Json::from),
            _ => value.as_str().filter(|t| t.len() <= 255 && !t.contains('\0')).map(Json::from),
        };
        out.insert(part.name.to_owned(), canonical.ok_or_else(|| invalid(&format!("{} has a wrong form", part.name)))?);
    }
    let first = parts.first().map_or("", |p| p.name);
    if !out.is_empty() && !out.contains_key(first) {
        return Err(invalid(&format!("{first} is required")));
    }
    Ok(composite::object(parts, &out))
}

fn external_ids(field: &describe::Field, json: &Json) -> Result<Value> {
    let wrong = || Error::invalid(&field.name, "must be a list of {source, key}");
    let mut keys: Vec<(String, String)> = Vec::new();
    for member in json.as_array().ok_or_else(wrong)? {
        let map = member.as_object().ok_or_else(wrong)?;
        only_parts(field, map)?;
        let text = |part: &str| map.get(part).and_then(Json::as_str).map(str::to_owned).ok_or_else(wrong);
        let pair = (text("source")?, text("key")?);
        check_external(&field.name, &pair.0, &pair.1)?;
        if !keys.contains(&pair) {
            keys.push(pair);
        }
    }
    keys.sort();
    Ok(composite::external_ids(&keys))
}

/// What a key in another system may be: a source without a slash, since filters write `source/key`.
pub(crate) fn check_external(name: &str, source: &str, key: &str) -> Result<()> {
    for (part, text) in [("source", source), ("key", key)] {
        let length = text.chars().count();
        if text.trim().is_empty() || length > 255 || text.contains('\0') {
            return Err(Error::invalid(name, &format!("{part} must have 1 to 255 characters")));
        }
    }
    if source.contains('/') {
        return Err(Error::invalid(name, "source must not contain a slash"));
    }
    Ok(())
}
