//! Activities (pipedrive-contract 1.2, 1.3, 3.4, 4.2).
//!
//! v1 lists the asking user's own activities unless `user_id` says otherwise; v2 lists all that the user may see.

use penstock_model::{Object, objects};
use serde_json::{Value as Json, json};

use super::{
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{
        ACTIVITIES_UNDER, CURSOR, DIRECTION, FILTER, INCLUDE, LIMIT, PICKED, SINCE, START, UNTIL, UPDATED_SINCE,
        UPDATED_UNTIL, equal, flag, sort_by, uuid,
    },
    rows::{Scopes, v1, v2},
};
use crate::{
    handlers::list,
    openapi::kinds::{component, int, object, text},
};

const READ: Scopes = &["activities:read", "activities:full"];
const FULL: Scopes = &["activities:full"];

const OF_USER: Param = param("user_id", ParamType::Int, ParamEffect::OfUser("owner_id"));
const TYPE: Param = param("type", ParamType::Text, ParamEffect::Types("type"));
const DUE_FROM: Param = param("start_date", ParamType::Date, ParamEffect::FromDay("due_date"));
const DUE_UNTIL: Param = param("end_date", ParamType::Date, ParamEffect::UntilDay("due_date"));
const DONE: Param = flag("done", "done");

const LIST: &[Param] = &[OF_USER, FILTER, TYPE, LIMIT, START, DUE_FROM, DUE_UNTIL, DONE];
const COLLECTION: &[Param] = &[CURSOR, LIMIT, SINCE, UNTIL, equal("user_id", "owner_id"), DONE, TYPE];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    equal("deal_id", "deal_id"),
    uuid("lead_id", "lead_id"),
    equal("person_id", "person_id"),
    equal("org_id", "org_id"),
    DONE,
    UPDATED_SINCE,
    UPDATED_UNTIL,
    sort_by(&["id", "update_time", "add_time", "due_date"]),
    DIRECTION,
    INCLUDE,
    LIMIT,
    CURSOR,
];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::ACTIVITY;
    vec![
        v1::list("getActivities", "/activities", object, READ, LIST).related(),
        v1::collection("getActivitiesCollection", "/activities/collection", object, READ, COLLECTION),
        v1::get("getActivity", "/activities/{id}", object, READ).related(),
        v1::create("addActivity", "/activities", object, FULL).created().related(),
        v1::update("updateActivity", "/activities/{id}", object, FULL).related(),
        v1::delete("deleteActivity", "/activities/{id}", object, FULL),
        v1::delete_many("deleteActivities", "/activities", object, FULL),
        v2::list("getActivities", "/activities", object, READ, LIST_V2),
        v2::get("getActivity", "/activities/{id}", object, READ, &[INCLUDE]),
        v2::create("addActivity", "/activities", object, FULL),
        v2::update("updateActivity", "/activities/{id}", object, FULL),
        v2::delete("deleteActivity", "/activities/{id}", object, FULL),
    ]
}

/// The activities of a record, with how they are spread over users: the parent's path, and the reference to it.
pub(super) const fn under(
    id: &'static str,
    path: &'static str,
    (parent, link): (&'static Object, &'static str),
) -> Operation {
    v1::list_under(id, path, &objects::ACTIVITY, (parent, link), READ, ACTIVITIES_UNDER)
        .read_by(list::activities_under)
        .adds(distributing_page)
        .related()
}

/// The page, and how the activities are spread.
fn distributing_page(_: &Operation) -> Json {
    let description = "Whose activities they are, on all pages, by user id: of each type how many, how many together, \
        and which share of all in percent.";
    let types = json!({ "type": "object", "additionalProperties": int() });
    let entry = object(&[("activities", types), ("name", text()), ("activity_count", int()), ("share", int())]);
    let by_user = json!({ "type": "object", "description": description, "additionalProperties": entry });
    json!({ "allOf": [component("OffsetPage"), object(&[("activity_distribution", by_user)])] })
}
