//! The OpenAPI document against the server: every enum value, example and limit that it names for a body's field is taken,
//! and what lies beyond is refused.

use penstock_testing::tenants;
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, path},
    openapi::document,
    sample::Sample,
};

/// The objects that bodies make and change.
const WRITTEN: [&str; 8] = ["deal", "person", "organization", "lead", "activity", "note", "pipeline", "stage"];

/// Values that a schema takes, and values that it does not.
fn named(schema: &Json) -> (Vec<Json>, Vec<Json>) {
    let has_type =
        |word: &str| schema["type"] == word || schema["type"].as_array().is_some_and(|t| t.contains(&json!(word)));
    let listed = |name: &str| schema[name].as_array().into_iter().flatten().cloned();
    let mut taken: Vec<Json> = listed("enum").chain(listed("examples")).collect();
    let mut refused = Vec::new();
    if has_type("null") {
        taken.push(Json::Null);
    } else {
        refused.push(Json::Null);
    }
    if schema["enum"][0].is_string() {
        refused.push(json!("no such word"));
    }
    if let Some(longest) = schema["maxLength"].as_u64().and_then(|longest| usize::try_from(longest).ok()) {
        taken.push(json!("x".repeat(longest)));
        refused.push(json!("x".repeat(longest + 1)));
    }
    for (bound, step) in [("minimum", -1), ("maximum", 1)] {
        if let Some(limit) = schema[bound].as_i64() {
            taken.push(limit.into());
            refused.push((limit + step).into());
        }
    }
    if let Some(most) = schema["maxItems"].as_u64().and_then(|most| usize::try_from(most).ok()) {
        refused.push(json!(vec![json!({}); most + 1]));
    }
    (taken, refused)
}

/// A body that makes a record of an object, or changes one.
fn body(object: &str, makes: bool, sample: &Sample) -> Json {
    match object {
        _ if !makes => json!({}),
        "deal" => json!({ "title": "Deal" }),
        "lead" => json!({ "title": "Lead", "person": sample.id("person") }),
        "activity" => json!({ "subject": "Call" }),
        "note" => json!({ "content": "Hello", "deal": sample.id("deal") }),
        "stage" => json!({ "name": "Stage", "pipeline": sample.id("pipeline") }),
        _ => json!({ "name": "Name" }),
    }
}

/// What a value goes with: without it a rule of the CRM refuses it.
fn companion(object: &str, field: &str, value: &Json, sample: &Sample) -> Option<(&'static str, Json)> {
    let record = |name: &'static str| Some((name, sample.id(name).clone()));
    // The name is made of both parts.
    let other_part = |name| Some((name, if value.is_null() { json!("Lee") } else { Json::Null }));
    match (object, field) {
        ("person", "first_name") => other_part("last_name"),
        ("person", "last_name") => other_part("first_name"),
        ("lead", "person") if value.is_null() => record("organization"),
        ("lead", "organization") | ("note", "deal") if value.is_null() => record("person"),
        ("note", "person") if value.is_null() => record("deal"),
        _ => None,
    }
}

#[tokio::test]
async fn a_body_takes_what_the_document_names_and_nothing_beyond() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let document = document(&client).await;
        let sample = Sample::fill(&client).await;
        let (mut faults, mut asked) = (Vec::new(), 0);
        for object in WRITTEN {
            let kind = format!("{}{}", object[..1].to_uppercase(), &object[1..]);
            for (form, method) in [("Create", "POST"), ("Update", "PATCH")] {
                let target = match method {
                    "POST" => format!("/objects/{object}"),
                    _ => path(object, sample.id(object)),
                };
                let fields = &document["components"]["schemas"][format!("{kind}{form}")]["properties"];
                for (field, schema) in fields.as_object().expect("the fields of a body") {
                    let (taken, refused) = named(schema);
                    let taken = taken.iter().map(|value| (value, true));
                    for (value, is_taken) in taken.chain(refused.iter().map(|value| (value, false))) {
                        let mut sent = body(object, method == "POST", &sample);
                        sent[field] = value.clone();
                        if let Some((name, value)) = companion(object, field, value, &sample) {
                            sent[name] = value;
                        }
                        let (status, answer) = client.call(method, &target, Some(&sent)).await;
                        asked += 1;
                        if (status < 300) != is_taken {
                            let value: String = value.to_string().chars().take(40).collect();
                            faults.push(format!("{method} {object} {field}: {value}: {status} {}", answer["message"]));
                        }
                    }
                }
            }
        }
        assert!(asked > 200, "{asked}");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
