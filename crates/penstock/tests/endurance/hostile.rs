//! Clients that mean no good, or know no better: the server answers what can be answered, and goes on for the others.

use std::time::Instant;

use penstock_testing::Engine;

use crate::{
    support::{Place, Running, TOKEN},
    wire::{Wire, head, request},
    world::{TIMEOUT, World},
    writers::Writers,
};

/// Bytes of memory that the server has taken at most.
fn most_memory(server: &Running) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") << 10
}

/// The server answers others as if nothing were.
fn serves_others(server: &Running) {
    let mut wire = Wire::connect(&server.address).expect("a connection");
    let started = Instant::now();
    assert_eq!(wire.ask("GET", "/v1/deals?limit=1", "").expect("an answer").status, 200);
    assert_eq!(wire.ask("POST", "/v1/persons", r#"{"name":"Other"}"#).expect("an answer").status, 201);
    assert!(started.elapsed() < TIMEOUT / 6, "others wait {:?}", started.elapsed());
}

#[test]
fn readers_that_do_not_read_hold_up_nobody() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let world = World::make(&server);
    let writers = Writers::start(&server.address, &world, 8, "Long", 8_000);
    writers.until_kept(450);
    writers.stop();
    let page = "/v1/deals?limit=300";
    let whole = server.get(page);
    assert!(whole.body.len() > 2 << 20, "more than the buffers between take");
    let mut readers: Vec<Wire> = (0..48).map(|_| Wire::connect(&server.address).expect("a connection")).collect();
    for reader in &mut readers {
        reader.send(&request("GET", page, "")).expect("sent");
    }
    serves_others(&server);
    // Some go away in the middle; the others read on at last, and get all.
    for reader in readers.drain(..16) {
        drop(reader);
    }
    serves_others(&server);
    for mut reader in readers {
        let answer = reader.answer().expect("an answer");
        assert!(answer.status == 200 && answer.body == whole.body);
    }
    assert!(most_memory(&server) < 600 << 20, "{} bytes", most_memory(&server));
}

#[test]
fn large_bodies_are_refused_and_take_no_memory() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let ten_megabytes = format!(r#"{{"title":"{}"}}"#, "x".repeat(10 << 20));
    let part = format!("100000\r\n{}\r\n", "y".repeat(1 << 20));
    std::thread::scope(|scope| {
        for number in 0..16 {
            let (address, announced, part) = (&server.address, &ten_megabytes, &part);
            scope.spawn(move || {
                let mut wire = Wire::connect(address).expect("a connection");
                if number % 2 == 0 {
                    wire.send(&request("POST", "/api/v2/deals", announced)).expect("sent");
                } else {
                    let head = format!("{}transfer-encoding: chunked\r\n\r\n", head("POST", "/v1/deals"));
                    wire.send(head.as_bytes()).expect("sent");
                    (0..10).for_each(|_| wire.send(part.as_bytes()).expect("sent"));
                    wire.send(b"0\r\n\r\n").expect("sent");
                }
                let answer = wire.answer().expect("an answer");
                assert_eq!((answer.status, answer.json()["success"].as_bool()), (413, Some(false)));
            });
        }
    });
    serves_others(&server);
    assert!(most_memory(&server) < 200 << 20, "{} bytes", most_memory(&server));
    // Just below the limit they are read, and refused for what they are.
    let bodies = [
        format!(r#"{{"title":"{}"}}"#, "x".repeat(2_000_000)),
        format!("[{}0]", "0,".repeat(1_000_000)),
        "[".repeat(2_000_000),
        "\0".repeat(2_000_000),
        format!(r#"{{"title":"a"{}}}"#, r#","b":1"#.repeat(300_000)),
    ];
    for body in bodies {
        for path in ["/v1/deals", "/api/v2/deals"] {
            let refused = server.post(path, &body);
            assert!((400..500).contains(&refused.status) || path == "/v1/deals", "{path}: {}", refused.status);
            assert!(refused.status < 500, "{path}: {} {}", refused.status, refused.text());
        }
    }
    serves_others(&server);
}

#[test]
fn malformed_requests_end_only_their_own_connection() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let line = |line: &str| format!("{line}\r\nhost: p\r\n\r\n");
    let with = |header: &str| format!("{}{header}\r\n\r\n", head("POST", "/v1/deals"));
    let mut all: Vec<Vec<u8>> = [
        line("GET"),
        line("GET  HTTP/1.1"),
        line("GET /v1/deals"),
        line("GET /v1/deals HTTP/1.1 HTTP/1.1"),
        line("GET /v1/deals HTTP/3.0"),
        line("GET /v1/\0deals HTTP/1.1"),
        line("GET /v1/deals\x7f HTTP/1.1"),
        line("G(T /v1/deals HTTP/1.1"),
        line("PRI * HTTP/2.0\r\n\r\nSM"),
        line("GET http://[::1/ HTTP/1.1"),
        with("content-length: -1"),
        with("content-length: 99999999999999999999999"),
        with("content-length: 1\r\ncontent-length: 2"),
        with("content-length: 1, 2"),
        with("transfer-encoding: chunked, identity"),
        with("transfer-encoding: gzip"),
        with("no colon"),
        with(": no name"),
        with("folded: a\r\n b"),
        with("nul: a\0b"),
        with("transfer-encoding: chunked\r\n\r\nzz"),
        with("transfer-encoding: chunked\r\n\r\n-1\r\n"),
        with("transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
        with("transfer-encoding: chunked\r\n\r\n1\r\nab"),
    ]
    .map(String::into_bytes)
    .into();
    // And noise, the same in every run.
    let mut noise = 1_u64;
    for length in (1..3_000).step_by(31) {
        let mut bytes = Vec::with_capacity(length);
        while bytes.len() < length {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.extend_from_slice(&noise.to_be_bytes());
        }
        all.push(bytes);
        all.push(format!("GET /v1/{}?{noise} HTTP/1.1\r\nx: {noise}\r\n\r\n", "%ff".repeat(length)).into_bytes());
    }
    for bytes in &all {
        let mut wire = Wire::connect(&server.address).expect("a connection");
        let _ = wire.send(bytes);
        // A request that has not ended is a silence for the server, so the end is said.
        wire.shut();
        if let Ok(answer) = wire.answer() {
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
            assert!((400..500).contains(&answer.status), "{}: {shown}", answer.status);
        }
    }
    serves_others(&server);
    let metrics = server.get("/metrics").text();
    assert!(metrics.contains("penstock_panics_total 0"), "{metrics}");
}

#[test]
fn heads_have_limits() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let many = "x: 1\r\n".repeat(2_000);
    for (what, start) in [
        ("a header", format!("{}x: {}\r\n\r\n", head("GET", "/v1/deals"), "x".repeat(2 << 20))),
        ("headers", format!("{}{many}\r\n", head("GET", "/v1/deals"))),
        ("a path", format!("{}\r\n", head("GET", &format!("/v1/{}", "x".repeat(2 << 20))))),
        ("a query", format!("{}\r\n", head("GET", &format!("/v1/deals?x={}", "x".repeat(100_000))))),
    ] {
        let mut wire = Wire::connect(&server.address).expect("a connection");
        let _ = wire.send(start.as_bytes());
        match wire.answer() {
            Ok(answer) => assert!(matches!(answer.status, 400 | 414 | 431), "{what}: {}", answer.status),
            Err(e) => assert_ne!(e.kind(), std::io::ErrorKind::WouldBlock, "{what}: {e}"),
        }
        assert!(wire.ended(), "{what} ends the connection");
    }
    // What clients do send passes: a long filter, a token of another service, cookies.
    let cookies = format!("{}cookie: {}\r\n\r\n", head("GET", "/v1/deals"), "c".repeat(16_000));
    let mut wire = Wire::connect(&server.address).expect("a connection");
    wire.send(cookies.as_bytes()).expect("sent");
    assert_eq!(wire.answer().expect("an answer").status, 200);
    let ids = format!("/api/v2/deals?ids={}", vec!["1000000"; 100].join(","));
    assert_eq!(wire.ask("GET", &ids, "").expect("an answer").status, 200);
    serves_others(&server);
}

#[test]
fn a_thousand_idle_connections_are_held_even_when_few_files_are_allowed_at_first() {
    let place = Place::new(Engine::Sqlite);
    // Many systems start a process with a soft limit that it may raise.
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -S -n 256 && exec \"$0\" serve", env!("CARGO_BIN_EXE_penstock")]);
    command.env_clear().env("PENSTOCK_DATA", place.folder.path()).env("PENSTOCK_TOKEN", TOKEN);
    let server = Running::start(command);
    raise_own_limit();
    let mut idle: Vec<Wire> = Vec::with_capacity(1_000);
    for number in 0..1_000 {
        let mut wire = Wire::connect(&server.address).expect("a connection");
        // Half of them have asked something before they fell silent.
        if number % 2 == 0 {
            assert_eq!(wire.ask("GET", "/health", "").expect("an answer").status, 200);
        }
        idle.push(wire);
    }
    serves_others(&server);
    let open = |server: &Running| {
        let metrics = server.get("/metrics").text();
        let line = metrics.lines().find_map(|line| line.strip_prefix("penstock_connections ")).expect("a gauge");
        line.parse::<usize>().expect("a number")
    };
    assert!(open(&server) > 1_000, "{} connections", open(&server));
    assert!(most_memory(&server) < 200 << 20, "{} bytes", most_memory(&server));
    // They are still good.
    for wire in idle.iter_mut().step_by(100) {
        assert_eq!(wire.ask("GET", "/v1/deals?limit=1", "").expect("an answer").status, 200);
    }
    drop(idle);
    let deadline = Instant::now() + TIMEOUT;
    while open(&server) > 10 {
        assert!(Instant::now() < deadline, "{} connections are left", open(&server));
    }
    serves_others(&server);
}

/// This process holds the other ends.
fn raise_own_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).expect("it may be raised");
    assert!(limit.maximum.is_none_or(|files| files >= 2_048), "this test needs 2048 open files");
}
