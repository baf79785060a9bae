//! Changing a record.

use penstock_model::{Code, Error, Kind, Micros, Object, Result, Value, visibility::DECIDING};
use penstock_store::{
    search,
    sql::{self, Record},
};

use crate::{
    Patch, Tx, change, count,
    create::{is_searched, is_stored, search_terms},
    custom,
    event::{self, Action, Event},
    external_ids,
    field_value_index::FieldValueIndex,
    followers, read, rules,
};

/// Who changed a record last, where its object tells.
const UPDATERS: [&str; 4] = ["update_user_id", "last_update_user_id", "updater_id", "last_updated_by_user_id"];

/// Changes a record and gives it as it was stored. A patch that changes nothing writes nothing and makes no event.
///
/// # Errors
/// `Forbidden` when the acting user lacks the object's right; `NotFound` when they can't see the record, or it is deleted and the patch does not bring it back;
/// `PreconditionFailed` when it has another version than expected; and those of [`create`](crate::create()); nothing
/// is changed then.
pub fn update(
    tx: &mut Tx<'_>,
    object: &'static Object,
    id: i64,
    patch: &Patch,
    expected_version: Option<i64>,
) -> Result<Record> {
    rules::permitted(tx.access, object)?;
    let before = tx.visible_record(object, id)?;
    if object.is_marked()
        && before.get("is_deleted").truth()
        && (!can_restore(object, patch) || has_lapsed(&before, tx.now))
    {
        return Err(Error::not_found(object.name));
    }
    if expected_version.is_some_and(|v| v != before.version) {
        return Err(Error::new(Code::PreconditionFailed, "the record has changed since: read it again"));
    }
    let change = change::of(&tx.schema, &before, patch);
    if change.is_empty() {
        return Ok(before);
    }
    (rules::of(object).validate)(&before, &change)?;
    rules::reserved(tx, object, Some(&before), &change)?;
    rules::options(tx, object, Some(&before), &change)?;
    rules::references(tx, object, Some(&before), &change)?;
    let record = amend(tx, before, &change)?;
    debug_assert!(is_stored(tx, &record)?, "{} {id} is stored otherwise than it is given", object.name);
    Ok(record)
}

/// Whether a record was deleted so long ago that it is to be purged: nothing can be done with it any more.
fn has_lapsed(record: &Record, now: Micros) -> bool {
    record.object.position("delete_time").is_some_and(|at| read::has_lapsed(record.values[at].int(), now))
}

/// Whether a patch says what is to become of a deleted record: that it is no longer deleted, or its status.
fn can_restore(object: &Object, patch: &Patch) -> bool {
    let given = |name: &str| object.field(name).and_then(|_| patch.get(object, name));
    rules::of(object).can_restore
        && (given("is_deleted") == Some(&Value::Bool(false)) || given("status").is_some_and(|v| !v.is_null()))
}

/// Changes a record that the caller has loaded and may change, to values that it knows to be right.
pub(crate) fn amend(tx: &mut Tx<'_>, before: Record, patch: &Patch) -> Result<Record> {
    let mut record = count::around(tx, |tx| amended(tx, before, patch))?;
    count::catch_up(tx, &mut record);
    Ok(record)
}

fn amended(tx: &mut Tx<'_>, before: Record, patch: &Patch) -> Result<Record> {
    let object = before.object;
    let mut after = before.clone();
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let emptied = value.is_null() || value.text().is_some_and(|t| t.trim().is_empty());
        if field.required && emptied {
            return Err(Error::invalid(field.name, "must not be empty"));
        }
        // An amount that is always there is cleared to nothing; what else is always there can't be cleared.
        if !(field.never_null && value.is_null()) || field.kind == Kind::Money {
            after.values[*position] = patch.stored(object, *position, value)?;
        }
    }
    put_parts(&mut after, patch)?;
    (rules::of(object).normalize)(Some(&before), &mut after, patch)?;
    rules::required(&after)?;
    (rules::of(object).before_write)(tx, Some(&before), &mut after, patch)?;
    note_deletion(tx.now, Some(&before), &mut after);
    let (stored, changed) = custom::merge(&tx.schema, object, &before.custom, patch)?;
    after.custom = stored;
    // What it is known by is part of a record: whoever keeps a copy must hear of it. Which ones came and went, the
    // events of the external ids tell.
    let renamed = match &patch.external_ids {
        Some(names) => external_ids::replace(tx, object, after.id(), names)?,
        None => false,
    };
    if !renamed && differing(&before, &after).is_empty() && changed.is_empty() {
        return Ok(before);
    }
    keep(tx, &before, after, &changed)
}

