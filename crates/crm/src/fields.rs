//! Custom fields: how a company defines them, and changes the options of choice fields (pipedrive-contract 5.2-5.4).
//!
//! A field is named by its number, which v1 shows as its id. Options have numbers that are unique in the company.
//! A deleted option stays as a tombstone, because records still name it.

use penstock_model::{
    Code, Error, Kind, Object, Result, Value, ValueRef, at, kind::CREATABLE, objects::CUSTOM_FIELD, schema::OptionItem,
};
use penstock_store::sql::Record;

use crate::{
    Patch, Tx,
    create::{create as create_record, is_searched},
    option_list::OptionList,
    rules, update,
};

static OBJECT: &Object = &CUSTOM_FIELD;

/// An option that a field is to get.
#[derive(Clone, Debug, Default)]
pub struct NewOption {
    /// Its text, 1 to 255 characters.
    pub label: String,
    /// Its colour, for labels.
    pub color: Option<String>,
}

/// A field that is to be made.
#[derive(Clone, Debug, Default)]
pub struct NewField {
    /// Its name, 1 to 255 characters.
    pub name: String,
    /// Pipedrive's word for its kind.
    pub field_type: String,
    /// Its options, for `enum` and `set`.
    pub options: Vec<NewOption>,
    /// What else is said of it: writable fields of `custom_field`, such as `description` and `add_visible`.
    pub settings: Patch,
}

/// An option in a list that replaces a field's options.
#[derive(Clone, Debug, Default)]
pub struct OptionChange {
    /// The option that stays; unset: it is new.
    pub id: Option<i64>,
    /// Its text.
    pub label: String,
    /// Its colour; unset: as it was.
    pub color: Option<String>,
}

/// What is to become of a field.
#[derive(Clone, Debug, Default)]
pub struct FieldChange {
    /// Its new name.
    pub name: Option<String>,
    /// Its options from now on, in order; those that are missing are deleted (v1).
    pub options: Option<Vec<OptionChange>>,
    /// What else is said of it.
    pub settings: Patch,
}

/// Makes a custom field of an object.
///
/// # Errors
/// `RuleViolated` for an object that carries no fields of its own; `FieldRequired` and `FieldInvalid` for name, type
/// and options.
pub fn create(tx: &mut Tx<'_>, object: &'static Object, new: &NewField) -> Result<Record> {
    rules::permitted(tx.access, OBJECT)?;
    if object.custom != Some(object.name) {
        return Err(Error::new(Code::RuleViolated, format!("a {} has no custom fields of its own", object.name)));
    }
    let Some(kind) = Kind::creatable(&new.field_type) else {
        let known: Vec<&str> = CREATABLE.iter().map(|(name, _)| *name).collect();
        return Err(Error::invalid("field_type", &format!("must be one of {}", known.join(", "))));
    };
    let mut patch = Patch::default();
    // What a new field is like when nothing is said (pipedrive-contract 5.3).
    for shown in ["add_visible", "details_visible", "index_visible", "bulk_edit_allowed"] {
        patch.set(OBJECT, shown, true);
    }
    patch.put(at!(CUSTOM_FIELD, "searchable"), is_searched(kind));
    for (position, value) in &new.settings.fields {
        patch.put(*position, value.clone());
    }
    let options = match (is_choice(kind), new.options.is_empty()) {
        (true, true) => {
            let message = format!("options are required for a field of type {}", new.field_type);
            return Err(Error::new(Code::FieldRequired, message).at("options"));
        }
        (true, false) => {
            let mut list = OptionList::default();
            list.add(tx, &new.options)?;
            list.value()
        }
        (false, true) => Value::Null,
        (false, false) => return Err(Error::invalid("options", "are for fields of type enum and set")),
    };
    patch
        .put(at!(CUSTOM_FIELD, "object"), object.name)
        .put(at!(CUSTOM_FIELD, "key"), tx.hex40())
        .put(at!(CUSTOM_FIELD, "name"), named(&new.name)?);
    patch
        .put(at!(CUSTOM_FIELD, "kind"), new.field_type.as_str())
        .put(at!(CUSTOM_FIELD, "built_in"), false)
        .put(at!(CUSTOM_FIELD, "options"), options);
    patch.put(at!(CUSTOM_FIELD, "created_by_user_id"), tx.access.user());
    create_record(tx, OBJECT, &patch)
}

