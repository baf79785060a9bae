//! Pipelines (pipedrive-contract 1.2, 1.3, 3.8, 4.2). Changed by admins.

use penstock_model::operation::{Act, Operation, Param, ParamEffect, ParamType, param};

use super::{
    params::{CURSOR, DEALS_OF_USER, DIRECTION, EVERYONE, FILTER, LIMIT, START, equal, sort_by},
    rows::{v1, v2},
};

const READ: &[&str] = &["deals:read", "deals:full", "admin"];
const ADMIN: &[&str] = &["admin"];
const DEALS: &[&str] = &["deals:read", "deals:full"];

/// `everyone` goes before `user_id`, and that before `filter_id`. A currency to convert to says something only
/// together with `get_summary`.
const DEALS_UNDER: &[Param] = &[
    FILTER,
    DEALS_OF_USER,
    EVERYONE,
    equal("stage_id", "stage_id"),
    START,
    LIMIT,
    param("get_summary", ParamType::Bool, ParamEffect::Unimplemented("summaries of a pipeline's deals")),
    param("totals_convert_currency", ParamType::Text, ParamEffect::ByHandler),
];
const LIST_V2: &[Param] = &[sort_by(&["id", "update_time", "add_time"]), DIRECTION, LIMIT, CURSOR];

pub(super) const ROWS: &[Operation] = &[
    v1::read("/pipelines", "pipeline", Act::List, READ).ordered(&["order_nr", "id"]).costs(10),
    v1::get("/pipelines/{id}", "pipeline", READ),
    v1::create("/pipelines", "pipeline", ADMIN).by_admin(),
    v1::update("/pipelines/{id}", "pipeline", ADMIN).by_admin(),
    v1::delete("/pipelines/{id}", "pipeline", ADMIN).by_admin(),
    v1::list("/pipelines/{id}/deals", "deal", DEALS, DEALS_UNDER)
        .act(Act::OpenUnder { parent: "pipeline", link: "pipeline_id" }),
    v2::list("/pipelines", "pipeline", READ, LIST_V2).costs(5),
    v2::get("/pipelines/{id}", "pipeline", READ, &[]),
    v2::create("/pipelines", "pipeline", ADMIN).by_admin(),
    v2::update("/pipelines/{id}", "pipeline", ADMIN).by_admin(),
    v2::delete("/pipelines/{id}", "pipeline", ADMIN).by_admin(),
];
