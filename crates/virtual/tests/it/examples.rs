//! What every operation answers when it succeeds and when it refuses: recorded in `docs/examples-virtual.jsonl`, which
//! the reference shows, the same on both engines, and held against the OpenAPI document. `PENSTOCK_BLESS=1` writes the
//! file; otherwise a stale one fails.

use std::path::Path;

use penstock_testing::{Engine, TestCompany, engines};
use penstock_virtual::{
    openapi,
    operations::{ALL, Capability, KeyBy, Operation, Sent},
};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS},
    sample::Sample,
};

/// One request, as a person would ask it.
struct Example {
    name: &'static str,
    path: String,
    body: Option<Json>,
    status: u16,
    /// Without the token.
    stranger: bool,
}

fn example(name: &'static str, path: &str, body: Option<&Json>, status: u16) -> Example {
    Example { name, path: path.to_owned(), body: body.cloned(), status, stranger: false }
}

/// The requests that show an operation. `path` has its places filled; the record that it names is there.
fn examples(row: &Operation, path: &str, body: Option<&Json>) -> Vec<Example> {
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    let elsewhere = |name: &str| format!("{parent}/{name}");
    let unknown = json!({ "colour": "blue" });
    match row.name {
        "showConfiguration" => vec![
            example("an address and a token are enough to find the objects", path, None, 200),
            Example { stranger: true, ..example("nothing is told without a token", path, None, 401) },
        ],
        "listObjects" => vec![
            example("the objects are listed", path, None, 200),
            Example { stranger: true, ..example("without a token nothing is told", path, None, 401) },
        ],
        "describeObject" => vec![
            example("an object is described, field by field", path, None, 200),
            example("an object that is not there is refused, with its neighbour", &elsewhere("deals"), None, 404),
        ],
        "describeField" => vec![
            example("a field is described", path, None, 200),
            example("a field that is not there is refused", &elsewhere("colour"), None, 404),
        ],
        "listRecords" => vec![
            example("a page of one", &format!("{path}?limit=1"), None, 200),
            example("a filter by a field that is not there", &format!("{path}?filter=colour = 'blue'"), None, 400),
        ],
        "getRecord" => vec![
            example("a record is read", path, None, 200),
            example("a record that is not there", &elsewhere("99"), None, 404),
        ],
        "createRecord" => vec![
            example("a record is made", path, body, 201),
            example("a field that is not there is refused by name", path, Some(&unknown), 400),
        ],
        "updateRecord" => vec![
            example("what the body names is changed, the rest stays", path, body, 200),
            example("what is read only is refused by name", path, Some(&json!({ "id": "7" })), 422),
            example("what someone else has changed since is not touched", path, Some(&json!({ "etag": "7" })), 412),
        ],
        "deleteRecord" => vec![
            example("a record is deleted", path, None, 200),
            example("a record that is not there", &elsewhere("99"), None, 404),
        ],
        "getRecordByExternalId" => vec![
            example("a record is found by its key in another system", path, None, 200),
            example("a key that no record has", &elsewhere("event-2"), None, 404),
        ],
        "upsertRecordByExternalId" => vec![
            example("a record is made under its key in another system", &elsewhere("event-2"), body, 201),
            example("the same request again changes it", &elsewhere("event-2"), body, 200),
            example("a field that is not there is refused by name", path, Some(&unknown), 400),
        ],
        other => panic!("{other} has no examples"),
    }
}

/// The example that the document gives for a parameter of the path; empty where there is none of that name.
fn in_path<'a>(operation: &'a Json, name: &str) -> &'a str {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.filter(|one| one["name"] == name).find_map(|one| one["example"].as_str()).unwrap_or_default()
}

/// The OpenAPI document of the built-in model.
async fn document(client: &Client) -> Json {
    let mut objects = Vec::new();
    for object in OBJECTS {
        objects.push(client.read(&format!("/metadata/{object}")).await);
    }
    openapi::document(&objects)
}

