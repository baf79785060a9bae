//! Deleted notes, and notes that are sent back as they were read (live facts 5.5, 6.3, 6.4).

use serde_json::json;

use crate::{app::apps, behaviour::sale};

/// Live facts 5.5.
#[tokio::test]
async fn a_deleted_note_is_still_read_alone_for_thirty_days() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        assert_eq!(ann.delete("/v1/notes/1").await.must(200).at("/data"), true);
        let read = ann.get("/v1/notes/1").await.must(200);
        assert_eq!((read.at("/data/active_flag"), read.at("/data/content")), (&json!(false), &json!("so")));
        assert!(ann.get("/v1/notes").await.must(200).at("/data").is_null());
        assert!(ann.get("/v1/notes?deal_id=1").await.must(200).at("/data").is_null());
        assert_eq!(ann.get("/v1/deals/1").await.must(200).at("/data/notes_count"), 0);
        ann.put("/v1/notes/1", json!({ "content": "x" })).await.must(404);
        ann.get("/v1/notes/1/comments").await.must(200);
        ann.post("/v1/notes/1/comments", json!({ "content": "x" })).await.must(404);
        // It is as visible as what it stands at.
        ann.put("/v1/deals/1", json!({ "visible_to": 1 })).await.must(200);
        app.bob().get("/v1/notes/1").await.must(404);
        app.tenant.clock.set("2026-05-02 09:00:00");
        ann.get("/v1/notes/1").await.must(404);
    }
}

/// Live facts 6.4: of these objects the ids are what is written.
#[tokio::test]
async fn a_note_that_gives_back_what_it_shows_of_others_is_refused_by_name() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (key, id) in [
            ("user", "user_id"),
            ("deal", "deal_id"),
            ("person", "person_id"),
            ("organization", "org_id"),
            ("lead", "lead_id"),
            ("project", "project_id"),
        ] {
            for target in ["/v1/notes/1", "/v1/notes"] {
                let method = if target == "/v1/notes" { "POST" } else { "PUT" };
                let body = json!({ "content": "new", "deal_id": 1, (key): { "id": 1 } }).to_string();
                let refused = ann.ask(method, target, body.into_bytes()).await.must(400);
                assert_eq!(refused.error(), format!("{key}: is only shown: give {id} instead"));
            }
            // Where there is none, that may be said.
            ann.put("/v1/notes/1", json!({ (key): null })).await.must(200);
        }
        assert_eq!(ann.get("/v1/notes").await.must(200).list().len(), 1);
        assert_eq!(ann.get("/v1/notes/1").await.must(200).at("/data/content"), "so");
        // Other keys that a note does not take are ignored, as everywhere on v1.
        ann.put("/v1/notes/1", json!({ "colour": "blue", "active_flag": true })).await.must(200);
    }
}
