//! v2's query parameters (live facts 1.4, 2). That every operation refuses those that it does not have, the sweep over
//! queries tells.

use serde_json::json;

use super::invalid;
use crate::{app::apps, behaviour::sale};

/// Live facts 1.4, 2.1, 2.2, 2.3.
#[tokio::test]
async fn v2_refuses_what_it_would_have_to_ignore() {
    let not_allowed = |name: &str| format!("{name}: Parameter '{name}' is not allowed for this request");
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (target, name) in [
            ("deals?user_id=3&limit=500", "user_id"),
            ("activities?user_id=3", "user_id"),
            ("pipelines?updated_since=2026-01-01T00:00:00Z", "updated_since"),
            ("stages?updated_since=2026-01-01T00:00:00Z", "updated_since"),
            ("activities?type=call", "type"),
            ("activities?due_date_from=2026-01-01", "due_date_from"),
            ("activities?due_date_to=2026-01-01", "due_date_to"),
            ("deals?=1", ""),
        ] {
            let refused = ann.get(&format!("/api/v2/{target}")).await.must(400);
            assert_eq!(refused.json, invalid(&not_allowed(name)), "{target}");
        }
        let written = "/api/v2/deals/1?include_fields=products_count";
        let refused = ann.patch(written, json!({ "title": "x" })).await.must(400);
        assert_eq!(refused.json, invalid(&not_allowed("include_fields")));
        ann.delete("/api/v2/deals/1?ids=2").await.must(400);
        assert_eq!(ann.get("/api/v2/deals/1").await.must(200).at("/data/title"), "Engines");
        // Every strange one is named, and v1 ignores them.
        let refused = ann.get("/api/v2/deals?b=1&limit=5&a=2").await.must(400);
        assert_eq!(refused.json, invalid(&format!("{}; {}", not_allowed("b"), not_allowed("a"))));
        assert_eq!(ann.get("/v1/deals?b=1&a=2").await.must(200).list().len(), 1);
    }
}

#[tokio::test]
async fn v2_names_every_wrong_value_of_a_query() {
    for app in apps().await {
        let refused = app.ann().get("/api/v2/deals?stage_id=x&owner_id=y&status=maybe").await.must(400);
        let faults = "owner_id: must be a whole number; stage_id: must be a whole number; \
            status: must be open, won, lost or deleted";
        assert_eq!(refused.json, invalid(faults));
    }
}

/// Live facts 2.10.
#[tokio::test]
async fn all_not_deleted_is_a_status_of_v1_alone() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        assert_eq!(ann.get("/v1/deals?status=all_not_deleted").await.must(200).list().len(), 1);
        for words in ["all_not_deleted", "open,all_not_deleted"] {
            let refused = ann.get(&format!("/api/v2/deals?status={words}")).await.must(400);
            assert_eq!(refused.json, invalid("status: must be open, won, lost or deleted"));
        }
    }
}
