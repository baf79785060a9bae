//! A company with at least one record of everything, each named by what paths and bodies call it.

use std::collections::BTreeMap;

use penstock_api::Method;
use penstock_model::{Object, objects};
use penstock_pipedrive::operations::{self, Operation, Target, Version};
use serde_json::{Value as Json, json};

use crate::app::{App, Client};

/// What a word stands for in paths and bodies: `deal` is the deal's number.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, Json>);

impl Names {
    pub(super) fn set(&mut self, name: impl Into<String>, value: &Json) {
        let name = name.into();
        assert!(!value.is_null(), "{name} has no number");
        self.0.insert(name, value.clone());
    }
    /// Adds to every number.
    pub(super) fn shift(&mut self, by: i64) {
        for value in self.0.values_mut() {
            if let Some(number) = value.as_i64() {
                *value = json!(number + by);
            }
        }
    }
    /// As JSON.
    pub(super) fn json(&self, name: &str) -> &Json {
        self.0.get(name).unwrap_or_else(|| panic!("the world has no {name}"))
    }
    /// As a path spells it.
    pub(super) fn text(&self, name: &str) -> String {
        let value = self.json(name);
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }
}

/// The rows of v1 that make something under a path of that end, each with the object that it is of.
fn makers(end: &str) -> impl Iterator<Item = (&'static Object, &'static str)> {
    let makes =
        move |row: &&Operation| row.version == Version::V1 && row.method == Method::Post && row.path.ends_with(end);
    operations::all().filter(makes).map(|row| (row.object, row.path))
}

async fn make(client: &Client, target: &str, body: Json) -> Json {
    let answer = client.post(target, body).await;
    assert!(answer.status < 300, "{target}: {}", answer.json);
    answer.at("/data").clone()
}

/// Custom fields of every kind, of every object that may have some: `(object, key, kind)`.
pub(super) async fn fields(app: &App, marker: &str) -> Vec<(&'static str, String, &'static str)> {
    let admin = app.admin();
    let mut all = Vec::new();
    for (object, path) in makers("Fields") {
        for (kind, _) in penstock_model::kind::CREATABLE {
            let mut body = json!({ "name": format!("{marker} {kind}"), "field_type": kind });
            if matches!(*kind, "enum" | "set") {
                body["options"] = json!([{ "label": format!("{marker} A") }, { "label": format!("{marker} B") }]);
            }
            let made = make(&admin, &format!("/v1{path}"), body).await;
            all.push((object.name, made["key"].as_str().unwrap().to_owned(), *kind));
        }
    }
    all
}

/// What every user shares: a pipeline with a stage, a type, a label, fields.
pub(super) async fn furniture(app: &App, marker: &str, names: &mut Names) {
    let admin = app.admin();
    let pipeline = make(&admin, "/v1/pipelines", json!({ "name": format!("{marker} pipeline") })).await;
    names.set("pipeline", &pipeline["id"]);
    let stage = json!({ "name": format!("{marker} stage"), "pipeline_id": pipeline["id"] });
    names.set("stage", &make(&admin, "/v1/stages", stage).await["id"]);
    let kind = json!({ "name": format!("{marker} visit"), "icon_key": "car" });
    names.set("activity_type", &make(&admin, "/v1/activityTypes", kind).await["id"]);
    let label = json!({ "name": format!("{marker} hot"), "color": "red" });
    names.set("lead_label", &make(&admin, "/v1/leadLabels", label).await["id"]);
    names.set("activity_code", &json!("due_date"));
    let user = json!({ "email": format!("{marker}@example.com") });
    names.set("user", &make(&admin, "/v1/users", user).await["id"]);
    for (object, path) in makers("Fields") {
        let body = json!({
            "name": format!("{marker} size"), "field_type": "enum", "options": [{ "label": format!("{marker} S") }],
        });
        let made = make(&admin, &format!("/v1{path}"), body).await;
        names.set(Target::Field(object).placeholder(), &made["id"]);
        names.set(Target::FieldCode(object).placeholder(), &made["key"]);
        names.set(Target::FieldOption(object).placeholder(), &made["options"][0]["id"]);
    }
}

/// Records of a user, linked to one another, each with the marker in its texts.
pub(super) async fn records(client: &Client, marker: &str, visible_to: i64, names: &mut Names) {
    let organization = json!({
        "name": format!("{marker} Works"), "address": format!("{marker} Street 1"), "visible_to": visible_to,
    });
    names.set("organization", &make(client, "/v1/organizations", organization).await["id"]);
    let person = json!({
        "name": format!("{marker} Jones"), "org_id": names.json("organization"), "visible_to": visible_to,
        "email": format!("{marker}@works.example"), "phone": format!("{marker} 12"), "job_title": marker,
    });
    names.set("person", &make(client, "/v1/persons", person).await["id"]);
    let deal = json!({
        "title": format!("{marker} engines"), "org_id": names.json("organization"), "person_id": names.json("person"),
        "value": 4711, "visible_to": visible_to, "lost_reason": marker,
    });
    let deal = make(client, "/v1/deals", deal).await;
    names.set("deal", &deal["id"]);
    let lead = json!({
        "title": format!("{marker} turbines"), "person_id": names.json("person"),
        "organization_id": names.json("organization"), "visible_to": visible_to.to_string(),
    });
    names.set("lead", &make(client, "/v1/leads", lead).await["id"]);
    let activity = json!({
        "subject": format!("{marker} call"), "deal_id": names.json("deal"), "person_id": names.json("person"),
        "org_id": names.json("organization"), "due_date": "2026-03-05", "note": marker, "location": marker,
    });
    names.set("activity", &make(client, "/v1/activities", activity).await["id"]);
    let note = json!({ "content": format!("{marker} gears"), "deal_id": names.json("deal"), "org_id": names.json("organization") });
    let note = make(client, "/v1/notes", note).await;
    names.set("note", &note["id"]);
    let path = format!("/v1/notes/{}/comments", note["id"]);
    names.set("comment", &make(client, &path, json!({ "content": format!("{marker} so") })).await["uuid"]);
    // What is linked to nothing else: every other object whose records some may not see.
    let known = |object: &Object, names: &Names| names.0.contains_key(object.name);
    for object in objects::ALL.iter().filter(|object| object.is_owned()) {
        if known(object, names) {
            continue;
        }
        let body = json!({ (object.title): format!("{marker} {}", object.name), "visible_to": visible_to });
        names.set(object.name, &make(client, &format!("/v1/{}", object.plural), body).await["id"]);
    }
    for (object, path) in makers("/followers") {
        let path = path.replace("{id}", &names.text(object.name));
        let followers = client.get(&format!("/v1{path}")).await.must(200);
        names.set(Target::FollowRecord(object).placeholder(), followers.at("/data/0/id"));
        names.set("follower", followers.at("/data/0/user_id"));
    }
    let taking_part = client.get(&format!("/v1/deals/{}/participants", names.text("deal"))).await.must(200);
    names.set("participant", taking_part.at("/data/0/id"));
}
