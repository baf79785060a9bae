//! Options, stages and pipelines that were deleted while records have them: what stands may stay, and nobody else gets it.

use serde_json::{Value as Json, json};

use crate::app::{App, apps};

/// Options of a deal's field, the first of which is deleted once a deal has it: `(key, deleted, others)`.
struct Field {
    key: String,
    gone: i64,
    open: [i64; 2],
}

async fn field(app: &App, kind: &str) -> Field {
    let admin = app.admin();
    let labels = json!([{ "label": "Gone" }, { "label": "Two" }, { "label": "Three" }]);
    let (key, options) = if kind == "label_ids" {
        (
            kind.to_owned(),
            admin.post("/api/v2/dealFields/label_ids/options", labels).await.must(200).at("/data").clone(),
        )
    } else {
        let body = json!({ "name": kind, "field_type": kind, "options": labels });
        let made = admin.post("/v1/dealFields", body).await.must(200);
        (made.at("/data/key").as_str().unwrap().to_owned(), made.at("/data/options").clone())
    };
    let id = |at: usize| options[at]["id"].as_i64().unwrap();
    Field { key, gone: id(0), open: [id(1), id(2)] }
}

/// A body of v1 or v2 that sets the field.
fn setting(prefix: &str, field: &Field, value: &Json) -> Json {
    match (prefix, &*field.key) {
        ("/v1", "label_ids") => json!({ "label": value }),
        ("/v1", _) | (_, "label_ids") => json!({ (&field.key): value }),
        _ => json!({ "custom_fields": { (&field.key): value } }),
    }
}

#[tokio::test]
async fn a_deleted_option_may_stay_beside_others_and_is_not_newly_chosen() {
    for app in apps().await {
        for (method, prefix) in [("PUT", "/v1"), ("PATCH", "/api/v2")] {
            for kind in ["label_ids", "set", "enum"] {
                stays(&app, method, prefix, kind).await;
            }
        }
    }
}

async fn stays(app: &App, method: &str, prefix: &str, kind: &str) {
    let (ann, field) = (app.ann(), field(app, kind).await);
    let value = |ids: &[i64]| if kind == "enum" { json!(ids[0]) } else { json!(ids) };
    let body = |ids: &[i64]| setting(prefix, &field, &value(ids));
    let write = async |deal: i64, ids: &[i64]| {
        ann.ask(method, &format!("{prefix}/deals/{deal}"), body(ids).to_string().into_bytes()).await
    };
    let shown = async |deal: i64| {
        let read = ann.get(&format!("/api/v2/deals/{deal}")).await.must(200);
        read.at(if kind == "label_ids" { "/data" } else { "/data/custom_fields" })[&field.key].clone()
    };
    let [has, has_not] = [
        ann.post("/api/v2/deals", json!({ "title": "has it" })).await.must(200).id(),
        ann.post("/api/v2/deals", json!({ "title": "has it not" })).await.must(200).id(),
    ];
    write(has, &[field.gone]).await.must(200);
    let gone = json!([{ "id": field.gone }]).to_string();
    let options = format!("/api/v2/dealFields/{}/options", field.key);
    app.admin().ask("DELETE", &options, gone.into_bytes()).await.must(200);
    write(has, &[field.gone]).await.must(200);
    if kind != "enum" {
        write(has, &[field.gone, field.open[0]]).await.must(200);
        assert_eq!(shown(has).await, value(&[field.gone, field.open[0]]), "{prefix} {kind}");
    }
    let before = shown(has_not).await;
    let refused = write(has_not, &[field.gone]).await.must(400);
    for part in [field.key.trim_end_matches("_ids"), "was deleted"] {
        assert!(refused.error().contains(part), "{}", refused.error());
    }
    assert_eq!(shown(has_not).await, before);
    write(has_not, &[field.open[1]]).await.must(200);
    // Once it is taken off, it does not come back; nor does a new record get it.
    write(has, &[field.open[0]]).await.must(200);
    write(has, &[field.gone]).await.must(400);
    let mut new = body(&[field.gone]);
    new["title"] = json!("new");
    ann.post(&format!("{prefix}/deals"), new).await.must(400);
}

