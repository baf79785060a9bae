//! The recorded answers against the OpenAPI documents.

use jsonschema::error::ValidationErrorKind;
use penstock_pipedrive::{
    openapi,
    operations::{self, Version},
};
use penstock_testing::Engine;
use serde_json::Value as Json;

use crate::examples::run::recorded;

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
