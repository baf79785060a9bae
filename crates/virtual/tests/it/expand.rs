//! The records of references, beside the record that names them.

use penstock_testing::{ADMIN, ANN, tenants};
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, path},
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
