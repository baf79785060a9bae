//! The OpenAPI 3.1 documents of both versions, made from the operation rows and the object tables.
//!
//! `docs/openapi/v1.json` and `v2.json` are these documents; a test holds them fresh. What a schema says of a value
//! follows the codec that writes it and the parser that reads it; recorded answers are held against it by tests.

pub(crate) mod answers;
mod bodies;
mod computed;
pub(crate) mod fields;
pub(crate) mod kinds;
mod meanings;
mod params;
mod records;
mod references;
mod samples;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use penstock_model::Code;
use serde_json::{Map, Value as Json, json};

use crate::operations::{self, Operation, Param, ParamEffect, References, Target, Version};

const ABOUT: &str =
    "Penstock's Pipedrive face: what clients, connectors and apps that were written for Pipedrive speak.";
const OF_V1: &str = "Updates are `PUT` (`PATCH` for leads and lead labels), lists are paged by `start` and \
    `limit`, references are objects in some answers and ids in all bodies, custom fields stand at the root of a \
    record under their keys.";
const OF_V2: &str = "Updates are `PATCH`, lists are paged by `cursor`, references are ids, custom fields stand \
    in `custom_fields`, keys and parameters that an operation does not have are refused.";

/// The document of a version.
#[must_use]
pub fn document(version: Version) -> Json {
    let mut schemas: BTreeMap<String, Json> = BTreeMap::new();
    let mut paths: Map<String, Json> = Map::new();
    let mut groups = BTreeSet::new();
    for row in operations::all().filter(|row| row.version == version) {
        groups.insert(text::group(row.path));
        let operation = operation(row, &mut schemas);
        let path = paths.entry(row.path).or_insert_with(|| json!({}));
        path[row.method.word().to_lowercase()] = operation;
    }
    let shared = kinds::shared(version).into_iter().chain(computed::shared()).chain(answers::shared(version));
    for (name, schema) in shared.chain(fields::shared(version)) {
        schemas.insert(name.to_owned(), schema);
    }
    if version == Version::V1 {
        schemas.extend(references::shared());
    }
    schemas.insert("CustomValue".to_owned(), records::custom_value(version));
    schemas.insert("Error".to_owned(), error(version));
    schemas.insert("InvalidRequest".to_owned(), invalid_request());
    meanings::complete(&mut schemas, &mut paths);
    let (about, servers) = match version {
        Version::V1 => (OF_V1, vec!["/v1", "/api/v1"]),
        Version::V2 => (OF_V2, vec!["/api/v2"]),
    };
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("Penstock: Pipedrive API {}", version.word()),
            "version": env!("CARGO_PKG_VERSION"),
            "summary": ABOUT,
            "description": about,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": servers.into_iter().map(|url| json!({ "url": url })).collect::<Vec<_>>(),
        "tags": groups.into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "paths": paths,
        "components": { "schemas": schemas, "responses": responses(version), "securitySchemes": security() },
    });
    prune(&mut document);
    document
}

