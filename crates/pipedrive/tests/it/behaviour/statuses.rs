//! What becomes of a deal, on both wires (pipedrive-contract 12.3, 12.4, 12.8).

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::apps;

#[tokio::test]
async fn a_deal_is_won_lost_and_reopened() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        app.tenant.clock.set("2026-03-03 10:00:00");
        let won = ann.patch("/api/v2/deals/1", json!({ "status": "won" })).await.must(200);
        assert_eq!(
            (won.at("/data/won_time"), won.at("/data/local_won_date")),
            (&json!("2026-03-03T10:00:00Z"), &json!("2026-03-03"))
        );
        app.tenant.clock.set("2026-03-04 10:00:00");
        let lost = ann.put("/v1/deals/1", json!({ "status": "lost", "lost_reason": "Price" })).await.must(200);
        for (key, value) in [
            ("status", json!("lost")),
            ("active", json!(false)),
            ("won_time", Json::Null),
            ("lost_time", json!("2026-03-04 10:00:00")),
            ("close_time", json!("2026-03-04 10:00:00")),
            ("first_won_time", json!("2026-03-03 10:00:00")),
            ("lost_reason", json!("Price")),
        ] {
            assert_eq!(lost.at("/data")[key], value, "{key}");
        }
        let open = ann.put("/v1/deals/1", json!({ "status": "open" })).await.must(200);
        for key in ["won_time", "lost_time", "close_time", "local_close_date"] {
            assert!(open.at("/data")[key].is_null(), "{key}");
        }
        assert_eq!(open.at("/data/first_won_time"), "2026-03-03 10:00:00");
        assert_eq!(open.at("/data/lost_reason"), "Price");
        ann.put("/v1/deals/1", json!({ "status": "maybe" })).await.must(400);
        ann.patch("/api/v2/deals/1", json!({ "lost_time": "2026-03-01T00:00:00Z" })).await.must(400);
        let given = json!({ "status": "won", "won_time": "2026-02-01T08:00:00Z" });
        let given = ann.patch("/api/v2/deals/1", given).await.must(200);
        assert_eq!(given.at("/data/close_time"), "2026-02-01T08:00:00Z");
    }
}

/// Pipedrive's v2 deletes by `DELETE` only (pipedrive-contract 4.1).
#[tokio::test]
async fn v2_can_not_delete_a_deal_by_its_status() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        let refused = ann.patch("/api/v2/deals/1", json!({ "status": "deleted" })).await.must(400);
        assert!(refused.error().contains("status"), "{}", refused.error());
        ann.post("/api/v2/deals", json!({ "title": "x", "status": "deleted" })).await.must(400);
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/is_deleted"), false);
    }
}

#[tokio::test]
async fn a_deleted_deal_is_read_alone_and_in_the_list_of_the_deleted() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        assert_eq!(
            ann.put("/v1/deals/1", json!({ "status": "deleted" })).await.must(200).at("/data/status"),
            "deleted"
        );
        let read = ann.get("/v1/deals/1").await.must(200);
        assert_eq!((read.at("/data/deleted"), read.at("/data/active")), (&json!(true), &json!(false)));
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/is_deleted"), true);
        assert!(ann.get("/v1/deals").await.must(200).at("/data").is_null());
        assert!(ann.get("/v1/deals?status=all_not_deleted").await.must(200).at("/data").is_null());
        assert_eq!(ann.get("/v1/deals?status=deleted").await.must(200).list().len(), 1);
        assert_eq!(ann.get("/api/v2/deals?status=open,deleted").await.must(200).list().len(), 1);
        assert!(ann.get("/v1/persons/1/deals").await.must(200).at("/data").is_null());
        ann.patch("/api/v2/deals/1", json!({ "title": "x" })).await.must(404);
        assert_eq!(ann.put("/v1/deals/1", json!({ "status": "open" })).await.must(200).at("/data/status"), "open");
        ann.delete("/api/v2/deals/1").await.must(200);
        app.tenant.clock.set("2026-05-02 09:00:00");
        ann.get("/v1/deals/1").await.must(404);
        ann.get("/api/v2/deals/1").await.must(404);
    }
}

