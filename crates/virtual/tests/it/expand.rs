//! The records of references, beside the record that names them.

use penstock_testing::{ADMIN, ANN, tenants};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, keys, path},
    sample::Sample,
};

#[tokio::test]
async fn the_record_of_a_reference_is_embedded_beside_it() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let at = path("activity", sample.id("activity"));
        let activity = client.read(&format!("{at}?expand=organization,participants,lead,owner")).await;
        let alone = |object: &str| {
            let at = format!("/objects/{object}/1");
            let client = client.clone();
            async move { client.read(&at).await }
        };
        assert_eq!(activity["organization"], "1", "the reference itself stays");
        assert_eq!(activity["expanded"]["organization"], alone("organization").await);
        assert_eq!(activity["expanded"]["participants"], json!([alone("person").await]));
        assert_eq!(activity["expanded"]["lead"], Json::Null);
        assert_eq!(activity["expanded"]["owner"], alone("user").await);
        let page = client.read("/objects/deal?fields=title&expand=person").await;
        assert_eq!(page["records"][0]["expanded"]["person"]["name"], "Ann Lee");
        assert_eq!(page["records"][0].get("person"), None, "it is not among the fields that were asked for");
        for name in ["title", "nonsense"] {
            assert_eq!(client.get(&format!("/objects/deal?expand={name}")).await.0, 400, "{name}");
        }
    }
}

#[tokio::test]
async fn a_hidden_record_is_not_embedded() {
    for tenant in tenants().await {
        let (admin, ann) = (Client::of(&tenant, ADMIN), Client::of(&tenant, ANN));
        let person = admin.create("person", json!({ "name": "Secret", "visible_to": "owner" })).await;
        admin.create("deal", json!({ "title": "Deal", "person": person["id"] })).await;
        assert_eq!(admin.read("/objects/deal/1?expand=person").await["expanded"]["person"]["name"], "Secret");
        assert_eq!(ann.read("/objects/deal/1?expand=person").await["expanded"]["person"], Json::Null);
    }
}

#[tokio::test]
async fn fields_reach_into_the_records_beside() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let at = path("deal", sample.id("deal"));
        for query in [
            "fields=title,person.name&expand=person",
            "fields=title,person.name",
            "fields[]=title&fields[]=person.name",
        ] {
            let deal = client.read(&format!("{at}?{query}")).await;
            assert_eq!(keys(&deal), ["id", "etag", "title", "expanded"], "{query}");
            let person = &deal["expanded"]["person"];
            assert_eq!((keys(person), &person["name"]), (vec!["id", "etag", "name"], &json!("Ann Lee")), "{query}");
        }
        let deal = client.read(&format!("{at}?fields=person.name,organization.name,person&expand=owner")).await;
        assert_eq!(keys(&deal), ["id", "etag", "person", "expanded"]);
        assert_eq!(keys(&deal["expanded"]), ["owner", "person", "organization"]);
        assert!(deal["expanded"]["owner"]["email"].is_string(), "of what is only expanded all is shown");
        let activities = client.read("/objects/activity?fields=participants.name").await;
        assert_eq!(activities["records"][0]["expanded"]["participants"][0]["name"], "Ann Lee");
        for (fields, fault) in [
            ("person.nmae", "did you mean name?"),
            ("title.x", "title is no reference"),
            ("value.amount", "ask for value as a whole"),
            ("persn.name", "did you mean person?"),
            ("person.organization.name", "not of those behind it"),
        ] {
            for place in [&*at, "/objects/deal?filter=id = '99'"] {
                let sign = if place.contains('?') { '&' } else { '?' };
                let (status, answer) = client.get(&format!("{place}{sign}fields={fields}")).await;
                assert_eq!(status, 400, "{fields}: {answer}");
                if place == at {
                    assert!(answer["message"].as_str().unwrap().contains(fault), "{fields}: {answer}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_large_record_is_not_shown_beside_very_many() {
    for tenant in tenants().await {
        crate::sample::with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let fields = client.fields("organization").await;
        let long = fields.iter().find(|(_, f)| f["type"] == "long_text" && f["custom"] == true).map(|(name, _)| name);
        let text = "\u{10348}".repeat(65_000);
        client.create("organization", json!({ "name": "Acme", long.unwrap().as_str(): text })).await;
        for number in 0..70 {
            client.create("deal", json!({ "title": format!("Deal {number}"), "organization": "1" })).await;
        }
        let (status, answer) = client.get("/objects/deal?fields=title&expand=organization").await;
        assert_eq!((status, &answer["code"]), (400, &json!("parameter.invalid")), "{:.200}", answer.to_string());
        assert!(answer["message"].as_str().unwrap().contains("ask for fewer with limit"), "{answer}");
        for query in ["fields=title,organization.name", "fields=title&expand=organization&limit=20"] {
            let page = client.read(&format!("/objects/deal?{query}")).await;
            assert_eq!(page["records"][0]["expanded"]["organization"]["name"], "Acme", "{query}");
        }
    }
}
