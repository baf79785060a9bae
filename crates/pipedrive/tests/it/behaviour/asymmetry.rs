//! Which endpoints of v1 show references as objects, and which as numbers (pipedrive-contract 3.0).

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::apps;

/// How a reference is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Object,
    Number,
}
use Is::{Number, Object};

/// An endpoint: method, target, body, its references, and what stands in `related_objects` (empty: it is absent).
type Row = (&'static str, &'static str, &'static str, &'static [(&'static str, Is)], &'static [&'static str]);

const DEAL: &[(&str, Is)] =
    &[("user_id", Object), ("creator_user_id", Object), ("person_id", Object), ("org_id", Object)];
const FLAT_DEAL: &[(&str, Is)] =
    &[("user_id", Number), ("creator_user_id", Number), ("person_id", Number), ("org_id", Number)];
const PERSON: &[(&str, Is)] = &[("owner_id", Object), ("org_id", Object)];
const ORGANIZATION: &[(&str, Is)] = &[("owner_id", Object)];
const ACTIVITY: &[(&str, Is)] = &[
    ("user_id", Number),
    ("person_id", Number),
    ("org_id", Number),
    ("deal_id", Number),
    ("created_by_user_id", Number),
];
const LEAD: &[(&str, Is)] =
    &[("owner_id", Number), ("creator_id", Number), ("person_id", Number), ("organization_id", Number)];
const NOTE: &[(&str, Is)] = &[("user_id", Number), ("deal_id", Number)];

const AROUND_DEAL: &[&str] = &["organization", "person", "pipeline", "stage", "user"];
const AROUND_PERSON: &[&str] = &["organization", "user"];
const AROUND_ORGANIZATION: &[&str] = &["organization", "user"];
const AROUND_ACTIVITY: &[&str] = &["deal", "organization", "person", "user"];

const ROWS: &[Row] = &[
    ("GET", "/v1/deals", "", DEAL, AROUND_DEAL),
    ("GET", "/v1/deals/1", "", DEAL, AROUND_DEAL),
    ("POST", "/v1/deals", r#"{"title":"x","person_id":1,"org_id":1}"#, DEAL, AROUND_DEAL),
    ("PUT", "/v1/deals/1", r#"{"title":"y"}"#, DEAL, AROUND_DEAL),
    ("GET", "/v1/persons/1/deals", "", DEAL, AROUND_DEAL),
    ("GET", "/v1/organizations/1/deals", "", DEAL, AROUND_DEAL),
    ("GET", "/v1/pipelines/1/deals", "", FLAT_DEAL, &[]),
    ("GET", "/v1/stages/1/deals", "", FLAT_DEAL, &[]),
    ("GET", "/v1/deals/collection", "", FLAT_DEAL, &[]),
    ("GET", "/v1/persons", "", PERSON, AROUND_PERSON),
    ("GET", "/v1/persons/1", "", PERSON, AROUND_PERSON),
    ("POST", "/v1/persons", r#"{"name":"x","org_id":1}"#, PERSON, AROUND_PERSON),
    ("PUT", "/v1/persons/1", r#"{"name":"y"}"#, PERSON, AROUND_PERSON),
    ("GET", "/v1/deals/1/persons", "", PERSON, AROUND_PERSON),
    ("GET", "/v1/organizations/1/persons", "", PERSON, AROUND_PERSON),
    ("GET", "/v1/persons/collection", "", &[("owner_id", Number), ("org_id", Number)], &[]),
    ("GET", "/v1/organizations", "", ORGANIZATION, AROUND_ORGANIZATION),
    ("GET", "/v1/organizations/1", "", ORGANIZATION, AROUND_ORGANIZATION),
    ("POST", "/v1/organizations", r#"{"name":"x"}"#, ORGANIZATION, AROUND_ORGANIZATION),
    ("PUT", "/v1/organizations/1", r#"{"name":"y"}"#, ORGANIZATION, AROUND_ORGANIZATION),
    ("GET", "/v1/organizations/collection", "", &[("owner_id", Number)], &[]),
    ("GET", "/v1/activities", "", ACTIVITY, AROUND_ACTIVITY),
    ("GET", "/v1/activities/1", "", ACTIVITY, AROUND_ACTIVITY),
    ("POST", "/v1/activities", r#"{"deal_id":1,"person_id":1,"org_id":1}"#, ACTIVITY, AROUND_ACTIVITY),
    ("PUT", "/v1/activities/1", r#"{"done":1}"#, ACTIVITY, AROUND_ACTIVITY),
    ("GET", "/v1/deals/1/activities", "", ACTIVITY, AROUND_ACTIVITY),
    ("GET", "/v1/persons/1/activities", "", ACTIVITY, AROUND_ACTIVITY),
    ("GET", "/v1/organizations/1/activities", "", ACTIVITY, AROUND_ACTIVITY),
    ("GET", "/v1/activities/collection", "", &[("user_id", Number), ("deal_id", Number)], &[]),
    ("GET", "/v1/leads", "", LEAD, &[]),
    ("GET", "/v1/leads/{lead}", "", LEAD, &[]),
    ("POST", "/v1/leads", r#"{"title":"x","person_id":1,"organization_id":1}"#, LEAD, &[]),
    ("PATCH", "/v1/leads/{lead}", r#"{"title":"y"}"#, LEAD, &[]),
    ("GET", "/v1/notes", "", NOTE, &[]),
    ("GET", "/v1/notes/1", "", NOTE, &[]),
    ("POST", "/v1/notes", r#"{"content":"x","deal_id":1}"#, NOTE, &[]),
    ("PUT", "/v1/notes/1", r#"{"content":"y"}"#, NOTE, &[]),
];

#[tokio::test]
async fn each_endpoint_shows_references_in_its_own_way() {
    for app in apps().await {
        let ann = app.ann();
        let lead = sale(&ann).await;
        for (method, target, body, references, related) in ROWS {
            let target = target.replace("{lead}", &lead);
            let answer = ann.ask(method, &target, body.as_bytes().to_vec()).await;
            assert!(answer.status < 300, "{method} {target}: {}", answer.json);
            let record = answer.json.pointer("/data/0").unwrap_or_else(|| answer.at("/data"));
            for (key, is) in *references {
                let value = &record[*key];
                let shown = match value {
                    Json::Object(map) => {
                        assert!(map["value"].is_i64(), "{method} {target}: {key} has its number: {value}");
                        // Persons and organizations carry their number as `value` alone.
                        assert_eq!(
                            map.contains_key("id"),
                            key.contains("user") || *key == "owner_id",
                            "{target}: {key}"
                        );
                        Object
                    }
                    Json::Number(_) => Number,
                    other => panic!("{method} {target}: {key} is {other}"),
                };
                assert_eq!(shown, *is, "{method} {target}: {key}");
            }
            let mut beside: Vec<&str> = answer
                .at("/related_objects")
                .as_object()
                .map(|m| m.keys().map(String::as_str).collect())
                .unwrap_or_default();
            beside.sort_unstable();
            assert_eq!(beside, *related, "{method} {target}");
            assert_eq!(answer.json.get("related_objects").is_some(), !related.is_empty(), "{method} {target}");
        }
    }
}

/// Wherever an organization is referred to, its owner's name stands with it (pipedrive-contract 2.1, 3.0).
#[tokio::test]
async fn a_reference_to_an_organization_names_its_owner() {
    for app in apps().await {
        let (ann, bob) = (app.ann(), app.bob());
        sale(&ann).await;
        let names = |json: &Json, pointer: &str| json.pointer(pointer).map(|r| r["owner_name"].clone());
        for (target, embedded) in [
            ("/v1/deals", "/data/0/org_id"),
            ("/v1/deals/1", "/data/org_id"),
            ("/v1/persons", "/data/0/org_id"),
            ("/v1/persons/1", "/data/org_id"),
            ("/v1/persons/1/deals", "/data/0/org_id"),
            ("/v1/organizations/1/persons", "/data/0/org_id"),
            ("/v1/organizations/1", ""),
            ("/v1/organizations", ""),
            ("/v1/activities", ""),
            ("/v1/deals/1/participants", ""),
        ] {
            let answer = ann.get(target).await.must(200).json;
            let related = names(&answer, "/related_objects/organization/1");
            assert_eq!(related, Some(json!("Ann")), "{target}: {answer:#}");
            if !embedded.is_empty() {
                assert_eq!(names(&answer, embedded), Some(json!("Ann")), "{target}: {answer:#}");
            }
        }
        // It is the organization's owner, not the deal's, and goes with the organization when that is hidden.
        ann.put("/v1/deals/1", json!({ "user_id": 3 })).await.must(200);
        let read = bob.get("/v1/deals/1").await.must(200);
        assert_eq!(read.at("/data/org_id/owner_name"), "Ann");
        ann.put("/v1/organizations/1", json!({ "visible_to": 1 })).await.must(200);
        let read = bob.get("/v1/deals/1").await.must(200);
        assert_eq!(read.at("/data/org_id/owner_name"), &Json::Null);
    }
}

#[tokio::test]
async fn an_unset_reference_is_null_everywhere() {
    for app in apps().await {
        let ann = app.ann();
        let deal = ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        for key in ["person_id", "org_id"] {
            assert!(deal.at("/data").get(key).is_some_and(Json::is_null), "{key}");
        }
        let v2 = ann.get("/api/v2/deals/1").await.must(200);
        assert!(v2.at("/data/person_id").is_null());
        assert!(v2.json.get("related_objects").is_none());
        let person = ann.post("/v1/persons", json!({ "name": "x" })).await.must(201);
        assert_eq!(person.at("/data/email"), &json!([{ "value": "", "primary": true }]));
        assert_eq!(person.at("/data/phone"), &json!([{ "value": "", "primary": true }]));
        assert!(person.at("/data/org_id").is_null());
        assert_eq!(ann.get("/api/v2/persons/1").await.must(200).at("/data/emails"), &json!([]));
    }
}

/// What was read can be sent back as it is: references that were shown as objects count as their number. Of notes alone
/// that is refused (live facts 6.4).
#[tokio::test]
async fn a_record_of_v1_can_be_sent_back_as_it_was_read() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for target in ["/v1/deals/1", "/v1/persons/1", "/v1/organizations/1", "/v1/activities/1"] {
            let read = ann.get(target).await.must(200);
            ann.put(target, read.at("/data").clone()).await.must(200);
            let again = ann.get(target).await.must(200);
            assert_eq!(again.at("/data"), read.at("/data"), "{target}");
        }
    }
}