/// Changes a custom field, or the options of a built-in one.
///
/// # Errors
/// `NotFound`; `RuleViolated` for anything else of a built-in field; `FieldInvalid` for an option that the field does
/// not have.
pub fn change(tx: &mut Tx<'_>, object: &'static Object, number: i64, change: &FieldChange) -> Result<Record> {
    let field = find(tx, object, number)?;
    let mut patch = change.settings.clone();
    if let Some(name) = &change.name {
        patch.put(at!(CUSTOM_FIELD, "name"), named(name)?);
    }
    if field.get(at!(CUSTOM_FIELD, "built_in")).truth() {
        patch.fields.retain(|(at, value)| field.values[*at] != *value);
        if !patch.is_empty() {
            return Err(Error::new(Code::RuleViolated, "only the options of a built-in field can be changed"));
        }
    }
    if let Some(options) = &change.options
        && (!options.is_empty() || has_options(&field))
    {
        let mut list = choices(&field)?;
        list.replace(tx, options)?;
        patch.put(at!(CUSTOM_FIELD, "options"), list.value());
    }
    update::amend(tx, field, &patch)
}

/// Deletes a custom field; what records had in it is no longer shown nor found. Gives what it was.
///
/// # Errors
/// `NotFound`; `RuleViolated` for a built-in field.
pub fn delete(tx: &mut Tx<'_>, object: &'static Object, number: i64) -> Result<Record> {
    let field = find(tx, object, number)?;
    if field.get(at!(CUSTOM_FIELD, "built_in")).truth() {
        return Err(Error::new(Code::RuleViolated, "a built-in field can't be deleted"));
    }
    let key = [tx.access.company().into(), ValueRef::Int(number)];
    tx.conn.defer("DELETE FROM field_value WHERE company_id = ?1 AND field = ?2", &key)?;
    crate::delete(tx, OBJECT, number)?;
    Ok(field)
}

/// Adds options to a choice field and gives them.
///
/// # Errors
/// `NotFound`; `FieldInvalid`; `RuleViolated` for a field that is no choice, or too many options.
pub fn add_options(
    tx: &mut Tx<'_>,
    object: &'static Object,
    number: i64,
    options: &[NewOption],
) -> Result<Vec<OptionItem>> {
    amend_options(tx, object, number, |tx, list| list.add(tx, options))
}

/// Renames options of a choice field, by number, and gives them.
///
/// # Errors
/// As [`add_options`]; nothing is renamed when one of them is not the field's.
pub fn rename_options(
    tx: &mut Tx<'_>,
    object: &'static Object,
    number: i64,
    labels: &[(i64, String)],
) -> Result<Vec<OptionItem>> {
    amend_options(tx, object, number, |tx, list| list.rename(tx, labels))
}

/// Deletes options of a choice field, by number, and gives what they were.
///
/// # Errors
/// As [`add_options`]; nothing is deleted when one of them is not the field's.
pub fn delete_options(tx: &mut Tx<'_>, object: &'static Object, number: i64, ids: &[i64]) -> Result<Vec<OptionItem>> {
    amend_options(tx, object, number, |tx, list| list.delete(tx, ids))
}

fn amend_options(
    tx: &mut Tx<'_>,
    object: &'static Object,
    number: i64,
    act: impl FnOnce(&mut Tx<'_>, &mut OptionList) -> Result<Vec<OptionItem>>,
) -> Result<Vec<OptionItem>> {
    let field = find(tx, object, number)?;
    let mut list = choices(&field)?;
    let affected = act(tx, &mut list)?;
    let mut patch = Patch::default();
    patch.put(at!(CUSTOM_FIELD, "options"), list.value());
    update::amend(tx, field, &patch)?;
    Ok(affected)
}

/// The definition of a field of an object, for who may change it.
fn find(tx: &mut Tx<'_>, object: &'static Object, number: i64) -> Result<Record> {
    rules::permitted(tx.access, OBJECT)?;
    let built_in = object.fields.iter().any(|f| i64::from(object.field_base + u32::from(f.number)) == number);
    match tx.record(OBJECT, number) {
        Ok(field)
            if field.get(at!(CUSTOM_FIELD, "object")).text() == Some(object.name)
                && !field.get(at!(CUSTOM_FIELD, "is_deleted")).truth() =>
        {
            Ok(field)
        }
        Err(e) if e.code != Code::NotFound => Err(e),
        _ if built_in => Err(Error::new(Code::RuleViolated, "a built-in field can't be changed")),
        _ => Err(Error::not_found("field")),
    }
}

const fn is_choice(kind: Kind) -> bool {
    matches!(kind, Kind::Choice | Kind::Choices)
}

fn has_options(field: &Record) -> bool {
    field.get(at!(CUSTOM_FIELD, "kind")).text().and_then(Kind::creatable).is_some_and(is_choice)
}

/// The options of a choice field.
fn choices(field: &Record) -> Result<OptionList> {
    if has_options(field) {
        OptionList::of(field)
    } else {
        Err(Error::new(Code::RuleViolated, "only fields of type enum and set have options").at("options"))
    }
}

/// A name or label as it is stored.
pub(crate) fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 255 || name.contains('\0') {
        return Err(Error::invalid("name", "must have 1 to 255 characters"));
    }
    Ok(name)
}
