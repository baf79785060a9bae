//! Custom fields made, changed and deleted (pipedrive-contract 5.3, 5.4).

use penstock_api::Reply;
use penstock_crm::{Reader, Tx, fields};
use penstock_model::{Code, Error, Result};
use serde_json::json;

use super::{Catalogue, Item, body, find, missing, spell};
use crate::{call::Call, envelope::data, operations::Version};

/// What an answer to a v2 change says besides what the field is.
const EVERYTHING: [&str; 3] = ["ui_visibility", "important_fields", "required_fields"];

/// A new custom field.
pub(crate) fn create(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let new = match call.version() {
        Version::V1 => body::new_v1(call.map()?)?,
        Version::V2 => body::new_v2(call.map()?)?,
    };
    let record = fields::create(tx, call.object(), &new)?;
    answer(tx, call, record.id())
}

/// A changed custom field, or a built-in one with changed options.
pub(crate) fn update(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let catalogue = Catalogue::read(tx, call)?;
    let item = find(&catalogue, call)?;
    let change = match call.version() {
        Version::V1 => body::change_v1(call.map()?, &item)?,
        Version::V2 => body::change_v2(call.map()?, &item)?,
    };
    let number = item.number();
    fields::change(tx, call.object(), number, &change)?;
    answer(tx, call, number)
}

/// A custom field deleted: v1 answers with its number, v2 with what it was.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let catalogue = Catalogue::read(tx, call)?;
    let item = find(&catalogue, call)?;
    let shown = match call.version() {
        Version::V1 => json!({ "id": item.number() }),
        Version::V2 => spell(&catalogue, call, &item, &[]),
    };
    fields::delete(tx, call.object(), item.number())?;
    Ok(data(call.operation.success, &shown))
}

/// The custom fields that `ids` names; those that do not exist are left out of the answer.
pub(crate) fn delete_many(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let ids = call.ids("ids")?;
    if ids.is_empty() {
        return Err(Error::parameter("ids", "is required"));
    }
    let mut deleted = Vec::with_capacity(ids.len());
    for id in ids {
        match fields::delete(tx, call.object(), id) {
            Ok(_) => deleted.push(id),
            Err(error) if error.code == Code::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(data(call.operation.success, &json!({ "id": deleted })))
}

/// The field as it now is.
fn answer(reader: &mut Reader<'_>, call: &Call, number: i64) -> Result<Reply> {
    let catalogue = Catalogue::read(reader, call)?;
    let item = catalogue.items().into_iter().find(|item: &Item<'_>| item.number() == number);
    let item = item.ok_or_else(|| missing(call.version()))?;
    Ok(data(call.operation.success, &spell(&catalogue, call, &item, &EVERYTHING.map(Into::into))))
}
