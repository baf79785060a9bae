//! Small requests that would become large: forms, queries and JSON whose values multiply when they are decoded.

use std::fmt::Write;

use crate::{
    attack::{is_refused, withstand},
    support::{Answer, Running, TOKEN, places},
    wire::Wire,
};

/// Sends a body of some type with some token.
fn post(server: &Running, path: &str, kind: &str, token: &str, body: &str) -> Answer {
    let mut wire = Wire::connect(&server.address).expect("a connection");
    let head = format!("POST {path} HTTP/1.1\r\nhost: penstock\r\nx-api-token: {token}\r\ncontent-type: {kind}\r\n");
    wire.send(format!("{head}content-length: {}\r\n\r\n{body}", body.len()).as_bytes()).expect("sent");
    wire.answer().expect("an answer")
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// `k0[999][999]..=&k1[999]..`: each name asks for lists of a thousand in lists of a thousand.
fn form_bomb(names: usize) -> String {
    (0..names).fold(String::new(), |mut form, name| {
        let _ = write!(form, "k{name}[999][999][999][999]=&");
        form
    })
}

#[test]
fn a_form_does_not_grow_when_it_is_decoded() {
    for place in places() {
        let server = place.serve(&[]);
        let bomb = form_bomb(8_000);
        let many = "a[]=&".repeat(60_000);
        let deep = format!("a{}=", "[x]".repeat(40));
        withstand("forms that multiply", &place, &server, || {
            let stranger = post(&server, "/v1/deals", FORM, "nobody", &bomb);
            is_refused(&stranger, 401, "unauthorized");
            is_refused(&post(&server, "/v1/deals", FORM, TOKEN, &bomb), 400, "k0[999]");
            is_refused(&post(&server, "/v1/deals", FORM, TOKEN, &many), 400, "20000");
            is_refused(&post(&server, "/v1/deals", FORM, TOKEN, &deep), 400, "32");
        });
    }
}

#[test]
fn json_of_very_many_small_values_is_refused_before_it_is_read() {
    for place in places() {
        let server = place.serve(&[]);
        let keys: Vec<String> = (0..80_000).map(|n| format!("\"k{n}\":1")).collect();
        let bodies = [
            format!("{{{}}}", keys.join(",")),
            format!("[{}0]", "0,".repeat(1_000_000)),
            format!("{{\"title\":[{}[]]}}", "[],".repeat(600_000)),
        ];
        withstand("JSON of many values", &place, &server, || {
            for body in &bodies {
                for path in ["/v1/deals", "/api/v2/deals", "/v1/dynamic/default/objects/deal"] {
                    is_refused(&post(&server, path, JSON, TOKEN, body), 400, "20000");
                }
            }
        });
    }
}

#[test]
fn a_query_of_very_many_parameters_is_refused() {
    for place in places() {
        let server = place.serve(&[]);
        let names: Vec<String> = (0..9_000).map(|n| format!("p{n}")).collect();
        let query = names.join("&");
        withstand("queries of many parameters", &place, &server, || {
            let mut wire = Wire::connect(&server.address).expect("a connection");
            for path in ["/v1/deals", "/api/v2/deals", "/v1/dynamic/default/objects/deal"] {
                let answer = wire.ask("GET", &format!("{path}?{query}"), "").expect("an answer");
                is_refused(&answer, 400, "1000 parameters");
            }
        });
    }
}

#[test]
fn a_body_of_unknown_fields_is_refused_in_short_and_holds_up_nobody() {
    let path = "/v1/dynamic/default/objects/deal";
    // Near to names that there are, so that the one that was meant is looked for.
    let many: String = (0..9_000).fold("{".to_owned(), |mut body, key| {
        let _ = write!(body, "\"expected_close_dat{key}\":1,");
        body
    }) + "\"a\":1}";
    let long = format!("{{\"{}\":1,\"{}\":1}}", "\\u0001".repeat(150_000), "x".repeat(900_000));
    let values = format!("{{\"title\":\"x\",\"labels\":[{}1]}}", "1,".repeat(15_000));
    for (what, body, words) in [
        ("fields that there are not", many, "more than 20 fields are wrong"),
        ("names that are very long", long, "deal has no field"),
        ("a list of very many entries", values, "at most 500"),
    ] {
        for place in places() {
            let server = place.serve(&[]);
            withstand(what, &place, &server, || is_refused(&post(&server, path, JSON, TOKEN, &body), 400, words));
        }
    }
}
