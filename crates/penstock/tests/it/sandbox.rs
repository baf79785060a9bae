//! What sandboxes can do.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Place, Running, TOKEN, ask, places, token_in};
use penstock_testing::Engine;

#[test]
fn a_sandbox_goes_back_to_its_seed() {
    for place in places() {
        let server = place.serve(&["--demo"]);
        let list = |path: &str| server.get(path).data();
        let before = (list("/api/v2/deals?limit=500"), list("/v1/users"), list("/v1/dealFields?limit=500"));
        let fresh = server.post("/v1/deals", r#"{"title":"Mine"}"#).data()["id"].as_i64().expect("an id");
        assert_eq!(server.ask("DELETE", "/v1/deals/1", "").status, 200);
        server.post("/v1/dealFields", r#"{"name":"Extra","field_type":"varchar"}"#).data();
        place.say(&["user", "add", "--company", "1", "--name", "Guest", "--email", "guest@example.com"]);
        let guest = place.say(&["token", "--company", "1", "--user", "guest@example.com"]).trim().to_owned();
        let second = place.say(&["token", "--company", "1", "--user", "2"]).trim().to_owned();
        let reset = server.post("/v1/sandbox/reset", "").data();
        assert_eq!(reset["seed"], 1);
        let after = (list("/api/v2/deals?limit=500"), list("/v1/users"), list("/v1/dealFields?limit=500"));
        assert_eq!(before, after);
        assert_eq!(server.get(&format!("/v1/deals/{fresh}")).status, 404);
        assert_eq!(
            server.post("/v1/deals", r#"{"title":"Mine again"}"#).data()["id"],
            fresh,
            "ids go on from the seed"
        );
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &second, "").status, 200, "a user of the seed");
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &guest, "").status, 401, "a user who is gone");
        place.say(&["user", "add", "--company", "1", "--name", "Other", "--email", "other@example.com"]);
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &guest, "").status, 401, "a number is not a right");
    }
}

#[test]
fn a_reset_from_the_command_line_reaches_a_running_server() {
    for place in places() {
        let server = place.serve_sandbox(&[]);
        let deal = |title: &str| server.post("/v1/deals", &json!({"title": title}).to_string());
        assert_eq!(deal("One").data()["id"], 1);
        assert_eq!(deal("Two").data()["id"], 2);
        place.say(&["user", "add", "--company", "play", "--name", "Guest", "--email", "guest@example.com"]);
        let guest = place.say(&["token", "--company", "play", "--user", "2"]).trim().to_owned();
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &guest, "").status, 200);
        let said = place.say(&["company", "reset", "play"]);
        assert!(said.contains("an empty company"), "{said}");
        assert!(server.get("/v1/deals").data().is_null());
        assert_eq!(deal("One").data()["id"], 1, "ids from 1");
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &guest, "").status, 401, "a user who is gone");
    }
}

