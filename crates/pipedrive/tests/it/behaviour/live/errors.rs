//! The bodies of refusals, and what is said of a path or method that there is not (live facts 1, 4.1).

use serde_json::{Value as Json, json};

use super::{against_a_rule, invalid};
use crate::{app::apps, behaviour::sale};

/// Live facts 1.1 to 1.3.
#[tokio::test]
async fn v2_names_every_fault_of_a_body_in_one_sentence_beside_two_other_keys() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let not_allowed = |key: &str| format!("{key}: Parameter '{key}' is not allowed for this request");
        let (yyy, zzz) = (not_allowed("yyy"), not_allowed("zzz"));
        let many = json!({ "zzz": 1, "yyy": 2, "title": 5, "is_deleted": true });
        let rest = "title: must be a string; is_deleted: must be false: a deal is deleted by an operation of its own";
        let all = format!("{zzz}; {yyy}; {rest}");
        let refused = ann.patch("/api/v2/deals/1", many.clone()).await.must(400);
        assert_eq!(refused.json, invalid(&all));
        // What a new record lacks is named with the rest, and only once.
        let refused = ann.post("/api/v2/deals", many).await.must(400);
        assert_eq!(refused.json, invalid(&all));
        let refused = ann.post("/api/v2/deals", json!({ "zzz": 1 })).await.must(400);
        assert_eq!(refused.json, invalid(&format!("{zzz}; title: is required")));
        let refused = ann.post("/api/v2/deals", json!({})).await.must(400);
        assert_eq!(refused.json, invalid("title: is required"));
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/title"), "Engines");
    }
}

#[tokio::test]
async fn v2_names_twenty_faults_and_says_little_of_a_long_key() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let many: serde_json::Map<String, Json> = (10..60).map(|n| (format!("key{n}"), json!(n))).collect();
        let refused = ann.patch("/api/v2/deals/1", many.clone().into()).await.must(400);
        let named: Vec<&str> = refused.error().split("; ").collect();
        assert_eq!(named.len(), 20);
        assert_eq!(named[19], "key29: Parameter 'key29' is not allowed for this request");
        let refused = ann.patch("/api/v2/deals/1", json!({ "custom_fields": many })).await.must(400);
        assert_eq!(refused.error().split("; ").count(), 20);
        let query: Vec<String> = (10..60).map(|n| format!("key{n}=1")).collect();
        let refused = ann.get(&format!("/api/v2/deals?{}", query.join("&"))).await.must(400);
        assert_eq!(refused.error().split("; ").count(), 20);
        let long = "k".repeat(100_000);
        let refused = ann.patch("/api/v2/deals/1", json!({ (long): 1 })).await.must(400);
        assert!(refused.error().len() < 300, "{}", refused.error().len());
    }
}

/// Live facts 1.5 and 3.8.
#[tokio::test]
async fn v2_tells_a_rule_from_a_wrong_form() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let person = "person_id: can't be set: add a primary participant instead, who becomes the person";
        let refused = ann.post("/api/v2/activities", json!({ "subject": "x", "person_id": 1 })).await.must(400);
        assert_eq!(refused.json, against_a_rule(person));
        let refused = ann.patch("/api/v2/activities/1", json!({ "person_id": 1 })).await.must(400);
        assert_eq!(refused.json, against_a_rule(person));
        let refused = ann.patch("/api/v2/deals/1", json!({ "org_id": 99 })).await.must(400);
        assert_eq!(refused.json, against_a_rule("org_id: organization 99 was not found"));
        // The rules are asked when the form is right.
        let refused = ann.patch("/api/v2/activities/1", json!({ "person_id": 1, "done": "maybe" })).await.must(400);
        assert_eq!(refused.at("/code"), "ERR_SCHEMA_VALIDATION_FAILED");
        assert!(!refused.error().contains("person_id"), "{}", refused.error());
    }
}

