//! One record: read, made, changed, deleted, and the version that ties them together.

use penstock_testing::tenants;
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, faults, headers, path},
    sample::Sample,
};

#[tokio::test]
async fn a_record_is_made_changed_and_deleted() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let response = client.respond(client.request("POST", "/objects/deal", Some(&json!({ "title": "Deal" })))).await;
        assert_eq!(response.notes.company, Some(tenant.company));
        let id = json!("1");
        let made = client.read(&path("deal", &id)).await;
        let place = "/v1/dynamic/default/objects/deal/1";
        let read = client.respond(client.request("GET", "/objects/deal/1", None)).await;
        let tag = headers(&read).into_iter().find(|(name, _)| *name == "etag").unwrap();
        assert!(headers(&response).contains(&tag), "the tag of what was made is that of the same answer to a read");
        assert!(headers(&response).contains(&("location", place)));
        let changed = client.change("deal", &id, json!({ "title": "Other", "lost_reason": null })).await;
        assert_eq!(changed["title"], "Other");
        assert_ne!(changed["etag"], made["etag"]);
        let (status, gone) = client.call("DELETE", &path("deal", &id), None).await;
        assert_eq!((status, gone), (200, json!({ "id": "1", "deleted": true })));
        for method in ["GET", "PATCH", "DELETE"] {
            let body = (method == "PATCH").then(|| json!({ "title": "Back" }));
            let (status, answer) = client.call(method, &path("deal", &id), body.as_ref()).await;
            assert_eq!((status, &answer["code"]), (404, &json!("not_found")), "{method}");
        }
        assert_eq!(client.ids("/objects/deal").await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn deleted_records_are_shown_only_when_they_are_asked_for() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in ["note", "activity", "lead", "deal", "person", "organization"] {
            let at = path(object, sample.id(object));
            let listed = client.ids(&format!("/objects/{object}")).await.len();
            assert_eq!(client.call("DELETE", &at, None).await.0, 200, "{object}");
            assert_eq!(client.get(&at).await.0, 404, "{object}");
            assert_eq!(client.read(&format!("{at}?includeDeleted=true")).await["deleted"], true, "{object}");
            assert_eq!(client.ids(&format!("/objects/{object}")).await.len(), listed - 1, "{object}");
            let all = client.ids(&format!("/objects/{object}?includeDeleted=true")).await;
            assert_eq!(all.len(), listed, "{object}");
        }
        tenant.clock.advance(31 * penstock_model::time::DAY);
        assert_eq!(client.get(&format!("{}?includeDeleted=true", path("deal", &json!("1")))).await.0, 404);
        assert_eq!(client.ids("/objects/deal?includeDeleted=true").await.len(), 0, "gone after thirty days");
    }
}

#[tokio::test]
async fn a_change_can_be_tied_to_the_version_that_was_read() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let deal = client.create("deal", json!({ "title": "Deal" })).await;
        let etag = deal["etag"].as_str().unwrap().to_owned();
        let tied = |method: &'static str, header: String, body: Json| {
            let mut request = client.request(method, "/objects/deal/1", Some(&body));
            request = request.with_header(http::header::IF_MATCH, &header);
            client.send(request)
        };
        let (status, changed) = tied("PATCH", format!("\"{etag}\""), json!({ "title": "One" })).await;
        assert_eq!(status, 200, "{changed}");
        for body in [json!({ "title": "Two" }), json!({ "title": "One" })] {
            let (status, answer) = tied("PATCH", etag.clone(), body).await;
            assert_eq!((status, &answer["code"]), (412, &json!("precondition.failed")));
        }
        assert_eq!(tied("PATCH", "no version".to_owned(), json!({})).await.0, 412);
        assert_eq!(tied("PATCH", "*".to_owned(), json!({ "title": "Three" })).await.0, 200);
        assert_eq!(tied("DELETE", etag, json!({})).await.0, 412);
        let now = client.read("/objects/deal/1").await["etag"].as_str().unwrap().to_owned();
        let weak = tied("DELETE", format!("W/\"{now}\""), json!({})).await;
        assert_eq!(weak.0, 412, "a weak tag matches nothing: {}", weak.1);
        assert_eq!(tied("DELETE", format!("\"{now}\""), json!({})).await.0, 200);
        assert_eq!(tied("DELETE", format!("\"{now}\""), json!({})).await.0, 404);
    }
}

