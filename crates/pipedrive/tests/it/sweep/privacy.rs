//! What a user may not see does not exist for that user, through any operation, references included (DESIGN 10).

use penstock_model::object::Visibility;
use penstock_pipedrive::operations::{self, Operation, ParamType, Target};
use serde_json::json;

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::{Answer, App, Client, apps};

pub(super) const MARKER: &str = "Zebra";

/// Bob's private records, and his shared ones that refer to them.
async fn private(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Shared", &mut names).await;
    let bob = app.bob();
    records(&bob, MARKER, 1, &mut names).await;
    // Everyone sees these, but not whom they are about.
    let deal = json!({
        "title": "Open secret", "person_id": names.json("person"), "org_id": names.json("organization"), "value": 1,
    });
    let deal = bob.post("/v1/deals", deal).await.must(201).id();
    let activity = json!({ "subject": format!("{MARKER} lunch"), "deal_id": deal, "person_id": names.json("person"),
        "due_date": "2026-03-04", "note": MARKER });
    bob.post("/v1/activities", activity).await.must(201);
    bob.post("/v1/persons", json!({ "name": "Open", "org_id": names.json("organization") })).await.must(201);
    names
}

#[track_caller]
fn tells_nothing(answer: &Answer, asked: &str) {
    assert!(answer.status < 500, "{asked}: {}", answer.json);
    let text = answer.json.to_string().to_lowercase();
    assert!(!text.contains(&MARKER.to_lowercase()), "{asked} tells what is private: {}", answer.json);
}

/// Whether what a row is about, or deletes, is a record that can be private.
fn can_be_private(target: Option<Target>) -> bool {
    target.and_then(Target::record).is_some_and(|object| object.visibility != Visibility::Company)
}

/// Every query that shows more than the plain one.
pub(super) fn wider(row: &Operation) -> Vec<String> {
    let mut all = Vec::new();
    for param in row.params {
        match (param.name, param.takes) {
            ("include_fields", ParamType::Asked) => {
                let fields = row.object.fields.iter();
                let keys: Vec<&str> =
                    fields.filter(|f| f.v2.shown == penstock_model::field::Shown::Asked).map(|f| f.v2.key).collect();
                all.push(format!("include_fields={}", keys.join(",")));
            }
            ("everyone" | "include_labels" | "include_option_labels", _) => all.push(format!("{}=true", param.name)),
            ("user_id", _) => all.extend(["user_id=3".to_owned(), "user_id=0".to_owned()]),
            ("status", _) => all.push("status=open".to_owned()),
            ("sort", _) => all.push("sort=id DESC".to_owned().replace(' ', "%20")),
            ("sort_by", _) => all.push("sort_by=update_time&sort_direction=desc".to_owned()),
            _ => {}
        }
    }
    all
}

async fn state(client: &Client, names: &Names) -> Vec<serde_json::Value> {
    let mut all = Vec::new();
    for (path, name) in [
        ("/v1/deals", "deal"),
        ("/api/v2/deals", "deal"),
        ("/v1/persons", "person"),
        ("/v1/organizations", "organization"),
        ("/v1/leads", "lead"),
        ("/v1/activities", "activity"),
        ("/v1/notes", "note"),
    ] {
        all.push(client.get(&format!("{path}/{}", names.text(name))).await.must(200).json);
    }
    all
}

#[tokio::test]
async fn another_user_sees_nothing_of_a_private_record() {
    for app in apps().await {
        let names = private(&app).await;
        let (ann, bob) = (app.ann(), app.bob());
        let before = state(&bob, &names).await;
        // What is read first; then what changes, which may delete what is shared.
        let (reads, writes): (Vec<_>, Vec<_>) = operations::all().partition(|row| row.method.is_read());
        for row in reads.into_iter().chain(writes) {
            let hidden = can_be_private(row.targets[0]);
            let json = body(row, &names);
            let bytes = if json.is_null() { Vec::new() } else { json.to_string().into_bytes() };
            let target = own_target(row, &names);
            let answer = ann.ask(row.method.word(), &target, bytes).await;
            tells_nothing(&answer, &row.title());
            if hidden {
                assert_eq!(answer.status, 404, "{}: {}", row.title(), answer.json);
            }
            if can_be_private(row.ids) {
                assert_eq!(answer.at("/data/id"), &json!([]), "{}", row.title());
            }
            for query in wider(row) {
                let target = format!("{target}{}{query}", if target.contains('?') { '&' } else { '?' });
                tells_nothing(&ann.get(&target).await, &target);
            }
        }
        assert_eq!(state(&bob, &names).await, before, "nothing of it changed");
    }
}

#[tokio::test]
async fn a_hidden_reference_keeps_its_place_without_what_it_says() {
    for app in apps().await {
        private(&app).await;
        let ann = app.ann();
        let list = ann.get("/v1/deals").await.must(200);
        assert_eq!(list.list().len(), 1);
        let deal = list.at("/data/0");
        assert_eq!((&deal["person_hidden"], &deal["org_hidden"]), (&json!(true), &json!(true)));
        assert_eq!((&deal["person_name"], &deal["org_name"]), (&json!("(hidden)"), &json!("(hidden)")));
        assert_eq!((&deal["person_id"]["value"], &deal["person_id"]["name"]), (&json!(1), &json!("(hidden)")));
        assert_eq!(&deal["person_id"]["email"], &json!([{ "value": "", "primary": true }]));
        assert!(list.at("/related_objects/person").is_null() && list.at("/related_objects/organization").is_null());
        assert_eq!(deal["next_activity_subject"], "(hidden)");
        let alone = ann.get(&format!("/v1/deals/{}", deal["id"])).await.must(200);
        assert!(alone.at("/data/next_activity").is_null());
        let summary = ann.get("/v1/deals/summary").await.must(200);
        assert_eq!(summary.at("/data/total_count"), 1);
        assert_eq!(summary.at("/data/total_currency_converted_value"), 1);
        let v2 = ann.get("/api/v2/deals").await.must(200);
        assert_eq!(v2.at("/data/0/person_id"), 1);
    }
}

/// Whoever is told to follow a private record sees it, and ceases to see it with it.
#[tokio::test]
async fn a_follower_sees_a_private_record() {
    for app in apps().await {
        let names = private(&app).await;
        let (ann, bob) = (app.ann(), app.bob());
        let deal = format!("/api/v2/deals/{}", names.text("deal"));
        ann.get(&deal).await.must(404);
        bob.post(&format!("{deal}/followers"), json!({ "user_id": 2 })).await.must(201);
        assert_eq!(ann.get(&deal).await.must(200).at("/data/title"), "Zebra engines");
        bob.delete(&format!("{deal}/followers/2")).await.must(200);
        ann.get(&deal).await.must(404);
        assert_eq!(app.admin().get(&deal).await.must(200).at("/data/title"), "Zebra engines");
    }
}
