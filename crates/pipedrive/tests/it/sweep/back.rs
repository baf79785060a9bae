//! What was read can be sent back: every update takes the keys that it writes as the record shows them, in any spelling
//! of their numbers, and changes nothing by it.

use penstock_pipedrive::operations::{self, Body, Operation, Version};
use serde_json::{Map, Value as Json, json};

use super::{
    requests::own_target,
    values::keys,
    world::{Names, fields, furniture, records},
};
use crate::app::{App, apps};

const EVENTS: &str = "SELECT COUNT(*) FROM event WHERE company_id = ?1";

/// The objects whose records can't be read alone.
const UNREAD: [&str; 2] = ["activity_type", "lead_label"];

/// The custom fields of the world, of every kind: `(object, key, kind)`.
type Custom = Vec<(&'static str, String, &'static str)>;

/// The rows that change a record's fields.
fn updates() -> impl Iterator<Item = &'static Operation> {
    operations::all().filter(|row| row.takes_fields() && !matches!(row.body, Body::Create))
}

/// A value of a custom field of a kind, which `own` may refer to.
fn value(kind: &str, options: &Json, names: &Names) -> Json {
    match kind {
        "double" => json!(12),
        "monetary" => json!({ "value": 12, "currency": "EUR" }),
        "date" => json!("2026-03-01"),
        "daterange" => json!({ "value": "2026-03-01", "until": "2026-03-02" }),
        "time" => json!({ "value": "10:00:00", "timezone_id": 93, "timezone_name": "Europe/Riga" }),
        "timerange" => json!({ "value": "10:00:00", "until": "11:00:00", "timezone_id": 93 }),
        "enum" => options[0]["id"].clone(),
        "set" => json!([options[0]["id"], options[1]["id"]]),
        "address" => json!({ "value": "Main Street 1", "country": "DE" }),
        "user" => names.json("user").clone(),
        "org" => names.json("organization").clone(),
        "people" => names.json("person").clone(),
        _ => json!("Text 1"),
    }
}

/// A record of everything, with every custom field set, and labels.
async fn world(app: &App) -> (Names, Custom) {
    let (admin, mut names) = (app.admin(), Names::default());
    furniture(app, "Some", &mut names).await;
    records(&admin, "Some", 3, &mut names).await;
    let custom = fields(app, "Some").await;
    for (path, object) in
        [("deal", "deal"), ("person", "person"), ("organization", "organization"), ("product", "product")]
    {
        let mut values = Map::new();
        for (_, key, kind) in custom.iter().filter(|(of, ..)| of == &object) {
            let field = admin.get(&format!("/api/v2/{object}Fields/{key}")).await.must(200);
            values.insert(key.clone(), value(kind, field.at("/data/options"), &names));
        }
        let target = format!("/api/v2/{path}s/{}", names.text(object));
        let mut body = json!({ "custom_fields": values, "owner_id": names.json("user") });
        if object != "product" {
            let labels = format!("/api/v2/{object}Fields/label_ids/options");
            let made = admin.post(&labels, json!([{ "label": "One" }, { "label": "Two" }])).await.must(200);
            body["label_ids"] = json!([made.at("/data/0/id"), made.at("/data/1/id")]);
        }
        admin.patch(&target, body).await.must(200);
    }
    let lead = json!({ "label_ids": [names.json("lead_label")], "value": { "amount": 5, "currency": "EUR" } });
    admin.patch(&format!("/v1/leads/{}", names.text("lead")), lead).await.must(200);
    (names, custom)
}

/// What a record shows of the keys that a row takes.
fn written(row: &Operation, custom: &Custom, record: &Json) -> Json {
    let mut body = Map::new();
    // What v2 shows as `null` and refuses to be given so (live facts 3.1).
    let refuses_null = |key: &str| {
        row.version == Version::V2 && row.object.fields.iter().any(|f| f.v2.key == key && f.v2.cleared_by_empty)
    };
    for key in keys(row, custom).into_iter().filter(|key| !(record[&**key].is_null() && refuses_null(key))) {
        match key.strip_prefix("custom_fields.") {
            Some(own) => {
                let values = body.entry("custom_fields").or_insert_with(|| json!({}));
                values[own] = record["custom_fields"][own].clone();
            }
            None => _ = record.get(&key).map(|value| body.insert(key, value.clone())),
        }
    }
    if row.version == Version::V1 {
        // The parts of values that have some stand beside them.
        let suffixes = record.as_object().into_iter().flatten().filter(|(key, _)| {
            custom.iter().any(|(_, own, _)| key.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('_')))
        });
        body.extend(suffixes.map(|(key, value)| (key.clone(), value.clone())));
    }
    body.into()
}

