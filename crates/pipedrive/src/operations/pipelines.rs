//! Pipelines (pipedrive-contract 1.2, 1.3, 3.8, 4.2). Changed by admins.

use penstock_model::{Object, objects};

use super::{
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{CURSOR, DEALS_OF_USER, DIRECTION, EVERYONE, FILTER, LIMIT, START, equal, sort_by},
    rows::{Scopes, v1, v2},
};
use crate::handlers::list;

const READ: Scopes = &["deals:read", "deals:full", "admin"];
const ADMIN: Scopes = &["admin"];
const DEALS: Scopes = &["deals:read", "deals:full"];

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
    param("totals_convert_currency", ParamType::Text, ParamEffect::ByHandler)
        .help("Says something only together with `get_summary`."),
];
const LIST_V2: &[Param] = &[sort_by(&["id", "update_time", "add_time"]), DIRECTION, LIMIT, CURSOR];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::PIPELINE;
    vec![
        v1::all("getPipelines", "/pipelines", object, READ).ordered(&["order_nr", "id"]).costs(10),
        v1::get("getPipeline", "/pipelines/{id}", object, READ),
        v1::create("addPipeline", "/pipelines", object, ADMIN).takes(object.right),
        v1::update("updatePipeline", "/pipelines/{id}", object, ADMIN).takes(object.right),
        v1::delete("deletePipeline", "/pipelines/{id}", object, ADMIN).takes(object.right),
        open_deals("getPipelineDeals", "/pipelines/{id}/deals", (object, "pipeline_id"), DEALS_UNDER),
        v2::list("getPipelines", "/pipelines", object, READ, LIST_V2).costs(5),
        v2::get("getPipeline", "/pipelines/{id}", object, READ, &[]),
        v2::create("addPipeline", "/pipelines", object, ADMIN).takes(object.right),
        v2::update("updatePipeline", "/pipelines/{id}", object, ADMIN).takes(object.right),
        v2::delete("deletePipeline", "/pipelines/{id}", object, ADMIN).takes(object.right),
    ]
}

/// The open deals in a pipeline or stage. They are the open ones only as long as no saved filter chooses others.
pub(super) const fn open_deals(
    id: &'static str,
    path: &'static str,
    parent: (&'static Object, &'static str),
    params: &'static [Param],
) -> Operation {
    v1::list_under(id, path, &objects::DEAL, parent, DEALS, params)
        .read_by(list::open_deals)
        .summary("List the open {many} of {parent}")
        .description("The asking user's, unless a parameter says otherwise.")
}
