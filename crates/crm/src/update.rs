//! Changing a record.

use penstock_model::{Code, Error, Object, Result, Value};
use penstock_store::{
    search,
    sql::{self, Record},
};

use crate::{
    Patch, Tx, count,
    create::{is_searched, search_terms},
    custom,
    event::{self, Action, Event},
    member::Members,
    rules,
};

/// Changes a record and gives it as it was stored. A patch that changes nothing writes nothing and makes no event.
///
/// # Errors
/// `NotFound` when the acting user can't see the record, `PreconditionFailed` when it has another version than
/// expected, and those of [`create`](crate::create()); nothing is changed then.
pub fn update(
    tx: &mut Tx<'_>,
    object: &'static Object,
    id: i64,
    patch: &Patch,
    expected_version: Option<i64>,
) -> Result<Record> {
    let before = tx.visible_record(object, id)?;
    if object.is_marked() && before.get("is_deleted").truth() && !rules::of(object).revives {
        return Err(Error::not_found(object.name));
    }
    if expected_version.is_some_and(|v| v != before.version) {
        return Err(Error::new(Code::PreconditionFailed, "the record has changed since: read it again"));
    }
    apply(tx, before, patch)
}

/// Changes a record that the caller has loaded and may change.
pub(crate) fn apply(tx: &mut Tx<'_>, before: Record, patch: &Patch) -> Result<Record> {
    let object = before.object;
    let mut after = before.clone();
    for (position, value) in &patch.fields {
        let field = &object.fields[*position];
        let emptied = value.is_null() || value.text().is_some_and(|t| t.trim().is_empty());
        if field.required && emptied {
            return Err(Error::invalid(field.name, "must not be empty"));
        }
        if !(field.never_null && value.is_null()) {
            after.values[*position] = value.clone();
        }
    }
    rules::references(tx, object, patch)?;
    (rules::of(object).prepare)(tx, Some(&before), &mut after, patch)?;
    let (stored, changed) = custom::merge(&tx.schema, object, &before.custom, &patch.custom)?;
    after.custom = stored;
    let positions: Vec<usize> =
        object.columns().map(|(p, _)| p).filter(|p| before.values[*p] != after.values[*p]).collect();
    if positions.is_empty() && changed.is_empty() {
        return Ok(before);
    }
    let mut positions = positions;
    if let Some(at) = object.position("update_time") {
        let now = Value::Int(tx.now);
        if after.values[at] != now {
            after.values[at] = now;
            if !positions.contains(&at) {
                positions.push(at);
            }
        }
    }
    let mut happened = Event::new(object, after.id(), Action::Update);
    if object.is_marked() && !before.get("is_deleted").truth() && after.get("is_deleted").truth() {
        happened.action = Action::Delete;
    }
    happened.changes = Some(event::changes(&before, &after, &positions, !changed.is_empty()));
    after.version = tx.record(happened);
    write(tx, &before, &after, &positions, &changed)?;
    (rules::of(object).settle)(tx, Some(&before), Some(&after))?;
    Ok(after)
}

#[expect(clippy::type_complexity, reason = "the rows that `custom::merge` gives")]
fn write(
    tx: &mut Tx<'_>,
    before: &Record,
    after: &Record,
    positions: &[usize],
    changed: &[(u32, penstock_model::Kind, Value, Value)],
) -> Result<()> {
    let (object, company, id) = (after.object, tx.access.company, after.id());
    sql::update(tx.conn, company, after, positions, !changed.is_empty())?;
    let mut members = Members::default();
    members.built_in(object, Some(before), after);
    for (number, kind, old, new) in changed {
        members.change(*number, *kind, old, new);
    }
    members.write(tx.conn, company, id)?;
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
    count::apply(tx, object, Some(before), Some(after))
}
