//! Field metadata read and changed, over the face (pipedrive-contract 5).

use serde_json::{Value as Json, json};

use crate::app::{Answer, Client, apps};

fn keys(answer: &Answer) -> Vec<String> {
    answer.list().iter().map(|field| field["key"].as_str().unwrap_or("").to_owned()).collect()
}

async fn field(client: &Client, path: &str, key: &str) -> Json {
    let all = client.get(&format!("{path}?limit=500")).await.must(200);
    let found = all.list().iter().find(|field| field["key"] == key || field["field_code"] == key);
    found.unwrap_or_else(|| panic!("{path} has no {key}")).clone()
}

#[tokio::test]
async fn the_lists_of_v1_are_paged_and_trimmed() {
    for app in apps().await {
        let ann = app.ann();
        let all = ann.get("/v1/dealFields?limit=500").await.must(200);
        assert_eq!(
            all.at("/additional_data"),
            &json!({ "pagination": { "start": 0, "limit": 500, "more_items_in_collection": false } })
        );
        let (mut walked, mut start) = (Vec::new(), 0);
        loop {
            let page = ann.get(&format!("/v1/dealFields?start={start}&limit=7")).await.must(200);
            assert!(page.list().len() <= 7);
            walked.extend(keys(&page));
            match page.at("/additional_data/pagination/next_start").as_i64() {
                Some(next) => start = next,
                None => break,
            }
        }
        assert_eq!(walked, keys(&all));
        assert_eq!(ann.get("/v1/dealFields?start=1000").await.must(200).at("/data"), &Json::Null);
        let trimmed = ann.get("/v1/dealFields:(key,name)?limit=1").await.must(200);
        assert_eq!(trimmed.at("/data"), &json!([{ "key": "id", "name": "ID" }]));
        let title = field(&ann, "/v1/dealFields", "title").await;
        assert_eq!(title["add_time"], "2026-03-02 09:00:00");
        let alone = ann.get(&format!("/v1/dealFields/{}", title["id"])).await.must(200);
        assert_eq!(alone.at("/data"), &title);
        for path in ["personFields", "organizationFields", "activityFields", "noteFields", "leadFields"] {
            assert!(!ann.get(&format!("/v1/{path}")).await.must(200).list().is_empty(), "{path}");
        }
        let described = ann.get("/v1/noteFields?include=description").await.must(200);
        assert_eq!(described.at("/data/3/reference"), "deal");
        let misspelt = ann.get("/v1/noteFields?include=descriptions").await.must(400);
        assert!(misspelt.error().contains("include") && misspelt.error().contains("description"));
        let gone = ann.get("/v1/dealFields/1").await.must(410);
        assert_eq!((gone.at("/success"), gone.error()), (&json!(false), "The field is not found"));
    }
}

#[tokio::test]
async fn a_field_is_made_changed_and_deleted_in_v1() {
    for app in apps().await {
        let admin = app.admin();
        let body = json!({ "name": "Size", "field_type": "enum", "options": [{ "label": "S" }, { "label": "L" }] });
        app.ann().post("/v1/dealFields", body.clone()).await.must(403);
        let made = admin.post("/v1/dealFields", body).await.must(200);
        let id = made.id();
        assert_eq!((made.at("/data/edit_flag"), made.at("/data/add_visible_flag")), (&json!(true), &json!(true)));
        assert_eq!(made.at("/data/key").as_str().unwrap().len(), 40);
        let [small, large] = [0, 1].map(|at| made.at(&format!("/data/options/{at}/id")).clone());
        let path = format!("/v1/dealFields/{id}");
        let change = json!({
            "name": "Sizes", "add_visible_flag": false, "options": [{ "id": large, "label": "Large" }, { "label": "XL" }],
        });
        let changed = admin.put(&path, change).await.must(200);
        assert_eq!((changed.at("/data/name"), changed.at("/data/add_visible_flag")), (&json!("Sizes"), &json!(false)));
        assert_eq!(changed.at("/data/options/0"), &json!({ "id": large, "label": "Large" }));
        assert_eq!(changed.at("/data/options/1/label"), "XL");
        assert_eq!(changed.at("/data/options_deleted"), &json!([{ "id": small, "label": "S" }]));
        let mut of_leads = field(&app.ann(), "/v1/leadFields", made.at("/data/key").as_str().unwrap()).await;
        // Leads have the fields of deals, but their lists take no custom field to sort by.
        assert_eq!((changed.at("/data/sortable_flag"), &of_leads["sortable_flag"]), (&json!(true), &json!(false)));
        of_leads["sortable_flag"] = json!(true);
        assert_eq!(&of_leads, changed.at("/data"));
        let wrong = admin.post("/v1/dealFields", json!({ "name": "Size", "field_type": "colour" })).await.must(400);
        assert!(wrong.error().contains("varchar_auto"), "{}", wrong.error());
        admin.post("/v1/dealFields", json!({ "field_type": "text" })).await.must(400);
        assert_eq!(admin.delete(&path).await.must(200).at("/data"), &json!({ "id": id }));
        admin.delete(&path).await.must(410);
        admin.put(&path, json!({ "name": "x" })).await.must(410);
        let mut ids = Vec::new();
        for kind in ["text", "monetary"] {
            let body = json!({ "name": kind, "field_type": kind });
            ids.push(admin.post("/v1/dealFields", body).await.must(200).id());
        }
        let many = format!("/v1/dealFields?ids={},{},999", ids[0], ids[1]);
        assert_eq!(admin.delete(&many).await.must(200).at("/data"), &json!({ "id": ids }));
    }
}

