//! Stopping: what is under way is answered, what was answered is kept.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Client, Place, Running, places};
use penstock_testing::Engine;

/// Waits until a request has met the one fault that was asked for.
fn wait_until_taken(server: &Running) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while server.post("/v1/sandbox/faults", "{}").data()["faults"] != json!([]) {
        assert!(Instant::now() < deadline, "no request came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_stop_answers_what_is_under_way() {
    for (place, signal) in places().iter().zip(["TERM", "INT"]) {
        let mut server = place.serve_sandbox(&[]);
        let fault = json!({"path": "/v1/deals", "delay_ms": 1500, "count": 1}).to_string();
        server.post("/v1/sandbox/faults", &fault).data();
        let mut idle = Client::new(&server.address);
        assert_eq!(idle.ask("GET", "/health", "", "").status, 200);
        let (address, token) = (server.address.clone(), server.token.clone());
        let slow =
            std::thread::spawn(move || Client::new(&address).ask("POST", "/v1/deals", &token, r#"{"title":"Last"}"#));
        wait_until_taken(&server);
        server.signal(signal);
        let made = slow.join().expect("an answer").data();
        let (status, log) = server.end();
        assert!(status.success(), "{status}: {log}");
        assert!(log.contains("stopped"), "{log}");
        assert!(std::net::TcpStream::connect(&server.address).is_err(), "it listens no more");
        let mut again = place.serve(&[]);
        again.token = server.token.clone();
        assert_eq!(again.get(&format!("/v1/deals/{}", made["id"])).data()["title"], "Last");
    }
}

#[test]
fn the_first_signal_says_how_long_it_waits_and_a_second_ends_at_once() {
    let place = Place::new(Engine::Sqlite);
    let mut server = place.serve_sandbox(&["--drain", "3600"]);
    let fault = json!({"path": "/v1/deals", "delay_ms": 300_000, "count": 1}).to_string();
    server.post("/v1/sandbox/faults", &fault).data();
    let mut client = Client::new(&server.address);
    let request = format!("GET /v1/deals HTTP/1.1\r\nhost: p\r\nx-api-token: {}\r\n\r\n", server.token);
    client.send(request.as_bytes()).expect("sent");
    wait_until_taken(&server);
    server.signal("INT");
    // It listens no more when it has heard.
    while std::net::TcpStream::connect(&server.address).is_ok() {}
    server.signal("INT");
    let (status, log) = server.end();
    assert!(!status.success() && log.contains("at most 3600 seconds") && log.contains("at once"), "{status}: {log}");
}

#[test]
fn a_stop_does_not_wait_for_ever() {
    let place = Place::new(Engine::Sqlite);
    let mut server = place.serve_sandbox(&["--drain", "1"]);
    let fault = json!({"path": "/v1/deals", "delay_ms": 60_000, "count": 1}).to_string();
    server.post("/v1/sandbox/faults", &fault).data();
    let mut client = Client::new(&server.address);
    client
        .send(format!("GET /v1/deals HTTP/1.1\r\nhost: p\r\nx-api-token: {}\r\n\r\n", server.token).as_bytes())
        .expect("sent");
    wait_until_taken(&server);
    let started = Instant::now();
    server.signal("TERM");
    let (status, log) = server.end();
    assert!(status.success(), "{status}: {log}");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(log.contains("not answered in time"), "{log}");
}
