//! The OpenAPI documents against the server: every enum value, example and limit that they name for a body's key or a
//! query's parameter is taken, and what lies beyond is refused.

use penstock_pipedrive::{
    openapi,
    operations::{self, Operation, Version},
};
use serde_json::{Value as Json, json};

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::{App, apps};

/// What a schema names: values that it takes, and values that it does not.
#[derive(Default)]
struct Named {
    taken: Vec<Json>,
    refused: Vec<Json>,
}

/// The schemas that a schema consists of: itself, what it refers to, its parts and alternatives.
fn parts<'a>(document: &'a Json, schema: &'a Json, into: &mut Vec<&'a Json>) {
    into.push(schema);
    if let Some(target) = schema["$ref"].as_str() {
        parts(document, document.pointer(target.trim_start_matches('#')).unwrap(), into);
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        schema[name].as_array().into_iter().flatten().for_each(|part| parts(document, part, into));
    }
}

fn has_type(schema: &Json, word: &str) -> bool {
    schema["type"] == word || schema["type"].as_array().is_some_and(|all| all.contains(&json!(word)))
}

/// What a schema names for one value.
fn named(document: &Json, schema: &Json) -> Named {
    let mut named = Named::default();
    let mut all = Vec::new();
    parts(document, schema, &mut all);
    for part in all {
        named.taken.extend(part["enum"].as_array().into_iter().flatten().cloned());
        named.taken.extend(part.get("const").cloned());
        named.taken.extend(part["examples"].as_array().into_iter().flatten().cloned());
        if has_type(part, "null") {
            named.taken.push(Json::Null);
        }
        if let Some(longest) = part["maxLength"].as_u64().and_then(|longest| usize::try_from(longest).ok())
            && part.get("pattern").or(part.get("format")).or(part.get("enum")).is_none()
        {
            named.taken.push(json!("x".repeat(longest)));
            named.refused.push(json!("x".repeat(longest + 1)));
        }
        if part["minLength"].as_u64().is_some_and(|shortest| shortest > 0) {
            named.refused.push(json!(""));
        }
        if part["enum"][0].is_string() {
            named.refused.push(json!("no such word"));
        }
        for (bound, step) in [("minimum", -1), ("maximum", 1)] {
            if let Some(limit) = part[bound].as_i64() {
                named.taken.push(limit.into());
                named.refused.push((limit + step).into());
            }
        }
        if has_type(part, "array") && part.get("items").is_some() {
            let of_one = self::named(document, &part["items"]);
            let one = |value: &Json| json!([value]);
            named.taken.extend(of_one.taken.iter().filter(|value| !value.is_null()).map(one));
            named.refused.extend(of_one.refused.iter().map(one));
        }
    }
    named
}

/// A row's operation in its document.
fn operation<'a>(document: &'a Json, row: &Operation) -> &'a Json {
    &document["paths"][row.path][row.method.word().to_lowercase()]
}

async fn furnished(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Some", &mut names).await;
    records(&app.admin(), "Some", 3, &mut names).await;
    names
}

/// What a key's value goes with: without it a rule of the CRM refuses it.
fn companions(row: &Operation, key: &str, value: &Json, names: &Names) -> Option<(&'static str, Json)> {
    let record = |key: &'static str, name: &str| Some((key, names.json(name).clone()));
    match (row.object.name, key) {
        ("deal", "lost_reason" | "lost_time") => Some(("status", json!("lost"))),
        ("deal", "won_time" | "close_time") => Some(("status", json!("won"))),
        // A name is made of one of its parts, and goes alone.
        ("person", "first_name") if row.version == Version::V2 => {
            Some(("last_name", if value.is_null() { json!("Jones") } else { Json::Null }))
        }
        ("person", "last_name") if row.version == Version::V2 => {
            Some(("first_name", if value.is_null() { json!("Some") } else { Json::Null }))
        }
        ("product", "billing_frequency") if value == "weekly" => Some(("billing_frequency_cycles", json!(3))),
        ("product", "billing_frequency_cycles") => Some(("billing_frequency", json!("monthly"))),
        ("lead", "person_id") if value.is_null() => record("organization_id", "organization"),
        ("lead", "organization_id") if value.is_null() => record("person_id", "person"),
        ("note", "deal_id") if value.is_null() => record("org_id", "organization"),
        ("note", "org_id") if value.is_null() => record("deal_id", "deal"),
        _ => None,
    }
}

#[tokio::test]
async fn a_body_takes_what_its_document_names_and_nothing_beyond() {
    let documents = [Version::V1, Version::V2].map(|version| (version, openapi::document(version)));
    for app in apps().await {
        let mut names = furnished(&app).await;
        let admin = app.admin();
        let (mut faults, mut asked) = (Vec::new(), 0);
        for row in operations::all().filter(|row| row.takes_fields()) {
            let (_, document) = documents.iter().find(|(version, _)| *version == row.version).unwrap();
            let schema = &operation(document, row)["requestBody"]["content"]["application/json"]["schema"];
            let mut whole = Vec::new();
            parts(document, schema, &mut whole);
            let keys = whole.iter().filter_map(|part| part["properties"].as_object()).flatten();
            for (key, schema) in keys {
                let all = named(document, schema);
                let taken = all.taken.iter().map(|value| (value, true));
                for (value, is_taken) in taken.chain(all.refused.iter().map(|value| (value, false))) {
                    let mut sent = body(row, &names);
                    sent[key] = value.clone();
                    if row.version == Version::V2 && ["first_name", "last_name"].contains(&&**key) {
                        sent.as_object_mut().unwrap().remove("name");
                    }
                    if let Some((key, value)) = companions(row, key, value, &names) {
                        sent[key] = value;
                    }
                    let bytes = sent.to_string().into_bytes();
                    let answer = admin.ask(row.method.word(), &own_target(row, &names), bytes).await;
                    asked += 1;
                    if value == "deleted" {
                        records(&admin, "Some", 3, &mut names).await;
                    }
                    if (answer.status < 300) != is_taken {
                        let value: String = value.to_string().chars().take(40).collect();
                        faults.push(format!("{} {key}: {value}: {} {}", row.title(), answer.status, answer.error()));
                    }
                }
            }
        }
        assert!(asked > 300, "{asked}");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[tokio::test]
async fn a_query_takes_what_its_document_names_and_nothing_beyond() {
    let documents = [Version::V1, Version::V2].map(|version| (version, openapi::document(version)));
    for app in apps().await {
        let names = furnished(&app).await;
        let (mut faults, mut asked) = (Vec::new(), 0);
        for row in operations::all().filter(|row| row.method.is_read()) {
            let (_, document) = documents.iter().find(|(version, _)| *version == row.version).unwrap();
            for param in operation(document, row)["parameters"].as_array().into_iter().flatten() {
                if param["in"] != "query" {
                    continue;
                }
                let name = param["name"].as_str().unwrap();
                let all = named(document, &param["schema"]);
                let taken = all.taken.iter().map(|value| (value, true));
                for (value, is_taken) in taken.chain(all.refused.iter().map(|value| (value, false))) {
                    let value = value.as_array().map_or(value, |list| &list[0]);
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    let target = own_target(row, &names);
                    let target = format!("{target}{}{name}={text}", if target.contains('?') { '&' } else { '?' });
                    let answer = app.admin().get(&target.replace(' ', "%20")).await;
                    asked += 1;
                    let is_to_come = answer.status == 501;
                    if (answer.status < 300) != is_taken && !is_to_come {
                        faults.push(format!("{target}: {} {}", answer.status, answer.error()));
                    }
                }
            }
        }
        assert!(asked > 200, "{asked}");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
