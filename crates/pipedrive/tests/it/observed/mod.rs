//! Answers and deliveries of Pipedrive itself that others have published, against what Penstock answers for a record of
//! the kind: the same keys, of the same JSON types. They are data to test with and no part of the project:
//! `PENSTOCK_RECORDED` names the directory that holds them; without it they lie beside the specifications, or nowhere.

mod deviations;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use penstock_testing::{Engine, TestCompany, ran, say, variable};
use serde_json::{Value as Json, json};

use self::deviations::DEVIATIONS;
use crate::app::{App, Client};

/// A file, where its records stand, what they are of, and the answer of Penstock whose first record is like them.
struct Row {
    file: &'static str,
    /// `*` stands for every member of a list.
    records: &'static str,
    of: &'static str,
    target: &'static str,
    pointer: &'static str,
}

const fn row(
    file: &'static str,
    records: &'static str,
    of: &'static str,
    target: &'static str,
    pointer: &'static str,
) -> Row {
    Row { file, records, of, target, pointer }
}

const ROWS: &[Row] = &[
    row("v1-2015-deals", "/data/*", "deal", "/v1/deals", "/data/0"),
    row("v1-2015-allDeals", "/data/*", "deal", "/v1/deals", "/data/0"),
    row("v1-2015-persons", "/data/*", "person", "/v1/persons", "/data/0"),
    row("v1-2015-stages", "/data/*", "stage", "/v1/stages", "/data/0"),
    row("v1-2015-user733958", "/data", "user", "/v1/users/2", "/data"),
    // Deliveries and the list of changes show records with numbers for references.
    row("webhook-v1-deal-added", "/current", "flat deal", "/v1/stages/1/deals", "/data/0"),
    row("webhook-v1-deal-updated", "/current", "flat deal", "/v1/stages/1/deals", "/data/0"),
    row("webhook-v1-deal-updated", "/previous", "flat deal", "/v1/stages/1/deals", "/data/0"),
    row("webhook-v1-person-updated", "/current", "flat person", "/v1/persons", "/data/0"),
    row("webhook-v1-person-updated-import", "/current", "flat person", "/v1/persons", "/data/0"),
    row("recents-persons-with-null-item", "/data/*/data", "flat person", "/v1/persons", "/data/0"),
    row("webhook-v1-organization-added", "/current", "flat organization", "/v1/organizations", "/data/0"),
    row("webhook-v1-activity-updated", "/current", "activity", "/v1/activities", "/data/0"),
];

fn directory() -> Option<PathBuf> {
    let beside = || Some(Path::new(&variable("PENSTOCK_SPECS")?).parent()?.join("recorded"));
    variable("PENSTOCK_RECORDED").map(PathBuf::from).or_else(beside).filter(|path| path.is_dir())
}

/// A person with everything, a deal, an activity and so on: each has the number 1.
async fn furnish(ann: &Client) {
    let made = async |target: &str, body: Json| assert!(ann.post(target, body).await.status < 300, "{target}");
    made("/v1/organizations", json!({ "name": "Smith Works", "address": "Main Street 1", "label_ids": [5] })).await;
    let person = json!({
        "name": "Carol Jones", "org_id": 1, "email": "carol@example.com", "phone": "12", "label_ids": [1],
    });
    made("/v1/persons", person).await;
    let deal = json!({
        "title": "Engines", "value": 10.5, "person_id": 1, "org_id": 1, "stage_id": 1, "probability": 50,
        "expected_close_date": "2026-04-01", "lost_reason": "Price",
    });
    made("/v1/deals", deal).await;
    for done in [0, 1] {
        let activity = json!({
            "deal_id": 1, "due_date": "2026-03-05", "due_time": "10:00", "duration": "00:30", "note": "so",
            "location": "Main Street 1", "participants": [{ "person_id": 1, "primary_flag": true }], "done": done,
            "public_description": "so", "busy_flag": true,
        });
        made("/v1/activities", activity).await;
    }
}

