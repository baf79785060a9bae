//! Field metadata, and how it is changed, of both versions (pipedrive-contract 5).
//!
//! v1 names a field by its number and lists what the object's listing names; v2 names it by its code and lists every field
//! that its records have. The rules of changing stand in `penstock_crm::fields`.

mod body;
mod built_in;
mod catalogue;
mod change;
mod choices;
mod definition;
mod describe;
mod options;
mod part;
mod settings;
#[cfg(test)]
mod tests;
mod v1;
mod v2;

use penstock_api::Reply;
use penstock_crm::Reader;
use penstock_model::{Code, CompanyId, CompanySchema, Error, Field, Object, Result, Value, objects};
use penstock_store::sql::Direction;
use serde_json::{Value as Json, json};

use self::catalogue::{Catalogue, Item};
pub(crate) use self::{
    change::{create, delete, delete_many, update},
    options::{add as add_options, delete as delete_options, rename as update_options},
};
use crate::{
    call::Call,
    cursor::Place,
    envelope::{data, data_with},
    operations::{Empty, ParamType, Version},
    query,
};

static DEFINITION: &Object = &objects::CUSTOM_FIELD;

/// The field that v1's metadata lists under a key of its own.
pub(crate) fn field_listed_as(object: &'static Object, key: &str) -> Option<&'static Field> {
    object.listing.iter().find(|e| e.key == key).and_then(|e| object.field(e.name))
}

/// The object's fields: v1 by `start` and `limit`, v2 by cursor.
pub(crate) fn list(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let catalogue = Catalogue::read(reader, call)?;
    match call.version() {
        Version::V1 => list_v1(&catalogue, call),
        Version::V2 => list_v2(&catalogue, call, &reader.schema),
    }
}

/// Parts of fields count as fields: a page never holds more than its limit.
fn list_v1(catalogue: &Catalogue, call: &Call) -> Result<Reply> {
    let (start, limit) = query::window(call)?;
    let all: Vec<Json> = catalogue.items().iter().flat_map(|item| v1::spell(catalogue, item)).collect();
    let rows = all.into_iter().skip(usize::try_from(start).unwrap_or(usize::MAX));
    let limit_rows = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut page: Vec<Json> = rows.take(limit_rows.saturating_add(1)).collect();
    let more = page.len() > limit_rows;
    page.truncate(limit_rows);
    for field in &mut page {
        v1::select(field, call.selector.as_deref());
    }
    let mut pagination = json!({ "start": start, "limit": limit, "more_items_in_collection": more });
    if more {
        pagination["next_start"] = (start + limit).into();
    }
    let shown = if page.is_empty() && call.operation.empty == Empty::Null { Json::Null } else { Json::Array(page) };
    Ok(data_with(call.operation.success, &shown, &json!({ "pagination": pagination })))
}

/// A cursor holds the last field's number, so that what is deleted meanwhile does not matter.
fn list_v2(catalogue: &Catalogue, call: &Call, schema: &CompanySchema) -> Result<Reply> {
    let include = included(call)?;
    let limit = usize::try_from(query::limit(call)?).unwrap_or(usize::MAX);
    let place = Place::new(call, schema, DEFINITION.id(), Direction::Ascending);
    let after = call.param("cursor").map(|cursor| place.read(cursor)).transpose()?.map(|(_, id)| id);
    let items = catalogue.items();
    let first = after.map_or(0, |after| items.partition_point(|item| item.number() <= after));
    let page = &items[first..items.len().min(first.saturating_add(limit))];
    let last = page.last().filter(|_| first + page.len() < items.len()).map(Item::number);
    let next = last.map(|number| place.write(&Value::Int(number), number));
    let shown: Json = page.iter().map(|item| v2::spell(catalogue, item, &include)).collect();
    Ok(data_with(call.operation.success, &shown, &json!({ "next_cursor": next })))
}

/// One field: by number on v1, by code on v2.
pub(crate) fn one(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let catalogue = Catalogue::read(reader, call)?;
    let include = included(call)?;
    let item = find(&catalogue, call)?;
    Ok(data(call.operation.success, &spell(&catalogue, call, &item, &include)))
}

/// A field as the version shows it alone.
fn spell(catalogue: &Catalogue, call: &Call, item: &Item<'_>, include: &[Box<str>]) -> Json {
    match call.version() {
        Version::V1 => {
            let mut field = v1::spell(catalogue, item).into_iter().next().unwrap_or(Json::Null);
            v1::select(&mut field, call.selector.as_deref());
            field
        }
        Version::V2 => v2::spell(catalogue, item, include),
    }
}

/// The field in the path.
fn find<'a>(catalogue: &'a Catalogue, call: &Call) -> Result<Item<'a>> {
    let mut items = catalogue.items().into_iter();
    let found = match call.version() {
        Version::V1 => {
            let number = call.path_id("id", DEFINITION, CompanyId::SERVER)?;
            items.find(|item| item.number() == number)
        }
        Version::V2 => {
            let code = call.path_text("field_code");
            items.find(|item| item.key(Version::V2) == code)
        }
    };
    found.ok_or_else(|| missing(call.version()))
}

/// v1 says of a field that it never had that it is gone (pipedrive-contract 2.2).
fn missing(version: Version) -> Error {
    match version {
        Version::V1 => Error::new(Code::Gone, "The field is not found"),
        Version::V2 => Error::not_found("field"),
    }
}

/// The words of `include_fields`.
fn included(call: &Call) -> Result<Vec<Box<str>>> {
    words(call, "include_fields")
}

/// The words of a parameter, which the operation's row lists; none where the row does not have it.
fn words(call: &Call, name: &str) -> Result<Vec<Box<str>>> {
    let param = call.operation.params.iter().find(|param| param.name == name);
    let Some(ParamType::Words(known)) = param.map(|param| param.takes) else { return Ok(Vec::new()) };
    let words = call.words(name)?.unwrap_or_default();
    if words.iter().all(|word| known.contains(&&**word)) {
        return Ok(words);
    }
    let some = if known.len() > 1 { "some of " } else { "" };
    Err(Error::parameter(name, &format!("must be {some}{}", known.join(", "))))
}
