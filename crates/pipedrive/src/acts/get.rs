//! One record.

use penstock_crm::Reader;
use penstock_model::{Result, operation::Version};

use super::list::wishes;
use crate::{
    call::Call,
    envelope::{Answer, begin},
    wire::{Plan, Shape, Writer, scalar},
};

/// The record in the path.
pub(crate) fn get(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let id = call.id(reader.access.company)?;
    show(reader, call, id, Shape::Alone, call.operation.success)
}

/// Answers with a record that was deleted just now.
pub(super) fn show_deleted(reader: &mut Reader<'_>, call: &Call, id: i64) -> Result<Answer> {
    let object = call.object();
    let plan = Plan::of(object, call.version(), Shape::Listed, call.operation.references, &wishes(call)?);
    let page = reader.even_deleted(object, &plan.columns, id)?;
    let mut out = begin();
    Writer::read(reader, &plan, &page)?.record(&mut out, reader, &page, 0);
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// Answers with one record.
pub(super) fn show(reader: &mut Reader<'_>, call: &Call, id: i64, shape: Shape, status: u16) -> Result<Answer> {
    let object = call.object();
    let plan = Plan::of(object, call.version(), shape, call.operation.references, &wishes(call)?);
    let page = reader.one(object, &plan.columns, id)?;
    let mut out = begin();
    let mut writer = Writer::read(reader, &plan, &page)?;
    writer.record(&mut out, reader, &page, 0);
    if call.version() == Version::V1 {
        if shape == Shape::Alone && matches!(object.name, "deal" | "person" | "organization") {
            scalar::key(&mut out, "additional_data");
            out.extend_from_slice(b"{\"dropbox_email\":");
            let domain = &reader.schema.domain;
            let mail = if object.name == "deal" {
                format!("{domain}+deal{id}@pipedrivemail.com")
            } else {
                format!("{domain}@pipedrivemail.com")
            };
            scalar::string(&mut out, &mail);
            out.push(b'}');
        }
        if plan.wanted.iter().any(|w| w.related) {
            scalar::key(&mut out, "related_objects");
            writer.related(&mut out, reader);
        }
    }
    out.push(b'}');
    Ok(Answer { status, body: out })
}
