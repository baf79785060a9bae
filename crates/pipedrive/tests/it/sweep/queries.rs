//! Query parameters that make no sense: a refusal that names them, or nothing, never a fault of the server.

use std::collections::BTreeSet;

use penstock_pipedrive::operations::{self, Operation, ParamEffect, ParamType, Version};
use serde_json::json;

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::apps;

/// What is no value of most parameters.
const WRONG: &[&str] = &[
    "abc",
    "-1",
    "0",
    "1.5",
    "99999999999999999999999999",
    "-99999999999999999999999999",
    "9223372036854775807",
    "%00",
    "a%00b",
    "%FF",
    "%F0%9F%92%A3",
    "%25",
    "true,false",
    ",,,",
    "[]",
    "{}",
    "' OR 1=1 --",
    "2026-99-99",
    "0000-00-00 00:00:00",
    "9999-12-31T23:59:59Z",
    "eyJmaWVsZCI6ImlkIiwiZmllbGRWYWx1ZSI6eyJhIjoxfSwic29ydERpcmVjdGlvbiI6ImFzYyIsImlkIjoxfQ",
    "eyJmaWVsZCI6InVwZGF0ZV90aW1lIiwiZmllbGRWYWx1ZSI6IlwwIiwic29ydERpcmVjdGlvbiI6ImFzYyIsImlkIjoxfQ",
    "eyJmaWVsZCI6ImlkIiwiZmllbGRWYWx1ZSI6MSwic29ydERpcmVjdGlvbiI6ImFzYyIsImlkIjoxZTQwMH0",
];

/// Whether a value of that kind can't be right, so that the answer must be a refusal.
fn must_be_refused(row: &Operation, takes: ParamType, value: &str) -> bool {
    let int = |v: &str| v.parse::<i64>().is_ok();
    match takes {
        ParamType::Int => !int(value),
        ParamType::Bool => row.version == Version::V2 || !matches!(value, "0"),
        ParamType::Date => !value.starts_with("9999"),
        ParamType::Ids => value == "abc" || value == "1.5",
        ParamType::Word(_) | ParamType::Words(_) => value == "abc",
        _ => value.contains("%00"),
    }
}

#[tokio::test]
async fn a_senseless_parameter_is_a_clear_refusal_or_nothing() {
    for app in apps().await {
        let mut names = Names::default();
        furniture(&app, "Some", &mut names).await;
        records(&app.ann(), "Some", 3, &mut names).await;
        let long = "a".repeat(20_000);
        for row in operations::all().filter(|row| row.method.is_read()) {
            let target = own_target(row, &names);
            let target = target.split('?').next().unwrap();
            for param in row.params {
                for value in WRONG.iter().copied().chain([&*long]) {
                    let mut asked = format!("{target}?{}={}", param.name, value.replace(' ', "%20"));
                    for other in row.params.iter().filter(|p| p.required && p.name != param.name) {
                        asked.push('&');
                        asked.push_str(other.name);
                        asked.push_str("=a");
                    }
                    let shown = &asked[..asked.len().min(200)];
                    let answer = app.ann().get(&asked).await;
                    if matches!(param.does, ParamEffect::Unimplemented(_)) {
                        assert!(matches!(answer.status, 200 | 400 | 501), "{shown}: {}", answer.json);
                        continue;
                    }
                    assert!(matches!(answer.status, 200 | 400), "{shown}: {}", answer.json);
                    if answer.status == 400 {
                        assert!(answer.error().contains(param.name), "{shown}: {}", answer.error());
                        assert!(answer.error().len() < 500, "{shown}: {}", answer.error());
                    }
                    if must_be_refused(row, param.takes, value) {
                        assert_eq!(answer.status, 400, "{shown}: {}", answer.json);
                    }
                }
            }
        }
    }
}

/// An ignored filter would give everybody's records (live facts 1.4, 2.1-2.3, 2.10).
#[tokio::test]
async fn v2_refuses_a_parameter_that_an_operation_does_not_have_on_every_operation() {
    for app in apps().await {
        let mut names = Names::default();
        furniture(&app, "Some", &mut names).await;
        records(&app.admin(), "Some", 3, &mut names).await;
        let v2 = || operations::all().filter(|row| row.version == Version::V2);
        let known: BTreeSet<&str> = v2().flat_map(|row| row.params).map(|param| param.name).collect();
        let strange = ["user_id", "userId", "start", "api_token2", "type", "due_date_from"];
        let mut asked = 0;
        for row in v2() {
            let target = own_target(row, &names);
            let body = body(row, &names);
            let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
            let with = if target.contains('?') { '&' } else { '?' };
            let others = known.iter().copied().chain(strange);
            for name in others.filter(|name| row.params.iter().all(|param| param.name != *name)) {
                asked += 1;
                let target = format!("{target}{with}{name}=1");
                let answer = app.admin().ask(row.method.word(), &target, body.clone()).await.must(400);
                let error = format!("Validation failed: {name}: Parameter '{name}' is not allowed for this request");
                let said = json!({ "success": false, "error": error, "code": "ERR_SCHEMA_VALIDATION_FAILED" });
                assert_eq!(answer.json, said, "{target}");
            }
        }
        assert!(asked > 800, "{asked}");
        // The token alone may always stand there.
        for row in v2().filter(|row| row.method.is_read()) {
            let target = own_target(row, &names);
            let with = if target.contains('?') { '&' } else { '?' };
            let target = format!("{target}{with}api_token={}", app.admin().token);
            app.bearing("").get(&target).await.must(200);
        }
    }
}