fn operation(row: &'static Operation, schemas: &mut BTreeMap<String, Json>) -> Json {
    let data = answers::data(row);
    for (object, shape, references) in data.records {
        need(schemas, row.version, object, shape, references);
    }
    schemas.extend(data.components.into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    let mut operation = json!({
        "tags": [text::group(row.path)],
        "operationId": row.id,
        "summary": text::summary(row),
    });
    let description = text::description(row);
    if !description.is_empty() {
        operation["description"] = description.into();
    }
    let mut parameters: Vec<Json> = row.in_path().map(|(name, target)| params::in_path(row, name, target)).collect();
    parameters.extend(row.params.iter().map(|param| params::in_query(row, param)));
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(schema) = bodies::schema(row) {
        let json = json!({ "schema": schema, "example": samples::body(row) });
        operation["requestBody"] =
            json!({ "required": row.body.is_required(), "content": { "application/json": json } });
    }
    let schema = answers::envelope(row, data.schema);
    let mut responses = Map::new();
    responses.insert(
        row.success.to_string(),
        json!({ "description": "Success.", "content": { "application/json": { "schema": schema } } }),
    );
    for (status, name) in refusals(row) {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    responses.insert("default".to_owned(), json!({ "$ref": "#/components/responses/Fault" }));
    operation["responses"] = responses.into();
    operation["security"] = allowed(row);
    operation["x-cost"] = row.cost.into();
    if row.right.is_some() {
        operation["x-permission"] = "admin".into();
    }
    operation["x-codeSamples"] = samples::snippet(row).samples();
    operation
}

/// Adds the schema of a record, and of what it refers to.
fn need(
    schemas: &mut BTreeMap<String, Json>,
    version: Version,
    object: &'static penstock_model::Object,
    shape: crate::wire::Shape,
    references: References,
) {
    let name = records::name(object, shape, references);
    if schemas.contains_key(&name) {
        return;
    }
    let schema = records::answer(object, version, shape, references);
    let refers_to_activity = schema.to_string().contains("#/components/schemas/Activity\"");
    schemas.insert(name, schema);
    if refers_to_activity {
        let activity = &penstock_model::objects::ACTIVITY;
        need(schemas, version, activity, crate::wire::Shape::Listed, References::Ids);
    }
}

/// The ways to be let in, each with one of the scopes that the operation needs.
fn allowed(row: &Operation) -> Json {
    let mut ways = vec![json!({ "token": [] }), json!({ "tokenInQuery": [] })];
    if row.scopes.is_empty() {
        ways.push(json!({ "bearer": ["base"] }));
    }
    ways.extend(row.scopes.iter().map(|scope| json!({ "bearer": [scope] })));
    ways.into()
}

fn security() -> Json {
    json!({
        "token": { "type": "apiKey", "in": "header", "name": "x-api-token", "description": "A user's API token." },
        "tokenInQuery": { "type": "apiKey", "in": "query", "name": "api_token",
            "description": "The same token in the query." },
        "bearer": { "type": "http", "scheme": "bearer", "description": "The same token, or an app's token, \
            which has one of the scopes." },
    })
}

/// The refusals that an operation is likely to meet: status and response.
fn refusals(row: &Operation) -> BTreeMap<u16, &'static str> {
    let named = row.targets[0].is_some();
    let mut likely = vec![(Code::Unauthenticated, true)];
    likely.push((Code::ParameterInvalid, named || !row.params.is_empty() || !row.method.is_read()));
    likely.push((Code::Forbidden, !row.scopes.is_empty() || row.right.is_some()));
    // v1 says of a field that it never had that it is gone (pipedrive-contract 2.2).
    let gone = matches!(row.targets[0], Some(Target::Field(_)));
    likely.push((if gone { Code::Gone } else { Code::NotFound }, named));
    let awaits = |param: &Param| matches!(param.does, ParamEffect::Unimplemented(_));
    likely.push((Code::NotImplemented, row.params.iter().any(awaits)));
    likely.extend(row.errors.iter().map(|code| (*code, true)));
    let statuses: Vec<u16> = likely.iter().filter(|(_, holds)| *holds).map(|(code, _)| code.status()).collect();
    REFUSALS.iter().filter(|(status, ..)| statuses.contains(status)).map(|(status, name, _)| (*status, *name)).collect()
}

/// The refusals that operations name: status, name, and what it says.
const REFUSALS: [(u16, &str, &str); 7] = [
    (
        400,
        "Invalid",
        "Something in the path, the query or the body is wrong; `error` names it and says what is expected.",
    ),
    (
        401,
        "Unauthorized",
        "No valid token came with the request. Paths that do not exist answer so too when there is no token.",
    ),
    (403, "Forbidden", "The token lacks the scope, or the user may not do this."),
    (404, "NotFound", "The record does not exist, for this user."),
    (409, "Conflict", "The value is taken."),
    (410, "Gone", "There is no such field."),
    (501, "NotImplemented", "Pipedrive has this, Penstock does not have it yet."),
];

fn responses(version: Version) -> Json {
    let is = |status: u16| Code::ALL.iter().any(|code| code.status() == status);
    let mut responses = Map::new();
    let error = json!({ "application/json": { "schema": kinds::component("Error") } });
    for (status, name, what) in REFUSALS {
        debug_assert!(is(status), "{} answers {status}", version.word());
        let content = match (version, status) {
            (Version::V2, 400) => json!({ "application/json": { "schema": kinds::component("InvalidRequest") } }),
            _ => error.clone(),
        };
        responses.insert(name.to_owned(), json!({ "description": what, "content": content }));
    }
    let fault = "Any other refusal: 404 for a path or a method that there is not, 409 for a value that is taken, 413 for \
        a body that is too large, 429 for too many requests, 500 and 503 for faults of the server.";
    responses.insert("Fault".to_owned(), json!({ "description": fault, "content": error }));
    responses.into()
}

fn error(version: Version) -> Json {
    let mut schema = json!({
        "type": "object",
        "required": ["success", "error"],
        "properties": {
            "success": { "const": false },
            "error": { "type": "string", "description": "What is wrong and what to change." },
            "errorCode": { "type": "integer", "description": "The status, in refusals of the gateway." },
            "error_info": { "type": "string" },
            "data": { "type": "null" },
            "additional_data": { "type": "null" },
        },
    });
    if version == Version::V2 {
        let description = "Beside the status 500, with `success` and `error` alone.";
        schema["properties"]["code"] = json!({ "const": "ERR_UNKNOWN", "description": description });
    }
    schema
}

/// v2's 400 (live facts 1.1, 1.2, 1.5).
fn invalid_request() -> Json {
    json!({
        "type": "object",
        "required": ["success", "error", "code"],
        "additionalProperties": false,
        "properties": {
            "success": { "const": false },
            "error": {
                "type": "string",
                "description": "What is wrong and what to change. What does not have the right form is named after \
                    `Validation failed: `, each fault by its path and the reason, up to 20, with `; ` between them.",
            },
            "code": {
                "enum": ["ERR_SCHEMA_VALIDATION_FAILED", "ERR_BAD_REQUEST"],
                "description": "The first for what does not have the right form, the second for what has it and is \
                    refused by a rule or because a record that it names does not exist.",
            },
        },
    })
}

/// Drops the schemas and responses that nothing refers to.
fn prune(document: &mut Json) {
    for part in ["responses", "schemas"] {
        loop {
            let text = document.to_string();
            let Some(all) = document["components"][part].as_object_mut() else { return };
            let before = all.len();
            all.retain(|name, _| text.contains(&format!("\"#/components/{part}/{name}\"")));
            if all.len() == before {
                break;
            }
        }
    }
}
