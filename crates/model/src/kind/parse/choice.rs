//! Options of a field and lists of ids.

use serde_json::Value as Json;

use super::scalar::{integer, text_of};
use crate::{Error, Result, Value, kind::fold, schema::OptionItem};

pub(super) fn choice(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<i64> {
    let by_id = integer(json, lenient).and_then(|id| options.iter().find(|o| o.id == id && !o.deleted));
    let by_label = || {
        let label = text_of(json, lenient, name).ok().filter(|_| lenient)?;
        options.iter().find(|o| !o.deleted && fold(&o.label) == fold(&label))
    };
    by_id
        .or_else(by_label)
        .map(|o| o.id)
        .ok_or_else(|| Error::invalid(name, "must be the id of one of the field's options"))
}

pub(super) fn choices(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<Value> {
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

pub(super) fn list(json: &Json, lenient: bool, name: &str) -> Result<Vec<Json>> {
    match json {
        Json::Array(items) => Ok(items.clone()),
        Json::String(s) if lenient => Ok(s.split(',').map(|p| Json::from(p.trim())).filter(|p| p != "").collect()),
        Json::Number(_) if lenient => Ok(vec![json.clone()]),
        _ => Err(Error::invalid(name, "must be a list")),
    }
}

pub(super) fn ids(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let mut found = Vec::new();
    for part in list(json, lenient, name)? {
        let id = integer(&part, lenient).ok_or_else(|| Error::invalid(name, "must be a list of whole numbers"))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(if found.is_empty() { Value::Null } else { Value::from(id_list(&found)) })
}
