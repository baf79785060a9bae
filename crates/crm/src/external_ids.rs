//! External ids: by which other systems know a record. One record of an object has a key of a source, so that what
//! was sent once is found, and sent twice does not become two.

use std::collections::HashSet;

use penstock_model::{
    Code, Error, Object, Result, Value, ValueRef, at,
    kind::{check_text, limit},
    objects::EXTERNAL_ID,
};
use penstock_store::{
    ints, one,
    sql::{Record, Statement, in_ids},
};

use crate::{Patch, Tx, create, delete::remove, read::Reader, update};

static OBJECT: &Object = &EXTERNAL_ID;

/// The record that has a key of a source, if the asking user sees it and it is not deleted.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn find(reader: &mut Reader<'_>, object: &'static Object, source: &str, key: &str) -> Result<Option<i64>> {
    match holder(reader, object, source, key)? {
        Some((_, record)) if reader.can_see_alive(object, record)? => Ok(Some(record)),
        _ => Ok(None),
    }
}

/// The external ids of records, as `(record, source, key)`, by record, source and key. Whether the asking user sees
/// the records is for the caller to know.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn of_records(
    reader: &mut Reader<'_>,
    object: &'static Object,
    records: &[i64],
) -> Result<Vec<(i64, String, String)>> {
    let mut statement = Statement::new(reader.conn.engine(), reader.access.company());
    statement.push("SELECT record_id, source, key FROM external_id WHERE company_id = ?1 AND object = ");
    statement.push_bound(i64::from(object.code));
    let list = statement.bind(penstock_model::kind::id_list(records));
    let members = in_ids(reader.conn.engine(), "record_id", list);
    statement.push(" AND ").push(&members).push(" ORDER BY record_id, source, key");
    let mut found = Vec::new();
    reader.conn.query(&statement.text, &statement.bound(), &mut |row| {
        let text = |column| row.get(column).text().unwrap_or_default().to_owned();
        found.push((row.get(0).int().unwrap_or(0), text(1), text(2)));
        Ok(())
    })?;
    Ok(found)
}

/// Makes `names` the external ids of a record, in place of those that it has. A key that a deleted record still has
/// is taken from it, if the acting user can see that record. Gives whether they are others than before; it is for the caller to announce that of the record.
///
/// # Errors
/// `Conflict` naming the record that has one of the keys; `FieldInvalid` for an empty or long one.
pub(crate) fn replace(tx: &mut Tx<'_>, object: &'static Object, id: i64, names: &[(String, String)]) -> Result<bool> {
    let mut wanted = distinct(names)?;
    let mut changed = false;
    let key = [tx.access.company().into(), ValueRef::Int(i64::from(object.code)), ValueRef::Int(id)];
    // Sorted here: SQLite would rather walk all rows in the order of their numbers than sort the few that it wants.
    let rows = "SELECT id FROM external_id WHERE company_id = ?1 AND object = ?2 AND record_id = ?3";
    let mut rows = ints(tx.conn, rows, &key)?;
    rows.sort_unstable();
    for row in rows {
        let row = tx.record(OBJECT, row)?;
        let text = |name| row.get(name).text().unwrap_or_default();
        let kept = wanted.iter().position(|(source, key)| source == text("source") && key == text("key"));
        if let Some(at) = kept {
            wanted.remove(at);
        } else {
            remove(tx, &row)?;
            changed = true;
        }
    }
    changed |= !wanted.is_empty();
    add(tx, object, id, &wanted)?;
    Ok(changed)
}

/// Gives a new record its external ids.
pub(crate) fn give(tx: &mut Tx<'_>, object: &'static Object, id: i64, names: &[(String, String)]) -> Result<()> {
    add(tx, object, id, &distinct(names)?)
}

