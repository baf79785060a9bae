//! Pipedrive as it was seen to answer: facts from public projects that ran against real accounts. Each test names the
//! row of the live facts that it holds.

mod errors;
mod metadata;
mod notes;
mod queries;
mod writes;

use serde_json::{Value as Json, json};

/// v2's refusal of what does not have the right form.
fn invalid(faults: &str) -> Json {
    let error = format!("Validation failed: {faults}");
    json!({ "success": false, "error": error, "code": "ERR_SCHEMA_VALIDATION_FAILED" })
}

/// v2's refusal of what has the right form.
fn against_a_rule(error: &str) -> Json {
    json!({ "success": false, "error": error, "code": "ERR_BAD_REQUEST" })
}
