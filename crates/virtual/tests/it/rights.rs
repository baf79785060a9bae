//! What takes a right is refused to those who lack it, as the Pipedrive face refuses it, and the metadata says so.

use penstock_testing::{ANN, tenants};
use serde_json::{Value as Json, json};

use crate::client::{Client, path};

/// What a user without rights may not define, with a field that could be changed.
const DEFINED: [&str; 2] = ["pipeline", "stage"];

#[tokio::test]
async fn what_takes_a_right_is_refused_to_those_without_it() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        let pipeline = admin.create("pipeline", json!({ "name": "Sales" })).await;
        let stage = admin.create("stage", json!({ "name": "Won over", "pipeline": pipeline["id"] })).await;
        let before = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        for (object, made) in DEFINED.into_iter().zip([&pipeline, &stage]) {
            let body = json!({ "name": "Mine", "pipeline": pipeline["id"] });
            let place = path(object, &made["id"]);
            for (method, path, body) in [
                ("POST", format!("/objects/{object}"), Some(&body)),
                ("PATCH", place.clone(), Some(&json!({ "name": "Mine" }))),
                // Whether it would have been understood is for those with the right.
                ("PATCH", place.clone(), Some(&json!({ "nonsense": 1 }))),
                ("DELETE", place.clone(), None),
            ] {
                let (status, answer) = ann.call(method, &path, body).await;
                assert_eq!((status, &answer["code"]), (403, &json!("forbidden")), "{method} {path}: {answer}");
            }
            assert_eq!(ann.read(&place).await["name"], made["name"], "it can be read");
        }
        assert_eq!(tenant.number("SELECT event_seq FROM company WHERE id = ?1").await, before, "nothing changed");
    }
}

#[tokio::test]
async fn the_metadata_says_who_may_write() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        for object in DEFINED {
            let metadata = format!("/metadata/{object}");
            let (with, without) = (admin.read(&metadata).await, ann.read(&metadata).await);
            for operation in ["create", "update", "upsert", "delete"] {
                assert_eq!(with["operations"][operation], true, "{object} {operation}");
                assert_eq!(without["operations"][operation], false, "{object} {operation}");
            }
            let writable = |metadata: &Json| {
                let fields = metadata["fields"].as_array().unwrap();
                fields.iter().any(|f| f["read_only"]["update"] == false || f["read_only"]["create"] == false)
            };
            assert!(writable(&with) && !writable(&without), "{object}");
        }
        assert_eq!(ann.read("/metadata/deal").await["operations"]["create"], true);
    }
}
