//! What is marked writable can be written and reads back; what is marked read-only is refused by name.

use penstock_testing::{TestCompany, tenants};
use serde_json::{Map, Value as Json, json};

use crate::{
    client::{Client, OBJECTS, faults, headers, path},
    metadata::LISTS,
    sample::{Sample, with_custom_fields},
};

/// What has to be so for a field to be written: the CRM's rules, not the metadata's.
fn conditions(sample: &Sample, object: &str, field: &str) -> Json {
    if let Some(place) = field.strip_prefix("is_pinned_to_") {
        return json!({ place: sample.id(place) });
    }
    match (object, field) {
        ("deal", "won_time" | "closed_time") => json!({ "status": "won" }),
        ("deal", "lost_time" | "lost_reason") => json!({ "status": "lost" }),
        _ => json!({}),
    }
}

#[tokio::test]
async fn what_is_writable_is_written_and_reads_back() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let mut written = 0;
            for (name, field) in client.fields(object).await {
                if field["read_only"]["update"] == true {
                    continue;
                }
                let Some(value) = sample.value(&field) else { continue };
                let id = sample.id(object);
                let mut body = conditions(&sample, object, &name);
                body[&name] = value.clone();
                let answer = client.change(object, id, body).await;
                assert_eq!(answer[&name], value, "{object}.{name} in the answer");
                assert_eq!(answer.get("warnings"), None, "{object}.{name}");
                let read = client.read(&path(object, id)).await;
                assert_eq!(read[&name], value, "{object}.{name} read again");
                if field["nullable"] == true && field["required"] == false {
                    clear(&client, object, id, &name, &field).await;
                }
                match object {
                    "deal" => drop(client.change(object, id, json!({ "status": "open" })).await),
                    // An archived one can't be changed.
                    "lead" => drop(client.change(object, id, json!({ "is_archived": false })).await),
                    _ => {}
                }
                written += 1;
            }
            assert!(written > 1, "{object}: {written}");
        }
    }
}

/// Unsets a field, if the CRM's rules let it be unset.
async fn clear(client: &Client, object: &str, id: &Json, name: &str, field: &Json) {
    let (status, answer) = client.patch(object, id, &json!({ name: null })).await;
    if status == 400 && ["rule.violated", "field.required"].contains(&answer["code"].as_str().unwrap()) {
        return;
    }
    assert_eq!(status, 200, "{object}.{name}: {answer}");
    let times = ["won_time", "lost_time", "closed_time", "first_name", "last_name"];
    if !times.contains(&name) {
        let empty = if LISTS.contains(&field["type"].as_str().unwrap()) { json!([]) } else { Json::Null };
        assert_eq!(answer[name], empty, "{object}.{name}");
    }
}

#[tokio::test]
async fn what_is_writable_on_create_is_created() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let base = needed(object, &sample);
            for (name, field) in client.fields(object).await {
                if field["read_only"]["create"] == true || name == "external_ids" {
                    continue;
                }
                let Some(value) = sample.value(&field) else { continue };
                let mut body = base.clone();
                for (name, value) in conditions(&sample, object, &name).as_object().unwrap() {
                    body.insert(name.clone(), value.clone());
                }
                body.insert(name.clone(), value.clone());
                let made = client.create(object, Json::Object(body)).await;
                assert_eq!(made[&name], value, "{object}.{name} in the answer");
                assert_eq!(client.read(&path(object, &made["id"])).await, made, "{object}.{name} read again");
            }
        }
    }
}

/// The least that a new record needs.
fn needed(object: &str, sample: &Sample) -> Map<String, Json> {
    let least = match object {
        "deal" => json!({ "title": "New" }),
        "person" | "organization" | "pipeline" => json!({ "name": "New" }),
        "lead" => json!({ "title": "New", "person": sample.id("person") }),
        "activity" => json!({}),
        "note" => {
            json!({ "content": "New", "deal": sample.id("deal"), "lead": sample.id("lead"), "person": sample.id("person") })
        }
        "stage" => json!({ "name": "New", "pipeline": sample.id("pipeline") }),
        other => panic!("{other} is never made"),
    };
    least.as_object().unwrap().clone()
}

async fn refused(tenant: &TestCompany, when: &str) {
    let client = Client::new(tenant);
    let sample = Sample::fill(&client).await;
    for object in OBJECTS.into_iter().filter(|o| *o != "user") {
        let fields = client.fields(object).await;
        let read_only: Vec<&String> =
            fields.iter().filter(|(_, f)| f["read_only"][when] == true).map(|(name, _)| name).collect();
        assert!(read_only.len() > 3, "{object}");
        // What was read can be sent back: then what nobody gives is ignored.
        let is_refused = |name: &&String| when == "create" || fields[*name]["derived"] == false;
        let read_only: Vec<&String> = read_only.into_iter().filter(is_refused).collect();
        let now = client.read(&path(object, sample.id(object))).await;
        let mut all = Map::new();
        for name in read_only {
            let Some(value) = sample.value(&fields[name]) else { continue };
            // What stands there already is no change, and is let through.
            let same = when == "update" && value == now[name];
            all.insert(name.clone(), if same { json!("99") } else { value });
        }
        for (name, value) in &all {
            let body = json!({ name: value });
            let (status, answer) = ask(&client, &sample, when, object, &body).await;
            let own = (name.clone(), "field.read_only".to_owned());
            assert!(faults(&answer).contains(&own), "{object}.{name}: {status} {answer}");
            assert_eq!((status, &answer["code"]), (422, &json!("field.read_only")), "{object}.{name}: {answer}");
        }
        let (_, answer) = ask(&client, &sample, when, object, &Json::Object(all.clone())).await;
        let named: Vec<String> = faults(&answer).into_iter().map(|(field, _)| field).collect();
        let found = all.keys().filter(|name| named.contains(name)).count();
        assert_eq!(found, all.len().min(20), "{object}: all at once: {answer}");
    }
}

async fn ask(client: &Client, sample: &Sample, when: &str, object: &str, body: &Json) -> (u16, Json) {
    if when == "update" {
        return client.patch(object, sample.id(object), body).await;
    }
    client.call("POST", &format!("/objects/{object}"), Some(body)).await
}

#[tokio::test]
async fn what_is_read_only_on_update_is_refused_by_name() {
    for tenant in tenants().await {
        refused(&tenant, "update").await;
    }
}

#[tokio::test]
async fn what_is_read_only_on_create_is_refused_by_name() {
    for tenant in tenants().await {
        refused(&tenant, "create").await;
    }
}

#[tokio::test]
async fn a_user_can_be_read_and_nothing_else() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let body = json!({ "name": "Eve" });
        for (method, path, allowed) in [
            ("POST", "/objects/user", "GET"),
            ("PATCH", "/objects/user/1", "GET"),
            ("DELETE", "/objects/user/1", "GET"),
            ("PUT", "/objects/user/by/external_id/a/b", "GET"),
        ] {
            let response = client.respond(client.request(method, path, Some(&body))).await;
            assert_eq!(response.status, 405, "{method} {path}");
            assert_eq!(headers(&response), [("allow", allowed)]);
        }
    }
}