/// Takes values out of a record that refers to what is purged. When the rules refuse the record as it stands, which an
/// older version may have let through, it loses the values all the same, and nothing else of it changes.
pub(crate) fn let_go(tx: &mut Tx<'_>, before: &Record, patch: &Patch) -> Result<Record> {
    // Rules refuse before anything is written.
    match amend(tx, before.clone(), patch) {
        Err(refused) if refused.code.status() < 500 => {
            let mut after = before.clone();
            for (position, value) in &patch.fields {
                after.values[*position] = value.clone();
            }
            let (stored, changed) = custom::merge(&tx.schema, before.object, &before.custom, patch)?;
            after.custom = stored;
            count::around(tx, |tx| keep(tx, before, after, &changed))
        }
        outcome => outcome,
    }
}

type Changed = [(u32, Kind, Value, Value)];

/// Writes a record that is as it is to be, with its event and all that follows.
fn keep(tx: &mut Tx<'_>, before: &Record, mut after: Record, changed: &Changed) -> Result<Record> {
    let object = before.object;
    let stamps = UPDATERS.iter().map(|name| (*name, tx.access.user().get())).chain([("update_time", tx.now)]);
    for (name, value) in stamps {
        if let Some(at) = object.position(name) {
            after.values[at] = Value::Int(value);
        }
    }
    let positions = differing(before, &after);
    let mut happened = Event::new(object, after.id(), Action::Update);
    if object.is_marked() && !before.get("is_deleted").truth() && after.get("is_deleted").truth() {
        happened.action = Action::Delete;
    }
    happened.changes = Some(event::changes(before, &after, &positions, !changed.is_empty()));
    after.version = tx.announce(happened);
    write(tx, before, &after, &positions, changed)?;
    (rules::of(object).after_write)(tx, Some(before), Some(&after))?;
    Ok(after)
}

/// Changes the parts of built-in values that a patch names.
pub(crate) fn put_parts(record: &mut Record, patch: &Patch) -> Result<()> {
    for (position, parts) in &patch.built_in_parts {
        let field = &record.object.fields[*position];
        let before = custom::parse(&record.values[*position]);
        record.values[*position] = custom::with_parts(field.kind, field.name, Some(&before.into()), parts)?;
    }
    Ok(())
}

/// A deleted record remembers since when it is: a while later it is purged. One that comes back forgets it.
pub(crate) fn note_deletion(now: Micros, before: Option<&Record>, after: &mut Record) {
    let Some(at) = after.object.position("delete_time") else { return };
    let deleted = after.object.is_marked() && after.get("is_deleted").truth();
    let changed = before.is_some_and(|b| b.get("is_deleted").truth()) != deleted;
    // What is imported as deleted says itself since when.
    if changed && (before.is_some() || after.values[at].is_null()) {
        after.values[at] = if deleted { Value::Int(now) } else { Value::Null };
    }
}

/// The columns in which two states of a record differ.
fn differing(before: &Record, after: &Record) -> Vec<usize> {
    before.object.columns().map(|(p, _)| p).filter(|p| before.values[*p] != after.values[*p]).collect()
}

fn write(tx: &mut Tx<'_>, before: &Record, after: &Record, positions: &[usize], changed: &Changed) -> Result<()> {
    let (object, company, id) = (after.object, tx.access.company(), after.id());
    sql::update(tx.conn, company, after, positions, !changed.is_empty())?;
    let mut index = FieldValueIndex::default();
    index.built_in(object, Some(before), after);
    for (number, kind, old, new) in changed {
        index.change(*number, *kind, old, new);
    }
    index.write(tx.conn, company, object, id)?;
    if object.is_owned() && positions.iter().any(|p| DECIDING.contains(&object.fields[*p].name)) {
        followers::grant_anew(tx, after)?;
    }
    let searched =
        positions.iter().any(|p| object.fields[*p].search_weight > 0 || object.fields[*p].name == "is_deleted")
            || changed.iter().any(|c| is_searched(c.1));
    if searched {
        search::remove(tx.conn, object, company, id)?;
        if !object.is_marked() || !after.get("is_deleted").truth() {
            let terms = search_terms(tx, after);
            search::add(tx.conn, object, company, id, &terms)?;
        }
    }
    count::apply(tx, object, Some(before), Some(after));
    Ok(())
}