#[tokio::test]
async fn moving_a_deal_moves_its_pipeline() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        sale(&ann).await;
        admin.post("/v1/pipelines", json!({ "name": "Renewals" })).await.must(200);
        for name in ["First", "Second"] {
            admin.post("/v1/stages", json!({ "name": name, "pipeline_id": 2 })).await.must(200);
        }
        app.tenant.clock.set("2026-03-03 10:00:00");
        let moved = ann.put("/v1/deals/1", json!({ "pipeline_id": 2 })).await.must(200);
        assert_eq!((moved.at("/data/stage_id"), moved.at("/data/stage_order_nr")), (&json!(6), &json!(1)));
        assert_eq!(moved.at("/data/stage_change_time"), "2026-03-03 10:00:00");
        let moved = ann.patch("/api/v2/deals/1", json!({ "stage_id": 7 })).await.must(200);
        assert_eq!((moved.at("/data/stage_id"), moved.at("/data/pipeline_id")), (&json!(7), &json!(2)));
        app.tenant.clock.set("2026-03-03 11:00:00");
        let alone = ann.get("/v1/deals/1").await.must(200);
        assert_eq!(alone.at("/data/stay_in_pipeline_stages/order_of_stages"), &json!([1, 6, 7]));
        assert_eq!(alone.at("/data/stay_in_pipeline_stages/times_in_stages/7"), 3600);
        assert_eq!(alone.at("/data/average_stage_progress"), 1);
        ann.put("/v1/deals/1", json!({ "stage_id": 99 })).await.must(400);
        admin.delete("/v1/stages/7").await.must(400);
    }
}

/// A record that its maker may not see any more is shown once, as it was written.
#[tokio::test]
async fn a_write_that_hides_the_record_is_answered_all_the_same() {
    for app in apps().await {
        let ann = app.ann();
        let made = ann.post("/v1/deals", json!({ "title": "Secret", "user_id": 3, "visible_to": 1 })).await.must(201);
        assert_eq!(made.at("/data/user_id/value"), 3);
        ann.get(&format!("/v1/deals/{}", made.id())).await.must(404);
        let mine = ann.post("/api/v2/persons", json!({ "name": "Carol" })).await.must(200).id();
        let given = json!({ "owner_id": 3, "visible_to": 1 });
        assert_eq!(ann.patch(&format!("/api/v2/persons/{mine}"), given).await.must(200).at("/data/owner_id"), 3);
        app.bob().get(&format!("/api/v2/persons/{mine}")).await.must(200);
    }
}

#[tokio::test]
async fn archiving_a_deal_is_not_there_yet_and_says_so() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        ann.put("/v1/deals/1", json!({ "is_archived": true })).await.must(501);
        ann.patch("/api/v2/deals/1", json!({ "is_archived": true })).await.must(501);
        ann.patch("/api/v2/deals/1", json!({ "is_archived": 1 })).await.must(400);
        ann.patch("/api/v2/deals/1", json!({ "is_archived": false, "archive_time": null })).await.must(200);
        ann.get("/v1/deals?filter_id=5").await.must(501);
    }
}

/// Deals, persons, organizations, activities and notes can be read alone for thirty days; others are gone at once.
#[tokio::test]
async fn deleting_twice_is_deleting_once_or_not_found() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        let lead = sale(&ann).await;
        admin.post("/v1/pipelines", json!({ "name": "Second Pipeline" })).await.must(200);
        for (target, again) in [
            ("/v1/activities/1", 200),
            ("/v1/notes/1", 200),
            (&format!("/v1/leads/{lead}"), 404),
            ("/v1/deals/1", 200),
            ("/api/v2/deals/1", 200),
            ("/v1/persons/1", 200),
            ("/v1/organizations/1", 200),
            ("/v1/pipelines/2", 404),
            ("/v1/stages/5", 404),
            ("/v1/activityTypes/6", 404),
        ] {
            admin.delete(target).await.must(200);
            admin.delete(target).await.must(again);
            if !target.contains("activityTypes") {
                admin.get(target).await.must(again);
            }
        }
        assert_eq!(
            admin.put("/v1/pipelines/2", json!({ "active": 1 })).await.must(200).at("/data/url_title"),
            "Second-Pipeline"
        );
    }
}
