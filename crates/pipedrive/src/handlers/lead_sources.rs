//! The sources of leads: a fixed list.

use penstock_api::Reply;
use penstock_crm::Reader;
use penstock_model::Result;
use serde_json::{Value as Json, json};

use crate::{call::Call, envelope::data};

/// The sources that leads can have (pipedrive-contract 3.5).
#[expect(clippy::unnecessary_wraps, reason = "it is a handler like the others")]
pub(crate) fn list(_: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    const SOURCES: [&str; 10] = [
        "Manually created",
        "Deal",
        "Web forms",
        "Prospector",
        "Leadbooster",
        "Live chat",
        "Import",
        "Website visitors",
        "Workflow automation",
        "API",
    ];
    let list: Vec<Json> = SOURCES.iter().map(|name| json!({ "name": name })).collect();
    Ok(data(call.operation.success, &Json::Array(list)))
}
