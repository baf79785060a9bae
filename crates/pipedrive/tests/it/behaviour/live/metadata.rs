//! What field metadata says beside the published keys (live facts 4), and which keys leads and deals have (6.11).

use serde_json::{Value as Json, json};

use crate::{app::apps, behaviour::sale};

/// The field of a list under a code or key.
fn field<'a>(list: &'a [Json], code: &str) -> &'a Json {
    let has = |field: &&Json| field["field_code"] == code || field["key"] == code;
    list.iter().find(has).unwrap_or_else(|| panic!("no field {code}"))
}

/// Live facts 4.8.
#[tokio::test]
async fn v2_says_of_every_field_whether_it_can_be_written() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        for (object, writable, shown_only) in [
            ("deal", "lost_reason", "creator_user_id"),
            ("person", "first_name", "is_deleted"),
            ("organization", "address", "people_count"),
            ("product", "code", "id"),
        ] {
            let new = json!({ "field_name": "Size", "field_type": "double" });
            let target = format!("/api/v2/{object}Fields");
            let own = admin.post(&target, new).await.must(200);
            assert_eq!(own.at("/data/is_writable"), true, "{object}");
            let all = ann.get(&format!("{target}?limit=500")).await.must(200);
            assert!(all.list().iter().all(|field| field["is_writable"].is_boolean()), "{object}");
            for (code, expected) in [
                (writable, true),
                (shown_only, false),
                ("update_time", false),
                (own.at("/data/field_code").as_str().unwrap(), true),
            ] {
                assert_eq!(field(all.list(), code)["is_writable"], expected, "{object} {code}");
            }
        }
        let activities = ann.get("/api/v2/activityFields?limit=500").await.must(200);
        for (code, expected) in [("participants", true), ("person_id", false), ("marked_as_done_time", false)] {
            assert_eq!(field(activities.list(), code)["is_writable"], expected, "{code}");
        }
        // v1 has no word for it.
        let v1 = ann.get("/v1/dealFields").await.must(200);
        assert!(v1.list().iter().all(|field| field.get("is_writable").is_none()));
    }
}

/// Live facts 4.13.
#[tokio::test]
async fn v1_says_of_some_objects_whether_lists_may_show_a_field() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        admin.post("/v1/organizationFields", json!({ "name": "Size", "field_type": "double" })).await.must(200);
        for (object, told) in
            [("organization", true), ("activity", true), ("product", true), ("deal", false), ("person", false)]
        {
            let fields = ann.get(&format!("/v1/{object}Fields?limit=500")).await.must(200);
            let whole = fields.list().iter().filter(|field| field.get("is_subfield").is_none());
            for field in whole {
                let expected = if told { json!(true) } else { Json::Null };
                assert_eq!(field["index_visible_flag"], expected, "{object} {field}");
            }
        }
        let fields = ann.get("/v1/organizationFields").await.must(200);
        let owner = field(fields.list(), "owner_id");
        assert_eq!((&owner["use_field"], owner.get("link")), (&json!("owner_id"), None));
    }
}

/// Live facts 6.11. Neither is made from the other yet.
#[tokio::test]
async fn leads_and_deals_say_what_they_were_made_from() {
    for app in apps().await {
        let ann = app.ann();
        let lead = sale(&ann).await;
        for answer in [
            ann.get(&format!("/v1/leads/{lead}")).await.must(200).at("/data").clone(),
            ann.get("/v1/leads").await.must(200).at("/data/0").clone(),
            ann.patch(&format!("/v1/leads/{lead}"), json!({ "was_seen": true })).await.must(200).at("/data").clone(),
        ] {
            assert_eq!(answer.get("source_deal_id"), Some(&Json::Null));
        }
        let deal = ann.get("/api/v2/deals/1?include_fields=source_lead_id").await.must(200);
        assert_eq!(deal.at("/data").get("source_lead_id"), Some(&Json::Null));
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data").get("source_lead_id"), None);
    }
}
