//! Records that are reached through their parent: the comments of a note.

use penstock_api::Reply;
use penstock_crm::{Patch, Reader, Tx};
use penstock_model::{Error, Object, Result, Value};

use super::get::{show, show_written};
use crate::{body::spelled, call::Call, envelope::data};

/// The parent's object and the reference to it.
fn parent_of(call: &Call) -> (&'static Object, &'static str) {
    call.operation.parent.map_or((call.object(), "id"), |parent| (parent.object, parent.link))
}

/// The parent in the path, which the user must see.
fn parent(reader: &mut Reader<'_>, call: &Call) -> Result<i64> {
    let (object, _) = parent_of(call);
    let name = call.path.first().map_or("id", |(name, _)| *name);
    let id = call.path_id(name, object, reader.access.company())?;
    if reader.can_see_alive(object, id)? { Ok(id) } else { Err(Error::not_found(object.name)) }
}

/// The record in the path, which must be one of the parent's.
fn child(reader: &mut Reader<'_>, call: &Call) -> Result<i64> {
    let parent = parent(reader, call)?;
    let (_, link) = parent_of(call);
    let object = call.object();
    let name = call.path.last().map_or("id", |(name, _)| *name);
    let id = call.path_id(name, object, reader.access.company())?;
    let record = reader.visible_record(object, id)?;
    if *record.get(link) == Value::Int(parent) && !(object.is_marked() && record.get("is_deleted").truth()) {
        Ok(id)
    } else {
        Err(Error::not_found(object.name))
    }
}

pub(crate) fn get(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let id = child(reader, call)?;
    show(reader, call, id)
}

pub(crate) fn create(tx: &mut Tx<'_>, call: &Call, mut patch: Patch) -> Result<Reply> {
    let parent = parent(tx, call)?;
    let (_, link) = parent_of(call);
    let object = call.object();
    patch.set(object, link, parent);
    let record = penstock_crm::create(tx, object, &patch).map_err(|e| spelled(e, object, call.version()))?;
    show_written(tx, call, &record)
}

pub(crate) fn update(tx: &mut Tx<'_>, call: &Call, mut patch: Patch) -> Result<Reply> {
    let id = child(tx, call)?;
    let (_, link) = parent_of(call);
    let object = call.object();
    let at = object.position(link);
    patch.fields.retain(|(position, _)| Some(*position) != at);
    let record = penstock_crm::update(tx, object, id, &patch, None).map_err(|e| spelled(e, object, call.version()))?;
    show_written(tx, call, &record)
}

pub(crate) fn delete(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let id = child(tx, call)?;
    penstock_crm::delete(tx, call.object(), id)?;
    Ok(data(call.operation.success, &true.into()))
}
