//! Activity types (pipedrive-contract 1.2, 3.10). v1 only; changed by admins.

use penstock_model::operation::{Act, Operation};

use super::rows::v1;

const READ: &[&str] = &["activities:read", "activities:full", "admin"];
const ADMIN: &[&str] = &["admin"];

pub(super) const ROWS: &[Operation] = &[
    v1::read("/activityTypes", "activity_type", Act::List, READ).ordered(&["order_nr", "id"]),
    v1::create("/activityTypes", "activity_type", ADMIN).by_admin(),
    v1::update("/activityTypes/{id}", "activity_type", ADMIN).by_admin(),
    v1::delete("/activityTypes/{id}", "activity_type", ADMIN).act(Act::DeleteShown).by_admin(),
    v1::delete_many("/activityTypes", "activity_type", ADMIN).by_admin(),
];