#[tokio::test]
async fn pages_end_somewhere() {
    for app in apps().await {
        let ann = app.ann();
        for target in ["/v1/deals", "/v1/persons", "/v1/leads", "/v1/notes", "/v1/deals/collection"] {
            for (limit, status) in [("0", 400), ("-1", 400), ("501", 200), ("9223372036854775807", 200), ("", 200)] {
                ann.get(&format!("{target}?limit={limit}")).await.must(status);
            }
        }
        let capped = ann.get("/v1/deals?limit=100000").await.must(200);
        assert_eq!(capped.at("/additional_data/pagination/limit"), 500);
        for target in ["/api/v2/deals", "/api/v2/persons", "/api/v2/pipelines", "/api/v2/dealFields"] {
            for (limit, status) in [("0", 400), ("-1", 400), ("501", 400), ("500", 200), ("", 200)] {
                ann.get(&format!("{target}?limit={limit}")).await.must(status);
            }
        }
        for (start, status) in [("-1", 400), ("9223372036854775807", 200), ("9223372036854775808", 400)] {
            ann.get(&format!("/v1/deals?start={start}")).await.must(status);
        }
        ann.get(&format!("/api/v2/deals?ids={}", (1..=100).map(|n| n.to_string()).collect::<Vec<_>>().join(",")))
            .await
            .must(200);
        ann.get(&format!("/api/v2/deals?ids={}", (1..=101).map(|n| n.to_string()).collect::<Vec<_>>().join(",")))
            .await
            .must(400);
        ann.delete(&format!("/v1/deals?ids={}", (1..=501).map(|n| n.to_string()).collect::<Vec<_>>().join(",")))
            .await
            .must(400);
    }
}

#[tokio::test]
async fn lists_of_words_count_each_word_once_and_have_an_end() {
    for app in apps().await {
        let ann = app.ann();
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        ann.post("/v1/activities", json!({ "subject": "x", "type": "call" })).await.must(201);
        let many = |word: &dyn Fn(u32) -> String, count: u32| (0..count).map(word).collect::<Vec<_>>().join(",");
        let same = |word: &'static str| many(&|_| word.to_owned(), 1500);
        for target in [
            format!("/api/v2/deals?status={}", same("open")),
            format!("/v1/activities?user_id=0&type={}", same("call")),
            format!("/v1/activities?user_id=0&type=call,{}", many(&|n| format!("t{n}"), 499)),
            format!("/api/v2/deals?ids={}", same("1")),
            format!("/v1/deals/1/activities?exclude={}", many(&|n| (n + 9).to_string(), 500)),
        ] {
            let answer = ann.get(&target).await.must(200);
            let expected = usize::from(!target.contains("exclude"));
            assert_eq!(answer.list().len(), expected, "{target:.60}: {}", answer.json);
        }
        for (target, name) in [
            (format!("/api/v2/deals?status={}", many(&|n| format!("open{n}"), 1500)), "status"),
            (format!("/v1/activities?type={}", many(&|n| format!("t{n}"), 1500)), "type"),
            (format!("/v1/activities/collection?type={}", many(&|n| format!("t{n}"), 501)), "type"),
            (format!("/v1/deals/1/activities?exclude={}", many(&|n| n.to_string(), 501)), "exclude"),
            (format!("/api/v2/deals?include_fields={}", many(&|n| format!("t{n}"), 1500)), "include_fields"),
            (format!("/api/v2/deals?custom_fields={}", many(&|n| format!("t{n}"), 1500)), "custom_fields"),
        ] {
            let answer = ann.get(&target).await.must(400);
            assert!(answer.error().contains(name) && answer.error().len() < 300, "{name}: {}", answer.error());
        }
    }
}

#[tokio::test]
async fn an_order_has_at_most_ten_keys() {
    for app in apps().await {
        let mut keys = Vec::new();
        for number in 0..11 {
            let field = json!({ "name": format!("f{number}"), "field_type": "double" });
            let made = app.admin().post("/v1/dealFields", field).await.must(200);
            keys.push(made.at("/data/key").as_str().unwrap().to_owned());
        }
        let ann = app.ann();
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        ann.get(&format!("/v1/deals?sort={}", keys[..10].join(","))).await.must(200);
        let refused = ann.get(&format!("/v1/deals?sort={}", keys.join(","))).await.must(400);
        assert_eq!(refused.error(), "sort: must name at most 10 keys");
        // The same key again is no other.
        ann.get(&format!("/v1/deals?sort={0},{0} DESC,{1}", keys[..9].join(","), keys[9]).replace(' ', "%20"))
            .await
            .must(200);
    }
}

#[tokio::test]
async fn a_nul_character_is_refused_wherever_a_request_can_hold_one() {
    for app in apps().await {
        let mut names = Names::default();
        furniture(&app, "Some", &mut names).await;
        records(&app.ann(), "Some", 3, &mut names).await;
        for row in operations::all() {
            for (name, _) in row.in_path() {
                let target = super::requests::target_with(row, &names, name, "a%00");
                let body = super::requests::body(row, &names).to_string().into_bytes();
                let answer = app.admin().ask(row.method.word(), &target, body).await;
                assert_eq!(answer.status, 400, "{} {name}: {}", row.title(), answer.json);
            }
        }
        let answer = app.ann().get("/v1/users/find?term=a%00").await.must(400);
        assert!(answer.error().contains("NUL"), "{}", answer.error());
    }
}
