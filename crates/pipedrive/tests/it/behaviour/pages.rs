//! Pages by offset and by cursor, from the first to the last (pipedrive-contract 2.3).

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::sale;
use crate::app::{Client, apps};

async fn deals(client: &Client, count: i64) {
    for number in 1..=count {
        let day = (number % 3 > 0).then(|| format!("2026-04-0{}", number % 4 + 1));
        let body = json!({ "title": format!("Deal {number}"), "expected_close_date": day });
        client.post("/v1/deals", body).await.must(201);
    }
}

fn ids(list: &[Json]) -> Vec<i64> {
    list.iter().map(|record| record["id"].as_i64().unwrap()).collect()
}

/// Every page by offset.
async fn by_offset(client: &Client, target: &str, limit: i64) -> Vec<i64> {
    let (mut seen, mut start) = (Vec::new(), 0);
    loop {
        let page = client.get(&format!("{target}start={start}&limit={limit}")).await.must(200);
        let pagination = page.at("/additional_data/pagination");
        assert_eq!((&pagination["start"], &pagination["limit"]), (&json!(start), &json!(limit)), "{target}");
        seen.extend(ids(page.list()));
        let more = pagination["more_items_in_collection"] == true;
        assert_eq!(more, pagination.get("next_start").is_some(), "{target}: {pagination}");
        if !more {
            return seen;
        }
        start = pagination["next_start"].as_i64().unwrap();
    }
}

