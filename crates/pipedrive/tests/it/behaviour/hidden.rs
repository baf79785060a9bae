//! What a user can't see is not told by the records beside it, nor by refusals.

use serde_json::json;

use super::sale;
use crate::app::apps;

#[tokio::test]
async fn the_organization_of_a_hidden_person_is_not_told_by_the_deals_of_the_organization() {
    for app in apps().await {
        let (ann, bob) = (app.ann(), app.bob());
        let works = ann.post("/v1/organizations", json!({ "name": "Works" })).await.must(201).id();
        let person = json!({ "name": "Carol", "org_id": works, "visible_to": 1 });
        let hidden = ann.post("/v1/persons", person).await.must(201).id();
        let shown = ann.post("/v1/persons", json!({ "name": "Dan", "org_id": works })).await.must(201).id();
        let deal = async |title: &str, person: i64| {
            ann.post("/v1/deals", json!({ "title": title, "person_id": person })).await.must(201).id()
        };
        let (through_hidden, through_shown) = (deal("a", hidden).await, deal("b", shown).await);
        let ids = |answer: crate::app::Answer| -> Vec<i64> {
            answer.list().iter().map(|deal| deal["id"].as_i64().unwrap()).collect()
        };
        let target = format!("/v1/organizations/{works}/deals");
        assert_eq!(ids(ann.get(&target).await.must(200)), [through_hidden, through_shown]);
        assert_eq!(ids(bob.get(&target).await.must(200)), [through_shown]);
        // The deal itself is everybody's.
        bob.get(&format!("/v1/deals/{through_hidden}")).await.must(200);
    }
}

#[tokio::test]
async fn a_lead_that_is_not_found_is_named_by_its_uuid() {
    for app in apps().await {
        let ann = app.ann();
        let lead = sale(&ann).await;
        ann.delete(&format!("/v1/leads/{lead}")).await.must(200);
        for (target, body) in [
            ("/v1/activities", json!({ "subject": "x", "lead_id": lead })),
            ("/api/v2/activities", json!({ "subject": "x", "lead_id": lead })),
            ("/v1/notes", json!({ "content": "x", "lead_id": lead })),
        ] {
            let refused = ann.post(target, body).await.must(400);
            assert!(refused.error().contains(&format!("lead {lead} was not found")), "{}", refused.error());
        }
    }
}
