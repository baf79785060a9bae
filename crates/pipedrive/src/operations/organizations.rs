//! Organizations and who follows them (pipedrive-contract 1.2, 1.3, 3.0, 3.3, 4.2).

use penstock_model::objects;

use super::{
    activities,
    followers::followers,
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{
        CURSOR, CUSTOM, DIRECTION, FILTER, FIRST_CHAR, INCLUDE, LABELS, LIMIT, OPTION_LABELS, PAGE, PICKED, SHOWN,
        SINCE, SORT, START, STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{Scopes, v1, v2},
};
use crate::handlers::list;

const READ: Scopes = &["contacts:read", "contacts:full"];
const FULL: Scopes = &["contacts:full"];
const DEALS: Scopes = &["deals:read", "deals:full"];

const LIST: &[Param] = &[equal("user_id", "owner_id"), FILTER, FIRST_CHAR, START, LIMIT, SORT];
const COLLECTION: &[Param] = &[CURSOR, LIMIT, SINCE, UNTIL, equal("owner_id", "owner_id"), FIRST_CHAR];
const DEALS_UNDER: &[Param] =
    &[START, LIMIT, STATUS, SORT, param("only_primary_association", ParamType::Bool, ParamEffect::ByHandler).help(
    "When true, only deals that are linked to the organization itself: neither those of its people nor those that name \
     it in a custom field.",
)];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
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
    let object = &objects::ORGANIZATION;
    let link = (object, "org_id");
    let mut rows = vec![
        v1::list("getOrganizations", "/organizations", object, READ, LIST).embedded(),
        v1::collection("getOrganizationsCollection", "/organizations/collection", object, READ, COLLECTION),
        v1::get("getOrganization", "/organizations/{id}", object, READ).embedded(),
        v1::create("addOrganization", "/organizations", object, FULL).created().embedded(),
        v1::update("updateOrganization", "/organizations/{id}", object, FULL).embedded(),
        v1::delete("deleteOrganization", "/organizations/{id}", object, FULL),
        v1::delete_many("deleteOrganizations", "/organizations", object, FULL),
        activities::under("getOrganizationActivities", "/organizations/{id}/activities", link),
        v1::list_under("getOrganizationDeals", "/organizations/{id}/deals", &objects::DEAL, link, DEALS, DEALS_UNDER)
            .read_by(list::deals_of_organization)
            .embedded()
            .description("Those linked to it, those linked to its people, and those that name it in a custom field."),
        v1::list_under("getOrganizationPersons", "/organizations/{id}/persons", &objects::PERSON, link, READ, PAGE)
            .embedded(),
        v2::list("getOrganizations", "/organizations", object, READ, LIST_V2),
        v2::get("getOrganization", "/organizations/{id}", object, READ, SHOWN),
        v2::create("addOrganization", "/organizations", object, FULL),
        v2::update("updateOrganization", "/organizations/{id}", object, FULL),
        v2::delete("deleteOrganization", "/organizations/{id}", object, FULL),
    ];
    rows.extend(followers(object, "organizations", "Organization", (READ, FULL)));
    rows
}
