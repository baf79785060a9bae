//! Checks that the tables alone decide: required fields, rights, references, and values in their range.

use penstock_model::{Access, Code, Error, Kind, Object, Result, Value, field::Writable, objects, visibility::Level};
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

/// Checks that only those with the right write what takes one: a value that would stand there anyway is no writing.
pub(crate) fn reserved(tx: &Tx<'_>, object: &Object, before: Option<&Record>, patch: &Patch) -> Result<()> {
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let Writable::WithRight(right) = field.writable else { continue };
        let same = match before {
            Some(before) => before.values[*position] == *value,
            None => *value == tx.access.user().into() && field.kind == Kind::Reference("user"),
        };
        if !tx.access.may(right) && !same && !value.is_null() {
            return Err(Error::new(Code::Forbidden, format!("only admins may set {}", field.name)).at(field.name));
        }
    }
    Ok(())
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
    let stored = before.map(|b| crate::custom::parse(&b.custom)).unwrap_or_default();
    for (number, value) in &patch.custom {
        let field = tx.schema.by_number(*number).map(|f| (f.kind, f.key.to_string()));
        if let (Some((Kind::Reference(to), key)), Value::Int(id)) = (field, value)
            && stored.get(&number.to_string()).and_then(serde_json::Value::as_i64) != Some(*id)
        {
            asked.push((objects::get(to), *id));
            named.push(key);
        }
    }
    let Some(at) = tx.unknown(&asked)? else { return Ok(()) };
    let ((to, id), field) = (asked[at], &*named[at]);
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

/// Checks the values of a record that the tables alone can't: visibility groups and currencies.
pub(super) fn values(record: &Record) -> Result<()> {
    for (position, field) in record.object.columns() {
        let value = &record.values[position];
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
