//! Activities: their type and subject, when they were done, what they are linked to and who takes part
//! (pipedrive-contract 3.4, 12.6, 12.15).

use penstock_model::{
    Error, Field, Object, Result, Value, at,
    object::At,
    objects::{self, ACTIVITY},
};
use penstock_store::sql::Record;

use super::{Rules, agenda, begin, check, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules = Rules { before_write, after_write, release, can_restore: true, ..Rules::NONE };

/// The type of an activity for which none is given.
const DEFAULT_TYPE: &str = "call";

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    typed(tx, before, record)?;
    let was_done = before.is_some_and(|b| b.get(at!(ACTIVITY, "done")).truth());
    let is_done = record.get(at!(ACTIVITY, "done")).truth();
    if is_done != was_done {
        record.set(at!(ACTIVITY, "marked_as_done_time"), is_done.then_some(tx.now));
    }
    link(record, patch);
    take_part(before, record, patch);
    zeroes(record);
    check::values(before, record)
}

/// Checks the type, and takes its name for a missing subject.
fn typed(tx: &Tx<'_>, before: Option<&Record>, record: &mut Record) -> Result<()> {
    let types = &tx.schema.activity_types;
    if record.get(at!(ACTIVITY, "type")).text().is_none_or(str::is_empty) {
        let first = types.iter().find(|(key, _)| &**key == DEFAULT_TYPE).or(types.first());
        record.set(at!(ACTIVITY, "type"), first.map_or(DEFAULT_TYPE, |(key, _)| key));
    }
    let key = record.get(at!(ACTIVITY, "type")).text().unwrap_or_default();
    let known = types.iter().find(|(known, _)| **known == *key);
    // One whose type was deleted since keeps it.
    if known.is_none() && before.is_none_or(|b| b.get(at!(ACTIVITY, "type")) != record.get(at!(ACTIVITY, "type"))) {
        return Err(Error::invalid("type", "must be the key_string of an activity type"));
    }
    if record.get(at!(ACTIVITY, "subject")).text().is_none_or(|s| s.trim().is_empty()) {
        let name = known.map_or(key, |(_, name)| name).to_owned();
        record.set(at!(ACTIVITY, "subject"), name);
    }
    Ok(())
}

/// Keeps one of deal, lead and project: the first of those that are asked for.
fn link(record: &mut Record, patch: &Patch) {
    const EXCLUSIVE: [At; 3] = [at!(ACTIVITY, "deal_id"), at!(ACTIVITY, "lead_id"), at!(ACTIVITY, "project_id")];
    let object = record.object;
    let asked = |name: &&At| patch.get(object, *name).is_some_and(|v| !v.is_null());
    if let Some(kept) = EXCLUSIVE.iter().find(|name| asked(name)) {
        for other in EXCLUSIVE.iter().filter(|name| *name != kept) {
            record.set(other, Value::Null);
        }
    }
}

/// Keeps the main person and the participants in step: the primary participant is the main person.
fn take_part(before: Option<&Record>, record: &mut Record, patch: &Patch) {
    let object = record.object;
    let person = patch.get(object, "person_id");
    let list = match (patch.get(object, "participants"), person) {
        (None, None) => return,
        (Some(list), person) => match person.and_then(Value::int) {
            Some(id) => led_by(id, members(list)),
            None => members(list),
        },
        (None, Some(Value::Int(id))) => {
            let mut others = before.map(|b| members(b.get(at!(ACTIVITY, "participants")))).unwrap_or_default();
            if !others.iter().any(|(other, primary)| other == id && *primary) {
                others.retain(|(_, primary)| !primary);
            }
            led_by(*id, others)
        }
        (None, Some(_)) => Vec::new(),
    };
    record.set(at!(ACTIVITY, "person_id"), list.iter().find(|(_, primary)| *primary).map(|(id, _)| *id));
    record.set(at!(ACTIVITY, "participants"), spelled(&list));
}

/// The list with that person as its primary member.
fn led_by(id: i64, mut list: Vec<(i64, bool)>) -> Vec<(i64, bool)> {
    if !list.iter().any(|(other, _)| *other == id) {
        list.insert(0, (id, true));
    }
    for (other, primary) in &mut list {
        *primary = *other == id;
    }
    list
}

/// The participants of a stored value: person, and whether it is the primary one.
pub(super) fn members(value: &Value) -> Vec<(i64, bool)> {
    let list: Vec<serde_json::Value> =
        value.text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    list.iter()
        .filter_map(|one| Some((one["person_id"].as_i64()?, one["primary"].as_bool().unwrap_or(false))))
        .collect()
}

/// A person who is purged no longer takes part, as the main person or among the others.
fn release(activity: &Record, field: &Field, id: i64, patch: &mut Patch) {
    if ["person_id", "participants"].contains(&field.name) {
        patch.put(at!(ACTIVITY, "participants"), participants_without(activity, id));
    } else {
        (Rules::NONE.release)(activity, field, id, patch);
    }
}

/// The participants of an activity without one person.
fn participants_without(activity: &Record, person: i64) -> Value {
    let mut list = members(activity.get(at!(ACTIVITY, "participants")));
    list.retain(|(id, _)| *id != person);
    spelled(&list)
}

/// The canonical text of participants, as `model` spells it.
fn spelled(list: &[(i64, bool)]) -> Value {
    if list.is_empty() {
        return Value::Null;
    }
    let parts: Vec<String> =
        list.iter().map(|(id, primary)| format!("{{\"person_id\":{id},\"primary\":{primary}}}")).collect();
    Value::from(format!("[{}]", parts.join(",")))
}

/// The records whose next and last activity it may be: `(reference field, object)`.
const LINKS: [(&str, &Object); 4] = [
    ("deal_id", &objects::DEAL),
    ("lead_id", &objects::LEAD),
    ("person_id", &objects::PERSON),
    ("org_id", &objects::ORGANIZATION),
];

/// What decides whose next and last activity it is.
const WATCHED: [At; 8] = [
    at!(ACTIVITY, "done"),
    at!(ACTIVITY, "due_date"),
    at!(ACTIVITY, "due_time"),
    at!(ACTIVITY, "is_deleted"),
    at!(ACTIVITY, "deal_id"),
    at!(ACTIVITY, "lead_id"),
    at!(ACTIVITY, "person_id"),
    at!(ACTIVITY, "org_id"),
];

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    if let (Some(before), Some(after)) = (before, after)
        && WATCHED.iter().all(|name| before.get(name) == after.get(name))
    {
        return Ok(());
    }
    for (link, object) in LINKS {
        let mut ids: Vec<i64> = [before, after].into_iter().flatten().filter_map(|r| r.get(link).int()).collect();
        ids.dedup();
        for id in ids {
            agenda::refresh(tx, object, link, id)?;
        }
    }
    Ok(())
}
