//! `docs/openapi/virtual.json` is what the table and the metadata say, and what answers are. `PENSTOCK_BLESS=1` writes
//! it; otherwise a stale one fails.

use std::path::Path;

use penstock_testing::{Engine, TestCompany, tenants};
use penstock_virtual::openapi;
use serde_json::Value as Json;

use crate::{
    client::{Client, OBJECTS, path},
    sample::{Sample, with_custom_fields},
};

pub(crate) async fn document(client: &Client) -> Json {
    let mut objects = Vec::new();
    for object in OBJECTS {
        objects.push(client.read(&format!("/metadata/{object}")).await);
    }
    openapi::document(&objects)
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
async fn the_document_of_the_built_in_model_is_fresh() {
    let tenant = TestCompany::open(Engine::Sqlite).await;
    let client = Client::new(&tenant);
    let fresh = format!("{}\n", serde_json::to_string_pretty(&document(&client).await).unwrap());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi/virtual.json");
    if std::env::var_os("PENSTOCK_BLESS").is_some() {
        std::fs::write(&file, &fresh).unwrap();
    }
    let stands = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stands == fresh,
        "docs/openapi/virtual.json is stale: PENSTOCK_BLESS=1 cargo test -p penstock-virtual openapi"
    );
}

/// The faults of a value against a named schema.
fn faults(document: &Json, schema: &str, value: &Json) -> Vec<String> {
    let mut whole = serde_json::json!({ "$ref": format!("#/components/schemas/{schema}") });
    whole["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::options().build(&whole).unwrap();
    validator.iter_errors(value).map(|e| format!("{schema}{}: {e}", e.instance_path())).collect()
}

#[tokio::test]
async fn answers_and_bodies_are_what_the_document_says() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let document = document(&client).await;
        let sample = Sample::fill(&client).await;
        let mut found = faults(&document, "Objects", &client.read("/metadata").await);
        for object in OBJECTS {
            let kind = format!("{}{}", object[..1].to_uppercase(), &object[1..]);
            found.extend(faults(&document, "Object", &client.read(&format!("/metadata/{object}")).await));
            found.extend(faults(&document, &kind, &client.read(&path(object, sample.id(object))).await));
            let page = client.read(&format!("/objects/{object}")).await;
            found.extend(faults(&document, &format!("{kind}Page"), &page));
        }
        let (_, refused) = client.call("POST", "/objects/deal", Some(&serde_json::json!({ "titel": 1 }))).await;
        found.extend(faults(&document, "Error", &refused));
        assert!(found.is_empty(), "{}", found.join("\n"));
        for methods in document["paths"].as_object().unwrap().values() {
            for operation in methods.as_object().unwrap().values() {
                let content = &operation["requestBody"]["content"]["application/json"];
                if let Some(name) = content["schema"]["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
                    let found = faults(&document, name, &content["example"]);
                    assert!(found.is_empty(), "{}: {}", operation["operationId"], found.join("\n"));
                }
            }
        }
    }
}
