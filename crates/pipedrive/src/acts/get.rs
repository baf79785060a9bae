//! One record.

use penstock_crm::Reader;
use penstock_model::{Object, Result, operation::Version};

use super::list::wishes;
use crate::{
    call::Call,
    envelope::{Answer, begin},
    wire::{MAIL_HOST, Plan, Shape, Writer, scalar},
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
    let page = reader.written(&plan.single, id)?;
    let mut out = begin();
    Writer::read(reader, &plan, &page)?.record(&mut out, reader, &page, 0);
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// Answers with one record.
pub(super) fn show(reader: &mut Reader<'_>, call: &Call, id: i64, shape: Shape, status: u16) -> Result<Answer> {
    let object = call.object();
    let plan = Plan::of(object, call.version(), shape, call.operation.references, &wishes(call)?);
    // The answer to a write shows what was written, even if it hid or deleted the record.
    let page = match shape {
        Shape::Alone => reader.one(&plan.single, id)?,
        _ => reader.written(&plan.single, id)?,
    };
    let mut out = begin();
    let mut writer = Writer::read(reader, &plan, &page)?;
    writer.record(&mut out, reader, &page, 0);
    if call.version() == Version::V1 {
        if shape == Shape::Alone && matches!(object.name, "deal" | "person" | "organization") {
            additional(&mut out, reader, object, id)?;
        }
        if plan.wanted.iter().any(|w| w.related) {
            scalar::key(&mut out, "related_objects");
            writer.related(&mut out, reader);
        }
    }
    out.push(b'}');
    Ok(Answer { status, body: out })
}

/// What stands beside a record that is read alone: its address for copies of mails, and who follows an organization
/// (pipedrive-contract 3.3).
fn additional(out: &mut Vec<u8>, reader: &mut Reader<'_>, object: &'static Object, id: i64) -> Result<()> {
    let domain = std::sync::Arc::clone(&reader.schema).domain.clone();
    scalar::key(out, "additional_data");
    out.push(b'{');
    if object.name == "organization" {
        scalar::key(out, "followers");
        let _ = serde_json::to_writer(&mut *out, &super::followers::named(reader, object, id)?);
    }
    scalar::key(out, "dropbox_email");
    let about = if object.name == "deal" { format!("+deal{id}") } else { String::new() };
    scalar::string(out, &format!("{domain}{about}@{MAIL_HOST}"));
    out.push(b'}');
    Ok(())
}
