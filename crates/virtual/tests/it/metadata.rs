//! Metadata says everything that answers hold, and answers hold everything that it says.

use std::collections::BTreeSet;

use penstock_testing::{ADMIN, ANN, tenants};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, keys, path},
    sample::{Sample, with_custom_fields},
};

#[tokio::test]
async fn every_key_of_an_answer_is_in_the_metadata_and_every_field_is_in_the_answer() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS {
            let fields = client.fields(object).await;
            let known: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
            let list = client.read(&format!("/objects/{object}")).await;
            assert_eq!(keys(&list), ["length", "records", "nextPageToken", "nextDeltaToken"]);
            let one = client.read(&path(object, sample.id(object))).await;
            let listed = list["records"].as_array().unwrap();
            assert_eq!(list["length"], listed.len());
            for record in listed.iter().chain([&one, &sample.0[object]]) {
                let shown: BTreeSet<&str> = keys(record).into_iter().collect();
                assert_eq!(shown, known, "{object}");
                for (name, field) in &fields {
                    assert_shape(field, &record[name]);
                }
            }
        }
    }
}

/// The types whose values are lists, empty when nothing is set.
pub(crate) const LISTS: [&str; 7] =
    ["options", "references", "emails", "phones", "messengers", "attendees", "external_ids"];

/// Checks that a value is of the form that its field says.
fn assert_shape(field: &Json, value: &Json) {
    let kind = field["type"].as_str().unwrap();
    if value.is_null() {
        assert!(field["nullable"] == true && !LISTS.contains(&kind), "{field} is null");
        return;
    }
    let fits = match kind {
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "money" => value["amount"].is_number() && value["currency"].is_string(),
        "options" | "references" => value.as_array().unwrap().iter().all(Json::is_string),
        "address" | "zoned_time" | "date_range" | "time_range" => value.is_object(),
        _ if field["parts"].is_array() => value.is_array(),
        _ => value.is_string(),
    };
    assert!(fits, "{field}: {value}");
    if let Some(parts) = field["parts"].as_array() {
        let names: BTreeSet<&str> = parts.iter().map(|p| p["name"].as_str().unwrap()).collect();
        let one = std::slice::from_ref(value);
        for member in value.as_array().map_or(one, Vec::as_slice) {
            assert_eq!(keys(member).into_iter().collect::<BTreeSet<_>>(), names, "{field}");
        }
    }
    if kind == "option" {
        let options = field["options"].as_array().unwrap();
        assert!(options.iter().any(|o| o["id"] == *value), "{field}: {value}");
    }
}

#[tokio::test]
async fn references_are_named_for_their_role_and_say_their_target() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for object in OBJECTS {
            for (name, field) in client.fields(object).await {
                let reference = ["reference", "references"].contains(&field["type"].as_str().unwrap());
                assert_eq!(reference, field["target"].is_string(), "{object}.{name}");
                assert!(!reference || !name.ends_with("_id"), "{object}.{name}");
                assert!(!reference || OBJECTS.contains(&field["target"].as_str().unwrap()), "{object}.{name}");
                assert_eq!(reference, field["expandable"] == true, "{object}.{name}");
            }
        }
        for (object, role, target) in [
            ("note", "organization", "organization"),
            ("note", "person", "person"),
            ("note", "deal", "deal"),
            ("note", "lead", "lead"),
            ("note", "participants", "person"),
            ("activity", "organization", "organization"),
            ("activity", "person", "person"),
            ("activity", "deal", "deal"),
            ("activity", "lead", "lead"),
            ("activity", "participants", "person"),
            ("deal", "owner", "user"),
        ] {
            assert_eq!(client.fields(object).await[role]["target"], target, "{object}.{role}");
        }
    }
}

