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

/// A validator of a schema of the document, whose references lead into it.
fn validator(document: &Json, schema: &Json) -> jsonschema::Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::options().build(&whole).unwrap()
}
