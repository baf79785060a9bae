//! Requests and answers that tests recorded: `docs/examples.jsonl`, which `crates/pipedrive/tests/it/compatibility.rs`
//! writes, and `docs/examples-virtual.jsonl`, which `crates/virtual/tests/it/examples.rs` writes.
//!
//! A line is `{"operation": "v2 GET /deals/{id}", "name": "a deal is read", "request": {"path": "/api/v2/deals/1",
//! "body": null}, "status": 200, "body": {...}}`: the operation as its row's title spells it, what the example shows,
//! what was asked, and what was answered.

use serde_json::Value as Json;

static RECORDED: [&str; 2] =
    [include_str!("../../../../docs/examples.jsonl"), include_str!("../../../../docs/examples-virtual.jsonl")];

/// One request and its answer.
pub(super) struct Example {
    /// What it shows, as a sentence.
    pub(super) name: String,
    /// Method and path as they were asked.
    pub(super) asked: String,
    /// The body that was sent.
    pub(super) request: Option<Json>,
    /// The status of the answer.
    pub(super) status: u64,
    /// The body of the answer.
    pub(super) body: Json,
}

impl Example {
    /// The name of its colour.
    pub(super) const fn class(&self) -> &'static str {
        if self.status < 400 { "good" } else { "bad" }
    }
}

/// The examples of an operation, in the order in which they were recorded.
pub(super) fn of(operation: &str) -> Vec<Example> {
    let named = RECORDED.iter().flat_map(|file| file.lines()).filter(|line| line.contains(operation));
    let lines = named.filter_map(|line| serde_json::from_str::<Json>(line).ok());
    lines.filter(|line| line["operation"] == operation).map(read).collect()
}

fn read(mut line: Json) -> Example {
    let text = |json: &Json| json.as_str().unwrap_or("").to_owned();
    let method = line["operation"].as_str().and_then(|title| title.split(' ').nth(1)).unwrap_or("");
    Example {
        name: text(&line["name"]),
        asked: format!("{method} {}", text(&line["request"]["path"])),
        request: Some(line["request"]["body"].clone()).filter(|body| !body.is_null()),
        status: line["status"].as_u64().unwrap_or(0),
        body: line["body"].take(),
    }
}
