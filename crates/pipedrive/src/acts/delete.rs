//! Deleting records.

use penstock_crm::Tx;
use penstock_model::{Error, Result, uuid};
use serde_json::{Value as Json, json};

use super::get::show_deleted;
use crate::{
    call::Call,
    envelope::{Answer, data},
};

/// The most records that one request deletes (DESIGN 5).
const MOST: usize = 500;

/// The record in the path; the answer names it.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let object = call.object();
    let id = call.id(tx.access.company)?;
    penstock_crm::delete(tx, object, id)?;
    let named: Json = if object.uuid { uuid::spell(tx.access.company, object.code, id).into() } else { id.into() };
    Ok(data(call.operation.success, &json!({ "id": named })))
}

/// The record in the path; the answer shows it as it then is.
pub(crate) fn delete_shown(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let id = call.id(tx.access.company)?;
    penstock_crm::delete(tx, call.object(), id)?;
    show_deleted(tx, call, id)
}

/// The record in the path; the answer is `true`.
pub(crate) fn delete_true(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let id = call.id(tx.access.company)?;
    penstock_crm::delete(tx, call.object(), id)?;
    Ok(data(call.operation.success, &true.into()))
}

/// The records that `ids` names; those that the user can't see are left out of the answer.
pub(crate) fn delete_many(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let object = call.object();
    let ids = call.ids("ids")?;
    if ids.is_empty() {
        return Err(Error::parameter("ids", "is required"));
    }
    if ids.len() > MOST {
        return Err(Error::parameter("ids", "must name at most 500 records"));
    }
    let mut deleted = Vec::with_capacity(ids.len());
    for id in ids {
        if tx.sees(object, id)? {
            penstock_crm::delete(tx, object, id)?;
            deleted.push(id);
        }
    }
    Ok(data(call.operation.success, &json!({ "id": deleted })))
}
