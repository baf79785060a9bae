//! Deals, their totals and who follows them (pipedrive-contract 1.2, 1.3, 3.0, 3.1, 4.2).

use penstock_model::objects;
use serde_json::{Value as Json, json};

use super::{
    activities,
    answer::Described,
    followers::followers,
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{
        CURSOR, CUSTOM, DIRECTION, FILTER, INCLUDE, LABELS, LIMIT, OPTION_LABELS, PICKED, SHOWN, SINCE, SORT, START,
        STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{Scopes, v1, v2},
};
use crate::{
    handlers::{duplicate, summary},
    openapi::kinds::{component, int, nullable, number, object, text},
};

const READ: Scopes = &["deals:read", "deals:full"];
const FULL: Scopes = &["deals:full"];

/// `filter_id` goes before `owned_by_you`, and that before `user_id`.
const LIST: &[Param] = &[
    equal("user_id", "owner_id"),
    FILTER,
    equal("stage_id", "stage_id"),
    STATUS,
    START,
    LIMIT,
    SORT,
    param("owned_by_you", ParamType::Bool, ParamEffect::Mine("owner_id")).sets_aside(&["user_id"]),
];
const COLLECTION: &[Param] = &[
    CURSOR,
    LIMIT,
    SINCE,
    UNTIL,
    equal("user_id", "owner_id"),
    equal("stage_id", "stage_id"),
    param("status", ParamType::Word(&["open", "won", "lost", "deleted"]), ParamEffect::DealStatus),
];
const SUMMARY: &[Param] = &[
    param("status", ParamType::Word(&["open", "won", "lost"]), ParamEffect::DealStatus),
    FILTER,
    equal("user_id", "owner_id"),
    equal("pipeline_id", "pipeline_id"),
    equal("stage_id", "stage_id"),
];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    equal("person_id", "person_id"),
    equal("org_id", "org_id"),
    equal("pipeline_id", "pipeline_id"),
    equal("stage_id", "stage_id"),
    param("status", ParamType::Words(&["open", "won", "lost", "deleted"]), ParamEffect::DealStatus),
    UPDATED_SINCE,
    UPDATED_UNTIL,
    sort_by(&["id", "update_time", "add_time"]),
    DIRECTION,
    INCLUDE,
    CUSTOM,
    OPTION_LABELS,
    LABELS,
    LIMIT,
    CURSOR,
];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::DEAL;
    let link = (object, "deal_id");
    let mut rows = vec![
        v1::list("getDeals", "/deals", object, READ, LIST).embedded(),
        v1::collection("getDealsCollection", "/deals/collection", object, READ, COLLECTION),
        v1::facts("getDealsSummary", "/deals/summary", object, READ, totals)
            .read_by(summary::deals)
            .params(SUMMARY)
            .costs(40)
            .said("Counts and sums of the deals that the parameters select.")
            .summary("Sum up deals")
            .description(
                "By currency, and together in the company's currency: amounts in other currencies have no converted \
                 value.",
            ),
        v1::get("getDeal", "/deals/{id}", object, READ).embedded(),
        v1::create("addDeal", "/deals", object, FULL).created().embedded(),
        v1::update("updateDeal", "/deals/{id}", object, FULL).embedded(),
        v1::post("duplicateDeal", "/deals/{id}/duplicate", object, FULL)
            .written_by(duplicate::deal)
            .summary("Duplicate {one}")
            .description("A new, open deal with the fields, custom fields and participants of the one in the path."),
        v1::delete("deleteDeal", "/deals/{id}", object, FULL),
        v1::delete_many("deleteDeals", "/deals", object, FULL),
        activities::under("getDealActivities", "/deals/{id}/activities", link),
        v2::list("getDeals", "/deals", object, READ, LIST_V2),
        v2::get("getDeal", "/deals/{id}", object, READ, SHOWN),
        v2::create("addDeal", "/deals", object, FULL),
        v2::update("updateDeal", "/deals/{id}", object, FULL),
        v2::delete("deleteDeal", "/deals/{id}", object, FULL),
    ];
    rows.extend(followers(object, "deals", "Deal", (READ, FULL)));
    rows
}

/// Totals by currency, and together.
fn totals(_: &Operation) -> Described {
    let value = object(&[
        ("value", number()),
        ("count", int()),
        ("value_converted", nullable(number())),
        ("value_formatted", text()),
        ("value_converted_formatted", nullable(text())),
    ]);
    let weighted = object(&[("value", number()), ("count", int()), ("value_formatted", text())]);
    let by_currency =
        |schema: Json| json!({ "type": "object", "description": "By currency.", "additionalProperties": schema });
    let summary = object(&[
        ("values_total", by_currency(value)),
        ("weighted_values_total", by_currency(weighted)),
        ("total_count", int()),
        ("total_currency_converted_value", number()),
        ("total_weighted_currency_converted_value", number()),
        ("total_currency_converted_value_formatted", text()),
        ("total_weighted_currency_converted_value_formatted", text()),
    ]);
    Described::plain(component("DealSummary")).with(vec![("DealSummary", summary)])
}
