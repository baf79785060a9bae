//! Clients that hold things back: bodies that never end, answers that nobody reads, heads of which half was sent.

use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

use crate::{
    attack::{is_refused, withstand},
    support::{Place, Running, TOKEN, places},
    wire::{Wire, head, request},
};

/// Bytes of a body that is held back just below the limit.
const HELD: usize = (2 << 20) - 100;
/// Clients that hold one back.
const HOLDING: usize = 60;
/// Those for which the server has no room: it holds 32 MiB of all bodies.
const BEYOND: usize = HOLDING - (32 << 20) / HELD;

/// A connection that has sent all of a body but its end.
fn hold_body(server: &Running, part: &[u8]) -> Wire {
    let mut wire = Wire::connect(&server.address).expect("a connection");
    let head = format!("{}content-length: {}\r\n\r\n", head("POST", "/v1/deals"), part.len() + 1);
    // It may be refused before all was sent.
    let _ = wire.send(head.as_bytes()).and_then(|()| wire.send(part));
    wire
}

#[test]
fn bodies_that_are_held_back_have_a_budget_and_make_room_for_others() {
    for place in places() {
        let server = place.serve(&[]);
        let part = vec![b'x'; HELD];
        for _ in 0..3 {
            let held: Vec<Wire> = (0..HOLDING).map(|_| hold_body(&server, &part)).collect();
            let mut given_up = 0;
            for mut wire in held {
                // Who still has room is answered when the rest comes: it is no JSON.
                let _ = wire.send(b"x");
                let answer = wire.answer().expect("an answer");
                if answer.status == 503 {
                    given_up += 1;
                    assert!(answer.header("retry-after").is_some());
                    is_refused(&answer, 503, "again");
                } else {
                    is_refused(&answer, 400, "JSON");
                }
            }
            // What is ended makes room for those whose bytes still wait, so not all that is beyond the budget is.
            assert!(given_up > BEYOND / 2, "{given_up} of {HOLDING} were given up");
        }
        server.post("/v1/deals", r#"{"title":"There is room again"}"#).data();
    }
}

#[test]
fn bodies_of_strangers_are_not_held() {
    for place in places() {
        let server = place.serve(&[]);
        let part = vec![b'x'; HELD];
        withstand("bodies of strangers", &place, &server, || {
            let held: Vec<Wire> = (0..20)
                .map(|_| {
                    let mut wire = Wire::connect(&server.address).expect("a connection");
                    let head = head("POST", "/v1/deals").replace(TOKEN, "nobody");
                    let _ = wire.send(format!("{head}content-length: {}\r\n\r\n", part.len() + 1).as_bytes());
                    let _ = wire.send(&part);
                    wire
                })
                .collect();
            for mut wire in held {
                is_refused(&wire.answer().expect("an answer"), 401, "unauthorized");
            }
        });
    }
}

/// Sends requests without ever reading an answer, until the server ends the connection.
fn never_read(address: &str, requests: &[u8]) {
    let mut wire = Wire::connect(address).expect("a connection");
    loop {
        if let Err(error) = wire.send(requests) {
            let ended = matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe);
            assert!(ended, "the server ends it: {error}");
            return;
        }
    }
}

#[test]
fn a_client_that_sends_and_never_reads_is_cut_off() {
    for place in places() {
        let server = place.serve(&["--write-timeout", "1"]);
        for number in 0..200 {
            let padding = "x".repeat(200);
            server.post("/v1/deals", &format!(r#"{{"title":"Deal {number} {padding}"}}"#)).data();
        }
        let requests = request("GET", "/v1/deals?limit=200", "").repeat(50);
        std::thread::scope(|scope| {
            let sending: Vec<_> = (0..4).map(|_| (server.address.clone(), requests.clone())).collect();
            for (address, requests) in sending {
                scope.spawn(move || never_read(&address, &requests));
            }
        });
        server.post("/v1/deals", r#"{"title":"Others are served"}"#).data();
    }
}

#[test]
fn a_stop_waits_for_no_half_of_a_head_no_idle_connection_and_no_client_that_does_not_read() {
    /// Much longer than a stop takes.
    const DRAIN: Duration = Duration::from_mins(2);
    let stop = |place: &Place, hold: &dyn Fn(&Running) -> Vec<Wire>| {
        let drain = DRAIN.as_secs().to_string();
        let mut server = place.serve(&["--drain", &drain, "--write-timeout", &drain]);
        for number in 0..200 {
            server.post("/v1/deals", &format!(r#"{{"title":"Deal {number}"}}"#)).data();
        }
        let held = hold(&server);
        let started = Instant::now();
        server.signal("TERM");
        let (status, log) = server.end();
        let took = started.elapsed();
        drop(held);
        assert!(status.success() && log.contains("stopped"), "{status}: {log}");
        took
    };
    for place in places() {
        let quiet = stop(&place, &|_| Vec::new());
        let attacked = stop(&place, &|server| {
            let mut held = Vec::new();
            for number in 0..30 {
                let mut wire = Wire::connect(&server.address).expect("a connection");
                if number % 3 != 0 {
                    assert_eq!(wire.ask("GET", "/health", "").expect("an answer").status, 200);
                }
                match number % 3 {
                    0 | 1 => wire.send(head("GET", "/v1/deals").as_bytes()).expect("sent"),
                    _ => {}
                }
                held.push(wire);
            }
            for _ in 0..4 {
                let mut wire = Wire::connect(&server.address).expect("a connection");
                wire.send(&request("GET", "/v1/deals?limit=200", "").repeat(200)).expect("sent");
                held.push(wire);
            }
            held
        });
        assert!(attacked < quiet + DRAIN / 4, "{attacked:?}, and {quiet:?} when nothing is held back");
    }
}
