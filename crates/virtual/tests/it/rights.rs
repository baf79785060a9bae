//! What takes a right is refused to those who lack it, as the Pipedrive face refuses it, and the metadata says so.

use std::collections::BTreeMap;

use http::{Method, header};
use penstock_api::{Face as _, Request};
use penstock_model::{Kind, field::Writable, objects};
use penstock_pipedrive::operations::{self, Body, Operation, Target, Version, sample};
use penstock_testing::{ANN, BOB, TestCompany, tenants};
use penstock_virtual::builtin;
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, TOKEN, path},
    sample::Sample,
};

/// What the Pipedrive face answers a user.
async fn pipedrive(tenant: &TestCompany, method: &str, target: &str, body: Option<&Json>) -> u16 {
    let face = penstock_pipedrive::Face::new(tenant.crm.clone());
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let mut request = Request::new(method, target).with_header(TOKEN, &tenant.token(ANN));
    if let Some(body) = body {
        request = request.with_header(header::CONTENT_TYPE, "application/json").with_body(body.to_string());
    }
    face.respond(request).await.reply().expect("an answer").status.as_u16()
}

/// What an operation of the Pipedrive face does to one record of its object, in the words of the metadata.
fn capability(row: &Operation) -> Option<&'static str> {
    let about = |target: &Target| target.placeholder() == row.object.name;
    let one = matches!(&row.targets, [Some(target), None] if about(target)) && row.path.ends_with("/{id}");
    match row.body {
        Body::Create if row.targets[0].is_none() => Some("create"),
        Body::Update if one => Some("update"),
        Body::None if one && row.method.word() == "DELETE" => Some("delete"),
        _ => None,
    }
}

#[tokio::test]
async fn what_v1_or_v2_refuse_to_a_user_the_virtual_api_refuses_too_and_says_so() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        let made = Sample::fill(&admin).await;
        let id = |word: &str| made.0.get(word).map_or(json!(1), |record| record["id"].clone());
        // Leads have texts as ids there, everything else numbers.
        let number = |word: &str| {
            id(word).as_str().and_then(|text| text.parse().ok()).map_or_else(|| id(word), |n: i64| json!(n))
        };
        let text = |word: &str| id(word).as_str().unwrap_or("1").to_owned();
        let mut refused: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for verb in ["create", "update", "delete"] {
            for row in operations::all().filter(|row| capability(row) == Some(verb)) {
                let Some(mapping) = builtin::DEFAULT.of_provider(row.object.name) else { continue };
                let target = format!("{}{}", row.version.prefix(), sample::filled_text(&row.sample_target(), &text));
                let body = row.sample_body().map(|body| sample::filled(&body, &number));
                let status = pipedrive(&tenant, row.method.word(), &target, body.as_ref()).await;
                // What v1 has deleted v2 no longer finds.
                if status != 404 {
                    let name: &str = &mapping.name;
                    *refused.entry((name, verb)).or_default() |= status == 403;
                }
            }
        }
        assert!(refused.values().filter(|refused| **refused).count() >= 6, "{refused:?}");
        for ((object, verb), refused) in refused {
            let operations = &ann.read(&format!("/metadata/{object}")).await["operations"];
            assert_eq!(operations[verb] == false, refused, "{object} {verb}");
            let (method, place) = match verb {
                "create" => ("POST", format!("/objects/{object}")),
                "update" => ("PATCH", path(object, made.id(object))),
                _ => ("DELETE", path(object, made.id(object))),
            };
            let (status, answer) = ann.call(method, &place, Some(&json!({}))).await;
            assert_eq!(status == 403, refused, "{method} {place}: {answer}");
            assert!(!refused || answer["code"] == "forbidden");
        }
    }
}

#[tokio::test]
async fn a_field_that_takes_a_right_is_refused_on_every_way_in_and_read_only_for_those_without_it() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        let made = Sample::fill(&admin).await;
        let mut tried = 0;
        for object in OBJECTS {
            let mapping = builtin::DEFAULT.object(object).unwrap();
            for field in objects::get(&mapping.provider).fields {
                let Writable::WithRight(_) = field.writable else { continue };
                assert_eq!(field.kind, Kind::Reference("user"), "{}: a value for it is wanted here", field.name);
                let update =
                    |row: &&Operation| capability(row) == Some("update") && row.object.name == mapping.provider;
                for row in operations::all().filter(update) {
                    let key = if row.version == Version::V1 { field.v1.key } else { field.v2.key };
                    let target =
                        sample::filled_text(&row.sample_target(), &|_| made.id(object).as_str().unwrap().to_owned());
                    let target = format!("{}{target}", row.version.prefix());
                    let body = json!({ key: BOB.get() });
                    assert_eq!(pipedrive(&tenant, row.method.word(), &target, Some(&body)).await, 403, "{target}");
                    tried += 1;
                }
                let (status, answer) =
                    ann.patch(object, made.id(object), &json!({ field.virtual_name: BOB.get().to_string() })).await;
                assert_eq!((status, &answer["code"]), (422, &json!("field.read_only")), "{answer}");
                let told = |fields: serde_json::Map<String, Json>| fields[field.virtual_name]["read_only"].clone();
                assert_eq!(told(ann.fields(object).await), json!({ "create": true, "update": true }));
                assert_eq!(told(admin.fields(object).await), json!({ "create": false, "update": false }));
            }
        }
        assert!(tried > 0);
    }
}

/// What a user without rights may not define, with a field that could be changed.
const DEFINED: [&str; 2] = ["pipeline", "stage"];

#[tokio::test]
async fn what_takes_a_right_is_refused_to_those_without_it() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        let pipeline = admin.create("pipeline", json!({ "name": "Sales" })).await;
        let stage = admin.create("stage", json!({ "name": "Won over", "pipeline": pipeline["id"] })).await;
        let before = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        for (object, made) in DEFINED.into_iter().zip([&pipeline, &stage]) {
            let body = json!({ "name": "Mine", "pipeline": pipeline["id"] });
            let place = path(object, &made["id"]);
            for (method, path, body) in [
                ("POST", format!("/objects/{object}"), Some(&body)),
                ("PATCH", place.clone(), Some(&json!({ "name": "Mine" }))),
                // Whether it would have been understood is for those with the right.
                ("PATCH", place.clone(), Some(&json!({ "nonsense": 1 }))),
                ("DELETE", place.clone(), None),
            ] {
                let (status, answer) = ann.call(method, &path, body).await;
                assert_eq!((status, &answer["code"]), (403, &json!("forbidden")), "{method} {path}: {answer}");
            }
            assert_eq!(ann.read(&place).await["name"], made["name"], "it can be read");
        }
        assert_eq!(tenant.number("SELECT event_seq FROM company WHERE id = ?1").await, before, "nothing changed");
    }
}

#[tokio::test]
async fn the_metadata_says_who_may_write() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        for object in DEFINED {
            let metadata = format!("/metadata/{object}");
            let (with, without) = (admin.read(&metadata).await, ann.read(&metadata).await);
            for operation in ["create", "update", "upsert", "delete"] {
                assert_eq!(with["operations"][operation], true, "{object} {operation}");
                assert_eq!(without["operations"][operation], false, "{object} {operation}");
            }
            let writable = |metadata: &Json| {
                let fields = metadata["fields"].as_array().unwrap();
                fields.iter().any(|f| f["read_only"]["update"] == false || f["read_only"]["create"] == false)
            };
            assert!(writable(&with) && !writable(&without), "{object}");
        }
        assert_eq!(ann.read("/metadata/deal").await["operations"]["create"], true);
    }
}
