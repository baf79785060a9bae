//! Making a record.

use penstock_model::{Object, Result, Value};
use penstock_store::{
    search,
    sql::{self, Record},
};

use crate::{
    Patch, Tx, count, custom,
    event::{Action, Event},
    external_ids,
    field_value_index::FieldValueIndex,
    rules,
    update::{note_deletion, put_parts},
};

/// Makes a record and gives it as it was stored. Required fields, references, limits and the object's rules are
/// checked; derived values, counters, search and the event are written with it.
///
/// # Errors
/// `FieldRequired`, `FieldInvalid`, `ReferenceUnknown`, `RuleViolated`, `Forbidden`, `Conflict`; nothing is changed
/// then.
pub fn create(tx: &mut Tx<'_>, object: &'static Object, patch: &Patch) -> Result<Record> {
    rules::permitted(tx.access, object)?;
    rules::reserved(tx, object, None, patch)?;
    rules::options(tx, object, None, patch)?;
    rules::references(tx, object, None, patch)?;
    let record = make(tx, object, patch)?;
    debug_assert!(is_stored(tx, &record)?, "{} {} is stored otherwise than it is given", object.name, record.id());
    Ok(record)
}

/// Whether a record is what its row says.
pub(crate) fn is_stored(tx: &mut Tx<'_>, record: &Record) -> Result<bool> {
    let stored = tx.record(record.object, record.id())?;
    Ok((&stored.values, &stored.custom, stored.version) == (&record.values, &record.custom, record.version))
}

/// Makes a record that the rules themselves ask for: what it refers to is theirs to know, and may be hidden from the
/// acting user.
pub(crate) fn make(tx: &mut Tx<'_>, object: &'static Object, patch: &Patch) -> Result<Record> {
    let mut record = count::around(tx, |tx| made(tx, object, patch))?;
    count::catch_up(tx, &mut record);
    Ok(record)
}

fn made(tx: &mut Tx<'_>, object: &'static Object, patch: &Patch) -> Result<Record> {
    let mut record = drafted(object, patch)?;
    (rules::of(object).before_write)(tx, None, &mut record, patch)?;
    note_deletion(tx.now, None, &mut record);
    let (stored, changed) = custom::merge(&tx.schema, object, &Value::Null, patch)?;
    record.custom = stored;
    if record.get("id").is_null() {
        record.set("id", tx.next(object.name));
    }
    let id = record.id();
    for link in (rules::of(object).initial_links)(&record) {
        for column in count::of_links(object, link) {
            record.set(column, 1);
            tx.counts.add(object.name, id, column, -1);
        }
    }
    record.version = tx.announce(Event::new(object, id, Action::Create));
    let company = tx.access.company();
    sql::insert(tx.conn, company, &record)?;
    let mut index = FieldValueIndex::default();
    index.built_in(object, None, &record);
    for (number, kind, before, after) in &changed {
        index.change(*number, *kind, before, after);
    }
    index.write(tx.conn, company, object, id)?;
    if !(object.is_marked() && record.get("is_deleted").truth()) {
        let terms = search_terms(tx, &record);
        search::add(tx.conn, object, company, id, &terms)?;
    }
    count::apply(tx, object, None, Some(&record));
    (rules::of(object).after_write)(tx, None, Some(&record))?;
    if let Some(names) = &patch.external_ids {
        external_ids::give(tx, object, id, names)?;
    }
    Ok(record)
}

/// Whether a new record would have everything that its object requires, as far as the record itself can tell.
///
/// # Errors
/// `FieldRequired` and `FieldInvalid`, as [`create`] would give them.
pub fn check_new(object: &'static Object, patch: &Patch) -> Result<()> {
    drafted(object, patch).map(|_| ())
}

/// A new record with what the patch sets and what follows from it.
fn drafted(object: &'static Object, patch: &Patch) -> Result<Record> {
    let mut record = Record::empty(object);
    for (position, value) in &patch.fields {
        record.values[*position] = patch.stored(object, *position, value)?;
    }
    put_parts(&mut record, patch)?;
    (rules::of(object).normalize)(None, &mut record, patch)?;
    rules::required(&record)?;
    Ok(record)
}

/// The searchable words of a record: fields with a weight, and custom texts (pipedrive-contract 7).
pub(crate) fn search_terms(tx: &Tx<'_>, record: &Record) -> String {
    let object = record.object;
    let mut texts: Vec<String> = Vec::new();
    for (position, field) in object.columns().filter(|(_, f)| f.search_weight > 0) {
        collect(&mut texts, field.kind, &record.values[position]);
    }
    if !record.custom.is_null() {
        let stored = custom::parse(&record.custom);
        for field in tx.schema.custom(object).filter(|f| is_searched(f.kind)) {
            collect(&mut texts, field.kind, &custom::value_of(stored.get(&field.number.to_string()), field.kind));
        }
    }
    search::terms(tx.access.company(), texts.iter().map(String::as_str))
}

/// Whether search looks into custom fields of a kind (pipedrive-contract 7).
pub(crate) const fn is_searched(kind: penstock_model::Kind) -> bool {
    use penstock_model::Kind;
    matches!(
        kind,
        Kind::Address | Kind::Text | Kind::LongText | Kind::Autocomplete | Kind::Number | Kind::Amount | Kind::Phone
    )
}

fn collect(texts: &mut Vec<String>, kind: penstock_model::Kind, value: &Value) {
    match value {
        Value::Null => {}
        Value::Text(text) if kind.is_composite() => {
            let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            let entries = json.as_array().cloned().unwrap_or_else(|| vec![json]);
            texts.extend(entries.iter().filter_map(|e| match &e["value"] {
                serde_json::Value::String(s) => Some(s.clone()),
                serde_json::Value::Number(n) => Some(n.to_string()),
                _ => None,
            }));
        }
        Value::Text(text) if kind == penstock_model::Kind::Html => texts.push(rules::words(text)),
        Value::Text(text) => texts.push(text.to_string()),
        other => texts.push(other.to_json().to_string()),
    }
}
