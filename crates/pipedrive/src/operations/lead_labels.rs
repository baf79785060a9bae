//! Lead labels (pipedrive-contract 1.2, 3.5). v1 only, with `PATCH`.

use penstock_model::objects;

use super::{
    operation::Operation,
    rows::{Scopes, v1},
};

const READ: Scopes = &["leads:read", "leads:full"];
const FULL: Scopes = &["leads:full"];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::LEAD_LABEL;
    vec![
        v1::all("getLeadLabels", "/leadLabels", object, READ).never_null().costs(10),
        v1::create("addLeadLabel", "/leadLabels", object, FULL),
        v1::patch("updateLeadLabel", "/leadLabels/{id}", object, FULL),
        v1::delete("deleteLeadLabel", "/leadLabels/{id}", object, FULL),
    ]
}
