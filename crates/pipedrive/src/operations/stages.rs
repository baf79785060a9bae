//! Stages (pipedrive-contract 1.2, 1.3, 3.8, 4.2, 12.3). Changed by admins.

use penstock_model::objects;

use super::{
    operation::{Operation, Paging},
    param::Param,
    params::{CURSOR, DEALS_OF_USER, DIRECTION, EVERYONE, FILTER, LIMIT, START, equal, sort_by},
    pipelines::open_deals,
    rows::{Scopes, v1, v2},
};

const READ: Scopes = &["deals:read", "deals:full", "admin"];
const ADMIN: Scopes = &["admin"];

const OF_PIPELINE: Param = equal("pipeline_id", "pipeline_id");
const DEALS_UNDER: &[Param] = &[FILTER, DEALS_OF_USER, EVERYONE, START, LIMIT];
const LIST_V2: &[Param] =
    &[OF_PIPELINE, sort_by(&["id", "update_time", "add_time", "order_nr"]), DIRECTION, LIMIT, CURSOR];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::STAGE;
    vec![
        v1::list("getStages", "/stages", object, READ, &[OF_PIPELINE, START, LIMIT])
            .paged(Paging::OffsetIfAsked)
            .ordered(&["pipeline_id", "order_nr", "id"])
            .costs(10),
        v1::get("getStage", "/stages/{id}", object, READ),
        v1::create("addStage", "/stages", object, ADMIN).takes(object.right),
        v1::update("updateStage", "/stages/{id}", object, ADMIN).takes(object.right),
        v1::delete("deleteStage", "/stages/{id}", object, ADMIN).takes(object.right),
        v1::delete_many("deleteStages", "/stages", object, ADMIN).takes(object.right),
        open_deals("getStageDeals", "/stages/{id}/deals", (object, "stage_id"), DEALS_UNDER),
        v2::list("getStages", "/stages", object, READ, LIST_V2).costs(5),
        v2::get("getStage", "/stages/{id}", object, READ, &[]),
        v2::create("addStage", "/stages", object, ADMIN).takes(object.right),
        v2::update("updateStage", "/stages/{id}", object, ADMIN).takes(object.right),
        v2::delete("deleteStage", "/stages/{id}", object, ADMIN).takes(object.right),
    ]
}
