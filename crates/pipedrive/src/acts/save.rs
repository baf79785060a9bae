//! Creating and updating records.

use penstock_crm::Tx;
use penstock_model::Result;

use super::get::show;
use crate::{body::Reading, call::Call, envelope::Answer, wire::Shape};

/// A new record.
pub(crate) fn create(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let schema = std::sync::Arc::clone(&tx.schema);
    let object = call.object();
    let reading = Reading { version: call.version(), object, schema: &schema, creating: true };
    let patch = reading.patch(call.map()?)?;
    let record = penstock_crm::create(tx, object, &patch)?;
    show(tx, call, record.id(), Shape::Listed, call.operation.success)
}

/// A changed record.
pub(crate) fn update(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let schema = std::sync::Arc::clone(&tx.schema);
    let object = call.object();
    let id = call.id(tx.access.company)?;
    let reading = Reading { version: call.version(), object, schema: &schema, creating: false };
    let patch = reading.patch(call.map()?)?;
    penstock_crm::update(tx, object, id, &patch, None)?;
    show(tx, call, id, Shape::Listed, call.operation.success)
}
