//! Notes and their comments (pipedrive-contract 1.2, 2.4, 3.6). v1 only.
//!
//! References are ids, with the small `person`, `deal` .. objects of a note's own fields and nothing related.

use penstock_model::operation::{Act, Operation, Param, ParamEffect, ParamType, param};

use super::{
    params::{LIMIT, PAGE, START, UPDATED_SINCE, equal, flag, sort, uuid},
    rows::v1,
};

const READ: &[&str] = &["deals:read", "deals:full", "contacts:read", "contacts:full"];
const FULL: &[&str] = &["deals:full", "contacts:full"];

/// What makes a comment one of its note's.
const PARENT: &str = "note";
const LINK: &str = "note_id";

const LIST: &[Param] = &[
    equal("user_id", "owner_id"),
    uuid("lead_id", "lead_id"),
    equal("deal_id", "deal_id"),
    equal("person_id", "person_id"),
    equal("org_id", "org_id"),
    equal("project_id", "project_id"),
    param("task_id", ParamType::Int, ParamEffect::Unimplemented("tasks")),
    START,
    LIMIT,
    sort(&["id", "user_id", "deal_id", "person_id", "org_id", "content", "add_time", "update_time"]),
    param("start_date", ParamType::Date, ParamEffect::FromDay("add_time")),
    param("end_date", ParamType::Date, ParamEffect::UntilDay("add_time")),
    UPDATED_SINCE,
    flag("pinned_to_lead_flag", "pinned_to_lead_flag"),
    flag("pinned_to_deal_flag", "pinned_to_deal_flag"),
    flag("pinned_to_organization_flag", "pinned_to_organization_flag"),
    flag("pinned_to_person_flag", "pinned_to_person_flag"),
    flag("pinned_to_project_flag", "pinned_to_project_flag"),
    param("pinned_to_task_flag", ParamType::Bool, ParamEffect::Unimplemented("tasks")),
];

pub(super) const ROWS: &[Operation] = &[
    v1::list("/notes", "note", READ, LIST),
    v1::get("/notes/{id}", "note", READ),
    v1::create("/notes", "note", FULL),
    v1::update("/notes/{id}", "note", FULL),
    v1::delete("/notes/{id}", "note", FULL).act(Act::DeleteTrue),
    v1::list("/notes/{id}/comments", "comment", READ, PAGE)
        .act(Act::ListUnder { parent: PARENT, link: LINK })
        .never_null(),
    v1::get("/notes/{id}/comments/{commentId}", "comment", READ).act(Act::GetUnder { parent: PARENT, link: LINK }),
    v1::create("/notes/{id}/comments", "comment", FULL).act(Act::CreateUnder { parent: PARENT, link: LINK }),
    v1::update("/notes/{id}/comments/{commentId}", "comment", FULL)
        .act(Act::UpdateUnder { parent: PARENT, link: LINK }),
    v1::delete("/notes/{id}/comments/{commentId}", "comment", FULL)
        .act(Act::DeleteUnder { parent: PARENT, link: LINK }),
];
