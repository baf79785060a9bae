//! What each act's body is.

use penstock_model::{
    objects,
    operation::{Act, Operation},
};
use serde_json::{Value as Json, json};

use super::{
    fields,
    kinds::{flag, int, list, object, text},
    records,
};

/// The schema of a row's body; nothing when it has none.
pub(super) fn schema(row: &Operation) -> Option<Json> {
    let of = objects::get(row.object);
    match row.act {
        Act::Create => Some(records::body(of, row.version, true, "")),
        Act::Update => Some(records::body(of, row.version, false, "")),
        Act::CreateUnder { link, .. } => Some(records::body(of, row.version, true, link)),
        Act::UpdateUnder { link, .. } => Some(records::body(of, row.version, false, link)),
        Act::Follow => Some(object(&[("user_id", json!({ "type": "integer", "description": "Who is to follow." }))])),
        Act::AddParticipant => Some(object(&[("person_id", int())])),
        Act::AddUser => Some(user()),
        Act::SetUserActive => Some(object(&[("active_flag", described(flag(), "Whether the user is let in."))])),
        act => fields::body(act, row.version),
    }
}

fn described(mut schema: Json, what: &str) -> Json {
    schema["description"] = what.into();
    schema
}

fn user() -> Json {
    let app = json!({ "type": "object", "properties": { "app": text(), "admin": flag() } });
    let access = described(list(&app), "`{app: global, admin: true}` among them makes an admin.");
    json!({
        "type": "object", "required": ["email"],
        "properties": {
            "email": described(text(), "The address; the name begins as what stands before its @."),
            "access": access,
            "active_flag": described(flag(), "Whether the user is let in."),
        },
    })
}

/// Whether a request without a body is refused.
pub(super) fn is_required(row: &Operation) -> bool {
    matches!(
        row.act,
        Act::Create
            | Act::CreateUnder { .. }
            | Act::Follow
            | Act::AddParticipant
            | Act::AddUser
            | Act::SetUserActive
            | Act::CreateField
            | Act::AddOptions
            | Act::UpdateOptions
            | Act::DeleteOptions
    )
}
