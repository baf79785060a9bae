//! Deleting a record: marked for 30 days, or removed, as its object says (pipedrive-contract 12.8).

use std::sync::Arc;

use penstock_model::{Access, Code, Error, Object, Result, object::Deletion};
use penstock_store::{
    search,
    sql::{self, Record},
};

use crate::{
    Crm, Patch, Tx, count,
    event::{Action, Event},
    rules, update,
};

/// Deletes a record. One that is deleted already stays as it is.
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
        Deletion::Hard => remove(tx, &record),
    }
}

/// Leads that lose a label in one write.
const LEADS: i64 = 100;

/// Does what a deletion changes beyond one write (DESIGN 5), in small writes before it: takes a label off the leads that
/// carry it, but for the last hundred, which lose it with the deletion itself. So there is no moment at which a lead
/// carries a label that is gone; and when it is interrupted, the label is still there to be deleted.
///
/// # Errors
/// As [`Crm::write`]. A record that the acting user can't see is left to [`delete`] to refuse.
pub async fn prepare_deletion(crm: &Crm, access: &Arc<Access>, object: &'static Object, id: i64) -> Result<()> {
    if object.name != "lead_label" {
        return Ok(());
    }
    let some = move |tx: &mut Tx<'_>| Ok(tx.can_see(object, id)? && rules::thin_out(tx, id, LEADS)?);
    while crm.write(Arc::clone(access), some).await? {}
    Ok(())
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
