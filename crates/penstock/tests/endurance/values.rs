//! Values that are cheap to send and dear to write: long lists, markup that grows, and lists and cursors in queries.

use crate::{
    attack::{is_refused, is_short, withstand},
    support::{Answer, Running, TOKEN, places},
    wire::Wire,
};

/// Sends JSON.
fn send(server: &Running, method: &str, path: &str, body: &str) -> Answer {
    let mut wire = Wire::connect(&server.address).expect("a connection");
    let head = format!("{method} {path} HTTP/1.1\r\nhost: penstock\r\nx-api-token: {TOKEN}\r\n");
    let rest = format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    wire.send(format!("{head}{rest}").as_bytes()).expect("sent");
    wire.answer().expect("an answer")
}

/// A list of so many members.
fn list(count: usize, member: impl Fn(usize) -> String) -> String {
    format!("[{}]", (0..count).map(member).collect::<Vec<_>>().join(","))
}

#[test]
fn markup_that_grows_is_refused_and_a_large_one_that_is_taken_holds_up_nobody() {
    for place in places() {
        let server = place.serve(&[]);
        let note = |fonts: usize| {
            let fonts = (0..fonts).map(|n| format!("<font color={n}>")).collect::<Vec<_>>().concat();
            serde_json::json!({ "content": format!("<p>{fonts}{}", "<p>x".repeat(2400)), "person_id": 1 }).to_string()
        };
        let (deep, many) = (note(300), note(200));
        let taken = format!("<p>{}", "<b>word</b> word<br>".repeat(1_000));
        let taken = serde_json::json!({ "content": taken, "person_id": 1 }).to_string();
        send(&server, "POST", "/v1/persons", r#"{"name":"x"}"#);
        withstand("markup that grows", &place, &server, || {
            is_refused(&send(&server, "POST", "/v1/notes", &deep), 400, "nested deeper");
            is_refused(&send(&server, "POST", "/v1/notes", &many), 400, "more than 5000 tags");
            assert_eq!(send(&server, "POST", "/v1/notes", &taken).status, 200);
        });
    }
}

#[test]
fn lists_have_an_end_before_anybody_waits_for_them() {
    for place in places() {
        let server = place.serve(&[]);
        let options = list(2_000, |n| format!(r#"{{"label":"option {n}"}}"#));
        let field = format!(r#"{{"name":"Many","field_type":"set","options":{options}}}"#);
        let made = send(&server, "POST", "/v1/dealFields", &field);
        let key = made.data()["key"].as_str().expect("a key").to_owned();
        send(&server, "POST", "/v1/deals", r#"{"title":"x"}"#);
        let labels = (0..9_000).map(|n| format!("option {n}")).collect::<Vec<_>>().join(",");
        let most = (0..500).map(|n| format!("option {n}")).collect::<Vec<_>>().join(",");
        let mails = list(4_000, |n| format!(r#"{{"value":"a{n}@example.com"}}"#));
        let ids = list(15_000, |n| n.to_string());
        let people = list(4_000, |n| format!(r#"{{"person_id":{n}}}"#));
        let keys = list(3_000, |n| format!(r#"{{"source":"s","key":"{n}"}}"#));
        let new = list(2_001, |n| format!(r#"{{"label":"{n}"}}"#));
        let virtual_path = "/v1/dynamic/default/objects/deal";
        let refused: [(&str, String, String, &str); 6] = [
            ("PUT", "/v1/deals/1".into(), format!(r#"{{"{key}":"{labels}"}}"#), "at most 500 entries"),
            ("POST", "/v1/persons".into(), format!(r#"{{"name":"x","email":{mails}}}"#), "at most 100 entries"),
            ("PUT", "/v1/deals/1".into(), format!(r#"{{"label":{ids}}}"#), "at most 500 entries"),
            (
                "POST",
                "/api/v2/activities".into(),
                format!(r#"{{"subject":"x","participants":{people}}}"#),
                "at most 500",
            ),
            ("POST", virtual_path.into(), format!(r#"{{"title":"x","external_ids":{keys}}}"#), "at most 100 entries"),
            ("POST", format!("/api/v2/dealFields/{key}/options"), new, "at most 2000 entries"),
        ];
        let taken = format!(r#"{{"{key}":"{most}"}}"#);
        withstand("long lists", &place, &server, || {
            for (method, path, body, words) in &refused {
                is_refused(&send(&server, method, path, body), 400, words);
            }
            assert_eq!(send(&server, "PUT", "/v1/deals/1", &taken).status, 200);
        });
    }
}

#[test]
fn words_orders_and_cursors_in_a_query_are_refused_and_never_a_fault() {
    for place in places() {
        let server = place.serve(&[]);
        let words = (0..1_500).map(|n| format!("w{n}")).collect::<Vec<_>>().join(",");
        let keys: Vec<String> = (0..64)
            .map(|n| {
                let made =
                    send(&server, "POST", "/v1/dealFields", &format!(r#"{{"name":"f{n}","field_type":"double"}}"#));
                made.data()["key"].as_str().expect("a key").to_owned()
            })
            .collect();
        // {"field":"id","fieldValue":"\u0000","sortDirection":"asc","id":1}, as clients could have made it.
        let forged = "eyJmaWVsZCI6ImlkIiwiZmllbGRWYWx1ZSI6Ilx1MDAwMCIsInNvcnREaXJlY3Rpb24iOiJhc2MiLCJpZCI6MX0";
        let targets = [
            (format!("/v1/activities?type={words}"), "type"),
            (format!("/api/v2/deals?status={words}"), "status"),
            (format!("/v1/deals?sort={}", keys.join(",")), "sort: must name at most 10 keys"),
            (format!("/api/v2/deals?cursor={forged}"), "cursor"),
            (format!("/v1/deals/collection?cursor={forged}"), "cursor"),
            (format!("/v1/dynamic/default/objects/deal?pageToken={forged}"), "pageToken"),
        ];
        withstand("queries that made faults", &place, &server, || {
            for (target, words) in &targets {
                let answer = send(&server, "GET", target, "");
                is_short(&answer);
                is_refused(&answer, 400, words);
            }
        });
    }
}
