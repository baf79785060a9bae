//! The documents are fresh, whole and true to themselves.

use std::{collections::HashSet, fs, path::Path};

use super::*;

const VERSIONS: [Version; 2] = [Version::V1, Version::V2];

/// Every object of a document, with its place.
fn walk(json: &Json, visit: &mut impl FnMut(&Map<String, Json>)) {
    match json {
        Json::Object(map) => {
            visit(map);
            map.values().for_each(|value| walk(value, visit));
        }
        Json::Array(list) => list.iter().for_each(|value| walk(value, visit)),
        _ => {}
    }
}

#[test]
fn the_committed_documents_are_fresh() {
    #[expect(clippy::disallowed_methods, reason = "a test is told whether to write")]
    let bless = std::env::var("PENSTOCK_BLESS").is_ok();
    for version in VERSIONS {
        let fresh = format!("{}\n", serde_json::to_string_pretty(&document(version)).unwrap());
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/openapi/{}.json", version.word()));
        if bless {
            fs::write(&file, &fresh).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == fresh,
            "{} is stale: PENSTOCK_BLESS=1 cargo test -p penstock-pipedrive openapi",
            file.display()
        );
    }
}

#[test]
fn every_operation_is_there_once_under_a_name_of_its_own() {
    for version in VERSIONS {
        let document = document(version);
        let mut ids = HashSet::new();
        walk(&document["paths"], &mut |map| {
            if let Some(id) = map.get("operationId").and_then(Json::as_str) {
                assert!(ids.insert(id.to_owned()), "{id} twice");
            }
        });
        assert_eq!(ids.len(), operations::all().filter(|row| row.version == version).count());
    }
}

#[test]
fn every_reference_leads_somewhere_and_no_component_is_left_over() {
    for version in VERSIONS {
        let document = document(version);
        let mut named = HashSet::new();
        walk(&document, &mut |map| {
            if let Some(target) = map.get("$ref").and_then(Json::as_str) {
                assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                named.insert(target.to_owned());
            }
        });
        for part in ["schemas", "responses"] {
            for name in document["components"][part].as_object().unwrap().keys() {
                assert!(named.contains(&format!("#/components/{part}/{name}")), "nothing refers to {name}");
            }
        }
    }
}

#[test]
fn every_schema_compiles_and_every_sample_body_fits_its_own() {
    for version in VERSIONS {
        let document = document(version);
        for row in operations::all().filter(|row| row.version == version) {
            let operation = &document["paths"][row.path][row.method.word().to_lowercase()];
            let answer = &operation["responses"][row.success.to_string()]["content"]["application/json"]["schema"];
            validator(&document, answer);
            if let Some(body) = samples::body(row) {
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                let faults: Vec<String> =
                    validator(&document, schema).iter_errors(&body).map(|e| e.to_string()).collect();
                assert!(faults.is_empty(), "{}: {faults:?}", row.title());
            }
        }
    }
}

#[test]
fn every_key_and_parameter_says_more_than_its_name() {
    let words = |text: &str| -> HashSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let mut silent = Vec::new();
    for version in VERSIONS {
        let document = document(version);
        let mut check = |name: &str, described: &Json, key: &str| {
            let target = described["$ref"].as_str().and_then(|t| document.pointer(t.trim_start_matches('#')));
            let text = described["description"].as_str().or_else(|| target?["description"].as_str());
            let known = words(key);
            if text.is_none_or(|text| words(text).iter().filter(|word| !known.contains(*word)).count() < 2) {
                silent.push(format!("{} {name}{key}: {text:?}", version.word()));
            }
        };
        let mut keys = |place: &str, json: &Json| {
            walk(json, &mut |map| {
                for (key, value) in map.get("properties").and_then(Json::as_object).into_iter().flatten() {
                    // What a schema calls by the name `properties` is a schema; a key of that name would be none.
                    check(place, value, key);
                }
                if let Some(name) = map.get("in").and(map.get("name")).and_then(Json::as_str) {
                    check(place, &Json::Object(map.clone()), name);
                }
            });
        };
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            keys(&format!("{name}."), schema);
        }
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                keys(&format!("{method} {path} "), operation);
            }
        }
    }
    silent.sort();
    silent.dedup();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// A validator of a schema of the document, whose references lead into it.
fn validator(document: &Json, schema: &Json) -> jsonschema::Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::options().build(&whole).unwrap()
}
