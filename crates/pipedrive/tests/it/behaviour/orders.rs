//! The order of lists (pipedrive-contract 2.4, 4.1): unset values, ties, case.

use serde_json::{Value as Json, json};

use crate::app::{Client, apps};

async fn ids(client: &Client, target: &str) -> Vec<i64> {
    let answer = client.get(target).await.must(200);
    answer.list().iter().map(|record| record["id"].as_i64().unwrap()).collect()
}

async fn deals(client: &Client) {
    for (title, day, value) in [
        ("beta", json!("2026-04-01"), json!(5)),
        ("Alpha", Json::Null, json!(7)),
        ("alpha", json!("2026-03-01"), json!(5)),
        ("Gamma", Json::Null, json!(1)),
        ("Éclair", json!("2026-04-01"), json!(9)),
    ] {
        let body = json!({ "title": title, "expected_close_date": day, "value": value });
        client.post("/v1/deals", body).await.must(201);
    }
}

#[tokio::test]
async fn lists_of_v1_are_sorted_by_any_field() {
    for app in apps().await {
        let ann = app.ann();
        deals(&ann).await;
        for (sort, expected) in [
            ("", [1, 2, 3, 4, 5]),
            ("id DESC", [5, 4, 3, 2, 1]),
            // Unset values are the smallest; what is equal is in order of id, in the direction of the first key.
            ("expected_close_date ASC", [2, 4, 3, 1, 5]),
            ("expected_close_date DESC", [5, 1, 3, 4, 2]),
            ("expected_close_date", [2, 4, 3, 1, 5]),
            ("expected_close_date asc, value desc", [2, 4, 3, 5, 1]),
            ("value DESC, title ASC", [5, 2, 3, 1, 4]),
            // Texts without regard to case.
            ("title ASC", [2, 3, 1, 4, 5]),
            ("title ASC, title DESC", [2, 3, 1, 4, 5]),
            ("add_time DESC, id ASC", [1, 2, 3, 4, 5]),
        ] {
            let target = format!("/v1/deals?sort={}", sort.replace(' ', "%20"));
            assert_eq!(ids(&ann, &target).await, expected, "{sort}");
        }
        for wrong in ["colour", "title UP", "title ASC DESC x", "custom_fields", "next_activity_subject ASC"] {
            let answer = ann.get(&format!("/v1/deals?sort={}", wrong.replace(' ', "%20"))).await;
            assert!(answer.status == 400 || wrong == "title ASC DESC x", "{wrong}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn lists_of_v1_are_sorted_by_custom_fields_too() {
    for app in apps().await {
        let ann = app.ann();
        for (kind, values, up, down) in [
            ("double", [json!(3), json!(-1), Json::Null, json!(20)], [3, 2, 1, 4], [4, 1, 2, 3]),
            ("varchar", [json!("b"), json!("A"), json!("a"), Json::Null], [4, 2, 3, 1], [1, 3, 2, 4]),
            ("monetary", [json!(5), json!(1e6), json!(0), json!(5)], [3, 1, 4, 2], [2, 4, 1, 3]),
            ("date", [json!("2026-04-01"), Json::Null, json!("2025-04-01"), Json::Null], [2, 4, 3, 1], [1, 3, 4, 2]),
        ] {
            let made = app.admin().post("/v1/dealFields", json!({ "name": kind, "field_type": kind })).await.must(200);
            assert_eq!(made.at("/data/sortable_flag"), true);
            let key = made.at("/data/key").as_str().unwrap();
            for (value, number) in values.iter().zip(1..) {
                match ann.get(&format!("/v1/deals/{number}")).await.status {
                    200 => ann.put(&format!("/v1/deals/{number}"), json!({ (key): value })).await.must(200),
                    _ => ann.post("/v1/deals", json!({ "title": "x", (key): value })).await.must(201),
                };
            }
            for client in [&ann, &app.admin(), &app.bob()] {
                assert_eq!(ids(client, &format!("/v1/deals?sort={key}")).await, up, "{kind}");
                assert_eq!(ids(client, &format!("/v1/deals?sort={key}%20DESC")).await, down, "{kind}");
                assert_eq!(ids(client, &format!("/v1/deals?sort={key}&start=1&limit=2")).await, up[1..3], "{kind}");
                assert_eq!(ids(client, &format!("/v1/deals?sort=status%20DESC,{key}%20DESC")).await, down, "{kind}");
            }
        }
        // Long texts can't be sorted by, and say so.
        let long = app.admin().post("/v1/dealFields", json!({ "name": "Long", "field_type": "text" })).await.must(200);
        assert_eq!(long.at("/data/sortable_flag"), false);
        ann.get(&format!("/v1/deals?sort={}", long.at("/data/key").as_str().unwrap())).await.must(400);
    }
}

/// What metadata calls sortable is, by the key that it has there; the keys of an operation all are.
#[tokio::test]
async fn what_metadata_says_of_sorting_is_so() {
    for app in apps().await {
        let ann = app.ann();
        for kind in penstock_model::kind::CREATABLE.iter().map(|(kind, _)| *kind) {
            let mut body = json!({ "name": kind, "field_type": kind });
            if matches!(kind, "enum" | "set") {
                body["options"] = json!([{ "label": "A" }]);
            }
            app.admin().post("/v1/dealFields", body).await.must(200);
        }
        for (fields, list) in [
            ("/v1/dealFields", "/v1/deals"),
            ("/v1/personFields", "/v1/persons"),
            ("/v1/organizationFields", "/v1/organizations"),
            ("/v1/leadFields", "/v1/leads"),
        ] {
            for field in ann.get(&format!("{fields}?limit=500")).await.must(200).list() {
                let Some(flag) = field["sortable_flag"].as_bool() else { continue };
                let key = field["key"].as_str().unwrap();
                let answer = ann.get(&format!("{list}?sort={key}%20DESC")).await;
                let amount = key == "currency"; // a part of the value, with a column of its own
                assert_eq!(answer.status == 200, flag || amount, "{list} by {key}: {}", answer.error());
            }
        }
        for key in ["id", "user_id", "deal_id", "person_id", "org_id", "content", "add_time", "update_time"] {
            ann.get(&format!("/v1/notes?sort={key}%20ASC")).await.must(200);
        }
        for content in ["b", "a", "c"] {
            ann.post("/v1/organizations", json!({ "name": content })).await.must(201);
            ann.post("/v1/notes", json!({ "content": content, "org_id": 1 })).await.must(200);
        }
        assert_eq!(ids(&ann, "/v1/notes?sort=content%20DESC").await, [3, 1, 2]);
    }
}

#[tokio::test]
async fn lists_of_v2_are_sorted_by_one_of_some_fields() {
    for app in apps().await {
        let ann = app.ann();
        deals(&ann).await;
        app.tenant.clock.set("2026-03-03 00:00:00");
        ann.patch("/api/v2/deals/2", json!({ "title": "Aleph" })).await.must(200);
        for (query, expected) in [
            ("", [1, 2, 3, 4, 5]),
            ("sort_direction=desc", [5, 4, 3, 2, 1]),
            ("sort_by=update_time", [1, 3, 4, 5, 2]),
            ("sort_by=update_time&sort_direction=desc", [2, 5, 4, 3, 1]),
            ("sort_by=add_time&sort_direction=asc", [1, 2, 3, 4, 5]),
        ] {
            assert_eq!(ids(&ann, &format!("/api/v2/deals?{query}")).await, expected, "{query}");
        }
        ann.get("/api/v2/deals?sort_by=title").await.must(400);
        ann.get("/api/v2/deals?sort_by=id&sort_direction=DESC").await.must(400);
    }
}

#[tokio::test]
async fn stages_pipelines_and_types_come_in_their_own_order() {
    for app in apps().await {
        let admin = app.admin();
        admin.put("/v1/stages/1", json!({ "order_nr": 9 })).await.must(200);
        assert_eq!(ids(&admin, "/v1/stages").await, [2, 3, 4, 5, 1]);
        admin.post("/v1/pipelines", json!({ "name": "First", "order_nr": -1 })).await.must(200);
        assert_eq!(ids(&admin, "/v1/pipelines").await, [2, 1]);
        admin.put("/v1/activityTypes/6", json!({ "order_nr": 0 })).await.must(200);
        assert_eq!(ids(&admin, "/v1/activityTypes").await, [6, 1, 2, 3, 4, 5]);
    }
}

#[tokio::test]
async fn a_collection_is_in_order_of_change_and_cut_by_time() {
    for app in apps().await {
        let ann = app.ann();
        deals(&ann).await;
        app.tenant.clock.set("2026-03-05 10:00:00");
        ann.put("/v1/deals/1", json!({ "title": "Last" })).await.must(200);
        assert_eq!(ids(&ann, "/v1/deals/collection").await, [2, 3, 4, 5, 1]);
        assert_eq!(ids(&ann, "/v1/deals/collection?since=2026-03-05%2010:00:00").await, [1], "inclusive");
        assert_eq!(ids(&ann, "/v1/deals/collection?until=2026-03-05%2010:00:00").await, [2, 3, 4, 5], "exclusive");
        assert_eq!(ids(&ann, "/api/v2/deals?updated_since=2026-03-05T10:00:00Z").await, [1]);
        assert_eq!(ids(&ann, "/api/v2/deals?updated_until=2026-03-05T10:00:00Z").await, [2, 3, 4, 5]);
        assert_eq!(ids(&ann, "/api/v2/deals?updated_since=2026-03-05T12:00:00%2B02:00").await, [1], "another zone");
        ann.get("/api/v2/deals?updated_since=2026-03-05%2010:00:00").await.must(400);
    }
}
