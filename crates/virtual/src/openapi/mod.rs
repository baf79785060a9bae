//! The OpenAPI 3.1 document of the Virtual API: the operation table, spelt out for each object that an account's
//! metadata describes.
//!
//! Objects and fields are the account's own, so the document is made from metadata as it is answered.
//! `docs/openapi/virtual.json` is that of the built-in model without custom fields; a test holds it fresh.

mod samples;
mod schema;

use std::collections::BTreeMap;

use penstock_model::Code;
use serde_json::{Map, Value as Json, json};

use crate::operations::{self, Answered, COMMON_ERRORS, Capability, Conditions, Operation, Sent};

const ABOUT: &str = "Objects as an integrator defines them, over whatever an account holds.";
const DESCRIPTION: &str = "Every object is read and written alike: references are ids under the name of their \
    role, moments are RFC 3339 in UTC, spans are ISO 8601, updates are `PATCH`, and metadata says of every \
    field what it holds and who may write it. A field that is left out of a body stays as it is; `null` clears it.";

/// What every path begins with, without the configuration's name.
const PREFIX: &str = "/v1/dynamic/{configuration}";

/// The document of an account whose objects have this metadata, as `GET .../metadata/{object}` answers it.
#[must_use]
pub fn document(objects: &[Json]) -> Json {
    let mut paths: Map<String, Json> = Map::new();
    let mut schemas: BTreeMap<String, Json> = schema::shared().into_iter().collect();
    let mut tags = vec![json!({ "name": "Metadata" })];
    let mut put = |path: &str, row: &Operation, operation: Json| {
        let below = path.trim_start_matches(PREFIX);
        let at = paths.entry(if below.is_empty() { "/" } else { below }).or_insert_with(|| json!({}));
        at[row.method.word().to_lowercase()] = operation;
    };
    for row in operations::ALL.iter().filter(|row| row.describes()) {
        put(row.path, row, operation(row, &Subject::default()));
    }
    for object in objects {
        let subject = Subject::of(object);
        tags.push(json!({ "name": subject.plural }));
        schemas.extend(schema::of_object(object, &subject.kind));
        let allows = |capability: Capability| object["operations"][capability.word()] == true;
        for row in operations::ALL.iter().filter(|row| !row.describes() && row.is_useful(allows)) {
            let path = row.path.replace("{object}", subject.name);
            put(&path, row, operation(row, &subject));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Penstock: Virtual API",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": ABOUT,
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{
            "url": PREFIX,
            "variables": { "configuration": { "default": "default", "description": "The mapping configuration." } },
        }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "A user's API token." },
                "token": { "type": "apiKey", "in": "header", "name": "x-api-token",
                    "description": "The same token." },
            },
        },
        "security": [{ "bearer": [] }, { "token": [] }],
    })
}

/// What an operation is about.
#[derive(Default)]
pub(crate) struct Subject<'a> {
    /// The object's name.
    pub(crate) name: &'a str,
    /// Its name as a type: `Deal`.
    pub(crate) kind: String,
    /// Its name in a sentence: `deal`.
    pub(crate) one: String,
    /// Its plural with a capital letter: `Deals`.
    pub(crate) plural: String,
}

impl<'a> Subject<'a> {
    fn of(object: &'a Json) -> Self {
        let text = |key: &str| object[key].as_str().unwrap_or("");
        Self {
            name: text("name"),
            kind: capital(text("name")),
            one: text("label").to_lowercase(),
            plural: capital(&text("plural").to_lowercase()),
        }
    }
    fn a(&self) -> String {
        let article = if self.one.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.one)
    }
}

/// The same text with a capital first letter; of an underscored name, a type's name.
fn capital(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    };
    name.split('_').map(part).collect()
}

/// What an operation does, in words for the object.
fn summary(row: &Operation, subject: &Subject<'_>) -> String {
    row.title.replace("{records}", &subject.plural.to_lowercase()).replace("{record}", &subject.a())
}

