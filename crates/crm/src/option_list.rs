//! The options of a choice field as they are stored: in order, tombstones of deleted ones last.

use std::collections::HashMap;

use penstock_model::{
    Code, Error, Result, Value, at,
    kind::{check_text, limit},
    objects::CUSTOM_FIELD,
    schema::OptionItem,
};
use penstock_store::sql::Record;
use serde_json::{Map, Value as Json};

use crate::{
    Tx,
    fields::{NewOption, OptionChange, named},
};

/// A field's options.
#[derive(Default)]
pub(crate) struct OptionList(Vec<Map<String, Json>>);

impl OptionList {
    /// Reads what is stored of a field.
    ///
    /// # Errors
    /// `Internal` when it is no list of options: to go on without them would delete them.
    pub(crate) fn of(field: &Record) -> Result<Self> {
        let Some(text) = field.get(at!(CUSTOM_FIELD, "options")).text() else { return Ok(Self::default()) };
        let list = serde_json::from_str(text);
        list.map(Self).map_err(|e| Error::internal(format!("the options of field {} are corrupt: {e}", field.id())))
    }

    /// The text to store.
    pub(crate) fn value(&self) -> Value {
        Value::from(Json::from(self.0.clone()).to_string())
    }

    /// Adds options behind those that can be chosen.
    pub(crate) fn add(&mut self, tx: &mut Tx<'_>, options: &[NewOption]) -> Result<Vec<OptionItem>> {
        let end = self.0.iter().position(is_deleted).unwrap_or(self.0.len());
        check_number(end + options.len())?;
        let entries = options.iter().map(|option| entry(tx, None, &option.label, option.color.as_deref()));
        let entries = entries.collect::<Result<Vec<_>>>()?;
        let added = entries.iter().map(item).collect();
        self.0.splice(end..end, entries);
        Ok(added)
    }

    /// Makes the given options the field's, in their order: those that are missing are deleted.
    pub(crate) fn replace(&mut self, tx: &mut Tx<'_>, options: &[OptionChange]) -> Result<()> {
        check_number(options.len())?;
        let mut places = self.places();
        let mut old: Vec<Option<Map<String, Json>>> = std::mem::take(&mut self.0).into_iter().map(Some).collect();
        let mut kept: Vec<Map<String, Json>> = Vec::with_capacity(options.len());
        for option in options {
            let was = match option.id {
                // An option that is named twice is there once.
                Some(id) => old[places.remove(&id).ok_or_else(|| unknown(id))?].take(),
                None => None,
            };
            kept.push(entry(tx, was.as_ref(), &option.label, option.color.as_deref())?);
        }
        for mut gone in old.into_iter().flatten() {
            if !is_deleted(&gone) {
                bury(tx, &mut gone);
            }
            kept.push(gone);
        }
        self.0 = kept;
        Ok(())
    }

    /// Renames options.
    pub(crate) fn rename(&mut self, tx: &mut Tx<'_>, labels: &[(i64, String)]) -> Result<Vec<OptionItem>> {
        let places = self.places();
        let mut renamed = Vec::with_capacity(labels.len());
        for (id, label) in labels {
            let at = *places.get(id).ok_or_else(|| unknown(*id))?;
            self.0[at] = entry(tx, Some(&self.0[at]), label, None)?;
            renamed.push(item(&self.0[at]));
        }
        Ok(renamed)
    }

    /// Deletes options.
    pub(crate) fn delete(&mut self, tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<OptionItem>> {
        let mut places = self.places();
        let mut deleted = Vec::with_capacity(ids.len());
        for id in ids {
            let gone = &mut self.0[places.remove(id).ok_or_else(|| unknown(*id))?];
            deleted.push(item(gone));
            bury(tx, gone);
        }
        // The order of those that stay, and of tombstones, is kept.
        self.0.sort_by_key(is_deleted);
        Ok(deleted)
    }

    /// The places of the options that can be chosen, by number.
    fn places(&self) -> HashMap<i64, usize> {
        let alive = self.0.iter().enumerate().filter(|(_, option)| !is_deleted(option));
        alive.filter_map(|(at, option)| Some((option.get("id")?.as_i64()?, at))).collect()
    }
}

fn check_number(options: usize) -> Result<()> {
    if options > limit::OPTIONS as usize {
        let message = format!("a field has at most {} options", limit::OPTIONS);
        return Err(Error::new(Code::RuleViolated, message).at("options"));
    }
    Ok(())
}

fn unknown(id: i64) -> Error {
    Error::invalid("options", &format!("the field has no option {id}"))
}

fn is_deleted(option: &Map<String, Json>) -> bool {
    option.get("deleted").and_then(Json::as_bool).unwrap_or(false)
}

/// An option with a new text, or a new one.
fn entry(
    tx: &mut Tx<'_>,
    was: Option<&Map<String, Json>>,
    label: &str,
    color: Option<&str>,
) -> Result<Map<String, Json>> {
    let label = named(label).map_err(|_| Error::invalid("options", "label must have 1 to 255 characters"))?;
    let mut option = match was {
        Some(was) => was.clone(),
        None => Map::from_iter([("id".to_owned(), tx.next("option").into()), ("add_time".to_owned(), tx.now.into())]),
    };
    let before = option.clone();
    option.insert("label".to_owned(), label.into());
    if let Some(color) = color {
        check_text(color, "options", limit::PART)?;
        option.insert("color".to_owned(), color.into());
    }
    if was.is_some() && option != before {
        option.insert("update_time".to_owned(), tx.now.into());
    }
    Ok(option)
}

fn bury(tx: &Tx<'_>, option: &mut Map<String, Json>) {
    option.insert("deleted".to_owned(), true.into());
    option.insert("update_time".to_owned(), tx.now.into());
}

fn item(option: &Map<String, Json>) -> OptionItem {
    OptionItem {
        id: option.get("id").and_then(Json::as_i64).unwrap_or(0),
        label: option.get("label").and_then(Json::as_str).unwrap_or_default().into(),
        color: option.get("color").and_then(Json::as_str).map(Into::into),
        deleted: is_deleted(option),
    }
}
