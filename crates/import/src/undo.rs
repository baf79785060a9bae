//! Undoing an import: the records that it made are deleted as a user would delete them, last one first.
//!
//! Deals, persons and the like can be restored for thirty days, with their stays in stages. Users can't be deleted:
//! they are deactivated. A field that other records use too, and a pipeline or stage that has other deals, stay. Records
//! that were there before and were changed stay as they are.

use penstock_crm::{Crm, Patch, Tx, delete, fields, update};
use penstock_model::{Access, Code, Error, Object, Result, ValueRef, objects};
use penstock_store::{Conn, one_int};

use super::failure::Outcome;
use super::{
    ledger,
    state::{self, Held, Import},
    watcher::Watcher,
};

/// Records that one write deletes: each changes some ten rows.
const RECORDS: i64 = 40;

/// What undoing came to.
#[derive(Debug, Default)]
pub struct Undone {
    /// How many records were deleted, by object.
    pub deleted: Vec<(&'static Object, i64)>,
    /// Records that stay, and why.
    pub kept: Vec<String>,
    /// How many rows had changed records that were there before, which stay as they are.
    pub changed: i64,
}

/// Deletes what an import made. One that was interrupted goes on.
pub(super) async fn undo(crm: &Crm, access: Access, import: Import, watcher: &mut dyn Watcher) -> Outcome<Undone> {
    let company = access.company();
    let (id, now) = (import.id.clone(), crm.clock.now());
    let mut undone = Undone { changed: import.counts.changed, ..Undone::default() };
    let begin = move |conn: &mut dyn Conn| {
        let lease = state::begin_undo(conn, company, &import, now)?;
        Ok((lease, ledger::made(conn, company, &import.id)?))
    };
    let (lease, left) = crm.database.write(company, begin).await?;
    let held = Held::new(crm, &id, lease);
    let (all, mut done) = (left.iter().map(|(_, count)| count).sum(), 0);
    let access = std::sync::Arc::new(access);
    loop {
        watcher.progress("undoing", done, all, 0);
        let held = held.clone();
        let gone = crm.write(std::sync::Arc::clone(&access), move |tx| some(tx, &held)).await?;
        if gone.is_empty() {
            break;
        }
        done += i64::try_from(gone.len()).unwrap_or(0);
        for (object, kept) in gone {
            match (kept, undone.deleted.iter_mut().find(|(o, _)| o.name == object.name)) {
                (Some(reason), _) => undone.kept.push(reason),
                (None, Some((_, count))) => *count += 1,
                (None, None) => undone.deleted.push((object, 1)),
            }
        }
    }
    watcher.end(done, all, 0);
    Ok(undone)
}

/// Deletes the last records; gives them, with the reason for each that stays.
fn some(tx: &mut Tx<'_>, held: &Held) -> Result<Vec<(&'static Object, Option<String>)>> {
    let (company, id) = (tx.access.company(), &*held.id);
    held.expect(tx.conn, None)?;
    let newest = ledger::newest(tx.conn, company, id, RECORDS)?;
    let mut gone = Vec::with_capacity(newest.len());
    for (number, object, record) in newest {
        let kept = match remove(tx, id, object, record) {
            Ok(kept) => kept,
            Err(error) if error.code == Code::NotFound => None,
            Err(error) if error.code == Code::RuleViolated => Some(error.message.into_owned()),
            Err(error) => return Err(error),
        };
        ledger::forget(tx.conn, company, id, number)?;
        gone.push((object, kept.map(|reason| format!("{} {record}: {reason}", object.name))));
    }
    if gone.is_empty() {
        held.end(tx.conn)?;
    }
    Ok(gone)
}

/// Deletes a record; gives the reason if it stays.
fn remove(tx: &mut Tx<'_>, id: &str, object: &'static Object, record: i64) -> Result<Option<String>> {
    match object.name {
        "user" => {
            let mut patch = Patch::default();
            patch.set(object, "is_active", false);
            update(tx, object, record, &patch, None).map(|_| None)
        }
        "custom_field" => remove_field(tx, id, record),
        _ => delete(tx, object, record).map(|()| None),
    }
}

fn remove_field(tx: &mut Tx<'_>, id: &str, number: i64) -> Result<Option<String>> {
    let field = tx.visible_record(&objects::CUSTOM_FIELD, number)?;
    let of = field.get("object").text().and_then(objects::find).ok_or_else(|| Error::not_found("field"))?;
    if field.get("is_deleted").truth() {
        return Ok(None);
    }
    let company = tx.access.company();
    let carriers = objects::ALL.iter().filter(|o| o.custom == Some(of.name));
    for object in carriers {
        // What this import made is deleted by now: who still has a value is someone else.
        let table = object.table();
        let text =
            format!("SELECT 1 FROM {table} WHERE company_id = ?1 AND is_deleted = FALSE AND custom LIKE ?2 LIMIT 1");
        let value = format!("%\"{number}\":%");
        if one_int(tx.conn, &text, &[company.into(), ValueRef::Text(&value)])?.is_some() {
            let name = field.get("name").text().unwrap_or_default();
            return Ok(Some(format!("the field {name} is used by other records (import {id})")));
        }
    }
    fields::delete(tx, of, number).map(|_| None)
}
