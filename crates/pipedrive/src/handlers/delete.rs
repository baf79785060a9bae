//! Deleting records.

use penstock_api::Reply;
use penstock_crm::Tx;
use penstock_model::{Error, Object, Result, object::Deletion, uuid};
use serde_json::{Value as Json, json};

use super::get::show_deleted;
use crate::{call::Call, envelope::data};

/// Deletes the record in the path. One that is gone with its deletion can't be deleted again; one that can still be
/// read alone can, and stays as it is.
fn delete_one(tx: &mut Tx<'_>, call: &Call) -> Result<i64> {
    let object = call.object();
    let id = call.id(tx.access.company())?;
    if is_gone(tx, object, id)? {
        return Err(Error::not_found(object.name));
    }
    penstock_crm::delete(tx, object, id)?;
    Ok(id)
}

fn is_gone(tx: &mut Tx<'_>, object: &'static Object, id: i64) -> Result<bool> {
    Ok(object.deletion == Deletion::Marked && !tx.can_see_alive(object, id)?)
}

/// The record in the path; the answer names it.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let object = call.object();
    let id = delete_one(tx, call)?;
    let named: Json = if object.uuid { uuid::spell(tx.access.company(), object.code, id).into() } else { id.into() };
    Ok(data(call.operation.success, &json!({ "id": named })))
}

/// The record in the path; the answer shows it as it then is.
pub(crate) fn delete_shown(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let id = delete_one(tx, call)?;
    show_deleted(tx, call, id)
}

/// The record in the path; the answer is `true`.
pub(crate) fn delete_true(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    delete_one(tx, call)?;
    Ok(data(call.operation.success, &true.into()))
}

/// The records that `ids` names; those that the user can't see are left out of the answer.
pub(crate) fn delete_many(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let object = call.object();
    let ids = call.ids("ids")?;
    if ids.is_empty() {
        return Err(Error::parameter("ids", "is required"));
    }
    let mut deleted = Vec::with_capacity(ids.len());
    for id in ids {
        if tx.can_see(object, id)? && !is_gone(tx, object, id)? {
            penstock_crm::delete(tx, object, id)?;
            deleted.push(id);
        }
    }
    Ok(data(call.operation.success, &json!({ "id": deleted })))
}
