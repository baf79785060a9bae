//! Duplicating a deal (pipedrive-contract 12.2): a new deal with what was agreed so far, and without how it went.

use penstock_model::{Error, Kind, Object, Result, Value, field::Writable, objects};
use penstock_store::sql::Record;

use crate::{Patch, Tx, create, custom, participants};

static DEAL: &Object = &objects::DEAL;

/// What a duplicate does not take over: it is open, whatever became of the deal that it is made from.
const OUTCOME: [&str; 6] = ["status", "is_deleted", "lost_reason", "close_time", "won_time", "lost_time"];

/// The most participants of a deal that is duplicated in one write (DESIGN 5).
const MOST: usize = 400;

/// Makes a deal with the fields, the custom fields and the participants of another one. What the acting user can't see,
/// or what was deleted, is not linked again.
///
/// # Errors
/// `NotFound` when the acting user can't see the deal, or it is deleted; `RuleViolated` when too many persons take part
/// in it; and those of [`create`](crate::create()).
pub fn duplicate(tx: &mut Tx<'_>, deal: i64) -> Result<Record> {
    let original = tx.visible_record(DEAL, deal)?;
    if original.get("is_deleted").truth() {
        return Err(Error::not_found(DEAL.name));
    }
    let persons: Vec<i64> = participants::of_deals(tx, &[deal])?.into_iter().map(|(_, person)| person).collect();
    if persons.len() > MOST {
        let message = format!("more than {MOST} persons take part in the deal: it can't be duplicated");
        return Err(Error::new(penstock_model::Code::RuleViolated, message));
    }
    let patch = copied(tx, &original)?;
    let duplicate = create(tx, DEAL, &patch)?.id();
    for person in persons {
        if tx.can_see_alive(&objects::PERSON, person)? {
            participants::add(tx, duplicate, person)?;
        }
    }
    tx.record(DEAL, duplicate)
}

/// What the duplicate of a deal begins with.
fn copied(tx: &mut Tx<'_>, original: &Record) -> Result<Patch> {
    let mut patch = Patch::default();
    let taken = DEAL.columns().filter(|(_, f)| f.writable == Writable::Always && !OUTCOME.contains(&f.name));
    for (position, field) in taken {
        let value = &original.values[position];
        if stands(tx, field.kind, value)? {
            patch.put(position, value.clone());
        }
    }
    let stored = custom::parse(&original.custom);
    let schema = std::sync::Arc::clone(&tx.schema);
    for field in schema.custom(DEAL) {
        let value = custom::value_of(stored.get(&field.number.to_string()), field.kind);
        if stands(tx, field.kind, &value)? {
            patch.custom.push((field.number, value));
        }
    }
    Ok(patch)
}

/// Whether there is a value, and what it refers to, if anything, is there for the acting user.
fn stands(tx: &mut Tx<'_>, kind: Kind, value: &Value) -> Result<bool> {
    match (kind, value) {
        (_, Value::Null) => Ok(false),
        (Kind::Reference(to), Value::Int(id)) => tx.can_see_alive(objects::get(to), *id),
        _ => Ok(true),
    }
}
