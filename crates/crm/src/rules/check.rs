//! Checks that the tables alone decide: required fields, rights, references, and values in their range.

use std::collections::HashSet;

use penstock_model::{
    Access, Code, Error, Kind, Object, Result, Value, field::Writable, objects, schema::OptionItem, visibility::Level,
};
use penstock_store::sql::Record;

use crate::{Patch, Tx};

/// Checks that nothing is missing that the object requires.
pub(crate) fn required(record: &Record) -> Result<()> {
    for field in record.object.fields.iter().filter(|f| f.required && f.is_column()) {
        let missing = match record.get(field.name) {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if missing {
            return Err(Error::new(Code::FieldRequired, format!("{} is required", field.name)).at(field.name));
        }
    }
    Ok(())
}

/// Checks that the acting user has the right that changing an object's records takes.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn permitted(access: &Access, object: &Object) -> Result<()> {
    object.right.map_or(Ok(()), |right| access.demand(right))
}

/// Checks that only those with the right write what takes one: a new record's owner is who makes it anyway.
pub(crate) fn reserved(tx: &Tx<'_>, object: &Object, before: Option<&Record>, patch: &Patch) -> Result<()> {
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let Writable::WithRight(right) = field.writable else { continue };
        let same = before.is_none() && *value == tx.access.user().into() && field.kind == Kind::Reference("user");
        if !tx.access.may(right) && !same && !value.is_null() {
            return Err(Error::new(Code::Forbidden, format!("only admins may set {}", field.name)).at(field.name));
        }
    }
    Ok(())
}

/// Checks that every option that a patch newly chooses is one of its field's and can be chosen. What stands may have been
/// deleted since.
pub(crate) fn options(tx: &Tx<'_>, object: &Object, before: Option<&Record>, patch: &Patch) -> Result<()> {
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        if matches!(field.kind, Kind::Choice | Kind::Choices) {
            let stands = before.map_or(&Value::Null, |b| &b.values[*position]);
            chosen(field.name, value, stands, tx.schema.options_of(object, field))?;
        }
    }
    let mut stored = None;
    for (number, value) in &patch.custom {
        let Some(field) = tx.schema.by_number(*number) else { continue };
        if matches!(field.kind, Kind::Choice | Kind::Choices) {
            let stored =
                stored.get_or_insert_with(|| before.map(|b| crate::custom::parse(&b.custom)).unwrap_or_default());
            let stands = crate::custom::value_of(stored.get(&number.to_string()), field.kind);
            chosen(&field.key, value, &stands, &field.options)?;
        }
    }
    Ok(())
}

/// Checks the options that a value has and another does not.
fn chosen(name: &str, value: &Value, stands: &Value, options: &[OptionItem]) -> Result<()> {
    let stands: HashSet<i64> = members(stands).into_iter().collect();
    let open: HashSet<i64> = options.iter().filter(|option| !option.deleted).map(|option| option.id).collect();
    match members(value).into_iter().find(|id| !open.contains(id) && !stands.contains(id)) {
        None => Ok(()),
        Some(id) if options.iter().any(|option| option.id == id) => {
            Err(Error::invalid(name, &format!("option {id} was deleted: choose another of the field's options")))
        }
        Some(_) => Err(Error::invalid(name, "must be the id of one of the field's options")),
    }
}

/// The options of a value of one or several.
fn members(value: &Value) -> Vec<i64> {
    match value {
        Value::Int(id) => vec![*id],
        Value::Text(list) => serde_json::from_str(list).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Checks that every record that a patch newly refers to exists, is not deleted, and can be seen by the acting
/// user. What stays as it is may have become hidden or deleted since.
pub(crate) fn references(
    tx: &mut Tx<'_>,
    object: &'static Object,
    before: Option<&Record>,
    patch: &Patch,
) -> Result<()> {
    let mut asked = Vec::new();
    let mut named = Vec::new();
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let was = before.map_or(&Value::Null, |b| &b.values[*position]);
        if let Some(to) = target(field.kind) {
            let known = referred(field.kind, was);
            for id in referred(field.kind, value).into_iter().filter(|id| !known.contains(id)) {
                asked.push((objects::get(to), id));
                named.push(field.name.to_owned());
            }
        }
    }
    for (number, value) in &patch.custom {
        let field = tx.schema.by_number(*number).map(|f| (f.kind, f.key.to_string()));
        if let (Some((Kind::Reference(to), key)), Value::Int(id)) = (field, value) {
            asked.push((objects::get(to), *id));
            named.push(key);
        }
    }
    let Some(at) = tx.unknown(&asked)? else { return Ok(()) };
    let ((to, id), field) = (asked[at], &*named[at]);
    let id = to.spell(tx.access.company(), id);
    Err(Error::new(Code::ReferenceUnknown, format!("{field}: {} {id} was not found", to.name)).at(field))
}

/// The object that values of a kind refer to.
const fn target(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Reference(to) | Kind::References(to) => Some(to),
        Kind::Participants => Some("person"),
        _ => None,
    }
}

/// The records that a value refers to.
fn referred(kind: Kind, value: &Value) -> Vec<i64> {
    match (kind, value) {
        (Kind::Reference(_), Value::Int(id)) => vec![*id],
        (Kind::References(_), Value::Text(list)) => serde_json::from_str(list).unwrap_or_default(),
        (Kind::Participants, list) => super::activity::members(list).into_iter().map(|(id, _)| id).collect(),
        _ => Vec::new(),
    }
}

/// Checks the values of a record that the tables alone can't, those that stand excepted: visibility groups and
/// currencies.
pub(super) fn values(before: Option<&Record>, record: &Record) -> Result<()> {
    for (position, field) in record.object.columns() {
        let value = &record.values[position];
        if before.is_some_and(|before| before.values[position] == *value) {
            continue;
        }
        match (field.kind, value) {
            (Kind::VisibleTo, Value::Int(number)) => {
                Level::find(*number).map_err(|must| Error::invalid(field.name, must))?;
            }
            (Kind::Text, Value::Text(code))
                if field.name == "currency" && penstock_model::currency::find(code).is_none() =>
            {
                return Err(Error::invalid(field.name, "must be an ISO 4217 currency code"));
            }
            _ => {}
        }
    }
    Ok(())
}
