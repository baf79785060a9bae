//! A request for each row of the operation table that would succeed, made of the names of a world.

use penstock_model::operation::{Act, Operation, Version};
use serde_json::{Value as Json, json};

use super::world::Names;

/// What the collections of paths hold.
const COLLECTIONS: &[(&str, &str)] = &[
    ("activities", "activity"),
    ("activityTypes", "activity_type"),
    ("dealFields", "deal_field"),
    ("deals", "deal"),
    ("leadLabels", "lead_label"),
    ("leads", "lead"),
    ("notes", "note"),
    ("organizationFields", "organization_field"),
    ("organizations", "organization"),
    ("personFields", "person_field"),
    ("persons", "person"),
    ("pipelines", "pipeline"),
    ("stages", "stage"),
    ("users", "user"),
];

/// The word for what a path parameter names.
pub(super) fn named(row: &Operation, parameter: &str) -> String {
    let collection = row.path.split('/').nth(1).unwrap_or("");
    let of = COLLECTIONS.iter().find(|(path, _)| *path == collection).map(|(_, name)| *name);
    match parameter {
        "id" => of.unwrap_or_else(|| panic!("{}: what does {collection} hold?", row.title())).to_owned(),
        "follower_id" if row.version == Version::V2 => "follower_user".to_owned(),
        "follower_id" => format!("{}_follower", of.unwrap_or("")),
        "deal_participant_id" => "participant".to_owned(),
        "commentId" => "comment".to_owned(),
        "field_code" if collection == "activityFields" => "activity_code".to_owned(),
        "field_code" => of.unwrap_or("").replace("_field", "_code"),
        other => panic!("{}: what is {other}?", row.title()),
    }
}

/// The parameters of a row's path.
pub(super) fn parameters(row: &Operation) -> Vec<&'static str> {
    row.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// The path with a value for each parameter, and the query that it must have.
pub(super) fn target(row: &Operation, names: &Names, value: impl Fn(&str) -> String) -> String {
    let mut target = format!("{}{}", row.version.prefix(), row.path);
    for parameter in parameters(row) {
        target = target.replace(&format!("{{{parameter}}}"), &value(parameter));
    }
    match row.act {
        Act::DeleteMany | Act::DeleteFields => {
            let many = named(row, "id");
            target.push_str("?ids=");
            target.push_str(&names.text(&many));
        }
        Act::FindUsers => target.push_str("?term=a"),
        _ => {}
    }
    target
}

/// The path of a row for the world's own records.
pub(super) fn own_target(row: &Operation, names: &Names) -> String {
    target(row, names, |parameter| match &*named(row, parameter) {
        "activity_code" => "due_date".to_owned(),
        name => names.text(name),
    })
}

/// A body that the row takes; `null`: it takes none.
pub(super) fn body(row: &Operation, names: &Names) -> Json {
    let v1 = row.version == Version::V1;
    match row.act {
        Act::Follow => json!({ "user_id": 2 }),
        Act::AddParticipant => json!({ "person_id": names.json("person") }),
        Act::CreateUnder { .. } | Act::UpdateUnder { .. } => json!({ "content": "so" }),
        Act::CreateField if v1 => json!({ "name": "Size", "field_type": "text" }),
        Act::CreateField => json!({ "field_name": "Size", "field_type": "text" }),
        Act::UpdateField if v1 => json!({ "name": "Size" }),
        Act::UpdateField => json!({ "field_name": "Size" }),
        Act::AddOptions => json!([{ "label": "M" }]),
        Act::UpdateOptions => json!([{ "id": names.json(&format!("{}_option", row.object)), "label": "M" }]),
        Act::DeleteOptions => json!([{ "id": names.json(&format!("{}_option", row.object)) }]),
        Act::AddUser => json!({ "email": "new@example.com" }),
        Act::SetUserActive => json!({ "active_flag": true }),
        Act::Create => create(row.object, names),
        Act::Update => update(row.object),
        _ => Json::Null,
    }
}

fn create(object: &str, names: &Names) -> Json {
    match object {
        "deal" => json!({ "title": "New" }),
        "lead" => json!({ "title": "New", "person_id": names.json("person") }),
        "activity" => json!({ "subject": "New" }),
        "note" => json!({ "content": "New", "deal_id": names.json("deal") }),
        "stage" => json!({ "name": "New", "pipeline_id": names.json("pipeline") }),
        "activity_type" => json!({ "name": "New", "icon_key": "car" }),
        "lead_label" => json!({ "name": "New", "color": "red" }),
        _ => json!({ "name": "New" }),
    }
}

fn update(object: &str) -> Json {
    match object {
        "deal" | "lead" => json!({ "title": "Changed" }),
        "activity" => json!({ "subject": "Changed" }),
        "note" => json!({ "content": "Changed" }),
        _ => json!({ "name": "Changed" }),
    }
}