#[tokio::test]
async fn types_that_mean_different_things_are_different() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for (object, name, kind) in [
            ("activity", "due_time", "time"),
            ("activity", "duration", "duration"),
            ("activity", "due_date", "date"),
            ("activity", "createdTime", "datetime"),
            ("activity", "is_done", "boolean"),
            ("note", "is_pinned_to_deal", "boolean"),
            ("deal", "value", "money"),
            ("deal", "status", "option"),
            ("lead", "labels", "options"),
            ("deal", "labels", "options"),
            ("person", "emails", "emails"),
            ("organization", "address", "address"),
        ] {
            assert_eq!(client.fields(object).await[name]["type"], kind, "{object}.{name}");
        }
    }
}

#[tokio::test]
async fn the_objects_are_listed_with_what_can_be_done_to_them() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let all = client.read("/metadata").await;
        let names: Vec<&str> = all["objects"].as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
        assert_eq!(names, OBJECTS);
        assert_eq!(all["configuration"], "default");
        let of = |name: &str| all["objects"].as_array().unwrap().iter().find(|o| o["name"] == name).unwrap();
        let operations =
            |create, delete| json!({ "create": create, "update": create, "upsert": create, "delete": delete });
        assert_eq!(of("deal")["operations"], operations(true, true));
        assert_eq!(of("user")["operations"], operations(false, false));
    }
}

#[tokio::test]
async fn one_field_is_described_as_in_its_object() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let fields = client.fields("stage").await;
        for (name, field) in &fields {
            assert_eq!(client.read(&format!("/metadata/stage/{name}")).await, *field);
        }
        let (status, body) = client.get("/metadata/stage/nmae").await;
        assert_eq!((status, body["code"].as_str().unwrap()), (404, "not_found"));
        assert!(body["message"].as_str().unwrap().contains("did you mean name?"), "{body}");
    }
}

#[tokio::test]
async fn read_only_is_what_it_is_for_the_user_who_asks() {
    for tenant in tenants().await {
        let owner = |client: Client| async move { client.fields("note").await["owner"]["read_only"].clone() };
        assert_eq!(owner(Client::of(&tenant, ADMIN)).await, json!({ "create": false, "update": false }));
        assert_eq!(owner(Client::of(&tenant, ANN)).await, json!({ "create": true, "update": true }));
        let deal = Client::new(&tenant).fields("deal").await;
        assert_eq!(deal["createdTime"]["read_only"], json!({ "create": false, "update": true }));
        assert_eq!(deal["lastModifiedTime"]["read_only"], json!({ "create": true, "update": true }));
        assert_eq!(deal["title"]["read_only"], json!({ "create": false, "update": false }));
    }
}

#[tokio::test]
async fn the_configuration_lists_its_objects() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let (root, list) = (client.read("").await, client.read("/metadata").await);
        assert_eq!(root, list);
        let names: Vec<&str> =
            root["objects"].as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
        assert_eq!(names, OBJECTS);
        assert_eq!(client.read("/").await, list, "a last slash is tolerated");
    }
}

#[tokio::test]
async fn names_have_one_spelling_but_for_the_two_of_the_envelope() {
    let is_snake = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        for object in OBJECTS {
            let fields = client.fields(object).await;
            let other: Vec<&String> = fields.keys().filter(|name| !is_snake(name)).collect();
            assert_eq!(other, ["createdTime", "lastModifiedTime"], "{object}");
            let parts = fields.values().flat_map(|field| field["parts"].as_array().into_iter().flatten());
            for part in parts {
                let (name, said) = (part["name"].as_str().unwrap(), part["description"].as_str().unwrap());
                assert!(is_snake(name), "{object}: {name}");
                assert!(said.split(' ').count() > 2 && said.ends_with('.'), "{object}: {name}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn every_field_says_more_than_its_name() {
    let plain = |text: &str| text.to_lowercase().replace('_', " ").trim_end_matches('.').to_owned();
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        for object in OBJECTS {
            for (name, field) in client.fields(object).await {
                let (label, said) = (field["label"].as_str().unwrap(), field["description"].as_str().unwrap());
                assert!(said.split(' ').count() > 2 && said.ends_with('.'), "{object}.{name}: {said:?}");
                assert!(plain(said) != plain(&name) && plain(said) != plain(label), "{object}.{name}: {said}");
            }
        }
    }
}
