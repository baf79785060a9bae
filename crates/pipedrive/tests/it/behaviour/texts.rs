//! Texts that come as numbers, as they do from languages that guess types: v1 takes their digits, v2 takes texts alone
//! (pipedrive-contract 0).

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::apps;

#[tokio::test]
async fn v1_takes_a_number_where_a_text_stands_and_v2_does_not() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (path, key, sent, shown, pointer) in [
            ("deals", "title", json!(2026), json!("2026"), "/data/title"),
            ("deals", "lost_reason", json!(1.5), json!("1.5"), "/data/lost_reason"),
            ("persons", "name", json!(4711), json!("4711"), "/data/name"),
            ("persons", "phone", json!(4_930_123_456_i64), json!("4930123456"), "/data/phone/0/value"),
            ("persons", "phone", json!([4_930_123_456_i64]), json!("4930123456"), "/data/phone/0/value"),
            ("persons", "phone", json!([{ "value": 49, "label": 1 }]), json!("49"), "/data/phone/0/value"),
            ("persons", "phone", json!([{ "value": 49, "label": 1 }]), json!("1"), "/data/phone/0/label"),
            ("persons", "phone", json!(u64::MAX), json!("18446744073709551615"), "/data/phone/0/value"),
            ("persons", "email", json!(123), json!("123"), "/data/email/0/value"),
            ("organizations", "name", json!(3), json!("3"), "/data/name"),
            ("organizations", "address", json!(12), json!("12"), "/data/address"),
            ("organizations", "address_postal_code", json!(10115), json!("10115"), "/data/address_postal_code"),
            ("activities", "subject", json!(7), json!("7"), "/data/subject"),
            ("activities", "note", json!(7), json!("7"), "/data/note"),
            ("activities", "location", json!(7), json!("7"), "/data/location"),
            ("notes", "content", json!(7), json!("7"), "/data/content"),
        ] {
            let changed = ann.put(&format!("/v1/{path}/1"), json!({ (key): sent })).await.must(200);
            assert_eq!(changed.at(pointer), &shown, "{path}.{key} {sent}");
        }
        for (path, key) in
            [("deals", "title"), ("persons", "phone"), ("organizations", "address"), ("notes", "content")]
        {
            for wrong in [json!(true), json!(1e22), json!({ "value": {} })] {
                let refused = ann.put(&format!("/v1/{path}/1"), json!({ (key): wrong })).await;
                assert_eq!(refused.status, 400, "{path}.{key} {wrong}: {}", refused.json);
            }
        }
        let long = ann.put("/v1/deals/1", json!({ "title": 1e22 })).await.must(400);
        assert!(long.error().contains("send it as a string"), "{}", long.error());
        for (path, key, wrong) in [
            ("deals", "title", json!(5)),
            ("persons", "phones", json!([{ "value": 49 }])),
            ("persons", "emails", json!([{ "value": "a@x.example", "label": 1 }])),
            ("organizations", "address", json!({ "value": 12 })),
            ("organizations", "address", json!({ "value": "x", "postal_code": 12 })),
        ] {
            ann.patch(&format!("/api/v2/{path}/1"), json!({ (key): wrong })).await.must(400);
        }
    }
}

#[tokio::test]
async fn the_parts_of_an_address_that_come_as_numbers_change_nothing_when_they_are_the_same() {
    for app in apps().await {
        let ann = app.ann();
        let body = json!({ "name": "x", "address": 12, "address_postal_code": 10115 });
        let made = ann.post("/v1/organizations", body.clone()).await.must(201);
        let again = ann.put("/v1/organizations/1", body).await.must(200);
        for key in ["address", "address_postal_code", "address_formatted_address", "update_time"] {
            assert_eq!(again.at("/data")[key], made.at("/data")[key], "{key}");
        }
        assert_ne!(made.at("/data/address_postal_code"), &Json::Null);
    }
}

#[tokio::test]
async fn a_field_of_v1_and_its_options_may_have_numbers_for_names() {
    for app in apps().await {
        let admin = app.admin();
        let body = json!({ "name": 2026, "field_type": "enum", "options": [{ "label": 1 }, { "label": 2.5 }] });
        let made = admin.post("/v1/dealFields", body).await.must(200);
        assert_eq!(made.at("/data/name"), "2026");
        assert_eq!(made.at("/data/options/1/label"), "2.5");
        let key = made.at("/data/key").as_str().unwrap();
        // An option is named by its label, too, unless the number is an option's.
        let deal = admin.post("/v1/deals", json!({ "title": "x", (key): 2.5 })).await.must(201);
        assert_eq!(deal.at("/data")[key], made.at("/data/options/1/id").to_string());
        let wrong = json!({ "field_name": 2026, "field_type": "text" });
        admin.post("/api/v2/dealFields", wrong).await.must(400);
    }
}
