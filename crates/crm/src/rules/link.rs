//! Links with a number of their own (followers, participants, external ids): what is left of one that ended, so that
//! the changelog of a record also tells of those who are gone, and a purge finds their events.

use penstock_model::{Result, ValueRef, objects};
use penstock_store::sql::Record;

use super::{Rules, plain};
use crate::{Patch, Tx, followers};

pub(super) static RULES: Rules = Rules { before_write, after_write, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, link: &mut Record, patch: &Patch) -> Result<()> {
    if link.object.name == "follower" && link.get("grants").is_null() {
        let grants = followers::grants(tx, link)?;
        link.set("grants", grants);
    }
    plain(tx, before, link, patch)
}

/// What a link ties together: the code and number of the record, and the other end; 0 when that is no record.
fn ends(link: &Record) -> (i64, i64, i64) {
    let int = |name: &str| link.get(name).int().unwrap_or(0);
    match link.object.name {
        "follower" => (int("object"), int("record_id"), int("user_id")),
        "external_id" => (int("object"), int("record_id"), 0),
        _ => (i64::from(objects::DEAL.code), int("deal_id"), int("person_id")),
    }
}

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let (Some(link), None) = (before, after) else { return Ok(()) };
    let (object, record, other) = ends(link);
    let row =
        [tx.access.company().get(), object, record, i64::from(link.object.code), link.id(), other].map(ValueRef::Int);
    tx.conn.defer(
        "INSERT INTO former_link (company_id, object, record_id, link, link_id, other_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &row,
    )?;
    Ok(())
}
