//! Leads (pipedrive-contract 1.2, 3.5). v1 only, with `PATCH`; v2 has their search and conversion alone.

use penstock_model::operation::{Act, Operation, Param, ParamEffect, ParamType, param};

use super::{
    params::{FILTER, LIMIT, START, UPDATED_SINCE, equal, sort},
    rows::v1,
};

const READ: &[&str] = &["leads:read", "leads:full"];
const FULL: &[&str] = &["leads:full"];

const SORT: Param = sort(&[
    "id",
    "title",
    "owner_id",
    "creator_id",
    "was_seen",
    "expected_close_date",
    "next_activity_id",
    "add_time",
    "update_time",
]);
const LIST: &[Param] = &[
    LIMIT,
    START,
    equal("owner_id", "owner_id"),
    equal("person_id", "person_id"),
    equal("organization_id", "org_id"),
    FILTER,
    UPDATED_SINCE,
    SORT,
    param("archived_status", ParamType::Word(&["archived", "not_archived", "all"]), ParamEffect::Archived),
];

pub(super) const ROWS: &[Operation] = &[
    v1::list("/leads", "lead", READ, LIST).never_null(),
    v1::get("/leads/{id}", "lead", READ),
    v1::create("/leads", "lead", FULL).created(),
    v1::patch("/leads/{id}", "lead", FULL),
    v1::delete("/leads/{id}", "lead", FULL),
    v1::read("/leads/{id}/permittedUsers", "lead", Act::PermittedUsers, READ).never_null().costs(10),
];
