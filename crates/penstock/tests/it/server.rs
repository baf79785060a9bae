//! What every request meets.

use std::collections::HashSet;

use crate::support::{Answer, Client, Place, Running, TOKEN, ask, places};
use penstock_testing::Engine;

#[test]
fn every_answer_is_json_with_a_correlation_id_of_its_own() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let mut seen = HashSet::new();
    for (method, path, token, status) in [
        ("GET", "/v1/deals", TOKEN, 200),
        ("GET", "/v1/deals", "wrong", 401),
        ("GET", "/v1/deals/999", TOKEN, 404),
        ("GET", "/nothing/here", TOKEN, 404),
        ("POST", "/", TOKEN, 404),
        ("GET", "/v1/dynamic/default/metadata", TOKEN, 200),
        ("GET", "/v1/dynamic/default/metadata", "wrong", 401),
        ("GET", "/openapi/v2.json", TOKEN, 200),
        ("GET", "/v1", TOKEN, 404),
        ("GET", "/health", TOKEN, 200),
        ("PATCH", "/v1/deals", TOKEN, 404),
    ] {
        let answer = ask(&server.address, method, path, token, "");
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert!(answer.json().is_object());
        let correlation = answer.header("x-correlation-id").expect("a correlation id").to_owned();
        assert_eq!(correlation.len(), 36);
        assert!(seen.insert(correlation), "{path}");
    }
}

