//! Notes and their comments (pipedrive-contract 1.2, 2.4, 3.6). v1 only.
//!
//! References are ids, with the small `person`, `deal` .. objects of a note's own fields and nothing related.

use penstock_model::objects;

use super::{
    operation::Operation,
    param::{Param, ParamEffect, ParamType, param},
    params::{LIMIT, PAGE, START, UPDATED_SINCE, equal, flag, sort, uuid},
    rows::{Scopes, v1},
};
use crate::{
    handlers::{delete, under},
    openapi::answers,
};

const READ: Scopes = &["deals:read", "deals:full", "contacts:read", "contacts:full"];
const FULL: Scopes = &["deals:full", "contacts:full"];

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

pub(super) fn rows() -> Vec<Operation> {
    let (note, comment) = (&objects::NOTE, &objects::COMMENT);
    // What makes a comment one of its note's.
    let of_note = (note, "note_id");
    let under = |row: Operation| row.under(note, "note_id");
    let (all, one) = ("/notes/{id}/comments", "/notes/{id}/comments/{commentId}");
    vec![
        v1::list("getNotes", "/notes", note, READ, LIST),
        v1::get("getNote", "/notes/{id}", note, READ),
        v1::create("addNote", "/notes", note, FULL),
        v1::update("updateNote", "/notes/{id}", note, FULL),
        deleted(v1::delete("deleteNote", "/notes/{id}", note, FULL).written_by(delete::delete_true)),
        v1::list_under("getNoteComments", all, comment, of_note, READ, PAGE).never_null(),
        under(v1::get("getComment", one, comment, READ)).read_by(under::get).fresh().summary("Get {one} of {parent}"),
        under(v1::create("addNoteComment", all, comment, FULL))
            .saved_by(under::create)
            .summary("Add {one} to {parent}"),
        under(v1::update("updateCommentForNote", one, comment, FULL))
            .saved_by(under::update)
            .fresh()
            .summary("Update {one} of {parent}"),
        deleted(under(v1::delete("deleteComment", one, comment, FULL)).written_by(under::delete))
            .summary("Delete {one} of {parent}"),
    ]
}

/// The answer to the deletion of a note or comment is `true`.
const fn deleted(row: Operation) -> Operation {
    row.gives(answers::yes).said("True: it is gone.")
}
