//! Notes: whom they concern.

use penstock_crm::participants;
use penstock_testing::{ADMIN, ANN, tenants};
use serde_json::{Value as Json, json};

use crate::client::{Client, path};

#[tokio::test]
async fn a_note_concerns_its_person_and_who_takes_part_in_its_deal_or_lead() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let mut people = Vec::new();
        for name in ["Ann", "Bea", "Cid", "Dan"] {
            people.push(client.create("person", json!({ "name": name })).await["id"].clone());
        }
        let deal = client.create("deal", json!({ "title": "Deal", "person": people[1] })).await;
        tenant.write(ADMIN, |tx| participants::add(tx, 1, 3)).await.unwrap();
        let lead = client.create("lead", json!({ "title": "Lead", "person": people[3] })).await;
        let alone = client.create("note", json!({ "content": "Hi", "person": people[0] })).await;
        assert_eq!(alone["participants"], json!([people[0]]));
        let both = json!({ "content": "Hi", "person": people[0], "deal": deal["id"], "lead": lead["id"] });
        let note = client.create("note", both).await;
        assert_eq!(note["participants"], json!(people), "its person, the deal's, the lead's");
        let repeated = client.change("note", &note["id"], json!({ "person": people[2], "lead": null })).await;
        assert_eq!(repeated["participants"], json!([people[2], people[1]]), "each once");
        assert_eq!(client.read(&path("note", &note["id"])).await, repeated);
        let listed = client.read("/objects/note?fields=participants&expand=participants").await;
        let names = |note: &Json| -> Vec<Json> {
            note["expanded"]["participants"].as_array().unwrap().iter().map(|p| p["name"].clone()).collect()
        };
        assert_eq!(names(&listed["records"][1]), ["Cid", "Bea"]);
        let nobody = client.create("organization", json!({ "name": "Acme" })).await;
        let note = client.create("note", json!({ "content": "Hi", "organization": nobody["id"] })).await;
        assert_eq!(note["participants"], json!([]));
        let same = client.change("note", &note["id"], json!({ "participants": [people[0]] })).await;
        assert_eq!(
            same, note,
            "whom it concerns follows from the others, and is ignored in a record that is sent back"
        );
        let body = json!({ "content": "Hi", "person": people[0], "participants": [people[0]] });
        let (status, refused) = client.call("POST", "/objects/note", Some(&body)).await;
        assert_eq!((status, &refused["errors"][0]["field"]), (422, &json!("participants")));
    }
}

#[tokio::test]
async fn a_hidden_deal_keeps_its_participants_from_who_wrote_a_note_at_it() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::new(&tenant), Client::of(&tenant, ANN));
        let person = admin.create("person", json!({ "name": "Bea" })).await;
        let deal = admin.create("deal", json!({ "title": "Deal", "person": person["id"] })).await;
        let lead = admin.create("lead", json!({ "title": "Lead", "person": person["id"] })).await;
        let body = json!({ "content": "Mine", "deal": deal["id"], "lead": lead["id"] });
        let note = ann.create("note", body).await;
        assert_eq!(note["participants"], json!([person["id"]]));
        admin.change("deal", &deal["id"], json!({ "visible_to": "owner" })).await;
        admin.change("lead", &lead["id"], json!({ "visible_to": "owner" })).await;
        let seen = ann.read(&path("note", &note["id"])).await;
        assert_eq!(seen["participants"], json!([]));
        assert_eq!(admin.read(&path("note", &note["id"])).await["participants"], json!([person["id"]]));
        let listed = ann.read("/objects/note?fields=participants").await;
        assert_eq!(listed["records"][0]["participants"], json!([]));
    }
}
