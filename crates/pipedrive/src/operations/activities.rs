//! Activities (pipedrive-contract 1.2, 1.3, 3.4, 4.2).
//!
//! v1 lists the asking user's own activities unless `user_id` says otherwise; v2 lists all that the user may see.

use penstock_model::operation::{Operation, Param, ParamEffect, ParamType, param};

use super::{
    params::{
        CURSOR, DIRECTION, FILTER, INCLUDE, LIMIT, PICKED, SINCE, START, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal,
        flag, sort_by, uuid,
    },
    rows::{v1, v2},
};

const READ: &[&str] = &["activities:read", "activities:full"];
const FULL: &[&str] = &["activities:full"];

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

pub(super) const ROWS: &[Operation] = &[
    v1::list("/activities", "activity", READ, LIST).related(),
    v1::collection("/activities/collection", "activity", READ, COLLECTION),
    v1::get("/activities/{id}", "activity", READ).related(),
    v1::create("/activities", "activity", FULL).created().related(),
    v1::update("/activities/{id}", "activity", FULL).related(),
    v1::delete("/activities/{id}", "activity", FULL),
    v1::delete_many("/activities", "activity", FULL),
    v2::list("/activities", "activity", READ, LIST_V2),
    v2::get("/activities/{id}", "activity", READ, &[INCLUDE]),
    v2::create("/activities", "activity", FULL),
    v2::update("/activities/{id}", "activity", FULL),
    v2::delete("/activities/{id}", "activity", FULL),
];
