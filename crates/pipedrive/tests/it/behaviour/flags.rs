//! v1's flags of deletion, which may be written: `deleted` of deals, `active_flag` of the rest (pipedrive-contract 12.8).

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::{Client, apps};

/// The path, the flag, its value of what is not deleted, and whether deleted ones can be read alone.
const FLAGS: &[(&str, &str, bool, bool)] = &[
    ("deals", "deleted", false, true),
    ("persons", "active_flag", true, true),
    ("organizations", "active_flag", true, true),
    ("activities", "active_flag", true, true),
    ("stages", "active_flag", true, false),
    ("pipelines", "active", true, false),
];

const DAY: i64 = 86_400_000_000;

async fn ids(client: &Client, path: &str) -> Vec<Json> {
    let query = if path == "activities" { "?user_id=0" } else { "" };
    client.get(&format!("/v1/{path}{query}")).await.must(200).list().iter().map(|r| r["id"].clone()).collect()
}

#[tokio::test]
async fn a_flag_deletes_and_brings_back() {
    for app in apps().await {
        let admin = app.admin();
        sale(&admin).await;
        let pipeline = admin.post("/v1/pipelines", json!({ "name": "Other" })).await.must(200).id();
        let stage = json!({ "name": "In", "pipeline_id": pipeline });
        let stage = admin.post("/v1/stages", stage).await.must(200).id();
        for (path, flag, alive, readable) in FLAGS {
            let id = match *path {
                "pipelines" => pipeline,
                "stages" => stage,
                _ => 1,
            };
            let target = format!("/v1/{path}/{id}");
            let listed = ids(&admin, path).await;
            let before = admin.get(&target).await.must(200);
            let untouched = admin.put(&target, json!({ (*flag): alive })).await.must(200);
            assert_eq!(untouched.at("/data/update_time"), before.at("/data/update_time"), "{path}: nothing to do");
            let gone = admin.put(&target, json!({ (*flag): !alive })).await.must(200);
            assert_eq!(gone.at("/data")[flag], !alive, "{path}");
            assert_eq!(ids(&admin, path).await.len(), listed.len() - 1, "{path}");
            admin.get(&target).await.must(if *readable { 200 } else { 404 });
            admin.put(&target, json!({ "name": "x", "title": "x", "subject": "x" })).await.must(404);
            // As a form of v1 spells flags.
            let spelled = i64::from(*alive).to_string();
            let back = admin.put(&target, json!({ (*flag): spelled })).await.must(200);
            assert_eq!(back.at("/data")[flag], *alive, "{path}");
            assert!(back.at("/data/delete_time").is_null(), "{path}");
            assert_eq!(ids(&admin, path).await, listed, "{path}");
            let again = admin.get(&target).await.must(200);
            for (key, value) in before.at("/data").as_object().unwrap() {
                let moves = ["update_time", "update_user_id", "rotten_time", "age"].contains(&&**key);
                assert!(moves || again.at("/data")[key] == *value, "{path} {key}: {value} {}", again.at("/data")[key]);
            }
        }
    }
}

/// What hangs on a record counts it again, and what it was linked to is linked still.
#[tokio::test]
async fn what_comes_back_counts_again() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let counts = async || {
            let organization = ann.get("/v1/organizations/1").await.must(200);
            let deal = ann.get("/v1/deals/1").await.must(200);
            json!([
                organization.at("/data/people_count"),
                organization.at("/data/open_deals_count"),
                organization.at("/data/activities_count"),
                organization.at("/data/next_activity_id"),
                deal.at("/data/activities_count"),
                deal.at("/data/next_activity_id"),
                deal.at("/data/next_activity_date"),
            ])
        };
        assert_eq!(counts().await, json!([1, 1, 1, 1, 1, 1, "2026-03-05"]));
        for (path, flag, alive, _) in &FLAGS[..4] {
            let (before, target) = (counts().await, format!("/v1/{path}/1"));
            ann.put(&target, json!({ (*flag): !alive })).await.must(200);
            ann.put(&target, json!({ (*flag): alive })).await.must(200);
            assert_eq!(counts().await, before, "{path}");
        }
        ann.put("/v1/activities/1", json!({ "active_flag": false })).await.must(200);
        assert_eq!(counts().await, json!([1, 1, 0, null, 0, null, null]));
    }
}

#[tokio::test]
async fn after_thirty_days_nothing_comes_back() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (path, ..) in &FLAGS[..4] {
            ann.delete(&format!("/v1/{path}/1")).await.must(200);
        }
        app.tenant.clock.advance(30 * DAY + 1_000_000);
        for (path, flag, alive, _) in &FLAGS[..4] {
            ann.put(&format!("/v1/{path}/1"), json!({ (*flag): alive })).await.must(404);
        }
        ann.put("/v1/deals/1", json!({ "status": "open" })).await.must(404);
    }
}

#[tokio::test]
async fn v1_makes_what_is_deleted_already_when_told_so() {
    for app in apps().await {
        let ann = app.ann();
        for (path, flag, alive, _) in &FLAGS[..4] {
            let body = json!({ "title": "x", "name": "x", "subject": "x", (*flag): !alive });
            let id = ann.post(&format!("/v1/{path}"), body).await.must(201).id();
            assert_eq!(ids(&ann, path).await, Vec::<Json>::new(), "{path}");
            ann.get(&format!("/v1/{path}/{id}")).await.must(200);
            ann.put(&format!("/v1/{path}/{id}"), json!({ (*flag): alive })).await.must(200);
            assert_eq!(ids(&ann, path).await, [json!(id)], "{path}");
        }
        let wrong = ann.put("/v1/persons/1", json!({ "active_flag": "maybe" })).await.must(400);
        assert!(wrong.error().contains("active_flag"), "{}", wrong.error());
    }
}

/// A stage is found by nobody while its pipeline is gone.
#[tokio::test]
async fn a_stage_comes_back_only_into_a_pipeline_that_is_there() {
    for app in apps().await {
        let admin = app.admin();
        let pipeline = admin.post("/v1/pipelines", json!({ "name": "Other" })).await.must(200).id();
        let stage = json!({ "name": "In", "pipeline_id": pipeline });
        let stage = admin.post("/v1/stages", stage).await.must(200).id();
        let (pipeline, stage) = (format!("/v1/pipelines/{pipeline}"), format!("/v1/stages/{stage}"));
        admin.delete(&pipeline).await.must(200);
        admin.put(&stage, json!({ "active_flag": true })).await.must(400);
        admin.put(&pipeline, json!({ "active": true })).await.must(200);
        admin.put(&stage, json!({ "active_flag": true })).await.must(200);
        admin.get(&stage).await.must(200);
    }
}
