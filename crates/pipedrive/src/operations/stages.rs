//! Stages (pipedrive-contract 1.2, 1.3, 3.8, 4.2, 12.3). Changed by admins.

use penstock_model::operation::{Act, Operation, Paging, Param};

use super::{
    params::{CURSOR, DEALS_OF_USER, DIRECTION, EVERYONE, FILTER, LIMIT, START, equal, sort_by},
    rows::{v1, v2},
};

const READ: &[&str] = &["deals:read", "deals:full", "admin"];
const ADMIN: &[&str] = &["admin"];
const DEALS: &[&str] = &["deals:read", "deals:full"];

const OF_PIPELINE: Param = equal("pipeline_id", "pipeline_id");
const LIST_V2: &[Param] =
    &[OF_PIPELINE, sort_by(&["id", "update_time", "add_time", "order_nr"]), DIRECTION, LIMIT, CURSOR];

pub(super) const ROWS: &[Operation] = &[
    v1::list("/stages", "stage", READ, &[OF_PIPELINE, START, LIMIT])
        .paged(Paging::OffsetIfAsked)
        .ordered(&["pipeline_id", "order_nr", "id"])
        .costs(10),
    v1::get("/stages/{id}", "stage", READ),
    v1::create("/stages", "stage", ADMIN).by_admin(),
    v1::update("/stages/{id}", "stage", ADMIN).by_admin(),
    v1::delete("/stages/{id}", "stage", ADMIN).by_admin(),
    v1::delete_many("/stages", "stage", ADMIN).by_admin(),
    v1::list("/stages/{id}/deals", "deal", DEALS, &[FILTER, DEALS_OF_USER, EVERYONE, START, LIMIT])
        .act(Act::OpenUnder { parent: "stage", link: "stage_id" }),
    v2::list("/stages", "stage", READ, LIST_V2).costs(5),
    v2::get("/stages/{id}", "stage", READ, &[]),
    v2::create("/stages", "stage", ADMIN).by_admin(),
    v2::update("/stages/{id}", "stage", ADMIN).by_admin(),
    v2::delete("/stages/{id}", "stage", ADMIN).by_admin(),
];
