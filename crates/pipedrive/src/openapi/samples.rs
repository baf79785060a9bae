//! Sample values and `curl` lines that work against the demo company, which has the number 1.
//!
//! What a line deletes is not what another line shows, so that all of them can be tried in one sitting, creates first.

use penstock_model::{
    Object, objects,
    operation::{Act, Operation, Param, Takes, Version},
    uuid,
};
use serde_json::{Value as Json, json};

use super::{
    bodies,
    params::{names, subject},
    text::is_field_act,
};

/// The demo's company.
const COMPANY: i64 = 1;

fn id_of(object: &Object, number: i64) -> Json {
    if object.uuid { uuid::spell(COMPANY, object.code, number).into() } else { number.into() }
}

/// A record that may be deleted; each version has its own.
fn doomed(object: &Object, version: Version) -> i64 {
    let second = i64::from(version == Version::V2);
    match object.name {
        "pipeline" => 3 + second,
        "stage" => 10 + second,
        "activity_type" => 8,
        "lead_label" => 4,
        _ => 31 + second,
    }
}

/// A value for a path's parameter.
pub(super) fn path_value(row: &Operation, name: &str) -> Json {
    let object = objects::get(row.object);
    match name {
        "id" if is_field_act(row.act) => field_number(row, object).into(),
        "field_code" => field_code(row, object).into(),
        "follower_id" if row.version == Version::V2 => 1.into(),
        "id" => {
            let subject = subject(row);
            let deletes = matches!(row.act, Act::Delete | Act::DeleteShown | Act::DeleteTrue);
            id_of(subject, if deletes { doomed(subject, row.version) } else { 1 })
        }
        _ => id_of(object, 1),
    }
}

/// The number of a field: of a built-in one for reading, of the object's first custom one for changing.
fn field_number(row: &Operation, object: &Object) -> i64 {
    if row.method.is_read() { i64::from(object.field_base) + 2 } else { 1 }
}

fn field_code(row: &Operation, object: &Object) -> String {
    let readable = object.fields.iter().filter(|f| !f.v2.key.is_empty()).nth(1).map_or("id", |f| f.v2.key);
    if row.method.is_read() { readable.to_owned() } else { "0".repeat(40) }
}

/// A value for a query's required parameter.
pub(super) fn query_value(row: &Operation, param: &Param) -> Json {
    match param.takes {
        Takes::Ids if row.act == Act::DeleteFields => json!([2, 3]),
        Takes::Ids => json!([41, 42]),
        _ => "a".into(),
    }
}

/// A sample body.
pub(super) fn body(row: &Operation) -> Option<Json> {
    bodies::schema(row)?;
    let v2 = row.version == Version::V2;
    let creates = matches!(row.act, Act::Create | Act::CreateUnder { .. });
    Some(match (row.act, row.object) {
        (Act::Follow, _) => json!({ "user_id": 2 }),
        (Act::AddParticipant, _) => json!({ "person_id": 2 }),
        (Act::CreateField, _) if v2 => json!({ "field_name": "Delivery site", "field_type": "varchar" }),
        (Act::CreateField, _) => json!({ "name": "Delivery site", "field_type": "varchar" }),
        (Act::UpdateField, _) if v2 => json!({ "field_name": "Site" }),
        (Act::UpdateField, _) => json!({ "name": "Site" }),
        (Act::AddOptions, _) => json!([{ "label": "Other" }]),
        (Act::UpdateOptions, _) => json!([{ "id": 1, "label": "Any other" }]),
        (Act::DeleteOptions, _) => json!([{ "id": 1 }]),
        (_, "deal") if creates => json!({ "title": "Twelve pumps", "value": 4200, "currency": "EUR", "org_id": 1 }),
        (_, "deal") => json!({ "value": 4500 }),
        (_, "person") if creates && v2 => {
            json!({ "name": "Ada Marsh", "emails": [{ "value": "ada@marsh.example", "primary": true, "label": "work" }] })
        }
        (_, "person") if creates => {
            json!({ "name": "Ada Marsh", "email": [{ "value": "ada@marsh.example", "primary": true, "label": "work" }] })
        }
        (_, "person") => json!({ "name": "Ada Marsh-Hill" }),
        (_, "organization") if creates => json!({ "name": "Marsh Mills" }),
        (_, "organization") => json!({ "name": "Marsh Mills and Sons" }),
        (_, "lead") if creates => json!({ "title": "A new well", "person_id": 1 }),
        (_, "lead") => json!({ "was_seen": true }),
        (_, "activity") if creates => {
            json!({ "subject": "Call back", "type": "call", "due_date": "2026-03-02", "deal_id": 1 })
        }
        (_, "activity") => json!({ "done": true }),
        (_, "note") if creates => json!({ "content": "<p>Asked for a second offer.</p>", "deal_id": 1 }),
        (_, "note" | "comment") => json!({ "content": "Sent today." }),
        (_, "pipeline") if creates => json!({ "name": "Spare parts" }),
        (_, "stage") if creates => json!({ "name": "Ordered", "pipeline_id": 1 }),
        (_, "lead_label") if creates => json!({ "name": "Trade fair", "color": "green" }),
        (_, "activity_type") if creates => json!({ "name": "Video call", "icon_key": "camera" }),
        _ => json!({ "name": "Renamed" }),
    })
}

/// A line that asks for the operation; the server's origin and the token come from the shell's variables.
pub(super) fn curl(row: &Operation) -> String {
    let mut path = row.path.to_owned();
    for name in names(row.path) {
        let value = path_value(row, name);
        path = path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or(&value.to_string()));
    }
    let mut query: Vec<String> = Vec::new();
    for param in row.params {
        if param.required {
            let value = query_value(row, param);
            let listed = value.as_array().map(|ids| ids.iter().map(Json::to_string).collect::<Vec<_>>().join(","));
            query.push(format!("{}={}", param.name, listed.as_deref().or(value.as_str()).unwrap_or("")));
        } else if param.name == "limit" {
            query.push("limit=2".to_owned());
        }
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let method = if row.method.is_read() { String::new() } else { format!("-X {} ", row.method.word()) };
    let url = format!("\"$PENSTOCK_URL{}{path}{query}\"", row.version.prefix());
    let mut line = format!("curl -s {method}{url} \\\n  -H \"x-api-token: $PENSTOCK_TOKEN\"");
    if let Some(body) = body(row) {
        line.push_str(&format!(" \\\n  -H 'content-type: application/json' \\\n  -d '{body}'"));
    }
    line
}