/// A pipeline with two stages: its number and theirs.
async fn pipeline(app: &App) -> (i64, [i64; 2]) {
    let admin = app.admin();
    let pipeline = admin.post("/v1/pipelines", json!({ "name": "Second" })).await.must(200).id();
    let stage = async || admin.post("/v1/stages", json!({ "name": "x", "pipeline_id": pipeline })).await.must(200).id();
    (pipeline, [stage().await, stage().await])
}

fn place(deal: &Json) -> (i64, i64) {
    (deal["pipeline_id"].as_i64().unwrap(), deal["stage_id"].as_i64().unwrap())
}

#[tokio::test]
async fn a_closed_deal_whose_stage_is_gone_keeps_it_until_it_is_reopened_in_its_own_pipeline() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        for (method, prefix) in [("PUT", "/v1"), ("PATCH", "/api/v2")] {
            let (own, [first, second]) = pipeline(&app).await;
            let deal = json!({ "title": "x", "stage_id": second, "status": "won" });
            let deal = ann.post("/v1/deals", deal).await.must(201).id();
            let write = async |body: Json| {
                let body = body.to_string().into_bytes();
                ann.ask(method, &format!("{prefix}/deals/{deal}"), body).await
            };
            admin.delete(&format!("/v1/stages/{second}")).await.must(200);
            let kept = write(json!({ "stage_id": second, "pipeline_id": own, "title": "y" })).await.must(200);
            assert_eq!(place(kept.at("/data")), (own, second), "{prefix}");
            // Nobody else comes in.
            let other = ann.post("/v1/deals", json!({ "title": "z" })).await.must(201).id();
            ann.put(&format!("/v1/deals/{other}"), json!({ "stage_id": second })).await.must(400);
            let reopened = write(json!({ "status": "open", "stage_id": second })).await.must(200);
            assert_eq!(place(reopened.at("/data")), (own, first), "{prefix}");

            write(json!({ "status": "lost" })).await.must(200);
            admin.delete(&format!("/v1/pipelines/{own}")).await.must(200);
            let kept = write(json!({ "stage_id": first, "pipeline_id": own })).await.must(200);
            assert_eq!(place(kept.at("/data")), (own, first), "{prefix}");
            let reopened = write(json!({ "status": "open" })).await.must(200);
            assert_eq!(place(reopened.at("/data")), (1, 1), "{prefix}: the first pipeline");
        }
    }
}

#[tokio::test]
async fn a_deal_that_was_deleted_comes_back_in_its_own_pipeline_too() {
    for app in apps().await {
        let (own, [first, second]) = pipeline(&app).await;
        let ann = app.ann();
        let deal = ann.post("/v1/deals", json!({ "title": "x", "stage_id": second })).await.must(201).id();
        ann.delete(&format!("/v1/deals/{deal}")).await.must(200);
        app.admin().delete(&format!("/v1/stages/{second}")).await.must(200);
        let back = ann.put(&format!("/v1/deals/{deal}"), json!({ "status": "open" })).await.must(200);
        assert_eq!(place(back.at("/data")), (own, first));
    }
}

#[tokio::test]
async fn what_stands_beside_a_change_does_not_hold_it_back() {
    for app in apps().await {
        let (own, [first, _]) = pipeline(&app).await;
        let ann = app.ann();
        ann.post("/v1/persons", json!({ "name": "Carol Jones" })).await.must(201);
        let deal = json!({ "title": "x", "status": "won", "won_time": "2026-02-01 00:00:00" });
        ann.post("/v1/deals", deal).await.must(201);
        let read = ann.get("/v1/deals/1").await.must(200).at("/data").clone();
        // A whole record with one change: the stage that stands does not keep the pipeline, nor the name its parts.
        let moved = json!({ "stage_id": read["stage_id"], "pipeline_id": own, "won_time": read["won_time"] });
        let moved = ann.put("/v1/deals/1", moved).await.must(200);
        assert_eq!(place(moved.at("/data")), (own, first));
        let reopened = json!({ "status": "open", "won_time": read["won_time"], "close_time": read["close_time"] });
        let reopened = ann.put("/v1/deals/1", reopened).await.must(200);
        assert!(reopened.at("/data/won_time").is_null());
        let named = json!({ "name": "Carol Jones", "first_name": "Caroline", "last_name": "Jones" });
        let named = ann.patch("/api/v2/persons/1", named).await.must(200);
        assert_eq!(named.at("/data/name"), "Caroline Jones");
    }
}
