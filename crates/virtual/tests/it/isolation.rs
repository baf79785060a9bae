//! Two companies never meet, and two users see what each may, through every operation.

use penstock_testing::{ADMIN, ANN, BOB, tenants};
use penstock_virtual::operations::{ALL, Answered, Operation, Sent};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, path},
    sample::Sample,
};

/// The path of an operation on a record.
fn place(operation: &Operation, object: &str, id: &str) -> String {
    let path = operation.path.trim_start_matches("/v1/dynamic/{configuration}");
    path.replace("{object}", object)
        .replace("{id}", id)
        .replace("{source}", "erp")
        .replace("{key}", object)
        .replace("{field}", "id")
}

fn mentions(json: &Json, text: &str) -> bool {
    json.to_string().contains(text)
}

#[tokio::test]
async fn nothing_of_one_company_is_seen_or_changed_from_another() {
    for tenant in tenants().await {
        let (ours, theirs) = (Client::new(&tenant), Client::new(&tenant.other_tenant("Other").await));
        let sample = Sample::fill(&ours).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let keyed = json!({ "external_ids": [{ "source": "erp", "key": object }] });
            ours.change(object, sample.id(object), keyed).await;
        }
        for object in OBJECTS {
            let id = sample.id(object).as_str().unwrap();
            let before = ours.read(&path(object, sample.id(object))).await;
            for operation in ALL {
                let body = json!({ "name": "Stolen", "title": "Stolen", "subject": "Stolen" });
                // What both companies begin with has the same numbers in both.
                let both = ["user", "pipeline", "stage"].contains(&object) && operation.path.contains("{id}");
                let body = (operation.body != Sent::Nothing).then_some(&body);
                if both || matches!(operation.body, Sent::Create | Sent::Upsert) {
                    continue;
                }
                let at = place(operation, object, id);
                let (status, answer) = theirs.call(operation.method.word(), &at, body).await;
                match operation.answer {
                    Answered::Objects | Answered::Object | Answered::Field => assert_eq!(status, 200, "{at}"),
                    Answered::Page => {
                        assert_eq!(status, 200, "{at}");
                        assert!(!mentions(&answer, "Acme") && !mentions(&answer, "Ann Lee"), "{at}: {answer}");
                    }
                    _ => assert_eq!(status, 404, "{} {at}: {answer}", operation.method.word()),
                }
            }
            assert_eq!(ours.read(&path(object, sample.id(object))).await, before, "{object}");
        }
        for (object, body) in [
            ("deal", json!({ "title": "Theirs", "organization": sample.id("organization") })),
            ("activity", json!({ "lead": sample.id("lead") })),
            ("note", json!({ "content": "x", "person": sample.id("person") })),
        ] {
            let (status, answer) = theirs.call("POST", &format!("/objects/{object}"), Some(&body)).await;
            assert_eq!((status, &answer["code"]), (400, &json!("reference.unknown")), "{object}: {answer}");
        }
        let at = "/objects/organization/by/external_id/erp/organization";
        let (status, made) = theirs.call("PUT", at, Some(&json!({ "name": "Theirs" }))).await;
        assert_eq!(status, 201, "the key is free there: {made}");
        assert_eq!(ours.read(at).await["name"], "Acme");
    }
}

#[tokio::test]
async fn a_hidden_record_does_not_exist_for_another_user() {
    for tenant in tenants().await {
        let (ann, bob, admin) = (Client::of(&tenant, ANN), Client::of(&tenant, BOB), Client::of(&tenant, ADMIN));
        let least = |object: &str| match object {
            "deal" => json!({ "title": "Secret" }),
            "lead" => json!({ "title": "Secret", "organization": "1" }),
            "activity" => json!({ "subject": "Secret", "organization": "1" }),
            "note" => json!({ "content": "Secret", "organization": "1" }),
            _ => json!({ "name": "Secret" }),
        };
        for object in ["organization", "person", "deal", "lead", "activity", "note"] {
            let mut body = least(object);
            body["external_ids"] = json!([{ "source": "erp", "key": object }]);
            if !["activity", "note"].contains(&object) {
                body["visible_to"] = json!("owner");
            }
            let made = ann.create(object, body.clone()).await;
            let id = made["id"].as_str().unwrap();
            for operation in ALL.iter().filter(|o| o.path.contains("/objects/")) {
                let at = place(operation, object, id);
                let body = (operation.body != Sent::Nothing).then_some(&body);
                let (status, answer) = bob.call(operation.method.word(), &at, body).await;
                assert!(!mentions(&answer, "Secret"), "{} {at}: {answer}", operation.method.word());
                match (operation.answer, operation.body) {
                    (Answered::Page, _) => assert_eq!((status, &answer["length"]), (200, &json!(0)), "{at}"),
                    (_, Sent::Create | Sent::Upsert) => assert!(status >= 400, "{at}: {answer}"),
                    _ => assert_eq!(status, 404, "{} {at}: {answer}", operation.method.word()),
                }
            }
            assert_eq!(ann.read(&path(object, &made["id"])).await, made, "{object}");
            assert_eq!(admin.read(&path(object, &made["id"])).await["id"], made["id"], "{object}");
        }
        let hidden = json!({ "title": "Bob's", "organization": "1" });
        let (status, answer) = bob.call("POST", "/objects/deal", Some(&hidden)).await;
        assert_eq!((status, &answer["code"]), (400, &json!("reference.unknown")), "{answer}");
    }
}

#[tokio::test]
async fn who_gives_a_record_away_is_answered_this_once() {
    for tenant in tenants().await {
        let ann = Client::of(&tenant, ANN);
        let deal = ann.create("deal", json!({ "title": "Mine", "visible_to": "owner" })).await;
        let given = ann.change("deal", &deal["id"], json!({ "owner": BOB })).await;
        assert_eq!(given["owner"], BOB.to_string());
        assert_eq!(Client::of(&tenant, BOB).read("/objects/deal/1").await["title"], "Mine");
    }
}