#[tokio::test]
async fn of_a_built_in_field_only_the_options_change() {
    for app in apps().await {
        let admin = app.admin();
        let label = field(&admin, "/v1/personFields", "label").await;
        assert_eq!(label["options"][0]["color"], "green");
        let path = format!("/v1/personFields/{}", label["id"]);
        let mut options = label["options"].as_array().unwrap().clone();
        options.push(json!({ "label": "Partner", "color": "purple" }));
        let body = json!({ "name": "Label", "options": options, "add_visible_flag": true });
        let changed = admin.put(&path, body).await.must(200);
        assert_eq!(changed.at("/data/options/4/label"), "Partner");
        assert_eq!(changed.at("/data/options/4/color"), "purple");
        admin.put(&path, json!({ "name": "Tag" })).await.must(400);
        admin.delete(&path).await.must(400);
        let title = field(&admin, "/v1/dealFields", "title").await;
        admin.put(&format!("/v1/dealFields/{}", title["id"]), json!({ "name": "Name" })).await.must(400);
        admin.delete(&format!("/v1/dealFields?ids={}", title["id"])).await.must(400);
        let added = admin.post("/api/v2/dealFields/label_ids/options", json!([{ "label": "Hot" }])).await.must(200);
        assert_eq!(field(&admin, "/v1/dealFields", "label").await["options"][0]["id"], *added.at("/data/0/id"));
        admin.post("/api/v2/dealFields/title/options", json!([{ "label": "Hot" }])).await.must(400);
    }
}

#[tokio::test]
async fn a_field_is_made_changed_and_deleted_in_v2() {
    for app in apps().await {
        let admin = app.admin();
        let body = json!({
            "field_name": "Colour", "field_type": "set", "options": [{ "label": "Red" }],
            "ui_visibility": { "show_in_pipelines": { "show_in_all": false, "pipeline_ids": [1] } },
            "important_fields": { "enabled": true, "stage_ids": [1] },
        });
        let made = admin.post("/api/v2/dealFields", body).await.must(200);
        let code = made.at("/data/field_code").as_str().unwrap().to_owned();
        assert_eq!(made.at("/data/is_custom_field"), true);
        assert_eq!(made.at("/data/ui_visibility/add_visible_flag"), false);
        assert_eq!(
            made.at("/data/ui_visibility/show_in_pipelines"),
            &json!({ "show_in_all": false, "pipeline_ids": [1] })
        );
        assert_eq!(made.at("/data/important_fields"), &json!({ "enabled": true, "stage_ids": [1] }));
        let path = format!("/api/v2/dealFields/{code}");
        let plain = admin.get(&path).await.must(200);
        assert!(plain.at("/data").get("ui_visibility").is_none());
        let change = json!({
            "field_name": "Colours", "ui_visibility": { "details_visible_flag": false },
            "required_fields": { "enabled": true, "stage_ids": [2], "statuses": { "1": ["won"] } },
        });
        let changed = admin.patch(&path, change).await.must(200);
        assert_eq!(changed.at("/data/field_name"), "Colours");
        assert_eq!(changed.at("/data/ui_visibility/show_in_pipelines/pipeline_ids"), &json!([1]));
        assert_eq!(
            changed.at("/data/required_fields"),
            &json!({ "enabled": true, "stage_ids": [2], "statuses": { "1": ["won"] } })
        );
        assert_eq!(field(&admin, "/v1/dealFields", &code).await["mandatory_flag"], true);
        admin.patch(&path, json!({})).await.must(400);
        admin.patch(&path, json!({ "field_type": "enum" })).await.must(400);
        let shown = admin.get(&format!("{path}?include_fields=important_fields")).await.must(200);
        assert_eq!(shown.at("/data/important_fields/enabled"), true);
        admin.get(&format!("{path}?include_fields=colours")).await.must(400);
        let described = admin.get(&format!("{path}?include=description")).await.must(200);
        assert_eq!(described.at("/data/value_type"), "options");
        for asked in [described, field_list(&admin, "v1").await, field_list(&admin, "api/v2").await] {
            assert!(!asked.json.to_string().contains("api_name"), "the Virtual API's name is its own affair");
        }
        assert_eq!(admin.delete(&path).await.must(200).at("/data/field_name"), "Colours");
        assert_eq!(admin.get(&path).await.must(404).error(), "Entity was not found");
        admin.delete(&path).await.must(404);
    }
}

