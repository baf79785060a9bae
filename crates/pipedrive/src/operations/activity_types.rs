//! Activity types (pipedrive-contract 1.2, 3.10). v1 only; changed by admins.

use penstock_model::objects;

use super::{
    operation::Operation,
    rows::{Scopes, v1},
};
use crate::{handlers::delete, wire::Shape};

const READ: Scopes = &["activities:read", "activities:full", "admin"];
const ADMIN: Scopes = &["admin"];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::ACTIVITY_TYPE;
    vec![
        v1::all("getActivityTypes", "/activityTypes", object, READ).ordered(&["order_nr", "id"]),
        v1::create("addActivityType", "/activityTypes", object, ADMIN).takes(object.right),
        v1::update("updateActivityType", "/activityTypes/{id}", object, ADMIN).takes(object.right),
        v1::delete("deleteActivityType", "/activityTypes/{id}", object, ADMIN)
            .written_by(delete::delete_shown)
            .gives_record(Shape::Listed)
            .said("As it is after the request.")
            .takes(object.right),
        v1::delete_many("deleteActivityTypes", "/activityTypes", object, ADMIN).takes(object.right),
    ]
}
