//! What a user may not see is in no number either: no total, sum, share, count of a list or next page changes with it.
//! Only what a record says of itself does: its counters and its next and last activity are facts of that record, the same
//! for all who see it (DESIGN 10).

use std::collections::{BTreeMap, BTreeSet};

use penstock_pipedrive::operations::{self, Paging};
use serde_json::{Value as Json, json};

use super::{
    privacy::{MARKER, wider},
    requests::own_target,
    world::{Names, furniture, records},
};
use crate::app::{App, Client, apps};

/// What Ann shares with everyone: deals of every status in one stage, and what belongs to them.
async fn shared(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Shared", &mut names).await;
    let ann = app.ann();
    records(&ann, "Shared", 3, &mut names).await;
    deals(&ann, "Shared", 3, &names, &Json::Null).await;
    names
}

/// A deal of every status in the world's stage; `about` may name a person and an organization.
async fn deals(client: &Client, marker: &str, visible_to: i64, names: &Names, about: &Json) {
    for (status, value, currency) in [("open", 11, "EUR"), ("open", 13, "USD"), ("won", 17, "EUR"), ("lost", 19, "EUR")]
    {
        let mut deal = json!({
            "title": format!("{marker} {status}"), "value": value, "currency": currency, "status": status,
            "stage_id": names.json("stage"), "visible_to": visible_to,
        });
        for (key, value) in about.as_object().into_iter().flatten() {
            deal[key] = value.clone();
        }
        let deal = client.post("/v1/deals", deal).await.must(201).id();
        for done in [0, 1] {
            let activity =
                json!({ "subject": marker, "deal_id": deal, "done": done, "due_date": "2026-03-04", "type": "call" });
            client.post("/v1/activities", activity).await.must(201);
        }
        client.post("/v1/notes", json!({ "content": marker, "deal_id": deal })).await.must(200);
    }
}

/// Everything that Ann reads, by what she asks.
async fn seen(ann: &Client, names: &Names) -> BTreeMap<String, Json> {
    let mut all = BTreeMap::new();
    for row in operations::all().filter(|row| row.method.is_read()) {
        let target = own_target(row, names);
        let mut queries = wider(row);
        queries.push(String::new());
        if row.paging != Paging::None {
            queries.extend(["limit=1".to_owned(), "limit=4".to_owned()]);
        }
        for query in queries {
            let asked = format!("{target}{}{query}", if target.contains('?') { '&' } else { '?' });
            let answer = ann.get(&asked).await;
            assert_eq!(answer.status, 200, "{asked}: {}", answer.json);
            all.insert(asked, answer.json);
        }
    }
    all
}

/// Where two answers differ: the keys of the innermost objects.
fn differing(before: &Json, after: &Json, key: &str, into: &mut BTreeSet<String>) {
    match (before, after) {
        (Json::Object(was), Json::Object(is)) => {
            for key in was.keys().chain(is.keys()) {
                let (was, is) = (was.get(key).unwrap_or(&Json::Null), is.get(key).unwrap_or(&Json::Null));
                differing(was, is, key, into);
            }
        }
        (Json::Array(was), Json::Array(is)) if was.len() == is.len() => {
            was.iter().zip(is).for_each(|(was, is)| differing(was, is, key, into));
        }
        _ if before == after => {}
        _ => _ = into.insert(key.to_owned()),
    }
}

#[tokio::test]
async fn what_is_private_changes_nothing_that_others_read() {
    for app in apps().await {
        let names = shared(&app).await;
        let (ann, bob) = (app.ann(), app.bob());
        let before = seen(&ann, &names).await;
        let mut own = Names::default();
        records(&bob, MARKER, 1, &mut own).await;
        let about = json!({ "person_id": own.json("person"), "org_id": own.json("organization") });
        deals(&bob, MARKER, 1, &names, &about).await;
        assert!(before.len() > 100, "{}", before.len());
        for (asked, after) in seen(&ann, &names).await {
            assert_eq!(after, before[&asked], "{asked}");
        }
    }
}

/// Private records that refer to shared ones: the shared ones count them, and nothing else does.
#[tokio::test]
async fn a_private_record_is_counted_only_by_what_it_refers_to() {
    for app in apps().await {
        let names = shared(&app).await;
        let (ann, bob) = (app.ann(), app.bob());
        let before = seen(&ann, &names).await;
        let about = json!({ "person_id": names.json("person"), "org_id": names.json("organization") });
        deals(&bob, MARKER, 1, &names, &about).await;
        let person = json!({ "name": MARKER, "org_id": names.json("organization"), "visible_to": 1 });
        let person = bob.post("/v1/persons", person).await.must(201).id();
        let activity = json!({ "subject": MARKER, "deal_id": names.json("deal"), "person_id": person,
            "due_date": "2026-03-03" });
        bob.post("/v1/activities", activity).await.must(201);
        let mut changed = BTreeSet::new();
        for (asked, after) in seen(&ann, &names).await {
            let mut of_answer = BTreeSet::new();
            differing(&before[&asked], &after, "", &mut of_answer);
            let others: Vec<&String> = of_answer
                .iter()
                .filter(|key| {
                    !key.ends_with("_count") && !key.starts_with("next_activity") && !key.starts_with("last_activity")
                })
                .collect();
            assert!(others.is_empty(), "{asked}: {others:?}");
            changed.extend(of_answer);
        }
        for key in ["open_deals_count", "people_count", "activities_count", "next_activity_date"] {
            assert!(changed.contains(key), "{key}: {changed:?}");
        }
        // What is next is hidden, but for when it is.
        let deal = ann.get(&format!("/v1/deals/{}", names.text("deal"))).await.must(200);
        assert_eq!(deal.at("/data/next_activity_subject"), "(hidden)");
        assert!(deal.at("/data/next_activity").is_null());
    }
}
