//! The order of lists: what a request asks for, and what can be asked for (pipedrive-contract 2.4, 4.1).

use penstock_model::{CompanySchema, Error, Field, Object, Result};
use penstock_store::sql::{Direction, Key};

use crate::{
    call::Call,
    handlers::fields,
    operations::{self, Operation, ParamType, Version},
    query::short,
    wire::plan::form_of,
};

/// The most keys of an order: each may take a look at another table.
const MOST: usize = 10;

/// `sort=add_time DESC, title ASC` on v1, `sort_by` and `sort_direction` on v2.
pub(crate) fn read(call: &Call, schema: &CompanySchema) -> Result<Vec<(Key, Direction)>> {
    let order = match call.version() {
        Version::V1 => of_v1(call, schema)?,
        Version::V2 => of_v2(call)?,
    };
    Ok(if order.is_empty() { preset(call) } else { order })
}

/// The operation's own order; the id, which is always the last key, need not be named.
fn preset(call: &Call) -> Vec<(Key, Direction)> {
    let object = call.object();
    let names = call.operation.order.iter().filter(|n| **n != "id");
    names.filter_map(|name| Some((Key::Field(object.field(name)?), Direction::Ascending))).collect()
}

fn of_v2(call: &Call) -> Result<Vec<(Key, Direction)>> {
    let Some(param) = call.operation.params.iter().find(|p| p.name == "sort_by") else {
        return Ok(Vec::new());
    };
    let direction = match call.param("sort_direction") {
        None | Some("asc") => Direction::Ascending,
        Some("desc") => Direction::Descending,
        Some(_) => return Err(Error::parameter("sort_direction", "must be asc or desc")),
    };
    let key = call.param("sort_by").unwrap_or("id");
    let allowed = matches!(param.takes, ParamType::Word(words) if words.contains(&key));
    let field = column(call.object(), call.version(), key).filter(|f| allowed && f.sortable);
    let field = field.ok_or_else(|| Error::parameter("sort_by", "can't be sorted by this key"))?;
    Ok(vec![(field.into(), direction)])
}

fn of_v1(call: &Call, schema: &CompanySchema) -> Result<Vec<(Key, Direction)>> {
    let Some((name, keys)) = keys_of(call.operation) else { return Ok(Vec::new()) };
    let mut order: Vec<(Key, Direction)> = Vec::new();
    for part in call.param(name).unwrap_or("").split(',').map(str::trim).filter(|p| !p.is_empty()) {
        if order.len() == MOST {
            return Err(Error::parameter(name, &format!("must name at most {MOST} keys")));
        }
        let mut words = part.split_whitespace();
        let key = words.next().unwrap_or("");
        let direction = match words.next().map(str::to_ascii_uppercase).as_deref() {
            None | Some("ASC") => Direction::Ascending,
            Some("DESC") => Direction::Descending,
            Some(_) => return Err(Error::parameter(name, "must be as add_time DESC, title ASC")),
        };
        let found = found(call.object(), schema, keys, key);
        let found = found.ok_or_else(|| Error::parameter(name, &format!("can't sort by {}", short(key))))?;
        if !order.iter().any(|(known, _)| same(*known, found)) {
            order.push((found, direction));
        }
    }
    Ok(order)
}

fn same(one: Key, other: Key) -> bool {
    match (one, other) {
        (Key::Field(a), Key::Field(b)) => a.name == b.name,
        (Key::Custom(a, _), Key::Custom(b, _)) => a == b,
        _ => false,
    }
}

/// What a v1 key stands for, if lists can be sorted by it: one of the row's own keys, or else a sortable field's or a
/// custom field's.
fn found(object: &'static Object, schema: &CompanySchema, keys: &[&str], key: &str) -> Option<Key> {
    if !keys.is_empty() {
        return column(object, Version::V1, key).filter(|_| keys.contains(&key)).map(Key::Field);
    }
    let built_in = column(object, Version::V1, key).or_else(|| fields::field_listed_as(object, key));
    if let Some(field) = built_in {
        return field.sortable.then_some(Key::Field(field));
    }
    let custom = schema.custom_by_key(object, key)?;
    Some(Key::Custom(custom.number, custom.kind.key_column()?))
}

/// The column that a version spells so.
fn column(object: &'static Object, version: Version, key: &str) -> Option<&'static Field> {
    let spelt = |f: &&Field| form_of(f, version).key == key || f.name == key;
    object.fields.iter().filter(|f| f.is_column()).find(spelt)
}

/// The parameter by which a v1 list is sorted, and the keys that it takes; no keys: those of every sortable field.
fn keys_of(operation: &Operation) -> Option<(&'static str, &'static [&'static str])> {
    operation.params.iter().find_map(|p| if let ParamType::Order(keys) = p.takes { Some((p.name, keys)) } else { None })
}

/// Whether v1's list of an object takes a built-in field's key, for its metadata.
pub(crate) fn sorts(object: &Object, field: &Field, key: &str) -> bool {
    match keys_of_list(object) {
        Some(keys) if !keys.is_empty() => keys.contains(&key),
        _ => field.sortable,
    }
}

/// Whether v1's list of an object takes the keys of custom fields.
pub(crate) fn sorts_by_custom(object: &Object) -> bool {
    keys_of_list(object).is_some_and(<[_]>::is_empty)
}

fn keys_of_list(object: &Object) -> Option<&'static [&'static str]> {
    let lists = |row: &&Operation| row.version == Version::V1 && row.parent.is_none() && row.lists_records();
    let mut rows = operations::all().filter(|row| row.object.name == object.name).filter(lists);
    rows.find_map(keys_of).map(|(_, keys)| keys)
}
