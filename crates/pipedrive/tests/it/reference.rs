//! The recorded answers against the OpenAPI documents, and `docs/examples.jsonl`, which the served reference shows: of
//! each operation the first answer of success and the first refusal. `PENSTOCK_BLESS=1` writes it; otherwise a stale one
//! fails.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use jsonschema::error::ValidationErrorKind;
use penstock_model::operation::Version;
use penstock_pipedrive::{openapi, operations};
use penstock_testing::Engine;
use serde_json::Value as Json;

use crate::examples::run::recorded;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples.jsonl")
}

/// A validator of a schema of the document, whose references lead into it.
fn validator(document: &Json, schema: &Json) -> jsonschema::Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::options().build(&whole).unwrap()
}

#[test]
fn every_answer_is_what_the_openapi_documents_say() {
    let documents = [Version::V1, Version::V2].map(|version| (version, openapi::document(version)));
    let mut faults = Vec::new();
    for one in recorded().iter().filter(|one| one.engine == Engine::Sqlite) {
        let row = operations::all().find(|row| row.title() == one.example.operation).unwrap();
        let (_, document) = documents.iter().find(|(version, _)| *version == row.version).unwrap();
        let responses = &document["paths"][row.path][row.method.word().to_lowercase()]["responses"];
        let mut response = responses.get(one.answer.status.to_string()).unwrap_or(&responses["default"]);
        if let Some(target) = response["$ref"].as_str() {
            response = document.pointer(target.trim_start_matches('#')).unwrap();
        }
        let validator = validator(document, &response["content"]["application/json"]["schema"]);
        // A selector leaves keys out.
        let selects = one.target.contains(":(");
        let found = validator.iter_errors(&one.answer.json);
        let found = found.filter(|e| !(selects && matches!(e.kind(), ValidationErrorKind::Required { .. })));
        faults.extend(found.map(|e| format!("{}: {}: {e}", one.title(), e.instance_path())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The lines of the file: of each operation one answer of success and one refusal.
fn lines() -> String {
    let mut seen = HashSet::new();
    let mut lines = String::new();
    for one in recorded().iter().filter(|one| one.engine == Engine::Sqlite) {
        if seen.insert((one.example.operation, one.answer.status < 400)) {
            lines.push_str(&one.line());
            lines.push('\n');
        }
    }
    lines
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
fn the_recorded_examples_are_fresh() {
    let lines = lines();
    if std::env::var_os("PENSTOCK_BLESS").is_some() {
        std::fs::write(file(), &lines).unwrap();
    }
    let stands = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        stands == lines,
        "docs/examples.jsonl is stale: PENSTOCK_BLESS=1 cargo test -p penstock-pipedrive --test it"
    );
}