#[test]
fn a_sandbox_has_a_clock_of_its_own() {
    for place in places() {
        let server = place.serve_sandbox(&[]);
        let set = server.post("/v1/sandbox/clock", r#"{"set":"2031-05-06T07:08:09Z"}"#).data();
        assert!(set["now"].as_str().expect("a time").starts_with("2031-05-06T07:08:"), "{set}");
        let deal = server.post("/v1/deals", r#"{"title":"Later"}"#).data();
        assert!(deal["add_time"].as_str().expect("a time").starts_with("2031-05-06 07:0"), "{deal}");
        let moved = server.post("/api/v1/sandbox/clock/", r#"{"advance":86400}"#).data();
        assert!(moved["now"].as_str().expect("a time").starts_with("2031-05-07T07:0"), "{moved}");
        let won = server.ask("PUT", &format!("/v1/deals/{}", deal["id"]), r#"{"status":"won"}"#).data();
        assert!(won["won_time"].as_str().expect("a time").starts_with("2031-05-07 07:0"), "{won}");
        assert_eq!(server.post("/v1/sandbox/clock", r#"{"set":"now"}"#).data()["seconds_ahead"], 0);
        for wrong in [
            "{}",
            r#"{"set":"tomorrow"}"#,
            r#"{"advance":"1"}"#,
            r#"{"advance":1,"set":"now"}"#,
            r#"{"sett":"now"}"#,
            r#"{"advance":9000000000000}"#,
            "[",
            "[]",
        ] {
            let refused = server.post("/v1/sandbox/clock", wrong);
            assert_eq!((refused.status, refused.json()["success"].as_bool()), (400, Some(false)), "{wrong}");
        }
    }
}

#[test]
fn what_was_deleted_is_purged_when_its_time_has_come() {
    for place in places() {
        let server = place.serve_sandbox(&[]);
        assert_eq!(server.post("/v1/organizations", r#"{"name":"Gone"}"#).data()["id"], 1);
        assert_eq!(server.post("/v1/deals", r#"{"title":"Stays","org_id":1}"#).data()["id"], 1);
        assert_eq!(server.ask("DELETE", "/v1/organizations/1", "").status, 200);
        let advance = |days: i64| {
            server.post("/v1/sandbox/clock", &json!({"advance": days * 86_400}).to_string()).data();
        };
        advance(29);
        assert_eq!(server.get("/v1/organizations/1").data()["active_flag"], false, "it can still be read");
        assert_eq!(server.get("/api/v2/deals/1").data()["org_id"], 1);
        advance(2);
        assert_eq!(server.get("/v1/organizations/1").status, 404);
        // The worker runs beside the requests.
        let purged = (0..10_000).any(|_| server.get("/api/v2/deals/1").data()["org_id"].is_null());
        assert!(purged, "the deal lets go of it");
    }
}

#[test]
fn a_sandbox_fails_on_purpose_as_often_as_it_was_told_to() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve_sandbox(&[]);
    let fault = |body: serde_json::Value| server.post("/v1/sandbox/faults", &body.to_string()).data();
    for face in ["/v1/deals", "/api/v2/deals", "/v1/dynamic/default/objects/person"] {
        fault(json!({"path": face, "status": 429, "count": 1}));
        let failed = server.get(face);
        assert_eq!(failed.status, 429, "{face}");
        for (name, value) in [
            ("retry-after", "1"),
            ("x-ratelimit-limit", "20"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1"),
        ] {
            assert_eq!(failed.header(name), Some(value), "{name} of {face}");
        }
    }
    for status in [429, 500, 503] {
        fault(json!({"path": "/v1/deals", "status": status, "count": 2}));
        for _ in 0..2 {
            let failed = server.get("/v1/deals?limit=1");
            assert_eq!((failed.status, failed.json()["success"].as_bool()), (status, Some(false)));
        }
        assert_eq!(server.get("/v1/deals?limit=1").status, 200);
    }
    fault(json!({"path": "/api/v2/*", "delay_ms": 300, "count": 1}));
    assert_eq!(server.get("/v1/deals?limit=1").status, 200, "another path");
    let started = Instant::now();
    assert_eq!(server.get("/api/v2/deals?limit=1").status, 200);
    assert!(started.elapsed() >= Duration::from_millis(300));

    let before = server.get("/v1/deals?limit=500").data().as_array().map_or(0, Vec::len);
    fault(json!({"path": "/v1/deals", "cut": true, "count": 1}));
    let cut = server.post("/v1/deals", r#"{"title":"Was it made?"}"#);
    assert_eq!((cut.status, cut.whole), (201, false));
    assert!(!cut.body.is_empty());
    let after = server.get("/v1/deals?limit=500").data().as_array().map_or(0, Vec::len);
    assert_eq!(after, before + 1, "the request was done, only its answer broke off");

    let contacts = "/v1/dynamic/default/objects/person";
    fault(json!({"path": "/v1/dynamic/*", "status": 503, "count": 1}));
    let failed = server.get(contacts);
    assert_eq!((failed.status, failed.header("retry-after")), (503, Some("1")), "the Virtual API fails as well");
    fault(json!({"path": "/v1/dynamic/*", "cut": true, "count": 1}));
    assert!(!server.get(contacts).whole);
    assert_eq!(server.get(contacts).status, 200);

    let listed = fault(json!({"path": "/v1/persons", "status": 500, "count": 9}));
    assert_eq!(listed["faults"], json!([{"path": "/v1/persons", "status": 500, "count": 9}]));
    assert_eq!(fault(json!({"path": "/v1/persons", "status": 500, "count": 0}))["faults"], json!([]));
    assert_eq!(server.get("/v1/persons?limit=1").status, 200);
    let other = place.say(&["company", "create", "Other", "--sandbox"]);
    let other = token_in(&other);
    fault(json!({"path": "*", "status": 500, "count": 1}));
    assert_eq!(ask(&server.address, "GET", "/v1/deals", &other, "").status, 200, "another company's");
}

#[test]
fn a_sandbox_has_at_most_a_hundred_faults() {
    for place in places() {
        let server = place.serve_sandbox(&[]);
        let add = |path: &str, count: i64| {
            server.post("/v1/sandbox/faults", &json!({"path": path, "status": 500, "count": count}).to_string())
        };
        for number in 0..100 {
            add(&format!("/v1/nothing/{number}"), 1).data();
        }
        let refused = add("/v1/nothing/100", 1);
        assert_eq!(refused.status, 400);
        assert!(refused.text().contains("100 faults"), "{}", refused.text());
        add("/v1/nothing/7", 0).data();
        add("/v1/nothing/100", 1).data();
    }
}

#[test]
fn several_processes_show_the_same_faults_and_close_together() {
    for place in places() {
        let (one, other) = (place.serve_sandbox(&[]), place.serve(&[]));
        let get = |server: &Running, path: &str| ask(&server.address, "GET", path, &one.token, "").status;
        assert_eq!((get(&one, "/v1/deals"), get(&other, "/v1/deals")), (200, 200));
        one.post("/v1/sandbox/faults", r#"{"path":"/v1/deals","status":503,"count":3}"#).data();
        assert_eq!([&other, &one, &other, &one, &other].map(|s| get(s, "/v1/deals")), [503, 503, 503, 200, 200]);
        one.post("/v1/sandbox/faults", r#"{"path":"/v1/deals","status":500,"count":9}"#).data();
        for at in 0..40 {
            one.post("/v1/organizations", &json!({"name": format!("Organization {at}")}).to_string()).data();
        }
        // While one resets the sandbox, the other answers nothing but that it is closed.
        let ends = std::thread::scope(|scope| {
            let (address, token) = (&one.address, &one.token);
            let reset = scope.spawn(move || ask(address, "POST", "/v1/sandbox/reset", token, "").data());
            let mut seen = Vec::new();
            while !reset.is_finished() {
                seen.push(get(&other, "/v1/organizations/40"));
            }
            reset.join().expect("a reset");
            seen
        });
        assert!(ends.iter().all(|status| [200, 503, 404].contains(status)), "{ends:?}");
        let closed = ends.iter().position(|status| *status == 503);
        assert!(closed.is_none_or(|at| ends[at..].iter().all(|status| *status != 200)), "{ends:?}");
        assert_eq!((get(&other, "/v1/organizations/40"), get(&other, "/v1/deals")), (404, 200), "faults end with it");
    }
}

#[test]
fn only_admins_of_sandboxes_have_these_paths() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    for act in ["reset", "clock", "faults"] {
        let path = format!("/v1/sandbox/{act}");
        let refused = server.post(&path, "{}");
        assert_eq!(
            (refused.status, refused.json()["error"].clone()),
            (404, server.post("/v1/nothing", "{}").json()["error"].clone())
        );
        assert_eq!(ask(&server.address, "POST", &path, &TOKEN.replace('0', "f"), "{}").status, 401);
    }
    let made = place.say(&["company", "create", "Play", "--sandbox"]);
    let admin = token_in(&made);
    place.say(&["user", "add", "--company", "Play", "--name", "Guest", "--email", "guest@example.com"]);
    let guest = place.say(&["token", "--company", "Play", "--user", "2"]).trim().to_owned();
    assert_eq!(ask(&server.address, "POST", "/v1/sandbox/reset", &guest, "").status, 403);
    let refused = ask(&server.address, "GET", "/v1/sandbox/reset", &admin, "");
    assert_eq!((refused.status, refused.header("allow")), (405, Some("POST")));
    assert_eq!(ask(&server.address, "POST", "/v1/sandbox/reset", &admin, r#"{"hard":true}"#).status, 400);
    assert_eq!(ask(&server.address, "POST", "/v1/sandbox/reset", &admin, "{}").status, 200);
}
