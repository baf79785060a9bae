//! The bodies of refusals, as each version spells them (pipedrive-contract 2.2).

use penstock_pipedrive::operations::{UNIMPLEMENTED, Version};
use serde_json::{Value as Json, json};

use crate::app::{Answer, apps};

const DOCS: &str = "Please check developers.pipedrive.com";
const DOCS_IN_FULL: &str = "Please check developers.pipedrive.com for more information about Pipedrive API.";

/// What every refusal but those of the gateway has.
fn plain(error: &str, info: &str) -> Json {
    json!({ "success": false, "error": error, "error_info": info, "data": null, "additional_data": null })
}

#[track_caller]
fn is(answer: &Answer, status: u16, body: &Json) {
    assert_eq!((answer.status, &answer.json), (status, body));
}

#[tokio::test]
async fn what_is_missing_is_said_by_object_on_v1_and_in_one_way_on_v2() {
    for app in apps().await {
        let ann = app.ann();
        for (target, error) in [
            ("/v1/deals/9", "Deal not found"),
            ("/v1/persons/9", "Person not found"),
            ("/v1/organizations/9", "Organization not found"),
            ("/v1/activities/9", "Activity not found"),
            ("/v1/notes/9", "Note not found"),
            ("/v1/pipelines/9", "Pipeline not found"),
            ("/v1/stages/9", "Stage not found"),
            ("/v1/users/9", "User not found or not accessible."),
            ("/v1/leads/adf21080-0e10-11eb-879b-05d71fb426ec", "requested lead not found"),
        ] {
            is(&ann.get(target).await, 404, &plain(error, "Object was not found."));
        }
        is(&ann.get("/api/v2/deals/9").await, 404, &plain("Deal not found", "Object was not found."));
        for target in ["persons/9", "organizations/9", "activities/9", "pipelines/9", "dealFields/x"] {
            let missing = ann.get(&format!("/api/v2/{target}")).await;
            is(&missing, 404, &plain("Entity was not found", "Object was not found."));
        }
    }
}

#[tokio::test]
async fn a_wrong_body_says_what_to_change() {
    for app in apps().await {
        let ann = app.ann();
        is(&ann.post("/v1/leads", json!({})).await, 400, &plain("title is required", DOCS_IN_FULL));
        is(
            &ann.post("/v1/deals", json!({ "title": "x", "value": "much" })).await,
            400,
            &plain("value: must be a number with a point before its fraction, such as 1234.5", DOCS_IN_FULL),
        );
        is(
            &ann.post("/v1/deals", json!({ "title": "x", "user_id": 9 })).await,
            400,
            &plain("user_id: user 9 was not found", DOCS_IN_FULL),
        );
        let strict = ann.post("/api/v2/deals", json!({ "title": 5 })).await;
        let error = "Validation failed: title: must be a string";
        is(&strict, 400, &json!({ "success": false, "error": error, "code": "ERR_SCHEMA_VALIDATION_FAILED" }));
        let unknown = ann.post("/api/v2/deals", json!({ "title": "x", "colour": 1 })).await.must(400);
        assert_eq!(unknown.error(), "Validation failed: colour: Parameter 'colour' is not allowed for this request");
        let json = ann.ask("POST", "/v1/deals", b"{\"title\":}".to_vec()).await.must(400);
        assert!(json.error().contains("line 1 column 10"), "{}", json.error());
    }
}

#[tokio::test]
async fn a_forbidden_thing_says_so() {
    for app in apps().await {
        let refused = app.ann().post("/v1/pipelines", json!({ "name": "x" })).await;
        is(&refused, 403, &plain("You do not have permissions to do this.", DOCS));
        app.ann().post("/v1/deals", json!({ "title": "x" })).await.must(201);
        let note = json!({ "content": "x", "deal_id": 1, "user_id": 3 });
        app.ann().post("/v1/notes", note.clone()).await.must(403);
        assert_eq!(app.admin().post("/v1/notes", note).await.must(200).at("/data/user_id"), 3);
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_410_or_501() {
    for app in apps().await {
        let ann = app.ann();
        is(&ann.get("/v1/dragons").await, 404, &plain("Unknown method", DOCS_IN_FULL));
        for (version, method, path) in UNIMPLEMENTED {
            let prefix = if *version == Version::V1 { "/v1" } else { "/api/v2" };
            let target = format!("{prefix}{}", path.replace(['{', '}'], "_"));
            let later = ann.ask(method.word(), &target, Vec::new()).await;
            assert_eq!(later.status, 501, "{} {path}", method.word());
            let named = format!("Penstock does not have the operation {} {path} yet", method.word());
            assert_eq!(later.json["error"], *named);
        }
        is(&ann.get("/v1/dealFields/1").await, 410, &plain("The field is not found", DOCS_IN_FULL));
    }
}

/// A fault of the engine is a 503 that tells nothing of the inside, and the next request is answered.
#[tokio::test]
async fn a_fault_of_the_engine_is_503_and_passes() {
    for app in apps().await {
        let ann = app.ann();
        for (method, target, body) in [
            ("GET", "/v1/deals", ""),
            ("GET", "/api/v2/deals/1", ""),
            ("POST", "/v1/deals", r#"{"title":"x"}"#),
            ("PUT", "/v1/deals/1", r#"{"title":"y"}"#),
            ("DELETE", "/v1/deals/1", ""),
        ] {
            ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
            for statement in 0..40 {
                app.tenant.faults.fail_at(statement);
                let answer = ann.ask(method, target, body.as_bytes().to_vec()).await;
                if app.tenant.faults.clear() {
                    assert!(answer.status < 300, "{method} {target}: {}", answer.json);
                    break;
                }
                assert_eq!(answer.status, 503, "{method} {target} at {statement}: {}", answer.json);
                assert_eq!(answer.at("/success"), &json!(false));
                assert_eq!(answer.error(), "The server can't do this now: try again later");
            }
            ann.get("/v1/deals").await.must(200);
        }
    }
}
