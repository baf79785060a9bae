//! Persons and who follows them (pipedrive-contract 1.2, 1.3, 3.0, 3.2, 4.2).

use penstock_model::objects;

use super::{
    activities,
    followers::followers,
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{
        CURSOR, CUSTOM, DIRECTION, FILTER, FIRST_CHAR, INCLUDE, LABELS, LIMIT, OPTION_LABELS, PICKED, SHOWN, SINCE,
        SORT, START, STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{Scopes, v1, v2},
};

const READ: Scopes = &["contacts:read", "contacts:full"];
const FULL: Scopes = &["contacts:full"];
const DEALS: Scopes = &["deals:read", "deals:full"];

const LIST: &[Param] = &[equal("user_id", "owner_id"), FILTER, FIRST_CHAR, START, LIMIT, SORT];
const COLLECTION: &[Param] = &[CURSOR, LIMIT, SINCE, UNTIL, equal("owner_id", "owner_id"), FIRST_CHAR];
const DEALS_UNDER: &[Param] = &[START, LIMIT, STATUS, SORT];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    equal("org_id", "org_id"),
    param(
        "deal_id",
        ParamType::Int,
        ParamEffect::Linked { object: "participant", record: "person_id", column: "deal_id" },
    ),
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
    let object = &objects::PERSON;
    let link = (object, "person_id");
    let mut rows = vec![
        v1::list("getPersons", "/persons", object, READ, LIST).embedded(),
        v1::collection("getPersonsCollection", "/persons/collection", object, READ, COLLECTION),
        v1::get("getPerson", "/persons/{id}", object, READ).embedded(),
        v1::create("addPerson", "/persons", object, FULL).created().embedded(),
        v1::update("updatePerson", "/persons/{id}", object, FULL).embedded(),
        v1::delete("deletePerson", "/persons/{id}", object, FULL),
        v1::delete_many("deletePersons", "/persons", object, FULL),
        activities::under("getPersonActivities", "/persons/{id}/activities", link),
        v1::list_under("getPersonDeals", "/persons/{id}/deals", &objects::DEAL, link, DEALS, DEALS_UNDER).embedded(),
        v2::list("getPersons", "/persons", object, READ, LIST_V2),
        v2::get("getPerson", "/persons/{id}", object, READ, SHOWN),
        v2::create("addPerson", "/persons", object, FULL),
        v2::update("updatePerson", "/persons/{id}", object, FULL),
        v2::delete("deletePerson", "/persons/{id}", object, FULL),
    ];
    rows.extend(followers(object, "persons", "Person", (READ, FULL)));
    rows
}
