//! What v2 refuses to write, and what it keeps (live facts 3).

use serde_json::{Value as Json, json};

use super::{against_a_rule, invalid};
use crate::{
    app::{Client, apps},
    behaviour::sale,
};

/// Live facts 3.1, 3.2, 3.3. What Pipedrive shows of it then, `0000-00-00`, is no day.
#[tokio::test]
async fn v2_clears_the_expected_close_date_by_an_empty_text_and_v1_by_null() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let day = json!({ "expected_close_date": "2026-05-01" });
        let refusal = invalid("expected_close_date: The value is not a valid 'string' (an empty one clears it)");
        ann.patch("/api/v2/deals/1", day.clone()).await.must(200);
        let refused =
            ann.patch("/api/v2/deals/1", json!({ "expected_close_date": null, "title": "x" })).await.must(400);
        assert_eq!(refused.json, refusal);
        let read = ann.get("/api/v2/deals/1").await.must(200);
        assert_eq!(
            (read.at("/data/title"), read.at("/data/expected_close_date")),
            (&json!("Engines"), &json!("2026-05-01"))
        );
        let cleared = ann.patch("/api/v2/deals/1", json!({ "expected_close_date": "" })).await.must(200);
        assert_eq!(cleared.at("/data/expected_close_date"), &Json::Null);
        let refused = ann.post("/api/v2/deals", json!({ "title": "x", "expected_close_date": null })).await.must(400);
        assert_eq!(refused.json, refusal);
        for empty in [Json::Null, json!("")] {
            ann.patch("/api/v2/deals/1", day.clone()).await.must(200);
            let cleared = ann.put("/v1/deals/1", json!({ "expected_close_date": empty })).await.must(200);
            assert_eq!(cleared.at("/data/expected_close_date"), &Json::Null);
        }
    }
}

/// Live facts 3.16.
#[tokio::test]
async fn v2_refuses_a_reason_of_loss_for_a_deal_that_is_not_lost_afterwards() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let refusal = against_a_rule("lost_reason can only be set on a lost deal");
        let change = async |body: Json| ann.patch("/api/v2/deals/1", body).await;
        for body in [
            json!({ "lost_reason": "x", "title": "y" }),
            json!({ "lost_reason": "x", "status": "won", "title": "y" }),
            json!({ "lost_reason": "x", "status": "open", "title": "y" }),
        ] {
            assert_eq!(change(body).await.must(400).json, refusal);
        }
        let new = json!({ "title": "x", "lost_reason": "y" });
        assert_eq!(ann.post("/api/v2/deals", new).await.must(400).json, refusal);
        let lost = change(json!({ "status": "lost", "lost_reason": "Price" })).await.must(200);
        assert_eq!((lost.at("/data/title"), lost.at("/data/lost_reason")), (&json!("Engines"), &json!("Price")));
        change(json!({ "lost_reason": "Time" })).await.must(200);
        assert_eq!(change(json!({ "status": "open", "lost_reason": "x" })).await.must(400).json, refusal);
        for moment in ["won_time", "lost_time"] {
            let body = json!({ "status": "open", (moment): "2026-03-01T00:00:00Z" });
            assert_eq!(change(body).await.must(400).at("/code"), "ERR_BAD_REQUEST");
        }
        let read = ann.get("/api/v2/deals/1").await.must(200);
        assert_eq!((read.at("/data/status"), read.at("/data/lost_reason")), (&json!("lost"), &json!("Time")));
    }
}

/// Live facts 3.17.
#[tokio::test]
async fn the_reason_of_a_loss_stays_when_the_deal_is_reopened_or_won() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for status in ["open", "won"] {
            ann.patch("/api/v2/deals/1", json!({ "status": "lost", "lost_reason": "Price" })).await.must(200);
            let v2 = ann.patch("/api/v2/deals/1", json!({ "status": status })).await.must(200);
            assert_eq!(v2.at("/data/lost_reason"), "Price", "{status}");
            ann.put("/v1/deals/1", json!({ "status": "lost" })).await.must(200);
            let v1 = ann.put("/v1/deals/1", json!({ "status": status })).await.must(200);
            assert_eq!(v1.at("/data/lost_reason"), "Price", "{status}");
        }
        // It can be taken away at any time.
        let cleared = ann.patch("/api/v2/deals/1", json!({ "lost_reason": null })).await.must(200);
        assert_eq!(cleared.at("/data/lost_reason"), &Json::Null);
    }
}

