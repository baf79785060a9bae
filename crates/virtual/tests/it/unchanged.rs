//! What was read can be sent back, and changes nothing.

use penstock_model::UserId;
use penstock_testing::tenants;
use serde_json::{Map, Value as Json, json};

use crate::{
    client::{Client, OBJECTS, path},
    sample::{Sample, with_custom_fields},
};

const EVENTS: &str = "SELECT COUNT(*) FROM event WHERE company_id = ?1";

#[tokio::test]
async fn a_patch_with_what_was_read_writes_nothing() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let before = client.read(&path(object, sample.id(object))).await;
            let events = tenant.number(EVENTS).await;
            let after = client.change(object, sample.id(object), before.clone()).await;
            assert_eq!(after, before, "{object}");
            for (name, value) in before.as_object().unwrap() {
                let after = client.change(object, sample.id(object), json!({ name: value })).await;
                assert_eq!(after, before, "{object}.{name}");
            }
            assert_eq!(tenant.number(EVENTS).await, events, "{object}");
        }
    }
}

#[tokio::test]
async fn a_whole_number_may_have_a_fraction_of_zero() {
    fn fractions(json: &Json) -> Json {
        match json {
            Json::Number(number) => json!(number.as_f64().unwrap()),
            Json::Array(list) => list.iter().map(fractions).collect(),
            Json::Object(map) => map.iter().map(|(k, v)| (k.clone(), fractions(v))).collect::<Map<_, _>>().into(),
            other => other.clone(),
        }
    }
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let before = client.read(&path(object, sample.id(object))).await;
            let after = client.change(object, sample.id(object), fractions(&before)).await;
            assert_eq!(after, before, "{object}");
        }
        let body = json!({ "title": "x", "organization": 1.0, "person": 1.0, "owner": 1.0, "probability": 50.0 });
        let deal = client.create("deal", body).await;
        assert_eq!((&deal["organization"], &deal["probability"]), (&json!("1"), &json!(50)));
        for wrong in [json!(1.5), json!(9_007_199_254_740_992.0), json!(1e19)] {
            let (status, _) = client.patch("deal", &deal["id"], &json!({ "organization": wrong })).await;
            assert_eq!(status, 400, "{wrong}");
        }
    }
}

#[tokio::test]
async fn other_spellings_of_the_same_value_change_nothing() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let deal =
            client.change("deal", sample.id("deal"), json!({ "value": { "amount": 5, "currency": "EUR" } })).await;
        let body = json!({
            "value": { "currency": "EUR", "amount": 5.0 },
            "owner": 1,
            "labels": null,
            "createdTime": "2026-03-02T10:00:00+01:00",
        });
        assert_eq!(client.change("deal", &deal["id"], body).await, deal);
        let amount_alone = json!({ "value": { "amount": 5 } });
        assert_eq!(client.change("deal", &deal["id"], amount_alone).await, deal);
    }
}

#[tokio::test]
async fn many_options_that_read_as_one_word_are_kept_by_it() {
    use penstock_model::objects;
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let deal = client.create("deal", json!({ "title": "Deal" })).await;
        let seven = penstock_testing::patch(&objects::DEAL, [("visible_to", 7.into())]);
        tenant.update(UserId::new(1), &objects::DEAL, 1, seven).await.unwrap();
        let body = json!({ "visible_to": "company", "title": "Other" });
        assert_eq!(client.change("deal", &deal["id"], body).await["visible_to"], "company");
        let stored = tenant.get(&objects::DEAL, 1).await;
        assert_eq!(stored.get("visible_to").int(), Some(7), "not rewritten to the preferred option");
        client.change("deal", &deal["id"], json!({ "visible_to": "owner" })).await;
        client.change("deal", &deal["id"], json!({ "visible_to": "company" })).await;
        assert_eq!(tenant.get(&objects::DEAL, 1).await.get("visible_to").int(), Some(3));
    }
}
