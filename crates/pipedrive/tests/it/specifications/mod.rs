//! The recorded answers against the response schemas of Pipedrive's published specifications, which are data to test
//! with and no part of the project: `PENSTOCK_SPECS` names the directory that holds them.

mod bodies;
pub(crate) mod deviations;
mod document;
mod schema;

use std::{collections::BTreeMap, path::PathBuf};

use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use penstock_testing::{Engine, ran, say, variable};
use serde_json::Value as Json;

use self::{deviations::DEVIATIONS, document::Document};
use crate::examples::run::{Recorded, recorded};

/// The directory of the specifications.
fn directory() -> Option<PathBuf> {
    variable("PENSTOCK_SPECS").map(PathBuf::from)
}

/// The published response schemas by operation title and status. A later specification speaks for the operations that
/// it still has.
struct Published {
    documents: Vec<Document>,
    validators: BTreeMap<(String, u16), Option<Validator>>,
}

impl Published {
    fn read(directory: &std::path::Path) -> Self {
        let files = [("v2", "v2-current"), ("v1", "v1-current"), ("v1", "v1-2026-01")];
        let read = |(version, file): (&'static str, &str)| {
            let path = directory.join(file).with_extension("yaml");
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            Document::parse(version, &text)
        };
        Self { documents: files.into_iter().map(read).collect(), validators: BTreeMap::new() }
    }

    fn validator(&mut self, operation: &str, status: u16) -> Option<&Validator> {
        let key = (operation.to_owned(), status);
        let documents = &self.documents;
        let made = self.validators.entry(key).or_insert_with(|| {
            let schema = documents.iter().find_map(|document| document.response(operation, status))?;
            let options = jsonschema::options().with_draft(Draft::Draft4);
            Some(options.build(&schema).unwrap_or_else(|e| panic!("{operation}: {e}")))
        });
        made.as_ref()
    }
}

/// Where something is wrong, with list positions and custom field keys left out.
fn place(pointer: &str) -> String {
    let part = |part: &str| {
        let is_key = part.len() >= 40 && part[..40].bytes().all(|b| b.is_ascii_hexdigit());
        let is_number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if is_key || is_number { "*".to_owned() } else { part.to_owned() }
    };
    pointer.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What the specification says against a recorded answer: place and reason.
fn faults(published: &mut Published, one: &Recorded) -> Vec<(String, String)> {
    let Some(validator) = published.validator(one.example.operation, one.answer.status) else {
        return vec![(String::new(), format!("no schema is published for {}", one.answer.status))];
    };
    let mut found = Vec::new();
    for error in validator.iter_errors(&one.answer.json) {
        causes(&error, &mut found);
    }
    found
}

/// What is behind an error. That of "this or null" says nothing but that: the fault is in the something.
fn causes(error: &ValidationError<'_>, into: &mut Vec<(String, String)>) {
    let own = || (place(error.instance_path().as_str()), error.to_string());
    let (ValidationErrorKind::AnyOf { context: branches } | ValidationErrorKind::OneOfNotValid { context: branches }) =
        error.kind()
    else {
        return into.push(own());
    };
    let before = into.len();
    let is_null = |e: &ValidationError<'_>| e.to_string().ends_with("is not of type \"null\"");
    for error in branches.iter().filter(|branch| !branch.iter().any(is_null)).flatten() {
        causes(error, into);
    }
    if into.len() == before {
        into.push(own());
    }
}

#[test]
fn every_success_has_the_published_shape() {
    let Some(directory) = directory() else {
        // What the official clients declare is held against the same answers, and says itself whether it ran.
        say("!!! DID NOT RUN: the published specifications: PENSTOCK_SPECS is not set !!!");
        return;
    };
    let mut published = Published::read(&directory);
    let mut met = vec![0; DEVIATIONS.len()];
    let mut unexplained = BTreeMap::<String, Vec<String>>::new();
    let mut checked = 0;
    // Both engines answer the same: another test holds that.
    for one in recorded().iter().filter(|one| one.engine == Engine::Sqlite && one.example.succeeds()) {
        checked += 1;
        for (place, reason) in faults(&mut published, one) {
            match DEVIATIONS.iter().position(|d| d.explains(one.example.operation, &place)) {
                Some(at) => met[at] += 1,
                None => unexplained
                    .entry(format!("{} {place}: {reason}", one.example.operation))
                    .or_default()
                    .push(one.example.name.to_owned()),
            }
        }
    }
    assert!(checked > 150, "{checked} answers were held against the specifications");
    let unexplained: Vec<String> =
        unexplained.into_iter().map(|(fault, names)| format!("{fault} [{}]", names.join("; "))).collect();
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    ran(&format!("the published specifications: {checked} answers have their shape"));
    for (deviation, times) in DEVIATIONS.iter().zip(met) {
        assert!(times > 0, "this deviation is not met any more: {deviation:?}");
    }
}

#[test]
fn a_wrong_answer_is_found() {
    let Some(directory) = directory() else {
        return;
    };
    let mut published = Published::read(&directory);
    let validator = published.validator("v2 GET /deals/{id}", 200).unwrap();
    let wrong: Json = serde_json::json!({ "success": true, "data": { "id": "1", "title": "x" } });
    assert!(!validator.is_valid(&wrong));
    let right: Json = serde_json::json!({ "success": true, "data": { "id": 1, "title": "x", "won_time": null } });
    assert!(validator.is_valid(&right));
}