fn operation(row: &Operation, subject: &Subject<'_>) -> Json {
    let name = row.name.replace("Records", &subject.plural.replace(' ', "")).replace("Record", &subject.kind);
    let group = if row.describes() { "Metadata" } else { &subject.plural };
    let mut operation = json!({ "tags": [group], "operationId": name, "summary": summary(row, subject) });
    if !row.description.is_empty() {
        operation["description"] = row.description.into();
    }
    let mut parameters: Vec<Json> = names(row.path, subject).map(|name| in_path(name, subject.name)).collect();
    parameters.extend(row.params.iter().map(schema::parameter));
    let conditions: &[(&str, &str)] = match row.conditions {
        Conditions::None => &[],
        Conditions::OfRead => &[(
            "if-none-match",
            "The etag of the answer that the client has, or several with commas: \
            if it would be the same again, the answer is 304 and empty.",
        )],
        Conditions::OfChange => &[
            (
                "if-match",
                "The etag that the record must still have, or several with commas, or * for any; otherwise the \
                answer is 412.",
            ),
            (
                "if-none-match",
                "The etags that the record must not have, or * if there must be none; otherwise the answer \
                is 412.",
            ),
        ],
    };
    parameters.extend(conditions.iter().map(
        |(name, what)| json!({ "name": name, "in": "header", "description": what, "schema": { "type": "string" } }),
    ));
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if row.body != Sent::Nothing {
        let schema = schema::component(&format!("{}{}", subject.kind, row.body.suffix()));
        let json = json!({ "schema": schema, "example": samples::body(row.body, subject.name) });
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": json } });
    }
    operation["responses"] = responses(row, subject);
    operation["x-codeSamples"] = samples::snippet(row, subject.name).samples();
    operation
}

/// The parameters of a path that the server's address and the object do not give.
fn names<'a>(path: &'a str, subject: &'a Subject<'_>) -> impl Iterator<Item = &'a str> {
    let inside = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    inside.filter(|name| *name != "configuration" && (*name != "object" || subject.name.is_empty()))
}

fn in_path(name: &str, object: &str) -> Json {
    let what = match name {
        "object" => "The object's name.",
        "field" => "The field's name.",
        "source" => "The other system, as the integrator calls it.",
        "key" => "The record's key there, percent-encoded.",
        _ => "The record's id.",
    };
    let schema = json!({ "type": "string" });
    json!({ "name": name, "in": "path", "required": true, "description": what, "schema": schema,
        "example": samples::path_value(name, object) })
}

fn responses(row: &Operation, subject: &Subject<'_>) -> Json {
    let mut responses = Map::new();
    let schema = match row.answer {
        Answered::Objects => schema::component("Objects"),
        Answered::Object => schema::component("Object"),
        Answered::Field => schema::component("Field"),
        Answered::Page => schema::component(&format!("{}Page", subject.kind)),
        Answered::Deleted => schema::component("Deleted"),
        Answered::Record => schema::component(&subject.kind),
    };
    for status in row.success {
        let what = if *status == 201 { "It was made." } else { "Success." };
        responses.insert(
            status.to_string(),
            json!({ "description": what, "content": { "application/json": { "schema": schema } } }),
        );
    }
    if row.conditions == Conditions::OfRead {
        responses.insert("304".to_owned(), json!({ "description": "The client has this answer already." }));
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in COMMON_ERRORS.iter().chain(row.errors) {
        by_status.entry(code.status()).or_default().push(*code);
    }
    let error = json!({ "application/json": { "schema": schema::component("Error") } });
    for (status, codes) in by_status {
        let said: Vec<String> = codes.iter().map(|code| format!("`{}`: {}", code.word(), code.meaning())).collect();
        responses.insert(status.to_string(), json!({ "description": said.join(" "), "content": error }));
    }
    responses.into()
}
