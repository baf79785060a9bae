//! Clients that send so slowly that they never end.

use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

use penstock_testing::Engine;

use crate::{
    support::Place,
    wire::{Wire, head},
};

/// After this time a client that sends a byte a second must have been cut off.
const LATEST: Duration = Duration::from_secs(90);
const PACE: Duration = Duration::from_secs(1);

/// Sends a byte a second until the connection ends. Gives what was answered before.
fn drip(address: &str, start: &str) -> Option<u16> {
    let mut wire = Wire::connect(address).expect("a connection");
    wire.send(start.as_bytes()).expect("sent");
    let started = Instant::now();
    while wire.send(b"x").is_ok() {
        assert!(started.elapsed() < LATEST, "it is still listening");
        // The pace is what is tested, so this sleep can't be a condition.
        std::thread::sleep(PACE);
    }
    match wire.answer() {
        Ok(answer) => Some(answer.status),
        Err(e) => {
            assert!(matches!(e.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset), "{e}");
            None
        }
    }
}

#[test]
fn a_client_that_sends_a_byte_a_second_is_cut_off() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let body = format!("{}content-length: 1000000\r\n\r\n", head("POST", "/v1/deals"));
    let unlimited = format!("{}transfer-encoding: chunked\r\n\r\nfffff\r\n", head("POST", "/v1/deals"));
    let too_large = format!("{}content-length: 9000000\r\n\r\n", head("POST", "/v1/deals"));
    let in_the_head = format!("{}x-slow: ", head("GET", "/v1/deals"));
    std::thread::scope(|scope| {
        let address = server.address.as_str();
        let all = [body, unlimited, too_large, in_the_head].map(|start| scope.spawn(move || drip(address, &start)));
        for (ended, statuses) in all.into_iter().zip([[400, 408], [400, 408], [413, 413], [400, 408]]) {
            let status = ended.join().expect("a client");
            assert!(status.is_none_or(|status| statuses.contains(&status)), "{status:?}");
        }
    });
    assert_eq!(server.get("/v1/deals").status, 200);
}