/// The same value with every whole number written as `83.0`.
fn with_fractions(json: &Json) -> Json {
    match json {
        Json::Number(number) => json!(number.as_f64().unwrap()),
        Json::Array(list) => list.iter().map(with_fractions).collect(),
        Json::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), with_fractions(value))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// Sends every record back as it reads, with a change of spelling, and expects that nothing changes. The records of some
/// objects are gone.
async fn send_back(app: &App, names: &Names, custom: &Custom, gone: &[&str], spelled: fn(&Json) -> Json) {
    let admin = app.admin();
    let mut unread = Vec::new();
    for row in updates().filter(|row| !gone.contains(&row.object.name)) {
        let target = own_target(row, names);
        let before = admin.get(&target).await;
        if before.status != 200 {
            unread.push(row.object.name);
            continue;
        }
        let body = written(row, custom, before.at("/data"));
        assert!(!body.as_object().unwrap().is_empty(), "{}", row.title());
        let events = app.tenant.number(EVENTS).await;
        let sent = spelled(&body).to_string();
        let answer = admin.ask(row.method.word(), &target, sent.clone().into_bytes()).await;
        assert_eq!(answer.status, 200, "{} {sent}: {}", row.title(), answer.json);
        let after = admin.get(&target).await.must(200);
        assert_eq!(after.at("/data"), before.at("/data"), "{} {sent}", row.title());
        assert_eq!(app.tenant.number(EVENTS).await, events, "{} {sent}", row.title());
    }
    assert_eq!(unread, UNREAD);
}

#[tokio::test]
async fn a_record_that_is_sent_back_as_it_was_read_changes_nothing() {
    for app in apps().await {
        let (names, custom) = world(&app).await;
        send_back(&app, &names, &custom, &[], Json::clone).await;
    }
}

