//! The options of a field as a list of their own, in v2: all of a body's or none, and an answer that names only those
//! (pipedrive-contract 5.4).

use penstock_api::Reply;
use penstock_crm::{Tx, fields};
use penstock_model::{Code, Error, Result, kind::limit, schema::OptionItem};
use serde_json::{Map, Value as Json, json};

use super::{Catalogue, body, find};
use crate::{call::Call, envelope::data_with};

/// Options added: the body is `[{label}]`.
pub(crate) fn add(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let options = entries(call)?.map(body::new_option).collect::<Result<Vec<_>>>()?;
    let number = number(tx, call)?;
    let added = fields::add_options(tx, call.object(), number, &options)?;
    Ok(answer(call, &added))
}

/// Options renamed: the body is `[{id, label}]`.
pub(crate) fn rename(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let labels = entries(call)?.map(|entry| Ok((id(entry)?, body::label(entry)?)));
    let labels = labels.collect::<Result<Vec<_>>>()?;
    let number = number(tx, call)?;
    let renamed = fields::rename_options(tx, call.object(), number, &labels)?;
    Ok(answer(call, &renamed))
}

/// Options deleted: the body is `[{id}]`.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let ids = entries(call)?.map(id).collect::<Result<Vec<_>>>()?;
    let number = number(tx, call)?;
    let deleted = fields::delete_options(tx, call.object(), number, &ids)?;
    Ok(answer(call, &deleted))
}

/// The number of the field in the path.
fn number(tx: &mut Tx<'_>, call: &Call) -> Result<i64> {
    let catalogue = Catalogue::read(tx, call)?;
    Ok(find(&catalogue, call)?.number())
}

/// The objects of the body, which is a list.
fn entries(call: &Call) -> Result<impl Iterator<Item = &Map<String, Json>>> {
    let wrong = || Error::new(Code::BodyMalformed, "the body must be a list of objects, one for each option");
    let list = call.body.as_array().filter(|list| !list.is_empty()).ok_or_else(wrong)?;
    limit::at_most(limit::OPTIONS_AT_ONCE, list.len(), "options")?;
    let maps = list.iter().map(|entry| entry.as_object().ok_or_else(wrong)).collect::<Result<Vec<_>>>()?;
    Ok(maps.into_iter())
}

fn id(entry: &Map<String, Json>) -> Result<i64> {
    let id = entry.get("id").ok_or_else(|| Error::new(Code::FieldRequired, "id is required").at("id"))?;
    id.as_i64().ok_or_else(|| Error::invalid("id", "must be a whole number"))
}

fn answer(call: &Call, affected: &[OptionItem]) -> Reply {
    let shown: Json = affected.iter().map(|option| json!({ "id": option.id, "label": option.label })).collect();
    data_with(call.operation.success, &shown, &Json::Null)
}
