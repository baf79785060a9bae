//! The demo: the same for the same seed, and believable.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use serde_json::Value as Json;

use crate::support::{Place, Running, TOKEN, places};
use penstock_testing::Engine;

/// Lists that show every kind of record.
const LISTS: [&str; 9] = [
    "/v1/users",
    "/v1/pipelines",
    "/v1/stages",
    "/api/v2/organizations?limit=500",
    "/api/v2/persons?limit=500",
    "/api/v2/deals?limit=500",
    "/api/v2/activities?limit=500",
    "/v1/leads?limit=500",
    "/v1/notes?limit=500",
];

fn listing(server: &Running) -> Vec<Json> {
    LISTS.iter().map(|path| server.get(path).data()).collect()
}

#[test]
fn a_seed_gives_the_same_records_everywhere() {
    let mut listings = Vec::new();
    for place in places() {
        listings.push(listing(&place.serve(&["--demo", "--seed", "7"])));
    }
    let again = Place::new(Engine::Sqlite);
    listings.push(listing(&again.serve(&["--demo", "--seed", "7"])));
    for other in &listings[1..] {
        for (at, path) in LISTS.iter().enumerate() {
            assert_eq!(listings[0][at], other[at], "{path}");
        }
    }
    let place = Place::new(Engine::Sqlite);
    let other = listing(&place.serve(&["--demo", "--seed", "8"]));
    assert_ne!(listings[0][3], other[3], "another seed is another company");
}

#[test]
fn a_demo_is_a_believable_company() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&["--demo"]);
    let count = |path: &str| server.get(path).data().as_array().map_or(0, Vec::len);
    assert!(count("/v1/users") >= 5 && count("/v1/pipelines") == 2 && count("/v1/stages") >= 8);
    assert!(count("/api/v2/organizations?limit=500") >= 200);
    assert!(count("/api/v2/persons?limit=500") >= 300);
    assert!(count("/v1/leads?limit=500") >= 30 && count("/v1/notes?limit=500") >= 150);
    let deals = server.get("/api/v2/deals?limit=500").data();
    let deals = deals.as_array().expect("deals");
    for status in ["open", "won", "lost"] {
        let count = deals.iter().filter(|d| d["status"] == status).count();
        assert!(count >= 50, "{count} deals are {status}");
    }
    let won: Vec<&str> = deals.iter().filter_map(|d| d["won_time"].as_str()).collect();
    let months: std::collections::BTreeSet<&str> = won.iter().map(|t| &t[..7]).collect();
    assert!(months.len() >= 8, "won in {months:?}");
    for kind in ["custom_fields", "label_ids", "lost_reason", "stage_change_time", "expected_close_date"] {
        assert!(deals.iter().any(|d| is_set(&d[kind])), "no deal has {kind}");
    }
    let done = |done| count(&format!("/api/v2/activities?limit=500&done={done}"));
    assert!(done(true) >= 400 && done(false) >= 40);
    assert!(deals.iter().any(|d| d["currency"] != "EUR"));
    assert_eq!(server.get("/v1/users/me").data()["company_name"], "Millrace Water Systems");
}

fn is_set(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Array(list) => list.iter().any(is_set),
        Json::Object(map) => map.values().any(is_set),
        _ => true,
    }
}

#[test]
fn a_demo_that_was_interrupted_is_finished_by_the_next_start() {
    for place in places() {
        let whole = Place::new(Engine::Sqlite);
        let expected = listing(&whole.serve(&["--demo"]));
        let mut command = place.command(&["serve", "--demo"]);
        command.env("PENSTOCK_TOKEN", TOKEN);
        let mut server = Running::begin(command);
        server.wait_for("Try it");
        server.signal("KILL");
        let (status, _) = server.end();
        assert!(!status.success());
        assert!(!server.said.contains("listening"), "it was quicker than this test: {}", server.said);
        let found = listing(&place.serve(&[]));
        for (at, path) in LISTS.iter().enumerate() {
            assert_eq!(expected[at], found[at], "{path}");
        }
    }
}

/// Starts making a company with a demo and kills the command once it has said the token.
fn killed_in_the_middle(place: &Place) -> String {
    let mut command = place.command(&["company", "create", "Show", "--demo"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut said = BufReader::new(child.stdout.take().expect("stdout")).lines().map_while(Result::ok);
    let token = said.find_map(|line| line.split_once("token  ").map(|(_, token)| token.to_owned()));
    // On Unix this is SIGKILL.
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(!said.any(|line| line.contains("demo records")), "it was quicker than this test");
    token.expect("a token")
}

#[test]
fn a_company_whose_demo_was_interrupted_is_finished_by_the_next_command() {
    for place in places() {
        let whole = Place::new(Engine::Sqlite);
        let expected = listing(&whole.serve(&["--demo"]));
        // It runs meanwhile, so that it is not the one that finishes the demo.
        let mut server = place.serve(&[]);
        server.token = killed_in_the_middle(&place);
        let deals = |server: &Running| server.get("/api/v2/deals?limit=500").data().as_array().map(Vec::len);
        assert!(deals(&server) < expected[5].as_array().map(Vec::len));
        assert!(place.say(&["company", "list"]).contains("Show"));
        let found = listing(&server);
        for (at, path) in LISTS.iter().enumerate() {
            assert_eq!(found[at].as_array().map(Vec::len), expected[at].as_array().map(Vec::len), "{path}");
        }
    }
}

#[test]
fn a_demo_that_others_wrote_into_meanwhile_stays_as_it_is() {
    for place in places() {
        let mut server = place.serve(&[]);
        server.token = killed_in_the_middle(&place);
        server.post("/v1/organizations", r#"{"name":"Mine"}"#).data();
        let mine = |server: &Running| server.get("/api/v2/organizations?limit=500").text().contains("Mine");
        let list = place.run(&["company", "list"]);
        assert!(list.status.success());
        let log = String::from_utf8_lossy(&list.stderr).into_owned();
        assert!(log.contains("others have written to the company"), "{log}");
        assert!(mine(&server));
        let again = place.run(&["company", "list"]);
        assert!(!String::from_utf8_lossy(&again.stderr).contains("others"), "it is told once");
    }
}

#[test]
fn a_demo_is_only_made_when_there_is_nothing_yet() {
    let place = Place::new(Engine::Sqlite);
    drop(place.serve(&[]));
    let server = place.serve(&["--demo"]);
    assert!(server.said.contains("company create NAME --demo"), "{}", server.said);
    let made = place.say(&["company", "create", "Show", "--demo", "--seed", "3"]);
    assert!(made.contains("demo records of seed 3"), "{made}");
    let list = place.say(&["company", "list"]);
    assert!(list.lines().any(|l| l.contains("Show") && l.contains('7')), "{list}");
}
