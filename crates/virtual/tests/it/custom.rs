//! Custom fields: under clean names that stay while the field lives.

use penstock_crm::fields::{self, FieldChange, NewField};
use penstock_model::{Object, objects};
use penstock_testing::{ADMIN, TestCompany, tenants};
use serde_json::{Value as Json, json};

use crate::client::Client;

async fn add(tenant: &TestCompany, object: &'static Object, name: &str, field_type: &str) -> i64 {
    let new = NewField { name: name.to_owned(), field_type: field_type.to_owned(), ..NewField::default() };
    tenant.write(ADMIN, move |tx| fields::create(tx, object, &new)).await.unwrap().id()
}

#[tokio::test]
async fn a_custom_field_has_the_name_that_it_was_made_with() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let region = add(&tenant, &objects::DEAL, "Sales Region", "varchar").await;
        let second = add(&tenant, &objects::DEAL, "sales region!", "varchar").await;
        add(&tenant, &objects::DEAL, "Title", "varchar").await;
        let names = |fields: &serde_json::Map<String, Json>| -> Vec<String> {
            fields.iter().filter(|(_, f)| f["custom"] == true).map(|(n, _)| n.clone()).collect()
        };
        assert_eq!(names(&client.fields("deal").await), ["sales_region", "sales_region_2", "title_2"]);
        let deal =
            client.create("deal", json!({ "title": "Deal", "sales_region": "North", "sales_region_2": "South" })).await;
        let rename = FieldChange { name: Some("Territory".to_owned()), ..FieldChange::default() };
        tenant.write(ADMIN, move |tx| fields::change(tx, &objects::DEAL, region, &rename)).await.unwrap();
        let described = client.fields("deal").await;
        assert_eq!(described["sales_region"]["label"], "Territory", "the label is new, the name is not");
        tenant.write(ADMIN, move |tx| fields::delete(tx, &objects::DEAL, region)).await.unwrap();
        assert_eq!(names(&client.fields("deal").await), ["sales_region_2", "title_2"], "no one inherits a name");
        add(&tenant, &objects::DEAL, "Sales region", "varchar").await;
        assert_eq!(names(&client.fields("deal").await), ["sales_region_2", "title_2", "sales_region_3"]);
        let deal = client.read(&format!("/objects/deal/{}", deal["id"].as_str().unwrap())).await;
        assert_eq!((deal.get("sales_region"), &deal["sales_region_2"]), (None, &json!("South")));
        let body = json!({ "sales_region": "x" });
        assert_eq!(client.patch("deal", &deal["id"], &body).await.1["code"], "field.unknown");
        assert!(second > region);
    }
}

#[tokio::test]
async fn leads_carry_the_fields_of_deals_under_the_same_names() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        add(&tenant, &objects::DEAL, "Region", "varchar").await;
        add(&tenant, &objects::PERSON, "Region", "double").await;
        let person = client.create("person", json!({ "name": "Ann", "region": 7 })).await;
        let lead = client.create("lead", json!({ "title": "Lead", "person": person["id"], "region": "North" })).await;
        assert_eq!((&person["region"], &lead["region"]), (&json!(7), &json!("North")));
        assert_eq!(client.ids("/objects/lead?filter=region = 'NORTH'").await.len(), 1);
        assert_eq!(client.ids("/objects/person?filter=region >= 7 and region < 7.5").await, ["1"]);
        assert!(client.ids("/objects/person?filter=region is null").await.is_empty());
    }
}

#[tokio::test]
async fn a_custom_field_never_takes_the_name_of_what_is_built_in() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        // Leads carry the fields of deals, so that the names of both are taken.
        for object in ["deal", "lead"] {
            for name in client.fields(object).await.keys().filter(|name| name.to_lowercase() == **name) {
                add(&tenant, &objects::DEAL, name, "varchar").await;
            }
        }
        for object in ["deal", "lead"] {
            let metadata = client.read(&format!("/metadata/{object}")).await;
            let mut names: Vec<&str> =
                metadata["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
            assert!(client.fields(object).await["title"]["custom"] == false && names.contains(&"title_2"));
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{object}: no two fields share a name");
        }
    }
}

#[tokio::test]
async fn another_company_has_fields_of_its_own() {
    for tenant in tenants().await {
        let other = tenant.other_tenant("Other").await;
        add(&tenant, &objects::DEAL, "Region", "varchar").await;
        assert!(Client::new(&tenant).fields("deal").await.contains_key("region"));
        assert!(!Client::new(&other).fields("deal").await.contains_key("region"));
    }
}