/// What an answer has that the document does not say.
fn faults(document: &Json, operation: &Json, status: u16, answer: &Json) -> Vec<String> {
    let Some(mut response) = operation["responses"].get(status.to_string()) else {
        return vec![format!("{status} is not documented")];
    };
    if let Some(target) = response["$ref"].as_str() {
        response = document.pointer(target.trim_start_matches('#')).unwrap();
    }
    let mut whole = response["content"]["application/json"]["schema"].clone();
    whole["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::options().build(&whole).unwrap();
    validator.iter_errors(answer).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// Every operation's examples on an engine, a line each.
async fn recorded(engine: Engine) -> Vec<String> {
    let tenant = TestCompany::open(engine).await;
    let client = Client::new(&tenant);
    let document = document(&client).await;
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (template, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let method = method.to_uppercase();
            let title = format!("virtual {method} {template}");
            let named = template.split('/').nth(2).filter(|o| OBJECTS.contains(o));
            let object = named.unwrap_or_else(|| in_path(operation, "object"));
            let generic = template.replacen(&format!("/objects/{object}"), "/objects/{object}", 1);
            let generic = format!("/v1/dynamic/{{configuration}}{}", generic.trim_end_matches('/'));
            let row = ALL.iter().find(|row| row.path == generic && row.method.word() == method).unwrap();
            let content = &operation["requestBody"]["content"]["application/json"];
            let body = content.get("example").filter(|_| !content.is_null());

            tenant.reset().await;
            let sample = Sample::fill(&client).await;
            let path = template.replace("{object}", object).replace("{field}", in_path(operation, "field"));
            let id = if path.contains("{id}") { sample.id(object).as_str().unwrap() } else { "" };
            let path = path.replace("{id}", id).replace("{source}", "calendar").replace("{key}", "event-1");
            if row.key == KeyBy::ExternalId && row.body == Sent::Nothing {
                let upsert = &methods["put"]["requestBody"]["content"]["application/json"]["example"];
                assert_eq!(client.call("PUT", &path, Some(upsert)).await.0, 201);
            }
            if row.needs.contains(&Capability::Delete) && ["pipeline", "stage"].contains(&object) {
                // A place where an open deal stands stays.
                let deal = format!("/objects/deal/{}", sample.id("deal").as_str().unwrap());
                assert_eq!(client.call("DELETE", &deal, None).await.0, 200);
            }
            for one in examples(row, &path, body) {
                let mut request = client.request(&method, &one.path, one.body.as_ref());
                if one.stranger {
                    request.headers.clear();
                }
                let (status, answer) = client.send(request).await;
                if status != one.status {
                    wrong.push(format!("{title}: {}: {status} {answer}", one.name));
                }
                let found = faults(&document, operation, status, &answer);
                wrong.extend(found.into_iter().map(|fault| format!("{title}: {}: {fault}", one.name)));
                let line = json!({
                    "operation": title, "name": one.name,
                    "request": {"path": format!("/v1/dynamic/default{}", one.path), "body": one.body},
                    "status": status, "body": answer,
                });
                lines.push(line.to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    lines
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
async fn the_recorded_examples_of_every_operation_are_fresh() {
    let mut engines_answers = Vec::new();
    for engine in engines() {
        engines_answers.push(recorded(engine).await);
    }
    let first = &engines_answers[0];
    for (one, other) in engines_answers.iter().flat_map(|answers| first.iter().zip(answers)) {
        assert_eq!(one, other, "both engines answer alike");
    }
    let fresh = first.join("\n") + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples-virtual.jsonl");
    if std::env::var_os("PENSTOCK_BLESS").is_some() {
        std::fs::write(&file, &fresh).unwrap();
    }
    let stands = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stands == fresh,
        "docs/examples-virtual.jsonl is stale: PENSTOCK_BLESS=1 cargo test -p penstock-virtual --test it examples"
    );
}
