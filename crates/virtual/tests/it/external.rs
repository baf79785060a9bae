//! Keys in other systems: one record each, found and upserted in one request.

use penstock_testing::{ADMIN, ANN, tenants};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, faults},
    sample::Sample,
};

const AT: &str = "/objects/activity/by/external_id/google/event%2F1";

fn key(source: &str, key: &str) -> Json {
    json!({ "source": source, "key": key })
}

/// The path is percent-encoded by the test itself.
async fn call(client: &Client, method: &str, body: Option<&Json>) -> (u16, Json) {
    client.call(method, AT, body).await
}

#[tokio::test]
async fn an_event_that_is_synced_fifty_times_at_once_is_one_activity() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let mut work = Vec::new();
        for _ in 0..50 {
            let client = client.clone();
            let body = json!({ "subject": "Meeting", "type": "meeting", "due_date": "2026-05-01" });
            work.push(tokio::spawn(async move { call(&client, "PUT", Some(&body)).await }));
        }
        let mut made = 0;
        for done in work {
            let (status, answer) = done.await.unwrap();
            assert!([200, 201].contains(&status), "{answer}");
            assert_eq!(answer["id"], "1");
            made += usize::from(status == 201);
        }
        assert_eq!(made, 1);
        assert_eq!(client.ids("/objects/activity").await, ["1"]);
        assert_eq!(tenant.number("SELECT COUNT(*) FROM activity WHERE company_id = ?1").await, 1);
        let events = "SELECT COUNT(*) FROM event WHERE company_id = ?1 AND object = 15";
        assert_eq!(tenant.number(events).await, 1, "the others changed nothing");
    }
}

#[tokio::test]
async fn fifty_who_say_different_things_at_once_all_succeed_on_one_record() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let people = [
            client.create("person", json!({ "name": "Ann" })).await,
            client.create("person", json!({ "name": "Bob" })).await,
        ];
        let mut work = Vec::new();
        for number in 0..50 {
            let client = client.clone();
            // Participants keep which of them is primary, so they are written under the version that was read.
            let body = json!({ "subject": format!("Meeting {number}"), "participants": [people[number % 2]["id"]] });
            work.push(tokio::spawn(async move { call(&client, "PUT", Some(&body)).await }));
        }
        for done in work {
            let (status, answer) = done.await.unwrap();
            assert!([200, 201].contains(&status), "{status} {answer}");
        }
        assert_eq!(client.ids("/objects/activity").await, ["1"]);
    }
}

#[tokio::test]
async fn an_upsert_makes_then_changes_then_finds() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        assert_eq!(call(&client, "GET", None).await.0, 404);
        let (status, made) = call(&client, "PUT", Some(&json!({ "subject": "One" }))).await;
        assert_eq!(status, 201, "{made}");
        assert_eq!(made["external_ids"], json!([key("google", "event/1")]));
        let (status, changed) = call(&client, "PUT", Some(&json!({ "subject": "Two", "is_done": true }))).await;
        assert_eq!((status, &changed["subject"], &changed["id"]), (200, &json!("Two"), &made["id"]));
        let (status, found) = call(&client, "GET", None).await;
        assert_eq!((status, &found), (200, &changed));
        let body = json!({ "external_ids": [key("other", "x")] });
        let (_, both) = call(&client, "PUT", Some(&body)).await;
        assert_eq!(both["external_ids"], json!([key("google", "event/1"), key("other", "x")]));
    }
}

#[tokio::test]
async fn every_object_can_be_made_with_a_key_and_found_by_it() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let changed = client.change(object, sample.id(object), json!({ "external_ids": [key("erp", "7")] })).await;
            assert_eq!(changed["external_ids"], json!([key("erp", "7")]), "{object}");
            let found = client.read(&format!("/objects/{object}/by/external_id/erp/7")).await;
            assert_eq!(&found["id"], sample.id(object), "{object}");
            let filtered = client.ids(&format!("/objects/{object}?filter=external_ids = 'erp/7'")).await;
            assert_eq!(filtered, [sample.id(object).as_str().unwrap()], "{object}");
            let nothing = client.ids(&format!("/objects/{object}?filter=external_ids in ('erp/8', 'x/7')")).await;
            assert!(nothing.is_empty(), "{object}");
        }
    }
}

#[tokio::test]
async fn a_key_that_is_taken_names_the_record_that_has_it() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "One", "external_ids": [key("erp", "7")] })).await;
        let body = json!({ "title": "Two", "external_ids": [key("erp", "7")] });
        let (status, answer) = client.call("POST", "/objects/deal", Some(&body)).await;
        assert_eq!((status, &answer["code"]), (409, &json!("conflict")), "{answer}");
        assert_eq!(faults(&answer)[0].0, "external_ids");
        assert!(answer["message"].as_str().unwrap().contains("deal 1"), "{answer}");
        client.create("lead", json!({ "title": "Other object", "organization": null, "person": person(&client).await, "external_ids": [key("erp", "7")] })).await;
        assert_eq!(client.call("DELETE", "/objects/deal/1", None).await.0, 200);
        let again = client.create("deal", body).await;
        assert_eq!(again["id"], "2", "a deleted record gives its key up");
    }
}

async fn person(client: &Client) -> Json {
    client.create("person", json!({ "name": "Ann" })).await["id"].clone()
}

#[tokio::test]
async fn a_key_of_a_hidden_record_is_neither_found_nor_given_again() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::of(&tenant, ADMIN), Client::of(&tenant, ANN));
        let body = json!({ "title": "Secret", "visible_to": "owner", "external_ids": [key("erp", "7")] });
        admin.create("deal", body).await;
        assert_eq!(ann.get("/objects/deal/by/external_id/erp/7").await.0, 404);
        assert!(ann.ids("/objects/deal?filter=external_ids = 'erp/7'").await.is_empty());
        let (status, answer) =
            ann.call("PUT", "/objects/deal/by/external_id/erp/7", Some(&json!({ "title": "Mine" }))).await;
        assert_eq!(status, 409, "{answer}");
        assert!(!answer["message"].as_str().unwrap().contains("Secret"), "{answer}");
        assert!(!answer["message"].as_str().unwrap().contains("deal 1"), "{answer}");
    }
}

#[tokio::test]
async fn keys_that_are_none_are_refused() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let long = "x".repeat(256);
        for path in ["%20/7", "erp/%20", "a%2Fb/7", &*format!("erp/{long}")] {
            for method in ["GET", "PUT"] {
                let body = json!({ "title": "x" });
                let (status, _) =
                    client.call(method, &format!("/objects/deal/by/external_id/{path}"), Some(&body)).await;
                assert_eq!(status, 400, "{method} {path}");
            }
        }
    }
}
