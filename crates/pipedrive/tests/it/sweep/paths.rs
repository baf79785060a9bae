//! Ids that name nothing, and paths that are spelt in other ways.

use penstock_pipedrive::operations;
use serde_json::json;

use super::{
    requests::{body, own_target, target_with},
    world::{Names, furniture, records},
};
use crate::app::{App, apps};

/// What no record is called.
const WRONG: &[&str] = &[
    "0",
    "-1",
    "-9223372036854775808",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "1.5",
    "0x1",
    "abc",
    "%20",
    "%00",
    "1%00",
    "%FF%FE",
    "%F0%9F%92%A3",
    "1;DROP%20TABLE%20deal",
    "'%20OR%20'1'='1",
    "null",
    "true",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
    "éééééééééééééééééé",
];

async fn furnished(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Some", &mut names).await;
    records(&app.ann(), "Some", 3, &mut names).await;
    names
}

#[tokio::test]
async fn an_id_that_names_nothing_is_a_clear_refusal() {
    for app in apps().await {
        let names = furnished(&app).await;
        for row in operations::all() {
            let json = body(row, &names);
            let bytes = if json.is_null() { Vec::new() } else { json.to_string().into_bytes() };
            for wrong in WRONG {
                // Each parameter in turn is wrong, the others are right.
                for (bad, _) in row.in_path() {
                    let asked = target_with(row, &names, bad, wrong);
                    let answer = app.admin().ask(row.method.word(), &asked, bytes.clone()).await;
                    assert!(matches!(answer.status, 400 | 404 | 410), "{} {asked}: {}", row.title(), answer.json);
                    assert_eq!(answer.at("/success"), &json!(false), "{asked}");
                    assert!(!answer.error().is_empty(), "{asked}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_slash_at_the_end_and_both_prefixes_of_v1_are_the_same() {
    for app in apps().await {
        let names = furnished(&app).await;
        for row in operations::all().filter(|row| row.method.is_read()) {
            let target = own_target(row, &names);
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            let plain = app.ann().get(&target).await;
            assert_eq!(plain.status, 200, "{target}: {}", plain.json);
            let mut others = vec![format!("{path}/?{query}")];
            if let Some(rest) = target.strip_prefix("/v1") {
                others.push(format!("/api/v1{rest}"));
            }
            for other in others {
                assert_eq!(app.ann().get(&other).await.json, plain.json, "{other}");
            }
        }
        app.ann().get("/v2/deals").await.must(401);
    }
}

#[tokio::test]
async fn a_selector_trims_every_resource_of_v1() {
    for app in apps().await {
        let names = furnished(&app).await;
        let ann = app.ann();
        for (target, keys) in [
            ("/v1/deals:(id,title,nonsense)", vec!["id", "title"]),
            ("/v1/deals:(id,title)/", vec!["id", "title"]),
            ("/v1/deals%3A%28id%2Ctitle%29?limit=1", vec!["id", "title"]),
            ("/api/v1/deals:( id , title )".replace(' ', "%20").leak(), vec!["id", "title"]),
            ("/v1/deals/1:(title,person_id)", vec!["title", "person_id"]),
            ("/v1/persons:(name,email)", vec!["name", "email"]),
            ("/v1/persons/1/deals:(id)", vec!["id"]),
            ("/v1/organizations:(name,address)", vec!["name", "address", "address_subpremise"]),
            ("/v1/activities:(id,location)", vec!["id", "location"]),
            ("/v1/notes:(content,user)", vec!["content", "user"]),
            ("/v1/leads:(id,title)", vec!["id", "title"]),
            ("/v1/pipelines:(id,name)", vec!["id", "name"]),
            ("/v1/stages:(id,name)", vec!["id", "name"]),
            ("/v1/users:(id,name)", vec!["id", "name"]),
            ("/v1/activityTypes:(id,name)", vec!["id", "name"]),
            ("/v1/dealFields:(key,name)", vec!["key", "name"]),
        ] {
            let answer = ann.get(target).await.must(200);
            let record = answer.json.pointer("/data/0").unwrap_or_else(|| answer.at("/data"));
            let shown: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
            for key in &keys {
                assert!(shown.contains(key), "{target}: {key} of {shown:?}");
            }
            if !target.contains("address") {
                assert_eq!(shown.len(), keys.len(), "{target}: {shown:?}");
            }
        }
        let code = names.text("deal_code");
        let chosen = ann.get(&format!("/v1/deals:(id,{code})")).await.must(200);
        assert_eq!(chosen.at("/data/0"), &json!({ "id": 1, (code): null }));
        // v2 has none: the path is another one.
        ann.get("/api/v2/deals:(id)").await.must(404);
        for other in
            ["/v1/deals:(id)/1", "/v1/deals:(id", "/v1/deals:(id)x", "/v1/deals/1:(id)/followers", "/v1/deals:((id))"]
        {
            ann.get(other).await.must(404);
        }
    }
}

#[tokio::test]
async fn parameters_of_v1_may_be_in_camel_case() {
    for app in apps().await {
        furnished(&app).await;
        let ann = app.ann();
        assert_eq!(ann.get("/v1/deals?ownedByYou=1&stageId=1").await.must(200).list().len(), 1);
        assert_eq!(ann.get("/v1/deals?stageId=2").await.must(200).list().len(), 0);
        assert_eq!(ann.get("/v1/users/find?term=ann@&searchByEmail=true").await.must(200).list().len(), 1);
        // v2 knows its parameters by one name.
        ann.get("/api/v2/deals?stageId=2").await.must(400);
    }
}
