//! Who follows a record, and who may see it: the operations of every object that can be followed
//! (pipedrive-contract 3.11, 4.2, 12.10).

use penstock_model::{
    Object,
    objects::{ALL, FOLLOWER},
};
use serde_json::{Value as Json, json};

use super::{
    answer::Described,
    body::Body,
    operation::{Empty, Operation, Paging, Version},
    params::PAGE_V2,
    rows::{Scopes, text, v1, v2},
    target::Target,
};
use crate::{
    handlers::followers,
    openapi::{
        answers,
        kinds::{component, int, list, nullable, object, space_time},
    },
};

/// Every operation on the followers of an object, on both versions: the object, how paths and how names of operations
/// call it, and the scopes to read and to change.
pub(super) fn followers(of: &'static Object, path: &str, name: &str, (read, full): (Scopes, Scopes)) -> Vec<Operation> {
    let all = text(format!("/{path}/{{id}}/followers"));
    let one = text(format!("/{path}/{{id}}/followers/{{follower_id}}"));
    let changelog = text(format!("/{path}/{{id}}/followers/changelog"));
    let id = |verb: &str, noun: &str| text(format!("{verb}{name}{noun}"));
    let record = Target::Record(of);
    vec![
        listed(v1::facts(id("get", "Followers"), all, of, read, shown)).paged(Paging::OffsetIfAsked),
        v1::post(id("add", "Follower"), all, of, full)
            .written_by(followers::follow)
            // Who follows already changes nothing on v1.
            .body(Body::required(body, |_| json!({ "user_id": 1 })))
            .gives(follower)
            .makes(Target::FollowRecord(of), None)
            .summary("Add a follower to {one}"),
        v1::remove(id("delete", "Follower"), one, of, full)
            .written_by(followers::unfollow)
            .about(record, Some(Target::FollowRecord(of)))
            .gives(answers::number)
            .summary("Remove a follower from {one}"),
        permitted(id("get", "Users"), text(format!("/{path}/{{id}}/permittedUsers")), of, read),
        listed(v2::list(id("get", "Followers"), all, of, read, PAGE_V2)),
        v2::list(id("get", "FollowersChangelog"), changelog, of, read, PAGE_V2)
            .read_by(followers::changelog)
            .gives(changes)
            .summary("List the changes of the followers of {one}"),
        v2::post(id("add", "Follower"), all, of, full)
            .written_by(followers::follow)
            .body(Body::required(body, |_| json!({ "user_id": 2 })))
            .gives(follower)
            .created()
            .summary("Add a follower to {one}"),
        v2::remove(id("delete", "Follower"), one, of, full)
            .written_by(followers::unfollow)
            .about(record, Some(Target::Follower))
            .gives(|_| Described::plain(object(&[("user_id", int())])))
            .summary("Remove a follower from {one}"),
    ]
}

/// The users who follow a record: v1 as follow-records, v2 as `{user_id, add_time}`.
const fn listed(row: Operation) -> Operation {
    row.read_by(followers::list).gives(shown).summary("List the followers of {one}")
}

/// Who follows a user: v1 as bare user ids, v2 as `{user_id, add_time}`.
pub(super) const fn of_user(row: Operation) -> Operation {
    row.read_by(followers::of_user)
        .gives(|row| match row.version {
            Version::V1 => Described::plain(nullable(list(&int()))),
            Version::V2 => shown(row),
        })
        .summary("List the followers of {one}")
}

/// The ids of the users who may see a record.
pub(super) const fn permitted(id: &'static str, path: &'static str, of: &'static Object, scopes: Scopes) -> Operation {
    v1::facts(id, path, of, scopes, |_| Described::plain(list(&int())))
        .read_by(followers::permitted)
        .costs(10)
        .summary("List the users who may see {one}")
}

fn body(_: &Operation) -> Json {
    object(&[("user_id", json!({ "type": "integer", "description": "Who is to follow." }))])
}

fn shown(row: &Operation) -> Described {
    let all = list(&component("Follower"));
    let all = if row.empty == Empty::Null { nullable(all) } else { all };
    Described::plain(all).with(components(row.version))
}

fn follower(row: &Operation) -> Described {
    Described::plain(component("Follower")).with(components(row.version))
}

fn components(version: Version) -> Vec<(&'static str, Json)> {
    let shown = match version {
        Version::V1 => {
            let mut shown = json!({
                "type": "object", "required": ["user_id", "id", "add_time"],
                "properties": {
                    "user_id": int(), "id": { "type": "integer", "description": "The follow-record's own number." },
                },
            });
            for followed in followed() {
                shown["properties"][followed.link] = json!({
                    "type": "integer", "description": format!("The {} that is followed, when it is one.", followed.name),
                });
            }
            shown["properties"]["add_time"] = space_time();
            shown
        }
        Version::V2 => object(&[("user_id", int()), ("add_time", moment())]),
    };
    vec![("Follower", shown)]
}

/// The objects whose records are followed, by the numbers of their kind.
fn followed() -> Vec<&'static Object> {
    let counts = |object: &Object| object.fields.iter().any(|f| f.count.is_some_and(|c| c.object == FOLLOWER.name));
    let mut all: Vec<&'static Object> = ALL.iter().copied().filter(|object| counts(object)).collect();
    all.sort_by_key(|object| object.code);
    all
}

fn changes(_: &Operation) -> Described {
    let action = json!({ "type": "string", "enum": ["added", "removed"] });
    let change = [("action", action), ("actor_user_id", int()), ("follower_user_id", int()), ("time", moment())];
    Described::plain(list(&component("FollowerChange"))).with(vec![("FollowerChange", object(&change))])
}

fn moment() -> Json {
    json!({ "type": "string", "format": "date-time" })
}