/// Sends a request with headers on a connection of its own.
fn with(server: &Running, line: &str, headers: &str, body: &str) -> Answer {
    let mut client = Client::new(&server.address);
    let rest = format!("host: p\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    client.send(format!("{line} HTTP/1.1\r\n{rest}").as_bytes()).expect("sent");
    client.answer().expect("an answer")
}

#[test]
fn pages_of_other_origins_may_use_the_api_with_a_token_and_nothing_else() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let origin = "origin: https://app.example\r\n";
    let asks = format!("{origin}access-control-request-method: PUT\r\naccess-control-request-headers: x-api-token\r\n");
    for path in ["/v1/deals", "/api/v2/deals/1", "/v1/dynamic/default/objects/deal"] {
        let preflight = with(&server, &format!("OPTIONS {path}"), &asks, "");
        assert_eq!(preflight.status, 204, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-headers", "x-api-token"),
            ("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
        ] {
            assert_eq!(preflight.header(name), Some(value), "{name} of {path}");
        }
        for token in [format!("x-api-token: {TOKEN}\r\n"), String::new()] {
            let answer = with(&server, &format!("GET {path}"), &format!("{origin}{token}"), "");
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}: {}", answer.status);
            let exposed = answer.header("access-control-expose-headers").expect("what may be read");
            for name in ["etag", "retry-after", "x-correlation-id", "x-ratelimit-reset"] {
                assert!(exposed.contains(name), "{exposed}");
            }
            assert_eq!(answer.header("access-control-allow-credentials"), None);
        }
        // Who is no browser is told nothing of it.
        assert_eq!(server.get(path).header("access-control-allow-origin"), None);
    }
    for path in ["/health", "/metrics", "/", "/v1/sandbox/reset", "/api/v1/sandbox/faults"] {
        for line in [format!("GET {path}"), format!("OPTIONS {path}")] {
            let answer = with(&server, &line, &asks, "");
            assert_eq!(answer.header("access-control-allow-origin"), None, "{line}");
        }
    }
    let narrow = place.serve(&["--cors-origins", "https://app.example"]);
    let other = origin.replace("app", "other");
    let allowed = |origin: &str| {
        let answer = with(&narrow, "GET /v1/deals", origin, "");
        assert_eq!(answer.header("vary"), Some("origin"));
        answer.header("access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!((allowed(origin).as_deref(), allowed(&other)), (Some("https://app.example"), None));
}

#[test]
fn an_answer_of_the_api_is_kept_by_nobody_who_does_not_ask_again() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    server.post("/v1/deals", r#"{"title":"Deal"}"#).data();
    for (path, kept) in [
        ("/v1/deals", "no-store"),
        ("/api/v2/deals/9", "no-store"),
        ("/v1/nothing", "no-store"),
        ("/v1/dynamic/default/objects/deal/1", "private, no-cache"),
        ("/v1/dynamic/default/objects/deal/9", "no-store"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some(kept), "{path}");
    }
}

#[test]
fn a_body_is_sent_as_it_is_or_refused_for_how_it_is_encoded() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let token = format!("x-api-token: {TOKEN}\r\ncontent-type: application/json\r\n");
    for (path, body) in [
        ("/v1/deals", r#"{"title":"Deal"}"#),
        ("/api/v2/deals", r#"{"title":"Deal"}"#),
        ("/v1/dynamic/default/objects/deal", r#"{"title":"Deal"}"#),
    ] {
        let post =
            |headers: &str, body: &str| with(&server, &format!("POST {path}"), &format!("{token}{headers}"), body);
        for encoding in ["gzip", "br", "identity, gzip", "x"] {
            let refused = post(&format!("content-encoding: {encoding}\r\n"), body);
            assert_eq!(refused.status, 415, "{path}: {}", refused.text());
            assert!(refused.text().contains("send the body as it is"), "{}", refused.text());
        }
        let made = |answer: Answer| assert!([200, 201].contains(&answer.status), "{path}: {}", answer.text());
        made(post("content-encoding: identity\r\n", body));
        made(post("", &format!("\u{FEFF}{body}")));
    }
    // Nothing is said to strangers.
    let stranger = with(&server, "POST /v1/deals", "content-encoding: gzip\r\n", "x");
    assert_eq!(stranger.status, 401);
}

#[test]
fn refusals_are_logged_when_a_setting_says_so() {
    let place = Place::new(Engine::Sqlite);
    for (setting, is_told) in [("on", true), ("off", false)] {
        let server = place.serve(&["--log-refusals", setting, "--log-format", "json"]);
        assert_eq!(server.get("/v1/deals?limit=x").status, 400);
        assert_eq!(server.get("/v1/deals/7777").status, 404);
        let (_, log) = server.stop();
        assert_eq!(log.contains("/v1/deals/7777"), is_told, "{log}");
        let refused: Vec<serde_json::Value> =
            log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let told = refused.iter().filter(|line| line["message"] == "refused");
        assert!(told.clone().count() == if is_told { 2 } else { 0 }, "{log}");
        assert!(told.clone().all(|line| line["status"].is_number() && line["level"] == "INFO"), "{log}");
        assert!(log.contains("is listening on http://"), "{log}");
    }
}

#[test]
fn what_a_path_allows_is_told_with_the_refusal() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    for (method, path, status, allowed) in [
        ("POST", "/health", 405, "GET, HEAD"),
        ("DELETE", "/metrics", 405, "GET, HEAD"),
        // Pipedrive calls it an unknown method of 404.
        ("PATCH", "/v1/deals/1", 404, "DELETE, GET, HEAD, PUT"),
        ("PUT", "/v1/dynamic/default/metadata", 405, "GET, HEAD"),
    ] {
        let answer = ask(&server.address, method, path, TOKEN, "");
        assert_eq!((answer.status, answer.header("allow")), (status, Some(allowed)), "{method} {path}");
        assert!(answer.json()["success"] == false || answer.json()["code"].is_string(), "{}", answer.text());
    }
}

#[test]
fn the_landing_page_and_the_documentation_are_pages_that_need_no_token() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    for path in ["/", "/docs", "/docs/v2", "/docs/guides/getting-started"] {
        let answer = ask(&server.address, "GET", path, "", "");
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    }
    let landing = ask(&server.address, "GET", "/", "", "");
    assert!(landing.text().contains("/api/v2/deals?limit=1"), "the landing page shows a request to begin with");
}

#[test]
fn head_is_answered_as_get_without_the_body() {
    for place in places() {
        let server = place.serve(&[]);
        server.post("/v1/deals", r#"{"title":"Deal"}"#).data();
        for path in [
            "/",
            "/docs",
            "/health",
            "/v1/deals",
            "/api/v2/deals/1",
            "/v1/dynamic/default/objects/deal/1",
            "/v1/dynamic/default/objects/deal/9",
            "/v1/nothing",
        ] {
            let get = server.get(path);
            let mut client = Client::new(&server.address);
            let line = format!("HEAD {path} HTTP/1.1\r\nhost: penstock\r\n");
            let rest = format!("x-api-token: {}\r\nconnection: close\r\n\r\n", server.token);
            client.send(format!("{line}{rest}").as_bytes()).expect("sent");
            let head = client.answer().expect("an answer");
            assert_eq!(head.status, get.status, "{path}");
            for name in ["content-type", "content-length", "etag", "cache-control"] {
                assert_eq!(head.header(name), get.header(name), "{name} of {path}");
            }
            assert!(!get.body.is_empty() && head.body.is_empty(), "{path}: {}", head.text());
        }
    }
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&["--body-limit", "64KiB"]);
    let head = |extra: &str| {
        format!(
            "POST /v1/deals HTTP/1.1\r\nhost: p\r\nx-api-token: {TOKEN}\r\ncontent-type: application/json\r\n{extra}\r\n\r\n"
        )
    };
    // It is refused by its announced length, without a byte of it.
    let mut client = Client::new(&server.address);
    client.send(head("content-length: 10000000000").as_bytes()).expect("sent");
    let refused = client.answer().expect("an answer");
    assert_eq!((refused.status, refused.json()["success"].as_bool()), (413, Some(false)));
    assert!(refused.text().contains("65536"), "{}", refused.text());
    // Without a length it is read up to the limit.
    let mut client = Client::new(&server.address);
    client.send(head("transfer-encoding: chunked").as_bytes()).expect("sent");
    let part = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
    for _ in 0..4 {
        client.send(part.as_bytes()).expect("sent");
    }
    assert_eq!(client.answer().expect("an answer").status, 413);
    // A client that sends ten megabytes before it reads gets the answer, too, and can go on.
    let mut client = Client::new(&server.address);
    let refused = client.ask("POST", "/v1/deals", TOKEN, &"x".repeat(10 << 20));
    assert_eq!(refused.status, 413);
    assert_eq!(client.ask("GET", "/v1/deals", TOKEN, "").status, 200);
    let fits = format!(r#"{{"title":"fits","lost_reason":"{}"}}"#, "x".repeat(200));
    assert_eq!(server.post("/v1/deals", &fits).status, 201);
}

#[test]
fn a_connection_is_kept_for_many_requests() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let mut client = Client::new(&server.address);
    for number in 1..=20 {
        let body = format!(r#"{{"title":"Deal {number}"}}"#);
        assert_eq!(client.ask("POST", "/v1/deals", TOKEN, &body).data()["id"], number);
    }
}

#[test]
fn nonsense_on_a_connection_ends_only_that_connection() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    for bytes in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", &[0; 1024]] {
        let mut client = Client::new(&server.address);
        let _ = client.send(bytes);
        let answer = client.answer();
        assert!(answer.is_none_or(|a| a.status == 400), "{bytes:?}");
    }
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn health_and_metrics_need_no_token() {
    for place in places() {
        let server = place.serve(&[]);
        let health = ask(&server.address, "GET", "/health", "", "");
        assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")));
        server.post("/v1/deals", r#"{"title":"Counted"}"#).data();
        assert_eq!(server.get("/v1/deals/999").status, 404);
        let metrics = ask(&server.address, "GET", "/metrics", "", "");
        assert!(metrics.header("content-type").is_some_and(|t| t.starts_with("text/plain; version=0.0.4")));
        for line in [
            r#"penstock_requests_total{method="POST",status="2xx"} 1"#,
            r#"penstock_requests_total{method="GET",status="4xx"} 1"#,
            "penstock_writes_total 1",
            "penstock_request_duration_seconds_count 3",
            r#"penstock_operation_duration_seconds_count{version="v1",operation="addDeal",status="2xx"} 1"#,
            r#"penstock_operation_duration_seconds_count{version="v1",operation="getDeal",status="4xx"} 1"#,
            r#"penstock_operation_duration_seconds_count{version="other",operation="other",status="2xx"} 1"#,
            "penstock_panics_total 0",
        ] {
            assert!(metrics.text().lines().any(|l| l == line), "{line}\n{}", metrics.text());
        }
        // How many wait is a matter of the moment: the server has work of its own.
        for queue in ["writes", "reads"] {
            let depth = format!("penstock_queue_depth{{queue=\"{queue}\"}} ");
            assert!(metrics.text().lines().any(|l| l.starts_with(&depth)), "{depth}\n{}", metrics.text());
        }
    }
}

#[test]
fn the_log_has_every_request_and_no_token() {
    let place = Place::new(Engine::Sqlite);
    for format in ["text", "json"] {
        let server = place.serve(&["--log", "debug", "--log-format", format]);
        assert_eq!(server.get(&format!("/v1/deals?api_token={TOKEN}&limit=5")).status, 200);
        let correlation = server.get("/v1/persons").header("x-correlation-id").expect("an id").to_owned();
        let (_, log) = server.stop();
        assert!(log.contains("limit=5") && log.contains("api_token=...") && log.contains(&correlation), "{log}");
        assert!(!log.contains(TOKEN), "{log}");
        if format == "json" {
            for line in log.lines() {
                assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
            }
        }
    }
}
