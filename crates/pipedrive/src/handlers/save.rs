//! Creating and updating records.

use penstock_api::{Envelope, Reply};
use penstock_crm::{List, Patch, Reader, Tx};
use penstock_model::{Result, field, filter::Expr, objects};
use penstock_store::sql::{Column, Record};

use super::get::show_written_with;
use crate::{body::spelled, call::Call, operations::Version, wire::scalar};

/// A new record.
#[expect(clippy::needless_pass_by_value, reason = "the form of all that save")]
pub(crate) fn create(tx: &mut Tx<'_>, call: &Call, patch: Patch) -> Result<Reply> {
    let object = call.object();
    let record = penstock_crm::create(tx, object, &patch).map_err(|e| spelled(e, object, call.version()))?;
    show_written_with(tx, call, &record, |envelope, reader| in_context(envelope, reader, call, &record))
}

/// A changed record.
#[expect(clippy::needless_pass_by_value, reason = "the form of all that save")]
pub(crate) fn update(tx: &mut Tx<'_>, call: &Call, patch: Patch) -> Result<Reply> {
    let object = call.object();
    let id = call.id(tx.access.company())?;
    let record = penstock_crm::update(tx, object, id, &patch, None).map_err(|e| spelled(e, object, call.version()))?;
    show_written_with(tx, call, &record, |envelope, reader| in_context(envelope, reader, call, &record))
}

/// v1 tells of a saved activity whether more is planned with what it is linked to (pipedrive-contract 12.15).
fn in_context(envelope: &mut Envelope, reader: &mut Reader<'_>, call: &Call, record: &Record) -> Result<()> {
    let object = &objects::ACTIVITY;
    if call.version() != Version::V1 || record.object.name != object.name {
        return Ok(());
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
    let more = !reader.list(&others)?.is_empty();
    scalar::flag(envelope.additional("more_activities_scheduled_in_context"), more);
    Ok(())
}
