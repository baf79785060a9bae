//! Options and labels with their texts, when they are asked for (pipedrive-contract 4.1).

use serde_json::json;

use crate::app::apps;

#[tokio::test]
async fn labels_are_named_beside_their_numbers_when_asked() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        let added =
            admin.post("/api/v2/dealFields/label_ids/options", json!([{ "label": "Hot" }, { "label": "Cold" }]));
        let added = added.await.must(200);
        let [hot, cold] = [0, 1].map(|at| added.at(&format!("/data/{at}/id")).clone());
        let hot_label = json!({ "id": hot, "label": "Hot" });
        for (target, body, labels) in [
            (
                "/api/v2/deals",
                json!({ "title": "x", "label_ids": [cold, hot] }),
                json!([{ "id": cold, "label": "Cold" }, hot_label]),
            ),
            ("/api/v2/persons", json!({ "name": "x", "label_ids": [2] }), json!([{ "id": 2, "label": "Hot lead" }])),
            ("/api/v2/organizations", json!({ "name": "x" }), json!([])),
        ] {
            ann.post(target, body).await.must(200);
            let list = ann.get(&format!("{target}?include_labels=true")).await.must(200);
            assert_eq!(list.at("/data/0/labels"), &labels, "{target}");
            let alone = ann.get(&format!("{target}/1?include_labels=true&include_option_labels=true")).await.must(200);
            assert_eq!(alone.at("/data/labels"), &labels, "{target}");
            assert_eq!(alone.at("/data/label_ids").as_array().unwrap().len(), labels.as_array().unwrap().len());
            for without in ["", "?include_labels=false"] {
                let plain = ann.get(&format!("{target}/1{without}")).await.must(200);
                assert!(plain.at("/data").get("labels").is_none(), "{target}");
            }
            ann.get(&format!("{target}/1?include_labels=1")).await.must(400);
        }
        // A label that is deleted since keeps its name where it stands.
        admin
            .ask("DELETE", "/api/v2/dealFields/label_ids/options", json!([{ "id": hot }]).to_string().into())
            .await
            .must(200);
        let alone = ann.get("/api/v2/deals/1?include_labels=true").await.must(200);
        assert_eq!(alone.at("/data/labels/1"), &hot_label);
    }
}

#[tokio::test]
async fn options_are_objects_when_asked() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        let mut keys = Vec::new();
        for kind in ["enum", "set", "varchar"] {
            let mut body = json!({ "name": kind, "field_type": kind });
            if kind != "varchar" {
                body["options"] = json!([{ "label": "Red" }, { "label": "Quote \" and \\" }]);
            }
            let made = admin.post("/v1/dealFields", body).await.must(200);
            keys.push((made.at("/data/key").as_str().unwrap().to_owned(), made.at("/data/options").clone()));
        }
        let option =
            |field: usize, at: usize| json!({ "id": keys[field].1[at]["id"], "label": keys[field].1[at]["label"] });
        let body = json!({ "title": "x", "custom_fields": {
            (&keys[0].0): option(0, 1)["id"], (&keys[1].0): [option(1, 1)["id"], option(1, 0)["id"]], (&keys[2].0): "A1",
        } });
        ann.post("/api/v2/deals", body).await.must(200);
        ann.post("/api/v2/deals", json!({ "title": "empty" })).await.must(200);
        let list = ann.get("/api/v2/deals?include_option_labels=true").await.must(200);
        let shown =
            json!({ (&keys[0].0): option(0, 1), (&keys[1].0): [option(1, 1), option(1, 0)], (&keys[2].0): "A1" });
        assert_eq!(list.at("/data/0/custom_fields"), &shown);
        let empty = json!({ (&keys[0].0): null, (&keys[1].0): null, (&keys[2].0): null });
        assert_eq!(list.at("/data/1/custom_fields"), &empty);
        let trimmed = ann.get(&format!("/api/v2/deals/1?include_option_labels=true&custom_fields={}", keys[0].0)).await;
        assert_eq!(trimmed.must(200).at("/data/custom_fields"), &json!({ (&keys[0].0): option(0, 1) }));
        let plain = ann.get("/api/v2/deals/1").await.must(200);
        assert_eq!(plain.at("/data/custom_fields")[&keys[0].0], option(0, 1)["id"]);
    }
}

#[tokio::test]
async fn every_field_that_can_be_asked_for_is_shown_when_it_is() {
    for app in apps().await {
        let ann = app.ann();
        for (object, target, body) in [
            ("deal", "/api/v2/deals", json!({ "title": "x" })),
            ("person", "/api/v2/persons", json!({ "name": "x" })),
            ("organization", "/api/v2/organizations", json!({ "name": "x" })),
            ("activity", "/api/v2/activities", json!({ "subject": "x" })),
        ] {
            ann.post(target, body).await.must(200);
            let plain = ann.get(&format!("{target}/1")).await.must(200);
            let fields = penstock_model::objects::get(object).fields.iter();
            let asked: Vec<&str> =
                fields.filter(|f| f.v2.shown == penstock_model::field::Shown::Asked).map(|f| f.v2.key).collect();
            for key in &asked {
                assert!(plain.at("/data").get(key).is_none(), "{object}.{key} is not shown unasked");
                let one = ann.get(&format!("{target}/1?include_fields={key}")).await.must(200);
                assert!(one.at("/data").get(key).is_some(), "{object}.{key}");
            }
            let all = ann.get(&format!("{target}?include_fields={}", asked.join(","))).await.must(200);
            let count = plain.at("/data").as_object().unwrap().len() + asked.len();
            assert_eq!(all.at("/data/0").as_object().unwrap().len(), count, "{object}");
        }
    }
}

#[tokio::test]
async fn a_label_that_is_deleted_leaves_all_its_leads_however_many() {
    for app in apps().await {
        let ann = app.ann();
        ann.post("/v1/persons", json!({ "name": "Carol" })).await.must(201);
        let label = ann.post("/v1/leadLabels", json!({ "name": "Mine", "color": "red" })).await.must(200);
        let id = label.at("/data/id").as_str().unwrap().to_owned();
        for _ in 0..130 {
            let lead = json!({ "title": "x", "person_id": 1, "label_ids": [id] });
            ann.post("/v1/leads", lead).await.must(201);
        }
        let carrying = async || {
            let leads = ann.get("/v1/leads?limit=500").await.must(200);
            leads.at("/data").as_array().unwrap().iter().filter(|lead| lead["label_ids"] == json!([id])).count()
        };
        assert_eq!(carrying().await, 130);
        ann.delete(&format!("/v1/leadLabels/{id}")).await.must(200);
        assert_eq!(carrying().await, 0);
        ann.delete(&format!("/v1/leadLabels/{id}")).await.must(404);
    }
}
