//! Who follows what: v1's follow-records, v2's `{user_id, add_time}` (pipedrive-contract 3.11, 4.2, 12.10).

use std::sync::Arc;

use penstock_api::Reply;
use penstock_crm::{Page, Reader, Tx, followers, permitted_users};
use penstock_model::{
    Code, CompanySchema, Error, Object, Result, UserId, Value, objects,
    time::{Spelling, format},
};
use penstock_store::sql::Direction;
use serde_json::{Value as Json, json};

use crate::{
    call::Call,
    cursor::Place,
    envelope::{data, data_with},
    operations::{Empty, Paging, Version},
};

/// Followers that one page of v1 gives: all of them.
const ALL: i64 = 10_000;

fn shown(call: &Call, record: i64, id: i64, user: UserId, time: i64) -> Json {
    match call.version() {
        Version::V1 => {
            json!({ "user_id": user, "id": id, (call.object().link): record, "add_time": format(time, Spelling::Space) })
        }
        Version::V2 => json!({ "user_id": user, "add_time": format(time, Spelling::Rfc) }),
    }
}

/// The record's followers.
pub(crate) fn list(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let record = call.id(reader.access.company())?;
    let schema = Arc::clone(&reader.schema);
    let window = window(call, &schema)?;
    let page = followers::list(reader, call.object(), record, window.after, window.end() + 1)?;
    let row = |page: &Page, row: usize| {
        let int = |column| page.get(row, column).int().unwrap_or(0);
        shown(call, record, page.id(row), UserId::new(int(0)), int(1))
    };
    Ok(paged(call, &schema, &page, &window, row))
}

/// The followers of a record by number, as v1 shows them beside an organization.
pub(super) fn named(reader: &mut Reader<'_>, object: &'static Object, record: i64) -> Result<Json> {
    let page = followers::list(reader, object, record, None, ALL)?;
    let ids: Vec<i64> = page.numbers(0).collect();
    let columns: Vec<_> = ["name", "email"].into_iter().filter_map(|name| objects::USER.field(name)).collect();
    let users = reader.lookup(&objects::USER, &ids, &columns)?;
    let one = |row: usize| {
        let user = page.get(row, 0).int().unwrap_or(0);
        let text = |column| users.row(user).and_then(|at| users.get(at, column).text());
        let shown = json!({
            "id": page.id(row), "name": text("name"), "email": text("email"), "user_id": user, "pic_hash": null,
        });
        (user.to_string(), shown)
    };
    Ok((0..page.len()).map(one).collect::<serde_json::Map<_, _>>().into())
}

/// Who follows the user in the path.
pub(crate) fn of_user(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let user = call.path_id("id", &objects::USER, reader.access.company())?;
    if !reader.can_see(&objects::USER, user)? {
        return Err(Error::not_found("user"));
    }
    let schema = Arc::clone(&reader.schema);
    let window = window(call, &schema)?;
    let page = followers::list(reader, &objects::USER, user, window.after, window.end() + 1)?;
    let row = |page: &Page, row: usize| {
        let int = |column| page.get(row, column).int().unwrap_or(0);
        match call.version() {
            Version::V1 => int(0).into(),
            Version::V2 => shown(call, user, page.id(row), UserId::new(int(0)), int(1)),
        }
    };
    Ok(paged(call, &schema, &page, &window, row))
}

/// The part of a list of followers that is to be given.
struct Window {
    /// The last record that the caller has.
    after: Option<i64>,
    /// How many to leave out.
    start: i64,
    /// How many to give.
    limit: i64,
}

impl Window {
    /// Where it ends. Nobody has more followers than are given at once.
    fn end(&self) -> i64 {
        self.start.min(ALL) + self.limit
    }
}

fn window(call: &Call, schema: &CompanySchema) -> Result<Window> {
    match call.operation.paging {
        Paging::None | Paging::OffsetIfAsked => Ok(Window { after: None, start: 0, limit: ALL }),
        Paging::Offset => {
            let (start, limit) = crate::query::window(call)?;
            Ok(Window { after: None, start, limit })
        }
        Paging::Cursor => {
            let place = Place::new(call, schema, objects::FOLLOWER.id(), Direction::Ascending);
            let after = call.param("cursor").map(|cursor| place.read(cursor)).transpose()?;
            Ok(Window { after: after.map(|(_, id)| id), start: 0, limit: crate::query::limit(call)? })
        }
    }
}

