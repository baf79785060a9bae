//! Stopping: what is under way is answered, what was answered is kept.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Client, Place, TOKEN, places};
use penstock_testing::Engine;

#[test]
fn a_stop_answers_what_is_under_way() {
    for (place, signal) in places().iter().zip(["TERM", "INT"]) {
        let mut server = place.serve(&["--demo"]);
        let fault = json!({"path": "/v1/deals", "delay_ms": 1500, "count": 1}).to_string();
        server.post("/v1/sandbox/faults", &fault).data();
        let mut idle = Client::new(&server.address);
        assert_eq!(idle.ask("GET", "/health", "", "").status, 200);
        let address = server.address.clone();
        let slow =
            std::thread::spawn(move || Client::new(&address).ask("POST", "/v1/deals", TOKEN, r#"{"title":"Last"}"#));
        std::thread::sleep(Duration::from_millis(500));
        server.signal(signal);
        let made = slow.join().expect("an answer").data();
        let (status, log) = server.end();
        assert!(status.success(), "{status}: {log}");
        assert!(log.contains("stopped"), "{log}");
        assert!(std::net::TcpStream::connect(&server.address).is_err(), "it listens no more");
        let again = place.serve(&[]);
        assert_eq!(again.get(&format!("/v1/deals/{}", made["id"])).data()["title"], "Last");
    }
}

#[test]
fn a_stop_does_not_wait_for_ever() {
    let place = Place::new(Engine::Sqlite);
    let mut server = place.serve(&["--demo", "--drain", "1"]);
    let fault = json!({"path": "/v1/deals", "delay_ms": 60_000, "count": 1}).to_string();
    server.post("/v1/sandbox/faults", &fault).data();
    let mut client = Client::new(&server.address);
    client.send(format!("GET /v1/deals HTTP/1.1\r\nhost: p\r\nx-api-token: {TOKEN}\r\n\r\n").as_bytes()).expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    server.signal("TERM");
    let (status, log) = server.end();
    assert!(status.success(), "{status}: {log}");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(log.contains("not answered in time"), "{log}");
}
