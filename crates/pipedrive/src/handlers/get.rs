//! One record.

use std::sync::Arc;

use penstock_crm::{Page, Reader};
use penstock_model::{Object, Result, object::Beside};
use penstock_store::sql::Record;

use super::list::wishes;
use crate::{
    call::Call,
    envelope::{Answer, begin},
    operations::Version,
    wire::{Plan, Shape, Writer, mail_address, scalar},
};

/// The record in the path.
pub(crate) fn get(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let id = call.id(reader.access.company())?;
    show(reader, call, id)
}

/// Answers with a record that was deleted just now.
pub(super) fn show_deleted(reader: &mut Reader<'_>, call: &Call, id: i64) -> Result<Answer> {
    let plan = plan(call, Shape::Listed)?;
    let page = reader.written(&plan.single, id)?;
    let mut out = begin();
    Writer::read(reader, &plan, &page)?.record(&mut out, reader, &page, 0);
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// Answers with one record, read alone.
pub(super) fn show(reader: &mut Reader<'_>, call: &Call, id: i64) -> Result<Answer> {
    let plan = plan(call, Shape::Alone)?;
    let page = reader.one(&plan.single, id)?;
    answer(reader, call, &plan, &page, |out, reader| {
        if call.version() == Version::V1 && !plan.object.beside.is_empty() {
            additional(out, reader, plan.object, id)?;
        }
        Ok(())
    })
}

/// Answers with a record as it was written just now, even if that hid or deleted it.
pub(super) fn show_written(reader: &mut Reader<'_>, call: &Call, record: &Record) -> Result<Answer> {
    let plan = plan(call, Shape::Listed)?;
    let page = match Page::of(record, &plan.columns) {
        Some(page) => page,
        None => reader.written(&plan.single, record.id())?,
    };
    answer(reader, call, &plan, &page, |_, _| Ok(()))
}

fn plan(call: &Call, shape: Shape) -> Result<Arc<Plan>> {
    Ok(Plan::of(call.object(), call.version(), shape, call.operation.references, &wishes(call)?))
}

/// The record of a page, what stands `beside` it, and what it refers to.
fn answer(
    reader: &mut Reader<'_>,
    call: &Call,
    plan: &Plan,
    page: &Page,
    beside: impl FnOnce(&mut Vec<u8>, &mut Reader<'_>) -> Result<()>,
) -> Result<Answer> {
    let mut out = begin();
    let mut writer = Writer::read(reader, plan, page)?;
    writer.record(&mut out, reader, page, 0);
    beside(&mut out, reader)?;
    if call.version() == Version::V1 && plan.wanted.iter().any(|w| w.related) {
        scalar::key(&mut out, "related_objects");
        writer.related(&mut out, reader);
    }
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// What stands beside a record that is read alone, as its object says (pipedrive-contract 3.3).
fn additional(out: &mut Vec<u8>, reader: &mut Reader<'_>, object: &'static Object, id: i64) -> Result<()> {
    scalar::key(out, "additional_data");
    out.push(b'{');
    for beside in object.beside {
        match beside {
            Beside::Followers => {
                scalar::key(out, "followers");
                let _ = serde_json::to_writer(&mut *out, &super::followers::named(reader, object, id)?);
            }
            Beside::MailAddress => {
                scalar::key(out, "dropbox_email");
                scalar::string(out, &mail_address(&reader.schema.domain, object, id));
            }
        }
    }
    out.push(b'}');
    Ok(())
}