#[tokio::test]
async fn a_whole_number_may_have_a_fraction_of_zero_wherever_one_stands() {
    for app in apps().await {
        let (names, custom) = world(&app).await;
        assert_eq!(with_fractions(&json!([83])).to_string(), "[83.0]");
        send_back(&app, &names, &custom, &[], with_fractions).await;
        let body = r#"{"title":"x","org_id":1e0,"person_id":1.0,"stage_id":10e-1,"visible_to":3.0}"#;
        for (target, created) in [("/v1/deals", 201), ("/api/v2/deals", 200)] {
            let made = app.admin().ask("POST", target, body.into()).await.must(created);
            assert_eq!(made.at("/data/stage_id"), 1, "{target}");
            for wrong in ["83.5", "1e400", "9007199254740992.0", "1e19", "-1e19"] {
                let body = format!(r#"{{"title":"x","org_id":{wrong}}}"#);
                app.admin().ask("POST", target, body.into_bytes()).await.must(400);
            }
        }
    }
}

/// Deletes all that the records of a world refer to, and deactivates the user.
async fn forget(app: &App, names: &Names, custom: &Custom) {
    let admin = app.admin();
    let delete = async |target: &str, body: Json| {
        let answer =
            admin.ask("DELETE", target, if body.is_null() { Vec::new() } else { body.to_string().into() }).await;
        assert_eq!(answer.status, 200, "{target}: {}", answer.json);
    };
    for object in ["deal", "person", "organization"] {
        let field = admin.get(&format!("/api/v2/{object}Fields/label_ids")).await.must(200);
        let options: Vec<Json> =
            field.at("/data/options").as_array().unwrap().iter().map(|o| json!({ "id": o["id"] })).collect();
        delete(&format!("/api/v2/{object}Fields/label_ids/options"), options.into()).await;
    }
    for (object, key, _) in custom.iter().filter(|(_, _, kind)| matches!(*kind, "enum" | "set")) {
        let target = format!("/api/v2/{object}Fields/{key}/options");
        let field = admin.get(&format!("/api/v2/{object}Fields/{key}")).await.must(200);
        let options = field.at("/data/options").as_array().unwrap().iter();
        delete(&target, options.map(|o| json!({ "id": o["id"] })).collect()).await;
    }
    delete(&format!("/v1/persons/{}", names.text("gone_person")), Json::Null).await;
    delete(&format!("/v1/organizations/{}", names.text("gone_organization")), Json::Null).await;
    delete(&format!("/v1/activityTypes/{}", names.text("activity_type")), Json::Null).await;
    delete(&format!("/v1/pipelines/{}", names.text("pipeline")), Json::Null).await;
    let out = json!({ "active_flag": false });
    admin.put(&format!("/v1/users/{}", names.text("user")), out).await.must(200);
}

/// Gives the records of a world what is going to be deleted.
async fn refer(app: &App, names: &mut Names) {
    let admin = app.admin();
    let organization = admin.post("/v1/organizations", json!({ "name": "Gone" })).await.must(201);
    let person = admin.post("/v1/persons", json!({ "name": "Gone" })).await.must(201);
    names.set("gone_organization", organization.at("/data/id"));
    names.set("gone_person", person.at("/data/id"));
    let types = admin.get("/v1/activityTypes").await.must(200);
    let kind = types.list().iter().find(|one| one["id"] == *names.json("activity_type")).unwrap();
    let (org, person, user) = (names.json("gone_organization"), names.json("gone_person"), names.json("user"));
    for (path, object, body) in [
        ("persons", "person", json!({ "org_id": org })),
        (
            "deals",
            "deal",
            json!({ "stage_id": names.json("stage"), "org_id": org, "person_id": person, "status": "won" }),
        ),
        (
            "activities",
            "activity",
            json!({ "user_id": user, "type": kind["key_string"], "org_id": org, "person_id": person }),
        ),
        ("notes", "note", json!({ "user_id": user, "org_id": org, "person_id": person })),
    ] {
        admin.put(&format!("/v1/{path}/{}", names.text(object)), body).await.must(200);
    }
    let lead = json!({ "organization_id": org, "person_id": person, "owner_id": user });
    admin.patch(&format!("/v1/leads/{}", names.text("lead")), lead).await.must(200);
}

#[tokio::test]
async fn a_record_can_be_sent_back_when_all_that_it_refers_to_is_gone() {
    for app in apps().await {
        let (mut names, custom) = world(&app).await;
        refer(&app, &mut names).await;
        for (object, path) in
            [("deal", "deals"), ("person", "persons"), ("organization", "organizations"), ("product", "products")]
        {
            let own =
                |of: &&str| custom.iter().find(|(with, _, kind)| *with == object && kind == of).unwrap().1.clone();
            let links =
                json!({ (own(&"org")): names.json("gone_organization"), (own(&"people")): names.json("gone_person") });
            let target = format!("/api/v2/{path}/{}", names.text(object));
            app.admin().patch(&target, json!({ "custom_fields": links })).await.must(200);
        }
        forget(&app, &names, &custom).await;
        let deal = app.admin().get(&format!("/api/v2/deals/{}", names.text("deal"))).await.must(200);
        for (key, name) in
            [("stage_id", "stage"), ("pipeline_id", "pipeline"), ("org_id", "gone_organization"), ("owner_id", "user")]
        {
            assert_eq!(&deal.at("/data")[key], names.json(name), "the deal keeps what is gone");
        }
        assert_eq!(deal.at("/data/label_ids").as_array().map(Vec::len), Some(2));
        send_back(&app, &names, &custom, &["pipeline", "stage"], Json::clone).await;
        app.admin().delete(&format!("/v1/deals/{}", names.text("deal"))).await.must(200);
        send_back(&app, &names, &custom, &["pipeline", "stage", "deal"], Json::clone).await;
    }
}
