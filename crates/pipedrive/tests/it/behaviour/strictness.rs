//! What v2 takes: no key that the request does not have, no value in another form (pipedrive-contract 0, 2.2, 4.1, 4.2).

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::apps;

/// The keys that v2 shows of a record and does not take, with a value as it may stand there.
fn shown_only() -> Vec<(&'static str, &'static str, Json)> {
    let mut all = Vec::new();
    for path in ["deals", "persons", "organizations", "activities", "pipelines", "stages"] {
        for (key, value) in [
            ("id", json!(1)),
            ("update_time", json!("2026-03-02T09:00:00Z")),
            ("add_time", json!("2026-03-02T09:00:00Z")),
        ] {
            all.push((path, key, value));
        }
        if path != "deals" {
            all.extend([(path, "is_deleted", json!(true)), (path, "is_deleted", json!(false))]);
        }
    }
    all.extend([
        ("deals", "creator_user_id", json!(2)),
        ("deals", "local_won_date", Json::Null),
        ("persons", "picture_id", Json::Null),
        ("activities", "marked_as_done_time", Json::Null),
        ("pipelines", "order_nr", json!(1)),
        ("stages", "order_nr", json!(1)),
    ]);
    all
}

#[tokio::test]
async fn v2_refuses_a_key_that_it_only_shows_in_pipedrives_words() {
    for app in apps().await {
        sale(&app.ann()).await;
        let admin = app.admin();
        for (path, key, value) in shown_only() {
            let target = format!("/api/v2/{path}/1");
            let before = admin.get(&target).await.must(200).json;
            let refused = admin.patch(&target, json!({ (key): value })).await.must(400);
            let words = format!("Validation failed: {key}: Parameter '{key}' is not allowed for this request");
            assert_eq!(refused.error(), words, "{path}");
            assert_eq!(refused.at("/code"), "ERR_SCHEMA_VALIDATION_FAILED");
            assert_eq!(admin.get(&target).await.must(200).json, before, "{path} {key}");
        }
    }
}

/// `is_deleted` is published as a key of a deal's body, yet neither `POST` nor `PATCH` deletes.
#[tokio::test]
async fn v2_takes_is_deleted_of_a_deal_only_as_false() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let taken = ann.patch("/api/v2/deals/1", json!({ "is_deleted": false, "title": "Pumps" })).await.must(200);
        assert_eq!(taken.at("/data/title"), "Pumps");
        ann.post("/api/v2/deals", json!({ "title": "x", "is_deleted": false })).await.must(200);
        for wrong in [json!(true), json!(1), json!("true")] {
            let refused = ann.patch("/api/v2/deals/1", json!({ "is_deleted": wrong, "title": "y" })).await.must(400);
            assert!(refused.error().contains("is_deleted: must be "), "{}", refused.error());
            ann.post("/api/v2/deals", json!({ "title": "x", "is_deleted": wrong })).await.must(400);
        }
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/title"), "Pumps");
        // What is deleted does not come back by it, either.
        ann.delete("/api/v2/deals/1").await.must(200);
        ann.patch("/api/v2/deals/1", json!({ "is_deleted": false })).await.must(404);
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/is_deleted"), true);
    }
}

#[tokio::test]
async fn v2_tells_whoever_sets_the_person_of_an_activity_how_it_is_set() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let refused = ann.patch("/api/v2/activities/1", json!({ "person_id": 1 })).await.must(400);
        assert!(refused.error().contains("person_id: can't be set: add a primary participant"), "{}", refused.error());
        ann.patch("/api/v2/activities/1", json!({ "person_id": null })).await.must(200);
        let read = ann.get("/api/v2/activities/1").await.must(200);
        assert_eq!(read.at("/data/person_id"), 1, "nothing was changed");
    }
}

#[tokio::test]
async fn v2_takes_an_address_as_an_object_and_a_day_as_a_day() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (target, key, wrong) in [
            ("organizations/1", "address", json!("Main Street 1")),
            ("organizations/1", "address", json!("")),
            ("organizations/1", "address", json!({ "country": "DE" })),
            ("organizations/1", "address", json!({ "value": "Main Street 1", "planet": "Earth" })),
            ("persons/1", "postal_address", json!("Main Street 1")),
            ("persons/1", "birthday", json!("1980-02-29T00:00:00Z")),
            ("persons/1", "birthday", json!("1980-02-29 00:00:00")),
            ("activities/1", "location", json!("Main Street 1")),
            ("activities/1", "due_date", json!("2026-03-05T09:00:00Z")),
            ("activities/1", "due_date", json!(" 2026-03-05")),
            ("activities/1", "due_date", json!("2026-3-5")),
            ("deals/1", "expected_close_date", json!("2026-03-05T00:00:00.000Z")),
        ] {
            let refused = ann.patch(&format!("/api/v2/{target}"), json!({ (key): wrong })).await.must(400);
            assert!(refused.error().starts_with(&format!("Validation failed: {key}: ")), "{}", refused.error());
        }
        // v1 takes both.
        let line = ann.put("/v1/organizations/1", json!({ "address": "Main Street 1" })).await.must(200);
        assert_eq!(line.at("/data/address"), "Main Street 1");
        let day = ann.put("/v1/deals/1", json!({ "expected_close_date": "2026-03-05T09:00:00Z" })).await.must(200);
        assert_eq!(day.at("/data/expected_close_date"), "2026-03-05");
    }
}

/// A custom address and a built-in one are shown alike: the line and every part, unset ones as `null`.
#[tokio::test]
async fn every_address_shows_all_of_its_parts_on_v2() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        let field = json!({ "name": "Site", "field_type": "address" });
        let made = admin.post("/v1/organizationFields", field).await.must(200);
        let key = made.at("/data/key").as_str().unwrap();
        let sent = json!({ "value": "Main Street 1", "country": "DE" });
        let body = json!({ "name": "x", "address": sent, "custom_fields": { (key): sent } });
        let made = ann.post("/api/v2/organizations", body).await.must(200);
        let expected = json!({
            "value": "Main Street 1", "subpremise": null, "street_number": null, "route": null, "sublocality": null,
            "locality": null, "admin_area_level_1": null, "admin_area_level_2": null, "country": "DE",
            "postal_code": null, "formatted_address": null,
        });
        assert_eq!(made.at("/data/address"), &expected);
        assert_eq!(made.at("/data/custom_fields")[key], expected);
        // Another address begins without the parts of the former one.
        let other = json!({ "value": "Side Street 2" });
        let body = json!({ "address": other, "custom_fields": { (key): other } });
        let changed = ann.patch("/api/v2/organizations/1", body).await.must(200);
        assert_eq!(changed.at("/data/address/country"), &Json::Null);
        assert_eq!(changed.at("/data/custom_fields")[key]["country"], Json::Null);
    }
}

#[tokio::test]
async fn v2_refuses_a_follower_who_follows_already() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for path in ["deals", "persons", "organizations"] {
            let (v1, v2) = (format!("/v1/{path}/1/followers"), format!("/api/v2/{path}/1/followers"));
            ann.post(&v2, json!({ "user_id": 3 })).await.must(201);
            ann.post(&v2, json!({ "user_id": 3 })).await.must(400);
            ann.post(&v1, json!({ "user_id": 3 })).await.must(200);
            assert_eq!(ann.get(&v2).await.must(200).list().len(), 2, "the owner, and Bob once");
        }
    }
}