fn paged(
    call: &Call,
    schema: &CompanySchema,
    page: &Page,
    window: &Window,
    row: impl Fn(&Page, usize) -> Json,
) -> Reply {
    let at = |place: i64| page.len().min(usize::try_from(place).unwrap_or(usize::MAX));
    let (start, end) = (at(window.start), at(window.end()));
    let more = page.len() > end && end > start;
    let list: Vec<Json> = (start..end).map(|at| row(page, at)).collect();
    let list = if list.is_empty() && call.operation.empty == Empty::Null { Json::Null } else { Json::Array(list) };
    let additional = match call.operation.paging {
        Paging::None => return data(call.operation.success, &list),
        Paging::OffsetIfAsked => {
            json!({ "pagination": { "start": 0, "limit": 100, "more_items_in_collection": false } })
        }
        Paging::Offset => {
            let Window { start, limit, .. } = *window;
            let mut pagination = json!({ "start": start, "limit": limit, "more_items_in_collection": more });
            if more {
                pagination["next_start"] = json!(start + limit);
            }
            json!({ "pagination": pagination })
        }
        Paging::Cursor => {
            let next = more.then(|| {
                let id = page.id(end - 1);
                let place = Place::new(call, schema, objects::FOLLOWER.id(), Direction::Ascending);
                place.write(&Value::Int(id), id)
            });
            json!({ "next_cursor": next })
        }
    };
    data_with(call.operation.success, &list, &additional)
}

/// A user begins to follow.
pub(crate) fn follow(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let record = call.id(tx.access.company())?;
    let user = call.body_id("user_id")?;
    // Pipedrive's guide from v1 to v2: who follows already can't be added, where v1 changes nothing.
    if call.version() == Version::V2 && followers::follows(tx, call.object(), record, UserId::new(user))? {
        return Err(Error::new(Code::RuleViolated, format!("user {user} follows already")).at("user_id"));
    }
    let follower = followers::follow(tx, call.object(), record, UserId::new(user))?;
    let time = follower.get("add_time").int().unwrap_or(0);
    Ok(data(call.operation.success, &shown(call, record, follower.id(), UserId::new(user), time)))
}

/// A user ceases to follow: by the follow-record's id on v1, by the user's on v2.
pub(crate) fn unfollow(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let record = call.id(tx.access.company())?;
    let last = call.path_id("follower_id", &objects::FOLLOWER, tx.access.company())?;
    let answer = match call.version() {
        Version::V1 => {
            followers::unfollow(tx, call.object(), record, last)?;
            json!({ "id": last })
        }
        Version::V2 => {
            followers::unfollow_user(tx, call.object(), record, UserId::new(last))?;
            json!({ "user_id": last })
        }
    };
    Ok(data(call.operation.success, &answer))
}

/// Who followed and unfollowed, newest first.
pub(crate) fn changelog(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let record = call.id(reader.access.company())?;
    let limit = crate::query::limit(call)?;
    let schema = Arc::clone(&reader.schema);
    let place = Place::new(call, &schema, objects::FOLLOWER.id(), Direction::Descending);
    let before = call.param("cursor").map(|cursor| place.read(cursor)).transpose()?.map(|(_, seq)| seq);
    let mut changes = followers::changes(reader, call.object(), record, before, limit + 1)?;
    let more = i64::try_from(changes.len()).unwrap_or(0) > limit;
    changes.truncate(usize::try_from(limit).unwrap_or(0));
    let next = changes.last().filter(|_| more).map(|last| place.write(&Value::Int(last.seq), last.seq));
    let list: Vec<Json> = changes
        .iter()
        .map(|change| {
            let action = if change.action == penstock_crm::Action::Create { "added" } else { "removed" };
            json!({
                "action": action, "actor_user_id": change.actor, "follower_user_id": change.user,
                "time": format(change.time, Spelling::Rfc),
            })
        })
        .collect();
    Ok(data_with(call.operation.success, &Json::Array(list), &json!({ "next_cursor": next })))
}

/// The users who may see a record.
pub(crate) fn permitted(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let id = call.id(reader.access.company())?;
    let users = permitted_users::permitted_users(reader, call.object(), id)?;
    Ok(data(call.operation.success, &json!(users)))
}