/// Live facts 1.7.
#[tokio::test]
async fn v2_says_of_a_deal_alone_that_the_deal_is_missing() {
    for app in apps().await {
        let ann = app.ann();
        for (method, body) in [("GET", ""), ("PATCH", "{\"title\":\"x\"}"), ("DELETE", "")] {
            let missing = ann.ask(method, "/api/v2/deals/9", body.as_bytes().to_vec()).await.must(404);
            assert_eq!(missing.error(), "Deal not found", "{method}");
        }
        assert_eq!(ann.get("/api/v2/deals/9/followers").await.must(404).error(), "Deal not found");
        assert_eq!(ann.get("/api/v2/persons/9").await.must(404).error(), "Entity was not found");
    }
}

/// Live facts 1.8.
#[tokio::test]
async fn a_wrong_method_is_as_unknown_as_a_wrong_path() {
    for app in apps().await {
        let ann = app.ann();
        for target in ["/v1/deals/1", "/api/v1/deals/1", "/api/v2/deals/1"] {
            for method in ["POST", "OPTIONS", "TRACE"] {
                let refused = ann.ask(method, target, Vec::new()).await.must(404);
                assert_eq!(refused.error(), "Unknown method", "{method} {target}");
                assert!(refused.header("allow").is_some_and(|allowed| allowed.contains("GET")), "{method} {target}");
                let without = app.bearing("").ask(method, target, Vec::new()).await.must(401);
                assert_eq!(without.header("allow"), None);
            }
        }
        for target in ["/v1/dragons", "/api/v2/dragons", "/v1/deals/1/dragons"] {
            let refused = ann.get(target).await.must(404);
            assert_eq!((refused.error(), refused.header("allow")), ("Unknown method", None), "{target}");
        }
    }
}

/// Live facts 1.9.
#[tokio::test]
async fn v1_points_to_the_documentation_in_a_full_sentence() {
    let info = "Please check developers.pipedrive.com for more information about Pipedrive API.";
    for app in apps().await {
        let ann = app.ann();
        for body in [json!({ "title": "x", "value": "much" }), json!({ "title": "x", "org_id": 99 })] {
            let refused = ann.post("/v1/deals", body).await.must(400);
            assert_eq!(refused.at("/error_info"), info);
            let keys: Vec<&String> = refused.json.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["success", "error", "error_info", "data", "additional_data"]);
        }
    }
}

/// Live facts 1.10.
#[tokio::test]
async fn v1_asks_for_a_title_or_a_name_in_pipedrives_words() {
    for app in apps().await {
        let ann = app.ann();
        for (target, key, error) in [
            ("deals", "title", "Deal title must be given."),
            ("persons", "name", "Name must be given."),
            ("organizations", "name", "Name must be given."),
        ] {
            for body in [json!({}), json!({ (key): null }), json!({ (key): "" }), json!({ (key): "  " })] {
                let refused = ann.post(&format!("/v1/{target}"), body.clone()).await.must(400);
                assert_eq!(refused.error(), error, "{target} {body}");
            }
        }
        // v2 has words of its own.
        assert_eq!(ann.post("/api/v2/persons", json!({})).await.must(400).json, invalid("name: is required"));
    }
}

/// Live facts 4.1 and 4.2.
#[tokio::test]
async fn v2_names_custom_fields_as_the_path_and_the_key_in_the_reason() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let made =
            app.admin().post("/v1/dealFields", json!({ "name": "Size", "field_type": "double" })).await.must(200);
        let key = made.at("/data/key").as_str().unwrap();
        let wrong = json!({ "custom_fields": { "title": "q", "nothing": 1, (key): "large" }, "label_ids": 5 });
        let refused = ann.patch("/api/v2/deals/1", wrong).await.must(400);
        let mut parts: Vec<&str> = refused.error().strip_prefix("Validation failed: ").unwrap().split("; ").collect();
        assert_eq!(parts.pop().unwrap().split(':').next(), Some("label_ids"));
        parts.sort_unstable();
        assert!(parts[0].starts_with(&format!("custom_fields: {key}: must be ")), "{}", parts[0]);
        assert_eq!(parts[1..], ["custom_fields: Unknown key 'nothing'", "custom_fields: Unknown key 'title'"]);
        let refused = ann.patch("/api/v2/deals/1", json!({ "custom_fields": [] })).await.must(400);
        assert_eq!(refused.json, invalid("custom_fields: must be an object"));
    }
}
