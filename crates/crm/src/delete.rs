//! Deleting a record: marked for 30 days, or removed, as its object says (pipedrive-contract 12.8).

use penstock_model::{Code, Error, Object, Result, object::Deletion};
use penstock_store::{
    search,
    sql::{self, Record},
};

use crate::{
    Patch, Tx, count,
    event::{Action, Event},
    jobs, rules, update,
};

/// Deletes a record. One that is deleted already stays as it is.
///
/// On some records so much hangs that one write can't let go of all of it (DESIGN 5): then this write lets go of a
/// part, and a job does the rest and deletes the record. So there is no moment at which something refers to what is
/// gone. [`Crm::write`](crate::Crm::write) answers when the job is done.
///
/// # Errors
/// `Forbidden` when the acting user lacks the object's right, `NotFound` when they can't see the record, `RuleViolated`
/// when it is still needed.
pub fn delete(tx: &mut Tx<'_>, object: &'static Object, id: i64) -> Result<()> {
    rules::permitted(tx.access, object)?;
    let record = tx.visible_record(object, id)?;
    match object.deletion {
        Deletion::Never => Err(Error::new(Code::RuleViolated, format!("a {} can't be deleted", object.name))),
        Deletion::Soft | Deletion::Marked => mark(tx, record),
        Deletion::Hard if (rules::of(object).thin_out)(tx, id)? => {
            let (kind, payload) = jobs::deletion(object, id, tx.access);
            tx.begin(kind, &payload)
        }
        Deletion::Hard => remove(tx, &record),
    }
}

/// Goes on with the deletion of a record on which much hangs, in a write of its own. Gives whether there is more to do.
pub(crate) fn some(tx: &mut Tx<'_>, object: &'static Object, id: i64) -> Result<bool> {
    if !tx.can_see(object, id)? {
        // Somebody else has deleted it meanwhile.
        return Ok(false);
    }
    if (rules::of(object).thin_out)(tx, id)? {
        return Ok(true);
    }
    let record = tx.record(object, id)?;
    remove(tx, &record).map(|()| false)
}

/// Marks a record that the caller has loaded and may delete.
pub(crate) fn mark(tx: &mut Tx<'_>, record: Record) -> Result<()> {
    let object = record.object;
    if record.get("is_deleted").truth() {
        return Ok(());
    }
    let mut patch = Patch::default();
    patch.set(object, "is_deleted", true);
    update::amend(tx, record, &patch)?;
    Ok(())
}

/// Removes the row of a record that the caller has loaded and may remove.
pub(crate) fn remove(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    count::around(tx, |tx| removed(tx, record))
}

fn removed(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let (object, company, id) = (record.object, tx.access.company(), record.id());
    // The row goes, so the event keeps what was in it: the state at an event is the row with later events undone.
    let mut event = Event::new(object, id, Action::Delete);
    event.changes = Some(crate::event::last_values(record));
    tx.announce(event);
    sql::delete(tx.conn, object, company, id)?;
    search::remove(tx.conn, object, company, id)?;
    count::apply(tx, object, Some(record), None);
    (rules::of(object).after_write)(tx, Some(record), None)
}
