//! One record.

use penstock_api::{Envelope, Reply};
use std::sync::Arc;

use penstock_crm::{Page, Reader};
use penstock_model::{Object, Result, object::Beside};
use penstock_store::sql::Record;

use super::list::wishes;
use crate::{
    call::Call,
    envelope::write,
    operations::Version,
    wire::{Plan, Shape, Writer, mail_address, scalar},
};

/// The record in the path.
pub(crate) fn get(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let id = call.id(reader.access.company())?;
    show(reader, call, id)
}

/// Answers with a record that was deleted just now.
pub(super) fn show_deleted(reader: &mut Reader<'_>, call: &Call, id: i64) -> Result<Reply> {
    let plan = plan(call, Shape::Listed)?;
    let page = reader.written(&plan.single, id)?;
    let mut envelope = Envelope::new();
    Writer::read(reader, &plan, &page)?.record(envelope.data(), reader, &page, 0);
    Ok(envelope.finish(call.operation.success))
}

/// Answers with one record, read alone.
pub(super) fn show(reader: &mut Reader<'_>, call: &Call, id: i64) -> Result<Reply> {
    show_with(reader, call, id, |_| {})
}

/// As [`show`], with what `more` writes as the record's last keys.
pub(super) fn show_with(
    reader: &mut Reader<'_>,
    call: &Call,
    id: i64,
    more: impl FnOnce(&mut Vec<u8>),
) -> Result<Reply> {
    let plan = plan(call, Shape::Alone)?;
    let page = reader.one(&plan.single, id)?;
    answer(reader, call, &plan, &page, more, |envelope, reader| {
        if call.version() == Version::V1 && !plan.object.beside.is_empty() {
            additional(envelope, reader, plan.object, id)?;
        }
        Ok(())
    })
}

/// Answers with a record as it was written just now, even if that hid or deleted it.
pub(super) fn show_written(reader: &mut Reader<'_>, call: &Call, record: &Record) -> Result<Reply> {
    show_written_with(reader, call, record, |_, _| Ok(()))
}

/// As [`show_written`], with what `alongside` adds to it.
pub(super) fn show_written_with(
    reader: &mut Reader<'_>,
    call: &Call,
    record: &Record,
    alongside: impl FnOnce(&mut Envelope, &mut Reader<'_>) -> Result<()>,
) -> Result<Reply> {
    let plan = plan(call, Shape::Listed)?;
    let page = match Page::of(record, &plan.columns) {
        Some(page) => page,
        None => reader.written(&plan.single, record.id())?,
    };
    answer(reader, call, &plan, &page, |_| {}, alongside)
}

fn plan(call: &Call, shape: Shape) -> Result<Arc<Plan>> {
    Ok(Plan::of(call.object(), call.version(), shape, call.operation.references, &wishes(call)?))
}

/// The record of a page with `more` keys, what stands `alongside` it, and what it refers to.
fn answer(
    reader: &mut Reader<'_>,
    call: &Call,
    plan: &Plan,
    page: &Page,
    more: impl FnOnce(&mut Vec<u8>),
    alongside: impl FnOnce(&mut Envelope, &mut Reader<'_>) -> Result<()>,
) -> Result<Reply> {
    let mut envelope = Envelope::new();
    let mut writer = Writer::read(reader, plan, page)?;
    writer.record_with(envelope.data(), reader, page, 0, more);
    alongside(&mut envelope, reader)?;
    if call.version() == Version::V1 && plan.wanted.iter().any(|w| w.related) {
        writer.related(envelope.related(), reader);
    }
    Ok(envelope.finish(call.operation.success))
}

/// What stands beside a record that is read alone, as its object says (pipedrive-contract 3.3).
fn additional(envelope: &mut Envelope, reader: &mut Reader<'_>, object: &'static Object, id: i64) -> Result<()> {
    for beside in object.beside {
        match beside {
            Beside::Followers => {
                let followers = super::followers::named(reader, object, id)?;
                write(envelope.additional("followers"), &followers);
            }
            Beside::MailAddress => {
                let address = mail_address(&reader.schema.domain, object, id);
                scalar::string(envelope.additional("dropbox_email"), &address);
            }
        }
    }
    Ok(())
}
