//! `penstock doctor` and `penstock migrate`.

use crate::support::{Place, places};
use penstock_testing::Engine;

#[test]
fn the_doctor_finds_a_healthy_server_healthy() {
    for place in places() {
        let before = place.say(&["doctor"]);
        assert!(before.contains("the first `penstock serve` makes it"), "{before}");
        let server = place.serve(&[]);
        let report = place.say(&["doctor", "--listen", &server.address]);
        for expected in ["up to date", "companies      1", "is in use: by Penstock", "All is well", "ok       clock"] {
            assert!(report.contains(expected), "{expected} in {report}");
        }
    }
}

#[test]
fn the_doctor_says_what_is_broken_and_what_to_do() {
    let place = Place::new(Engine::Sqlite);
    let url = "postgres://someone:hush@127.0.0.1:1/none";
    let output = place.run(&["doctor", "--database-url", url]);
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("BROKEN") && report.contains("check that the server runs"), "{report}");
    assert!(!report.contains("hush"), "{report}");
    let output = place.run(&["doctor", "--listen", "203.0.113.1:80"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("an address of this machine"));
}

#[test]
fn the_doctor_finds_records_of_another_build() {
    let place = Place::new(Engine::Sqlite);
    place.say(&["migrate"]);
    let penstock_store::Settings::Sqlite { file, .. } = place.home.settings() else { panic!("a file") };
    for (change, expected) in [
        ("INSERT INTO schema_migration VALUES (99, 'later', 'x')", "start a newer version"),
        (
            "DELETE FROM schema_migration WHERE number = 99; UPDATE schema_migration SET checksum = 'x'",
            "restore a backup",
        ),
    ] {
        let records = rusqlite::Connection::open(&file).expect("the records");
        records.execute_batch(change).expect("changed");
        drop(records);
        let output = place.run(&["doctor"]);
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{report}");
        assert!(report.contains("BROKEN   schema") && report.contains(expected), "{report}");
        assert!(place.complaint(&["serve", "--listen", "127.0.0.1:0"]).contains(expected));
        assert!(place.complaint(&["company", "list"]).contains(expected));
    }
}

#[test]
fn the_doctor_changes_nothing() {
    let place = Place::new(Engine::Sqlite);
    let folder = place.folder.path().join("data");
    place.say(&["doctor", "--data", folder.to_str().expect("a path")]);
    assert!(!folder.exists());
}

#[test]
fn a_migration_is_told_once() {
    for place in places() {
        let first = place.say(&["migrate"]);
        assert!(first.contains("applied migration 1 (base)"), "{first}");
        let second = place.say(&["migrate"]);
        assert!(!second.contains("applied") && second.contains("up to date"), "{second}");
    }
}