/// Every page by cursor.
async fn by_cursor(client: &Client, target: &str, limit: i64) -> Vec<i64> {
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{target}limit={limit}{cursor}")).await.must(200);
        assert!(page.list().len() <= usize::try_from(limit).unwrap());
        seen.extend(ids(page.list()));
        let Some(next) = page.at("/additional_data/next_cursor").as_str() else {
            assert!(page.json.pointer("/additional_data/next_cursor").is_some_and(Json::is_null), "{target}");
            return seen;
        };
        assert!(!page.list().is_empty(), "{target}: an empty page has no next");
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn every_page_together_is_the_list() {
    for app in apps().await {
        let ann = app.ann();
        deals(&ann, 11).await;
        for sort in ["", "sort=expected_close_date%20DESC&", "sort=title%20ASC&", "status=open&"] {
            let whole = ids(ann.get(&format!("/v1/deals?{sort}limit=500")).await.must(200).list());
            assert_eq!(whole.len(), 11);
            for limit in [1, 2, 5, 10, 11, 12] {
                assert_eq!(by_offset(&ann, &format!("/v1/deals?{sort}"), limit).await, whole, "{sort} by {limit}");
            }
        }
        for sort in ["", "sort_by=add_time&sort_direction=desc&", "sort_by=update_time&", "status=open&owner_id=2&"] {
            let whole = ids(ann.get(&format!("/api/v2/deals?{sort}limit=500")).await.must(200).list());
            assert_eq!(whole.len(), 11);
            for limit in [1, 2, 5, 10, 11, 12] {
                assert_eq!(by_cursor(&ann, &format!("/api/v2/deals?{sort}"), limit).await, whole, "{sort} by {limit}");
            }
        }
        for limit in [1, 3, 11] {
            assert_eq!(by_cursor(&ann, "/v1/deals/collection?", limit).await, (1..=11).collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn cursors_pass_over_unset_values() {
    for app in apps().await {
        let ann = app.ann();
        for number in 0..9 {
            let day = (number % 3 > 0).then(|| format!("2026-04-0{}", number % 3));
            ann.post("/v1/activities", json!({ "subject": "x", "due_date": day })).await.must(201);
        }
        for direction in ["asc", "desc"] {
            let target = format!("/api/v2/activities?sort_by=due_date&sort_direction={direction}&");
            let whole = ids(ann.get(&format!("{target}limit=500")).await.must(200).list());
            for limit in 1..=9 {
                assert_eq!(by_cursor(&ann, &target, limit).await, whole, "{direction} by {limit}");
            }
            assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 9);
        }
    }
}

#[tokio::test]
async fn a_cursor_fits_only_the_list_that_made_it() {
    for app in apps().await {
        let ann = app.ann();
        deals(&ann, 3).await;
        let page = ann.get("/api/v2/deals?limit=1").await.must(200);
        let cursor = page.at("/additional_data/next_cursor").as_str().unwrap();
        ann.get(&format!("/api/v2/deals?cursor={cursor}&limit=2")).await.must(200);
        for other in ["sort_by=update_time", "sort_direction=desc"] {
            let refused = ann.get(&format!("/api/v2/deals?cursor={cursor}&{other}")).await.must(400);
            assert!(refused.error().contains("cursor"), "{}", refused.error());
        }
        // The page after the last is never named; a cursor behind everything gives nothing.
        let last = ann.get("/api/v2/deals?limit=2").await.must(200);
        let cursor = last.at("/additional_data/next_cursor").as_str().unwrap().to_owned();
        ann.delete("/api/v2/deals/3").await.must(200);
        let empty = ann.get(&format!("/api/v2/deals?cursor={cursor}")).await.must(200);
        assert_eq!((empty.at("/data"), empty.at("/additional_data/next_cursor")), (&json!([]), &Json::Null));
    }
}

#[tokio::test]
async fn an_empty_list_is_null_on_v1_and_a_list_on_v2() {
    for app in apps().await {
        let ann = app.ann();
        for target in
            ["deals", "persons", "organizations", "activities", "notes", "deals?start=7", "stages?pipeline_id=7"]
        {
            let answer = ann.get(&format!("/v1/{target}")).await.must(200);
            assert!(answer.json.as_object().unwrap()["data"].is_null(), "{target}");
            assert_eq!(answer.at("/additional_data/pagination/more_items_in_collection"), false, "{target}");
            assert!(answer.json.get("related_objects").is_none(), "{target}");
        }
        for target in ["leads", "leadLabels"] {
            assert_eq!(ann.get(&format!("/v1/{target}")).await.must(200).at("/data"), &json!([]), "{target}");
        }
        for target in ["deals", "persons", "organizations", "activities"] {
            let v2 = ann.get(&format!("/api/v2/{target}")).await.must(200);
            assert_eq!(v2.json, json!({ "success": true, "data": [], "additional_data": { "next_cursor": null } }));
        }
        sale(&ann).await;
        assert_eq!(ann.get("/v1/notes/1/comments").await.must(200).at("/data"), &json!([]));
    }
}

#[tokio::test]
async fn lists_under_a_record_are_paged_too() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for number in 0..5 {
            let name = format!("Person {number}");
            let person = ann.post("/v1/persons", json!({ "name": name, "org_id": 1 })).await.must(201).id();
            ann.post("/v1/deals/1/participants", json!({ "person_id": person })).await.must(200);
            ann.post("/v1/deals", json!({ "title": "x", "person_id": 1 })).await.must(201);
            ann.post("/v1/activities", json!({ "deal_id": 1 })).await.must(201);
        }
        for (target, count) in [
            ("/v1/organizations/1/persons?", 6),
            ("/v1/deals/1/participants?", 6),
            ("/v1/deals/1/persons?", 6),
            ("/v1/persons/1/deals?", 6),
            ("/v1/organizations/1/deals?", 6),
            ("/v1/deals/1/activities?", 6),
            ("/v1/pipelines/1/deals?", 6),
            ("/v1/stages?", 5),
        ] {
            for limit in [1, 2, 6] {
                let seen = by_offset(&ann, target, limit).await;
                assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (count, count), "{target}");
            }
        }
        assert_eq!(ann.get("/v1/deals/1/activities?exclude=1,2").await.must(200).list().len(), 4);
        ann.post("/api/v2/deals/1/followers", json!({ "user_id": 3 })).await.must(201);
        let first = ann.get("/api/v2/deals/1/followers?limit=1").await.must(200);
        let cursor = first.at("/additional_data/next_cursor").as_str().unwrap();
        let second = ann.get(&format!("/api/v2/deals/1/followers?limit=1&cursor={cursor}")).await.must(200);
        assert_eq!((first.at("/data/0/user_id"), second.at("/data/0/user_id")), (&json!(2), &json!(3)));
        assert!(second.at("/additional_data/next_cursor").is_null());
    }
}
