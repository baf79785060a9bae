//! What is particular to an object: defaults, derived values, and what follows from a change.

mod activity_type;
pub mod company;
mod custom_field;
mod deal;
mod pipeline;
mod stage;
pub mod user;

use penstock_model::{Code, Error, Kind, Object, Result, Value, objects};
use penstock_store::sql::Record;

use crate::{Patch, Tx};

/// The rules of an object.
pub(crate) struct Rules {
    /// Completes and checks a record before it is written: defaults, derived values, refusals.
    /// Called with the record as it was (`None`: it is new), as it is to be, and what the caller asked for.
    pub(crate) prepare: fn(&mut Tx<'_>, Option<&Record>, &mut Record, &Patch) -> Result<()>,
    /// Does what follows from a change that was written: links, visits, values of other records.
    pub(crate) settle: fn(&mut Tx<'_>, Option<&Record>, Option<&Record>) -> Result<()>,
    /// Whether an update may bring a deleted record back.
    pub(crate) revives: bool,
}

static PLAIN: Rules = Rules { prepare: plain, settle: |_, _, _| Ok(()), revives: false };

/// The rules of an object; most have none of their own.
pub(crate) fn of(object: &Object) -> &'static Rules {
    match object.name {
        "activity_type" => &activity_type::RULES,
        "custom_field" => &custom_field::RULES,
        "deal" => &deal::RULES,
        "pipeline" => &pipeline::RULES,
        "stage" => &stage::RULES,
        _ => &PLAIN,
    }
}

fn plain(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    stamp(tx, before, record, patch)?;
    zeroes(record);
    Ok(())
}

/// Gives a new record its times.
fn stamp(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    if before.is_none() {
        for name in ["add_time", "update_time"] {
            if let Some(at) = record.object.position(name)
                && record.values[at].is_null()
            {
                record.values[at] = Value::Int(tx.now);
            }
        }
    }
    Ok(())
}

/// Gives a new record its flags and counters: everything that must not be unset and has a zero.
fn zeroes(record: &mut Record) {
    for (position, field) in record.object.columns() {
        if field.never_null && record.values[position].is_null() {
            record.values[position] = match field.kind {
                Kind::Boolean => Value::Bool(false),
                Kind::Integer | Kind::Money | Kind::Duration => Value::Int(0),
                _ => continue,
            };
        }
    }
}

/// Gives a new owned record its owner, creator and visibility.
fn own(tx: &mut Tx<'_>, record: &mut Record) {
    for name in ["owner_id", "creator_user_id"] {
        if let Some(at) = record.object.position(name)
            && record.values[at].is_null()
        {
            record.values[at] = Value::Int(tx.access.user);
        }
    }
    if let Some(at) = record.object.position("visible_to")
        && record.values[at].is_null()
    {
        record.values[at] = Value::Int(3);
    }
}

/// Checks the values of a record that the tables alone can't: visibility groups, percentages, currencies.
fn check_values(record: &Record) -> Result<()> {
    for (position, field) in record.object.columns() {
        let value = &record.values[position];
        match (field.kind, value) {
            (Kind::VisibleTo, Value::Int(v)) if !matches!(v, 1 | 3 | 5 | 7) => {
                return Err(Error::invalid(field.name, "must be 1, 3, 5 or 7"));
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

/// Checks that every record that a patch refers to exists, is not deleted, and can be seen by the acting user.
pub(crate) fn references(tx: &mut Tx<'_>, object: &'static Object, patch: &Patch) -> Result<()> {
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let ids: Vec<i64> = match (field.kind, value) {
            (Kind::Reference(_), Value::Int(id)) => vec![*id],
            (Kind::References(_), Value::Text(list)) => serde_json::from_str(list).unwrap_or_default(),
            _ => continue,
        };
        let (Kind::Reference(to) | Kind::References(to)) = field.kind else { continue };
        for id in ids {
            refer(tx, to, id, field.name)?;
        }
    }
    for (number, value) in &patch.custom {
        let kind = tx.schema.by_number(*number).map(|f| (f.kind, f.key.clone()));
        if let (Some((Kind::Reference(to), key)), Value::Int(id)) = (kind, value) {
            refer(tx, to, *id, &key)?;
        }
    }
    Ok(())
}

fn refer(tx: &mut Tx<'_>, to: &str, id: i64, field: &str) -> Result<()> {
    if tx.sees_alive(objects::get(to), id)? {
        return Ok(());
    }
    Err(Error::new(Code::ReferenceUnknown, format!("{field}: {to} {id} was not found")).at(field))
}
