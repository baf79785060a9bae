//! Leads and where they come from (pipedrive-contract 1.2, 3.5). v1 only, with `PATCH`; v2 has their search and conversion alone.

use penstock_model::objects;
use serde_json::Value as Json;

use super::{
    answer::Described,
    followers::permitted,
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{FILTER, LIMIT, START, UPDATED_SINCE, equal, sort},
    rows::{Scopes, v1},
};
use crate::{
    handlers::lead_sources,
    openapi::kinds::{list, object, text},
};

const READ: Scopes = &["leads:read", "leads:full"];
const FULL: Scopes = &["leads:full"];

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

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::LEAD;
    vec![
        v1::list("getLeads", "/leads", object, READ, LIST).never_null(),
        v1::get("getLead", "/leads/{id}", object, READ),
        v1::create("addLead", "/leads", object, FULL).created(),
        v1::patch("updateLead", "/leads/{id}", object, FULL),
        v1::delete("deleteLead", "/leads/{id}", object, FULL),
        permitted("getLeadUsers", "/leads/{id}/permittedUsers", object, READ).never_null(),
        v1::facts("getLeadSources", "/leadSources", object, READ, |_| Described::plain(list(&sources())))
            .read_by(lead_sources::list)
            .never_null()
            .costs(2)
            .summary("List lead sources"),
    ]
}

fn sources() -> Json {
    object(&[("name", text())])
}
