//! The options of a choice field as they are stored: in order, tombstones of deleted ones last.

use penstock_model::{Code, Error, Result, Value, at, objects::CUSTOM_FIELD, schema::OptionItem};
use penstock_store::sql::Record;
use serde_json::{Map, Value as Json};

use crate::{
    Tx,
    fields::{NewOption, OptionChange, named},
};

/// The most options that can be chosen from (pipedrive-contract 5.2).
const MOST: usize = 10_000;

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
        let mut added = Vec::with_capacity(options.len());
        for option in options {
            let entry = entry(tx, None, &option.label, option.color.as_deref())?;
            added.push(item(&entry));
            let end = self.0.iter().position(is_deleted).unwrap_or(self.0.len());
            self.0.insert(end, entry);
        }
        self.check_number()?;
        Ok(added)
    }

    /// Makes the given options the field's, in their order: those that are missing are deleted.
    pub(crate) fn replace(&mut self, tx: &mut Tx<'_>, options: &[OptionChange]) -> Result<()> {
        let mut old = std::mem::take(&mut self.0);
        let mut kept: Vec<Map<String, Json>> = Vec::with_capacity(options.len());
        for option in options {
            let was = match option.id {
                Some(id) => Some(old.remove(position(&old, id)?)),
                None => None,
            };
            kept.push(entry(tx, was.as_ref(), &option.label, option.color.as_deref())?);
        }
        for mut gone in old {
            if !is_deleted(&gone) {
                bury(tx, &mut gone);
            }
            kept.push(gone);
        }
        self.0 = kept;
        self.check_number()
    }

    /// Renames options.
    pub(crate) fn rename(&mut self, tx: &mut Tx<'_>, labels: &[(i64, String)]) -> Result<Vec<OptionItem>> {
        let mut renamed = Vec::with_capacity(labels.len());
        for (id, label) in labels {
            let at = position(&self.0, *id)?;
            self.0[at] = entry(tx, Some(&self.0[at]), label, None)?;
            renamed.push(item(&self.0[at]));
        }
        Ok(renamed)
    }

    /// Deletes options.
    pub(crate) fn delete(&mut self, tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<OptionItem>> {
        let mut deleted = Vec::with_capacity(ids.len());
        for id in ids {
            let mut gone = self.0.remove(position(&self.0, *id)?);
            deleted.push(item(&gone));
            bury(tx, &mut gone);
            self.0.push(gone);
        }
        Ok(deleted)
    }

    fn check_number(&self) -> Result<()> {
        if self.0.iter().filter(|o| !is_deleted(o)).count() > MOST {
            return Err(Error::new(Code::RuleViolated, format!("a field has at most {MOST} options")).at("options"));
        }
        Ok(())
    }
}

fn is_deleted(option: &Map<String, Json>) -> bool {
    option.get("deleted").and_then(Json::as_bool).unwrap_or(false)
}

/// The place of an option that can be chosen.
fn position(options: &[Map<String, Json>], id: i64) -> Result<usize> {
    options
        .iter()
        .position(|o| o.get("id").and_then(Json::as_i64) == Some(id) && !is_deleted(o))
        .ok_or_else(|| Error::invalid("options", &format!("the field has no option {id}")))
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
