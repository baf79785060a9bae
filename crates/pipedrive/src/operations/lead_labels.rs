//! Lead labels (pipedrive-contract 1.2, 3.5). v1 only, with `PATCH`.

use penstock_model::operation::{Act, Operation};

use super::rows::v1;

const READ: &[&str] = &["leads:read", "leads:full"];
const FULL: &[&str] = &["leads:full"];

pub(super) const ROWS: &[Operation] = &[
    v1::read("/leadLabels", "lead_label", Act::List, READ).never_null().costs(10),
    v1::create("/leadLabels", "lead_label", FULL),
    v1::patch("/leadLabels/{id}", "lead_label", FULL),
    v1::delete("/leadLabels/{id}", "lead_label", FULL),
];
