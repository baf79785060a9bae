//! What clients rely on beyond single operations: envelopes, pages, orders, the differences between endpoints.

mod asymmetry;
mod custom_fields;
mod distribution;
mod flags;
mod gone;
mod hidden;
mod labels;
mod live;
mod odd_values;
mod orders;
mod pages;
mod parts;
mod precedence;
mod refusals;
mod statuses;
mod strictness;
mod texts;
mod walks;

use serde_json::{Value as Json, json};

use crate::app::Client;

/// A deal with its person and organization, an activity and a note on it, and a lead: each has the number 1.
async fn sale(client: &Client) -> String {
    let made = async |target: &str, body: Json| client.post(target, body).await;
    made("/v1/organizations", json!({ "name": "Smith Works" })).await.must(201);
    made("/v1/persons", json!({ "name": "Carol Jones", "org_id": 1 })).await.must(201);
    made("/v1/deals", json!({ "title": "Engines", "person_id": 1, "org_id": 1, "value": 10 })).await.must(201);
    let links = json!({ "deal_id": 1, "person_id": 1, "org_id": 1, "due_date": "2026-03-05" });
    made("/v1/activities", links).await.must(201);
    made("/v1/notes", json!({ "content": "so", "deal_id": 1 })).await.must(200);
    let lead = made("/v1/leads", json!({ "title": "Pumps", "person_id": 1, "organization_id": 1 })).await.must(201);
    lead.at("/data/id").as_str().unwrap().to_owned()
}
