//! Followers: users who want to hear of a record, and who see it for that (pipedrive-contract 3.11, 12.10).

use penstock_model::{
    Error, Field, Object, Result, UserId, Value, ValueRef, at,
    filter::Expr,
    objects::{self, FOLLOWER},
    visibility::{Viewers, viewers_without_following},
};
use penstock_store::{
    one_int,
    sql::{Column, Record, Statement},
};

use crate::{
    Action, List, Page, Patch, Tx, create,
    delete::remove,
    link_log::{self, Link},
    read::Reader,
};

/// A user follows a record. One who does already stays the follower that it is, and no event is made.
///
/// # Errors
/// `NotFound` when the acting user can't see the record, `ReferenceUnknown` when there is no such user.
pub fn follow(tx: &mut Tx<'_>, object: &'static Object, record: i64, user: UserId) -> Result<Record> {
    if !tx.can_see_alive(object, record)? {
        return Err(Error::not_found(object.name));
    }
    if let Some(id) = number_of(tx, object, record, user)? {
        return tx.record(&FOLLOWER, id);
    }
    create(tx, &FOLLOWER, &patch(object, record, user))
}

/// Whether a user follows a record.
///
/// # Errors
/// `NotFound` when the acting user can't see the record.
pub fn follows(reader: &mut Reader<'_>, object: &'static Object, record: i64, user: UserId) -> Result<bool> {
    if !reader.can_see_alive(object, record)? {
        return Err(Error::not_found(object.name));
    }
    Ok(number_of(reader, object, record, user)?.is_some())
}

/// A follower goes, by its own number (v1). Gives what it was.
///
/// # Errors
/// `NotFound` when the acting user can't see the record, or it has no such follower.
pub fn unfollow(tx: &mut Tx<'_>, object: &'static Object, record: i64, follower: i64) -> Result<Record> {
    if !tx.can_see(object, record)? {
        return Err(Error::not_found(object.name));
    }
    let found = tx.record(&FOLLOWER, follower)?;
    let of_record = found.get(at!(FOLLOWER, "object")).int() == Some(i64::from(object.code));
    if !of_record || found.get(at!(FOLLOWER, "record_id")).int() != Some(record) {
        return Err(Error::not_found("follower"));
    }
    remove(tx, &found)?;
    Ok(found)
}

/// A follower goes, by the number of the user (v2). Gives what it was.
///
/// # Errors
/// `NotFound` when the acting user can't see the record, or the user does not follow it.
pub fn unfollow_user(tx: &mut Tx<'_>, object: &'static Object, record: i64, user: UserId) -> Result<Record> {
    let follower = number_of(tx, object, record, user)?.ok_or_else(|| Error::not_found("follower"))?;
    unfollow(tx, object, record, follower)
}

/// The columns of a page of followers: `user_id`, `add_time`, `object`, `record_id`.
pub fn columns() -> Vec<Column> {
    ["user_id", "add_time", "object", "record_id"].into_iter().filter_map(field).map(Column::Field).collect()
}

/// The followers of a record, by number, with the [`columns()`]; `after` is the last one that the caller has.
///
/// # Errors
/// `NotFound` when the acting user can't see the record.
pub fn list(
    reader: &mut Reader<'_>,
    object: &'static Object,
    record: i64,
    after: Option<i64>,
    limit: i64,
) -> Result<Page> {
    if !reader.can_see(object, record)? {
        return Err(Error::not_found(object.name));
    }
    let filter = equal("object", i64::from(object.code)).and(equal("record_id", record));
    page(reader, filter, after, limit)
}

/// What a user follows of an object, or of all, as far as the asking user sees it; with the [`columns()`].
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn following(
    reader: &mut Reader<'_>,
    user: UserId,
    object: Option<&'static Object>,
    after: Option<i64>,
    limit: i64,
) -> Result<Page> {
    let mut filter = equal("user_id", user);
    if let Some(object) = object {
        filter = filter.and(equal("object", i64::from(object.code)));
    }
    page(reader, filter, after, limit)
}

/// A line of a followers' changelog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sequence of the event: the position in the log.
    pub seq: i64,
    /// [`Action::Create`] when the user began to follow, [`Action::Delete`] when it ended.
    pub action: Action,
    /// Who did it.
    pub actor: UserId,
    /// The user who follows or followed.
    pub user: UserId,
    /// When, in microseconds.
    pub time: i64,
}