#[tokio::test]
async fn a_change_can_be_tied_to_one_of_several_versions_or_to_there_being_a_record() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let old = client.create("deal", json!({ "title": "Deal" })).await["etag"].as_str().unwrap().to_owned();
        let tied = |method: &'static str, path: &str, header: &str, title: &str| {
            let mut request = client.request(method, path, Some(&json!({ "title": title })));
            request = request.with_header(http::header::IF_MATCH, header);
            client.send(request)
        };
        let several = format!("\"none\", W/\"{old}\",\"{old}\"");
        let (status, changed) = tied("PATCH", "/objects/deal/1", &several, "One").await;
        assert_eq!(status, 200, "{changed}");
        assert_eq!(tied("PATCH", "/objects/deal/1", &several, "Two").await.0, 412);
        let now = changed["etag"].as_str().unwrap();
        assert_eq!(tied("DELETE", "/objects/deal/1", &several, "").await.0, 412);
        assert_eq!(tied("DELETE", "/objects/deal/1", &format!("\"{old}\", \"{now}\""), "").await.0, 200);
        let key = "/objects/deal/by/external_id/sap/9";
        for header in ["*", "\"1\""] {
            assert_eq!(tied("PUT", key, header, "New").await.0, 412, "there is no record that {header} could match");
        }
        assert_eq!(client.call("PUT", key, Some(&json!({ "title": "New" }))).await.0, 201);
        assert_eq!(tied("PUT", key, "*", "Newer").await.0, 200);
    }
}

#[tokio::test]
async fn absent_stays_null_clears_and_a_value_is_set() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let person =
            client.create("person", json!({ "name": "Ann Lee", "job_title": "Boss", "birthday": "1990-01-01" })).await;
        let body = json!({ "job_title": null, "emails": [{ "value": "a@b.example" }] });
        let changed = client.change("person", &person["id"], body).await;
        assert_eq!(changed["job_title"], Json::Null);
        assert_eq!(changed["birthday"], "1990-01-01");
        assert_eq!(changed["emails"], json!([{ "value": "a@b.example", "primary": true, "label": "work" }]));
    }
}

#[tokio::test]
async fn what_is_required_is_told_by_name_together_with_everything_else_that_is_wrong() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let body = json!({ "tilte": "x", "etag": "7", "value": 5, "owner": null });
        let (status, answer) = client.call("POST", "/objects/deal", Some(&body)).await;
        assert_eq!(status, 400);
        let fault = |field: &str, code: &str| (field.to_owned(), code.to_owned());
        assert_eq!(
            faults(&answer),
            [
                fault("tilte", "field.unknown"),
                fault("etag", "field.read_only"),
                fault("value", "field.invalid"),
                fault("title", "field.required"),
            ]
        );
        assert!(answer["errors"][0]["message"].as_str().unwrap().ends_with("did you mean title?"), "{answer}");
        for (object, body, field) in [
            ("deal", json!({}), "title"),
            ("person", json!({}), "name"),
            ("lead", json!({ "title": "Lead" }), "person"),
            ("note", json!({ "content": "x" }), "deal"),
            ("stage", json!({ "name": "x" }), "pipeline"),
        ] {
            let (status, answer) = client.call("POST", &format!("/objects/{object}"), Some(&body)).await;
            assert_eq!((status, faults(&answer)), (400, vec![fault(field, "field.required")]), "{object} {answer}");
            assert!(!answer["message"].as_str().unwrap().contains("person_id"), "{answer}");
        }
        let named = client.create("person", json!({ "first_name": "Ann", "last_name": "Lee" })).await;
        assert_eq!(named["name"], "Ann Lee", "made of its parts");
    }
}

#[tokio::test]
async fn a_reference_to_what_is_not_there_is_told_in_the_apis_own_words() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for value in ["77", "abc", "01", "-1", "99999999999999999999"] {
            let body = json!({ "organization": value });
            let (status, answer) = client.patch("deal", sample.id("deal"), &body).await;
            assert_eq!(status, 400, "{value}: {answer}");
            assert_eq!(faults(&answer), [("organization".to_owned(), "reference.unknown".to_owned())]);
            assert!(answer["message"].as_str().unwrap().starts_with("organization: organization"), "{answer}");
        }
    }
}

#[tokio::test]
async fn every_object_is_listed_and_read_alike() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS {
            let ids = client.ids(&format!("/objects/{object}")).await;
            assert!(ids.contains(&sample.id(object).as_str().unwrap().to_owned()), "{object}");
            for id in ids {
                let record = client.read(&path(object, &json!(id))).await;
                assert_eq!(record["id"], json!(id));
            }
            for id in ["77", "abc", "0", "01", "99999999999999999999"] {
                assert_eq!(client.get(&format!("/objects/{object}/{id}")).await.0, 404, "{object} {id}");
            }
        }
    }
}

#[tokio::test]
async fn two_who_change_different_fields_at_once_both_succeed() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let deal = client.create("deal", json!({ "title": "Deal" })).await;
        let mut work = Vec::new();
        for number in 0..8 {
            let (client, id) = (client.clone(), deal["id"].clone());
            work.push(tokio::spawn(async move {
                let body = if number % 2 == 0 { json!({ "title": "New" }) } else { json!({ "channel_id": "x" }) };
                client.patch("deal", &id, &body).await.0
            }));
        }
        for done in work {
            assert_eq!(done.await.unwrap(), 200);
        }
        let deal = client.read("/objects/deal/1").await;
        assert_eq!((&deal["title"], &deal["channel_id"]), (&json!("New"), &json!("x")));
    }
}