/// The records at a pointer; those that are `null` are none.
fn records<'a>(json: &'a Json, pointer: &str) -> Vec<&'a Json> {
    let Some((list, rest)) = pointer.split_once("/*") else {
        return json.pointer(pointer).filter(|record| !record.is_null()).into_iter().collect();
    };
    let members = json.pointer(list).and_then(Json::as_array).expect("a list");
    members.iter().flat_map(|member| records(member, rest)).collect()
}

const fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a flag",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// Custom fields are of the account that was recorded.
fn is_custom(key: &str) -> bool {
    key.len() >= 40 && key[..40].bytes().all(|b| b.is_ascii_hexdigit())
}

/// How a record of Penstock differs from one of Pipedrive: the place, and what is different there.
fn compare(theirs: &Json, ours: &Json, place: &str, into: &mut BTreeSet<(String, String)>) {
    match (theirs, ours) {
        (Json::Null, _) | (_, Json::Null) => {}
        (Json::Object(theirs), Json::Object(ours)) => {
            let keys: BTreeSet<&String> = theirs.keys().chain(ours.keys()).filter(|key| !is_custom(key)).collect();
            for key in keys {
                let place = format!("{place}.{key}");
                match (theirs.get(key), ours.get(key)) {
                    (Some(theirs), Some(ours)) => compare(theirs, ours, &place, into),
                    (Some(_), None) => _ = into.insert((place, "only Pipedrive has it".to_owned())),
                    _ => _ = into.insert((place, "only Penstock has it".to_owned())),
                }
            }
        }
        (Json::Array(theirs), Json::Array(ours)) => {
            let members = theirs.iter().flat_map(|theirs| ours.iter().map(move |ours| (theirs, ours)));
            members.for_each(|(theirs, ours)| compare(theirs, ours, place, into));
        }
        _ if kind(theirs) == kind(ours) => {}
        _ => _ = into.insert((place.to_owned(), format!("{} there, {} here", kind(theirs), kind(ours)))),
    }
}

#[tokio::test]
async fn records_have_the_keys_and_types_that_were_seen_of_pipedrive() {
    let Some(directory) = directory() else {
        say("!!! DID NOT RUN: the recorded answers: PENSTOCK_RECORDED is not set !!!");
        return;
    };
    let app = App::over(TestCompany::open(Engine::Sqlite).await);
    let ann = app.ann();
    furnish(&ann).await;
    let (mut faults, mut compared) = (BTreeSet::new(), 0);
    for Row { file, records: at, of, target, pointer } in ROWS {
        let path = directory.join(file).with_extension("json");
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let recorded: Json = serde_json::from_str(&String::from_utf8_lossy(&bytes)).expect("JSON");
        let answer = ann.get(target).await.must(200);
        let theirs = records(&recorded, at);
        assert!(!theirs.is_empty() && answer.at(pointer).is_object(), "{file}: {target}");
        for record in theirs {
            compared += 1;
            compare(record, answer.at(pointer), of, &mut faults);
        }
    }
    let explained = |place: &str, what: &str| DEVIATIONS.iter().any(|d| d.explains(place, what));
    let unexplained: Vec<String> = faults
        .iter()
        .filter(|(place, what)| !explained(place, what))
        .map(|(place, what)| format!("{place}: {what}"))
        .collect();
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    ran(&format!("the recorded answers: {compared} records of Pipedrive are like those of Penstock"));
    for deviation in DEVIATIONS {
        for place in deviation.places() {
            let met = faults.iter().any(|(at, what)| at == &place && deviation.explains(at, what));
            assert!(met, "{place} is no deviation any more: {}", deviation.because);
        }
    }
}

#[test]
fn what_differs_is_found() {
    let mut faults = BTreeSet::new();
    let theirs = json!({ "a": 1, "b": [{ "c": "x" }], "d": null, "e": true });
    compare(&theirs, &json!({ "a": 2.5, "b": [{ "c": 1 }], "d": [], "f": 1 }), "x", &mut faults);
    let found: Vec<String> = faults.iter().map(|(place, what)| format!("{place}: {what}")).collect();
    assert_eq!(
        found,
        ["x.b.c: a text there, a number here", "x.e: only Pipedrive has it", "x.f: only Penstock has it"]
    );
}