/// Who began and ceased to follow a record, newest first; `before` is the last line that the caller has.
///
/// # Errors
/// `NotFound` when the acting user can't see the record.
pub fn changes(
    reader: &mut Reader<'_>,
    object: &'static Object,
    record: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Change>> {
    if !reader.can_see(object, record)? {
        return Err(Error::not_found(object.name));
    }
    let lines = link_log::read(reader, Link::Follower, object, record, before, limit)?;
    let change = |line: link_log::Line| Change {
        seq: line.seq,
        action: line.action,
        actor: line.actor,
        user: UserId::new(line.other),
        time: line.time,
    };
    Ok(lines.into_iter().map(change).collect())
}

/// A new record has its owner as a follower.
pub(crate) fn initial_links(record: &Record) -> Vec<&'static Object> {
    record.get("owner_id").int().map(|_| &FOLLOWER).into_iter().collect()
}

/// The owner of a new record follows it, and so does a new owner.
pub(crate) fn owner_follows(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let Some(after) = after else { return Ok(()) };
    let owner = after.get("owner_id");
    let (Some(user), false) = (owner.int().map(UserId::new), before.is_some_and(|b| b.get("owner_id") == owner)) else {
        return Ok(());
    };
    if before.is_some() && number_of(tx, after.object, after.id(), user)?.is_some() {
        return Ok(());
    }
    let mut patch = patch(after.object, after.id(), user);
    patch.put(at!(FOLLOWER, "grants"), false);
    create::make(tx, &FOLLOWER, &patch)?;
    Ok(())
}

/// Whether a user who follows a record sees it for this alone.
pub(crate) fn grants(tx: &mut Tx<'_>, follower: &Record) -> Result<bool> {
    let int = |name: &str| follower.get(name).int().unwrap_or(0);
    let (code, id, user) = (int("object"), int("record_id"), int("user_id"));
    let Some(object) = objects::ALL.iter().find(|o| i64::from(o.code) == code && o.is_owned()) else {
        return Ok(false);
    };
    let record = tx.record(object, id)?;
    Ok(!viewers_without_following(&record).include(UserId::new(user)))
}

/// The record has another owner or is seen by others than before: which of its followers see it for this alone.
pub(crate) fn grant_anew(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let mut statement = Statement::new(tx.conn.engine(), tx.access.company());
    statement.push("UPDATE follower SET grants = ");
    match viewers_without_following(record) {
        Viewers::Everyone => _ = statement.push("FALSE"),
        Viewers::Only(users) => {
            statement.push("(TRUE");
            for user in users {
                statement.push(" AND user_id <> ").push_bound(user);
            }
            statement.push(")");
        }
    }
    statement.push(" WHERE company_id = ?1 AND object = ").push_bound(i64::from(record.object.code));
    statement.push(" AND record_id = ").push_bound(record.id());
    tx.conn.defer(&statement.text, &statement.bound())
}

fn patch(object: &Object, record: i64, user: UserId) -> Patch {
    let mut patch = Patch::default();
    patch.put(at!(FOLLOWER, "object"), i64::from(object.code)).put(at!(FOLLOWER, "record_id"), record);
    patch.put(at!(FOLLOWER, "user_id"), user);
    patch
}

/// The number under which a user follows a record.
fn number_of(reader: &mut Reader<'_>, object: &Object, record: i64, user: UserId) -> Result<Option<i64>> {
    one_int(
        reader.conn,
        "SELECT id FROM follower WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 AND user_id = ?4",
        &[reader.access.company().into(), ValueRef::Int(i64::from(object.code)), ValueRef::Int(record), user.into()],
    )
}

fn field(name: &str) -> Option<&'static Field> {
    objects::FOLLOWER.field(name)
}

fn equal(name: &str, value: impl Into<Value>) -> Expr {
    field(name).map_or_else(Expr::everything, |f| Expr::eq(f, value))
}

fn page(reader: &mut Reader<'_>, filter: Expr, after: Option<i64>, limit: i64) -> Result<Page> {
    let columns = columns();
    let after = after.map(|id| (Value::Int(id), id));
    reader.list(&List { filter, after, ..List::all(&FOLLOWER, &columns, limit) })
}