/// The external ids that a caller names, checked, each once.
fn distinct(names: &[(String, String)]) -> Result<Vec<&(String, String)>> {
    limit::at_most(limit::EXTERNAL_IDS, names.len(), "external_ids")?;
    names.iter().try_for_each(|(source, key)| check(source, key))?;
    let mut seen = HashSet::with_capacity(names.len());
    Ok(names.iter().filter(|name| seen.insert(*name)).collect())
}

fn add(tx: &mut Tx<'_>, object: &'static Object, id: i64, names: &[&(String, String)]) -> Result<()> {
    for (source, key) in names {
        claim(tx, object, source, key)?;
        let mut patch = Patch::default();
        patch.put(at!(EXTERNAL_ID, "object"), i64::from(object.code)).put(at!(EXTERNAL_ID, "record_id"), id);
        patch.put(at!(EXTERNAL_ID, "source"), source.as_str()).put(at!(EXTERNAL_ID, "key"), key.as_str());
        create::make(tx, OBJECT, &patch)?;
    }
    Ok(())
}

/// Changes the record that has a key of a source, or makes one that has it. Gives the record, and whether it is new.
///
/// # Errors
/// Those of [`create`](crate::create()) and [`update`](crate::update()); `Conflict` when a record has the key that
/// the acting user can't see.
pub fn upsert(
    tx: &mut Tx<'_>,
    object: &'static Object,
    source: &str,
    key: &str,
    patch: &Patch,
) -> Result<(Record, bool)> {
    check(source, key)?;
    // The company is locked: nobody else finds that there is none, and makes another.
    if let Some(id) = find(tx, object, source, key)? {
        return Ok((update::update(tx, object, id, patch, None)?, false));
    }
    let mut patch = patch.clone();
    patch.external_ids.get_or_insert_default().push((source.to_owned(), key.to_owned()));
    Ok((create::create(tx, object, &patch)?, true))
}

/// Frees a key that only a deleted record has. One that the acting user can't see keeps it: it may be brought back, and
/// who hides it must not find that somebody has taken its key away.
fn claim(tx: &mut Tx<'_>, object: &'static Object, source: &str, key: &str) -> Result<()> {
    let Some((row, record)) = holder(tx, object, source, key)? else { return Ok(()) };
    let alive = if object.is_marked() {
        tx.value(object, record, "is_deleted")?.is_some_and(|deleted| !deleted.truth())
    } else {
        tx.value(object, record, "id")?.is_some()
    };
    let exists = tx.value(object, record, "id")?.is_some();
    let seen = exists && tx.can_see(object, record)?;
    if !alive && (seen || !exists) {
        let row = tx.record(OBJECT, row)?;
        return remove(tx, &row);
    }
    let whose = if seen {
        let record = object.spell(tx.access.company(), record);
        format!("{} {record} has the external id {source} {key}", object.name)
    } else {
        format!("the external id {source} {key} is taken")
    };
    Err(Error::new(Code::Conflict, whose).at("external_ids"))
}

/// The row of a key, and its record.
fn holder(reader: &mut Reader<'_>, object: &Object, source: &str, key: &str) -> Result<Option<(i64, i64)>> {
    let params = [
        reader.access.company().into(),
        ValueRef::Int(i64::from(object.code)),
        ValueRef::Text(source),
        ValueRef::Text(key),
    ];
    let text =
        "SELECT id, record_id FROM external_id WHERE company_id = ?1 AND object = ?2 AND source = ?3 AND key = ?4";
    let row = one(reader.conn, text, &params, 2)?;
    let int = |value: &Value| value.int().unwrap_or(0);
    Ok(row.map(|row| (int(&row[0]), int(&row[1]))))
}

fn check(source: &str, key: &str) -> Result<()> {
    for (name, text) in [("source", source), ("key", key)] {
        if text.trim().is_empty() || check_text(text, name, limit::PART).is_err() {
            return Err(Error::invalid("external_ids", &format!("{name} must have 1 to 255 characters")));
        }
    }
    Ok(())
}
