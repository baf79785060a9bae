//! Options of a field and lists of ids.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::scalar::{integer, text_of};
use crate::{Error, Result, Value, kind::fold, schema::OptionItem};

/// Options, found by number, deleted ones too: what a record has may stay, which only who knows the record can tell. On
/// v1 also by label, but for deleted ones.
struct Known<'a> {
    options: &'a [OptionItem],
    ids: HashSet<i64>,
    /// By folded label, made when the first label is looked up. Of options with the same label the first counts.
    labels: Option<HashMap<String, i64>>,
}

impl<'a> Known<'a> {
    fn new(options: &'a [OptionItem]) -> Self {
        let ids = options.iter().map(|o| o.id).collect();
        Self { options, ids, labels: None }
    }

    fn find(&mut self, json: &Json, lenient: bool, name: &str) -> Result<i64> {
        let by_id = integer(json, lenient).filter(|id| self.ids.contains(id));
        let by_label = || {
            let label = fold(&text_of(json, lenient, name).ok().filter(|_| lenient)?);
            let options = self.options.iter().rev().filter(|o| !o.deleted);
            let labels = self.labels.get_or_insert_with(|| options.map(|o| (fold(&o.label), o.id)).collect());
            labels.get(&label).copied()
        };
        by_id.or_else(by_label).ok_or_else(|| Error::invalid(name, "must be the id of one of the field's options"))
    }
}

pub(super) fn choice(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<i64> {
    // One number needs no table.
    match integer(json, lenient) {
        Some(id) if options.iter().any(|o| o.id == id) => Ok(id),
        _ => Known::new(options).find(json, lenient, name),
    }
}

pub(super) fn choices(json: &Json, lenient: bool, name: &str, options: &[OptionItem]) -> Result<Value> {
    let parts = list(json, lenient, name)?;
    if parts.is_empty() {
        return if lenient {
            Ok(Value::Null)
        } else {
            Err(Error::invalid(name, "must not be an empty list: null clears it"))
        };
    }
    let mut known = Known::new(options);
    let chosen: Vec<i64> = parts.iter().map(|part| known.find(part, lenient, name)).collect::<Result<_>>()?;
    Ok(Value::from(id_list(&distinct(chosen))))
}

/// Numbers in their order, each once.
fn distinct(mut ids: Vec<i64>) -> Vec<i64> {
    let mut seen = HashSet::with_capacity(ids.len());
    ids.retain(|id| seen.insert(*id));
    ids
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
    let id = |part| integer(part, lenient).ok_or_else(|| Error::invalid(name, "must be a list of whole numbers"));
    let found = distinct(list(json, lenient, name)?.iter().map(id).collect::<Result<_>>()?);
    Ok(if found.is_empty() { Value::Null } else { Value::from(id_list(&found)) })
}
