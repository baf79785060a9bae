//! Events: one per changed record, in commit order, without gaps (DESIGN 7).

use penstock_model::{Access, Micros, Object, Result, Value};
use penstock_store::{Conn, sql::Record};
use serde_json::{Map, Value as Json};

use crate::tx::insert_many;

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It was made.
    Create = 1,
    /// Some of its values changed.
    Update = 2,
    /// It was deleted.
    Delete = 3,
}

/// One change of one record.
pub(crate) struct Event {
    pub(crate) seq: i64,
    pub(crate) object: &'static Object,
    pub(crate) record: i64,
    pub(crate) action: Action,
    /// For an update: each changed field as `[before, after]`, by name, or by number for custom fields. For the
    /// deletion of a record whose row is removed: every value that was set, as `[before, null]`.
    pub(crate) changes: Option<String>,
}

impl Event {
    pub(crate) const fn new(object: &'static Object, record: i64, action: Action) -> Self {
        Self { seq: 0, object, record, action, changes: None }
    }
}

/// The changed fields of an update as JSON.
pub(crate) fn changes(before: &Record, after: &Record, positions: &[usize], custom: bool) -> String {
    let mut map = Map::new();
    for &position in positions {
        let pair = Json::Array(vec![before.values[position].to_json(), after.values[position].to_json()]);
        map.insert(before.object.fields[position].name.to_owned(), pair);
    }
    if custom {
        let (old, new) = (crate::custom::parse(&before.custom), crate::custom::parse(&after.custom));
        let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (was, is) = (old.get(key).unwrap_or(&Json::Null), new.get(key).unwrap_or(&Json::Null));
            if was != is {
                map.insert(key.clone(), Json::Array(vec![was.clone(), is.clone()]));
            }
        }
    }
    Json::Object(map).to_string()
}

/// Every value of a record whose row is removed, as the changes that its deletion makes.
pub(crate) fn last_values(record: &Record) -> String {
    let empty = Record::empty(record.object);
    let set: Vec<usize> = record.object.columns().map(|(p, _)| p).filter(|p| !record.values[*p].is_null()).collect();
    changes(record, &empty, &set, !record.custom.is_null())
}

/// Writes the events of a transaction.
pub(crate) fn write(conn: &mut dyn Conn, access: &Access, now: Micros, events: &[Event]) -> Result<()> {
    let mut values = Vec::with_capacity(events.len() * 10);
    for event in events {
        values.extend([
            access.company().into(),
            Value::Int(event.seq),
            Value::Int(i64::from(event.object.code)),
            Value::Int(event.record),
            Value::Int(event.action as i64),
            access.user().into(),
            Value::from(access.source()),
            Value::from(access.correlation()),
            Value::Int(now),
            Value::from(event.changes.clone()),
        ]);
    }
    insert_many(
        conn,
        "INSERT INTO event (company_id, seq, object, record_id, action, user_id, source, correlation, time, changes) VALUES ",
        "",
        10,
        &values,
    )
}
