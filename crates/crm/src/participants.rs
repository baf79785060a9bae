//! Participants: the persons who take part in a deal, its main person always among them
//! (pipedrive-contract 3.11, 12.6, 12.10).

use penstock_model::{
    Code, Error, Object, Result, UserId, ValueRef, at, field,
    filter::Expr,
    objects::{self, DEAL, PARTICIPANT},
};
use penstock_store::{
    one_int,
    sql::{Column, Record},
};

use crate::{
    Action, List, Page, Patch, Tx, create,
    delete::remove as drop_row,
    link_log::{self, Link},
    read::Reader,
};

static OBJECT: &Object = &PARTICIPANT;

/// A person takes part in a deal. One who does already stays the participant that it is, and no event is made.
///
/// # Errors
/// `NotFound` when the acting user can't see the deal, `ReferenceUnknown` when it can't see the person.
pub fn add(tx: &mut Tx<'_>, deal: i64, person: i64) -> Result<Record> {
    if !tx.can_see_alive(&DEAL, deal)? {
        return Err(Error::not_found("deal"));
    }
    if let Some(id) = number_of(tx, deal, person)? {
        return tx.record(OBJECT, id);
    }
    create(tx, OBJECT, &patch(tx, deal, person))
}

/// A person no longer takes part, by the participant's own number. Gives what it was.
///
/// # Errors
/// `NotFound` when the acting user can't see the deal, or it has no such participant; `RuleViolated` for the deal's
/// main person.
pub fn remove(tx: &mut Tx<'_>, deal: i64, participant: i64) -> Result<Record> {
    let of = tx.visible_record(&DEAL, deal)?;
    let found = tx.record(OBJECT, participant)?;
    if found.get(at!(PARTICIPANT, "deal_id")).int() != Some(deal) {
        return Err(Error::not_found("participant"));
    }
    if of.get(at!(DEAL, "person_id")) == found.get(at!(PARTICIPANT, "person_id")) {
        let message = "the deal's main person always takes part: give the deal another person first";
        return Err(Error::new(Code::RuleViolated, message));
    }
    drop_row(tx, &found)?;
    Ok(found)
}

/// The columns of a page of participants: `deal_id`, `person_id`, `add_time`, `added_by_user_id`.
pub fn columns() -> Vec<Column> {
    let names = ["deal_id", "person_id", "add_time", "added_by_user_id"];
    names.into_iter().filter_map(|name| OBJECT.field(name)).map(Column::Field).collect()
}

/// The participants of a deal, by number, with the [`columns()`].
///
/// # Errors
/// `NotFound` when the acting user can't see the deal.
pub fn list(reader: &mut Reader<'_>, deal: i64, offset: i64, limit: i64) -> Result<Page> {
    if !reader.can_see(&DEAL, deal)? {
        return Err(Error::not_found("deal"));
    }
    let filter = OBJECT.field("deal_id").map_or_else(Expr::everything, |f| Expr::eq(f, deal));
    let columns = columns();
    reader.list(&List { filter, offset, ..List::all(OBJECT, &columns, limit) })
}

/// Who takes part in deals, as `(deal, person)`, by participants' numbers. Deals that the acting user can't see have
/// nobody.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn of_deals(reader: &mut Reader<'_>, deals: &[i64]) -> Result<Vec<(i64, i64)>> {
    if deals.is_empty() {
        return Ok(Vec::new());
    }
    let columns =
        [field!(objects::PARTICIPANT, "deal_id"), field!(objects::PARTICIPANT, "person_id")].map(Column::Field);
    let filter = Expr::one_of(field!(objects::PARTICIPANT, "deal_id"), deals.iter().copied());
    let page = reader.list(&List { filter, ..List::all(OBJECT, &columns, i64::MAX) })?;
    Ok((0..page.len()).filter_map(|row| Some((page.get(row, 0).int()?, page.get(row, 1).int()?))).collect())
}

/// A line of a participants' changelog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sequence of the event: the position in the log.
    pub seq: i64,
    /// [`Action::Create`] when the person began to take part, [`Action::Delete`] when it ended.
    pub action: Action,
    /// Who did it.
    pub actor: UserId,
    /// The person.
    pub person: i64,
    /// When, in microseconds.
    pub time: i64,
}

/// Who began and ceased to take part in a deal, newest first; `before` is the last line that the caller has.
///
/// # Errors
/// `NotFound` when the acting user can't see the deal.
pub fn changes(reader: &mut Reader<'_>, deal: i64, before: Option<i64>, limit: i64) -> Result<Vec<Change>> {
    if !reader.can_see(&DEAL, deal)? {
        return Err(Error::not_found("deal"));
    }
    let lines = link_log::read(reader, Link::Participant, &DEAL, deal, before, limit)?;
    let change = |line: link_log::Line| Change {
        seq: line.seq,
        action: line.action,
        actor: line.actor,
        person: line.other,
        time: line.time,
    };
    Ok(lines.into_iter().map(change).collect())
}

/// The main person of a deal takes part in it, and stays when another one becomes the main person.
pub(crate) fn main_person_takes_part(tx: &mut Tx<'_>, before: Option<&Record>, deal: &Record) -> Result<()> {
    let person = deal.get(at!(DEAL, "person_id"));
    let (Some(id), false) = (person.int(), before.is_some_and(|b| b.get(at!(DEAL, "person_id")) == person)) else {
        return Ok(());
    };
    if before.is_some() && number_of(tx, deal.id(), id)?.is_some() {
        return Ok(());
    }
    create::make(tx, OBJECT, &patch(tx, deal.id(), id))?;
    Ok(())
}

fn patch(tx: &Tx<'_>, deal: i64, person: i64) -> Patch {
    let mut patch = Patch::default();
    patch.put(at!(PARTICIPANT, "deal_id"), deal).put(at!(PARTICIPANT, "person_id"), person);
    patch.put(at!(PARTICIPANT, "added_by_user_id"), tx.access.user());
    patch
}

/// The number under which a person takes part in a deal.
fn number_of(reader: &mut Reader<'_>, deal: i64, person: i64) -> Result<Option<i64>> {
    one_int(
        reader.conn,
        "SELECT id FROM participant WHERE company_id = ?1 AND deal_id = ?2 AND person_id = ?3",
        &[reader.access.company().into(), ValueRef::Int(deal), ValueRef::Int(person)],
    )
}