#[tokio::test]
async fn options_are_a_list_of_their_own_in_v2() {
    for app in apps().await {
        let admin = app.admin();
        let body = json!({ "field_name": "Size", "field_type": "enum", "options": [{ "label": "S" }] });
        let made = admin.post("/api/v2/personFields", body).await.must(200);
        let path = format!("/api/v2/personFields/{}", made.at("/data/field_code").as_str().unwrap());
        let options = format!("{path}/options");
        let added = admin.post(&options, json!([{ "label": "M" }, { "label": "L" }])).await.must(200);
        assert_eq!(added.at("/additional_data"), &Json::Null);
        let [medium, large] = [0, 1].map(|at| added.at(&format!("/data/{at}/id")).clone());
        assert_eq!(added.at("/data"), &json!([{ "id": medium, "label": "M" }, { "id": large, "label": "L" }]));
        let renamed = admin.patch(&options, json!([{ "id": large, "label": "XL" }])).await.must(200);
        assert_eq!(renamed.at("/data"), &json!([{ "id": large, "label": "XL" }]));
        // All or nothing.
        admin
            .patch(&options, json!([{ "id": medium, "label": "Middle" }, { "id": 9999, "label": "x" }]))
            .await
            .must(400);
        for wrong in [json!([]), json!({ "label": "x" }), json!([7]), json!([{}]), json!([{ "label": "" }])] {
            admin.post(&options, wrong).await.must(400);
        }
        let labels = |answer: &Answer| -> Vec<String> {
            let list = answer.at("/data/options").as_array().unwrap().clone();
            list.iter().map(|option| option["label"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(labels(&admin.get(&path).await.must(200)), ["S", "M", "XL"]);
        let gone = admin.ask("DELETE", &options, json!([{ "id": medium }]).to_string().into_bytes()).await.must(200);
        assert_eq!(gone.at("/data"), &json!([{ "id": medium, "label": "M" }]));
        assert_eq!(labels(&admin.get(&path).await.must(200)), ["S", "XL"]);
        admin.post("/api/v2/personFields/none/options", json!([{ "label": "x" }])).await.must(404);
        app.ann().post(&options, json!([{ "label": "x" }])).await.must(403);
    }
}

#[tokio::test]
async fn the_cursor_of_v2_outlives_a_deleted_field() {
    for app in apps().await {
        let admin = app.admin();
        let mut codes = Vec::new();
        for name in ["One", "Two", "Three"] {
            let body = json!({ "field_name": name, "field_type": "text" });
            let made = admin.post("/api/v2/organizationFields", body).await.must(200);
            codes.push(made.at("/data/field_code").as_str().unwrap().to_owned());
        }
        let all = admin.get("/api/v2/organizationFields?limit=500").await.must(200);
        assert_eq!(all.at("/additional_data"), &json!({ "next_cursor": null }));
        let built_in = all.list().len() - 3;
        let page = admin.get(&format!("/api/v2/organizationFields?limit={}", built_in + 1)).await.must(200);
        admin.delete(&format!("/api/v2/organizationFields/{}", codes[0])).await.must(200);
        let cursor = page.at("/additional_data/next_cursor").as_str().unwrap();
        let next = admin.get(&format!("/api/v2/organizationFields?cursor={cursor}")).await.must(200);
        let rest: Vec<&str> = next.list().iter().map(|field| field["field_code"].as_str().unwrap()).collect();
        assert_eq!(rest, [codes[1].as_str(), codes[2].as_str()]);
        admin.get("/api/v2/organizationFields?limit=501").await.must(400);
        admin.get("/api/v2/organizationFields?cursor=x").await.must(400);
    }
}

/// The fields of deals with all that can be asked of them.
async fn field_list(client: &Client, version: &str) -> Answer {
    let include = "include=description&include_fields=ui_visibility,important_fields,required_fields&limit=500";
    client.get(&format!("/{version}/dealFields?{include}")).await.must(200)
}
