//! Lists of people: their addresses, and who takes part in an activity.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::{
    parts::only_keys,
    scalar::{boolean, check_text, integer, part_text, text, text_of},
};
use crate::{Error, Result, Value, kind::limit::PART};

pub(super) fn contacts(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = match json {
        Json::Array(items) => items.clone(),
        Json::String(_) | Json::Number(_) | Json::Object(_) if lenient => vec![json.clone()],
        _ => return Err(Error::invalid(name, "must be a list of {value, primary, label}")),
    };
    let mut entries: Vec<(String, bool, String)> = Vec::with_capacity(items.len());
    for item in &items {
        let (value, primary, label) = match item {
            Json::String(_) | Json::Number(_) if lenient => (item, None, None),
            Json::Object(map) => {
                if !lenient {
                    only_keys(map, &["value", "primary", "label"], name)?;
                }
                (map.get("value").unwrap_or(&Json::Null), map.get("primary"), map.get("label"))
            }
            _ => return Err(Error::invalid(name, "must be a list of {value, primary, label}")),
        };
        let value = match text(value, lenient, name, PART)? {
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
            Some(label) => {
                let label = part_text(label, lenient, name, "label")?;
                check_text(&label, name, PART)?;
                label.into_owned()
            }
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

pub(super) fn participants(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = json.as_array().ok_or_else(|| Error::invalid(name, "must be a list of {person_id, primary}"))?;
    let mut list: Vec<(i64, bool)> = Vec::with_capacity(items.len());
    let mut seen = HashSet::with_capacity(items.len());
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
        if seen.insert(person) {
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

pub(super) fn attendees(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let items = json.as_array().ok_or_else(|| Error::invalid(name, "must be a list of attendees"))?;
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        let map = item.as_object().ok_or_else(|| Error::invalid(name, "must be a list of attendees"))?;
        let mail = map.get("email").or_else(|| map.get("email_address")).and_then(Json::as_str);
        let mail = mail.ok_or_else(|| Error::invalid(name, "an attendee needs an e-mail address"))?;
        let mut out = Map::new();
        let called = map.get("name").and_then(|n| text_of(n, lenient, name).ok()).unwrap_or(mail.into());
        let status = map.get("status").and_then(Json::as_str).unwrap_or("noreply");
        for (key, text) in [("email", mail), ("name", &*called), ("status", status)] {
            check_text(text, name, PART)?;
            out.insert(key.to_owned(), text.into());
        }
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
