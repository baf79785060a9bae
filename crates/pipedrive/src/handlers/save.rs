//! Creating and updating records.

use penstock_crm::{List, Tx};
use penstock_model::{Result, field, filter::Expr, objects};
use penstock_store::sql::{Column, Record};

use super::get::show_written;
use crate::{
    body::{RequestBody, spelled},
    call::Call,
    envelope::Answer,
    operations::Version,
    wire::scalar,
};

/// A new record.
pub(crate) fn create(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let schema = std::sync::Arc::clone(&tx.schema);
    let object = call.object();
    let request = RequestBody { version: call.version(), object, schema: &schema, creating: true };
    let patch = request.patch(call.map()?)?;
    let record = penstock_crm::create(tx, object, &patch).map_err(|e| spelled(e, object, call.version()))?;
    let answer = show_written(tx, call, &record)?;
    in_context(tx, call, &record, answer)
}

/// A changed record.
pub(crate) fn update(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let schema = std::sync::Arc::clone(&tx.schema);
    let object = call.object();
    let id = call.id(tx.access.company())?;
    let request = RequestBody { version: call.version(), object, schema: &schema, creating: false };
    let patch = request.patch(call.map()?)?;
    let record = penstock_crm::update(tx, object, id, &patch, None).map_err(|e| spelled(e, object, call.version()))?;
    let answer = show_written(tx, call, &record)?;
    in_context(tx, call, &record, answer)
}

/// v1 tells of a saved activity whether more is planned with what it is linked to (pipedrive-contract 12.15).
fn in_context(tx: &mut Tx<'_>, call: &Call, record: &Record, mut answer: Answer) -> Result<Answer> {
    let object = &objects::ACTIVITY;
    if call.version() != Version::V1 || record.object.name != object.name {
        return Ok(answer);
    }
    let links = [
        field!(objects::ACTIVITY, "deal_id"),
        field!(objects::ACTIVITY, "lead_id"),
        field!(objects::ACTIVITY, "person_id"),
        field!(objects::ACTIVITY, "org_id"),
    ];
    let same = links.iter().filter_map(|link| record.get(link.name).int().map(|id| Expr::eq(*link, id)));
    let columns = [Column::Field(object.id())];
    let mut others = List::all(object, &columns, 1);
    let itself = Expr::eq(object.id(), record.id());
    let undone = Expr::eq(field!(objects::ACTIVITY, "done"), false);
    others.filter = Expr::Any(same.collect()).and(undone).and(itself.negated());
    let more = !tx.list(&others)?.is_empty();
    answer.body.pop();
    scalar::key(&mut answer.body, "additional_data");
    answer.body.extend_from_slice(b"{\"more_activities_scheduled_in_context\":");
    scalar::flag(&mut answer.body, more);
    answer.body.extend_from_slice(b"}}");
    Ok(answer)
}