/// Of a deal or person: what a client read and sends back, as far as v2 writes it.
async fn written_back(client: &Client, target: &str, keys: &[&str], change: Json) -> Json {
    let read = client.get(target).await.must(200);
    let mut body: serde_json::Map<String, Json> =
        keys.iter().map(|key| ((*key).to_owned(), read.at("/data")[key].clone())).collect();
    body.extend(change.as_object().unwrap().clone());
    client.patch(target, body.into()).await.must(200).at("/data").clone()
}

#[tokio::test]
async fn a_deal_that_was_reopened_can_be_sent_back_whole() {
    let keys = ["title", "status", "value", "lost_reason", "lost_time", "won_time", "close_time", "stage_id"];
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let deal = "/api/v2/deals/1";
        app.tenant.clock.set("2026-03-03 10:00:00");
        ann.patch(deal, json!({ "status": "lost", "lost_reason": "Price" })).await.must(200);
        // The times of the loss belong to the state that the deal leaves.
        let open = written_back(&ann, deal, &keys, json!({ "status": "open" })).await;
        assert_eq!(
            (&open["lost_reason"], &open["lost_time"], &open["close_time"]),
            (&json!("Price"), &Json::Null, &Json::Null)
        );
        let renamed = written_back(&ann, deal, &keys, json!({ "title": "Pumps" })).await;
        assert_eq!((&renamed["title"], &renamed["lost_reason"]), (&json!("Pumps"), &json!("Price")));
        ann.patch(deal, json!({ "status": "lost" })).await.must(200);
        app.tenant.clock.set("2026-03-04 10:00:00");
        let won = written_back(&ann, deal, &keys, json!({ "status": "won" })).await;
        assert_eq!((&won["won_time"], &won["lost_time"]), (&json!("2026-03-04T10:00:00Z"), &Json::Null));
        assert_eq!(won["close_time"], "2026-03-04T10:00:00Z");
    }
}

/// Live facts 3.16 has v2 alone; what v1 does is not known (`docs/guesses.md`).
#[tokio::test]
async fn v1_keeps_a_reason_of_loss_on_an_open_deal() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let kept = ann.put("/v1/deals/1", json!({ "lost_reason": "x" })).await.must(200);
        assert_eq!((kept.at("/data/status"), kept.at("/data/lost_reason")), (&json!("open"), &json!("x")));
    }
}

/// Live facts 3.18 and 3.19.
#[tokio::test]
async fn v2_refuses_a_name_beside_its_parts() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let refusal =
            against_a_rule("name can't be set together with first_name or last_name: give the one or the others");
        for part in ["first_name", "last_name"] {
            let refused = ann.post("/api/v2/persons", json!({ "name": "A B", (part): "A" })).await.must(400);
            assert_eq!(refused.json, refusal);
            let refused = ann.patch("/api/v2/persons/1", json!({ "name": "C D", (part): "Z" })).await.must(400);
            assert_eq!(refused.json, refusal);
            let refused = ann.patch("/api/v2/persons/1", json!({ "name": "C D", (part): null })).await.must(400);
            assert_eq!(refused.json, refusal);
        }
        assert_eq!(ann.get("/api/v2/persons/1").await.must(200).at("/data/name"), "Carol Jones");
        ann.post("/api/v2/persons", json!({ "first_name": "A", "last_name": "B" })).await.must(200);
        ann.post("/api/v2/persons", json!({ "name": "A B", "last_name": null })).await.must(200);
    }
}

#[tokio::test]
async fn a_person_can_be_sent_back_whole_with_a_new_name_or_a_new_part() {
    let keys = ["name", "first_name", "last_name", "emails"];
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let person = "/api/v2/persons/1";
        let same = written_back(&ann, person, &keys, json!({})).await;
        assert_eq!(same["name"], "Carol Jones");
        let named = written_back(&ann, person, &keys, json!({ "name": "Dora Smith" })).await;
        assert_eq!((&named["first_name"], &named["last_name"]), (&json!("Dora"), &json!("Smith")));
        let part = written_back(&ann, person, &keys, json!({ "last_name": "Miller" })).await;
        assert_eq!(part["name"], "Dora Miller");
    }
}
