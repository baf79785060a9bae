//! `penstock doctor` and `penstock migrate`.

use crate::support::{Place, places};
use penstock_model::CompanyId;
use penstock_testing::Engine;

#[test]
fn the_doctor_finds_a_healthy_server_healthy() {
    for place in places() {
        let before = place.say(&["doctor"]);
        assert!(before.contains("the first `penstock serve` makes it"), "{before}");
        let server = place.serve(&[]);
        let report = place.say(&["doctor", "--listen", &server.address]);
        for expected in [
            "up to date",
            "companies      1",
            "is in use: by Penstock",
            "All is well",
            "ok       clock",
            "ok       records        whole: checked in",
        ] {
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
fn the_doctor_finds_damaged_records() {
    let place = Place::new(Engine::Sqlite);
    place.say(&["company", "create", "TestCompany", "--demo"]);
    let penstock_store::Settings::Sqlite { file, .. } = place.home.settings() else { panic!("a file") };
    let whole = std::fs::read(&file).expect("the records");
    // Half a page of the deals, as a bad disk would leave it.
    let page = 8192;
    let mut damaged = whole.clone();
    let at = (root_of_deals(&place) - 1) * page;
    damaged[at..at + page / 2].fill(0xa5);
    std::fs::write(&file, &damaged).expect("written");
    let output = place.run(&["doctor"]);
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("BROKEN   records        damaged: ") && report.contains("restore a backup"), "{report}");
    std::fs::write(&file, &whole).expect("written");
    assert!(place.say(&["doctor"]).contains("ok       records"));
}

/// The number of the page at which the table of the deals begins.
fn root_of_deals(place: &Place) -> usize {
    let settings = place.home.settings();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let database = penstock_store::Database::connect(&settings).expect("the records");
    let text = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'deal'";
    let root = runtime.block_on(async {
        let root = database.read(|conn| penstock_store::one_int(conn, text, &[])).await.expect("a page");
        database.close().await;
        root
    });
    usize::try_from(root.expect("a table")).expect("a number")
}

#[test]
fn the_doctor_finds_a_damaged_index_and_a_table_that_can_not_be_read_on_postgres() {
    if !penstock_testing::engines().contains(&Engine::Postgres) {
        return;
    }
    let place = Place::new(Engine::Postgres);
    place.say(&["company", "create", "TestCompany"]);
    for (change, expected) in [
        (
            "UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = (SELECT MIN(indexrelid) FROM pg_index \
             WHERE indrelid = CAST('deal' AS regclass) AND NOT indisprimary)",
            "is not valid",
        ),
        ("UPDATE pg_index SET indisvalid = TRUE; DROP TABLE note CASCADE", "note can't be read"),
    ] {
        change_by(&place, change);
        let output = place.run(&["doctor"]);
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{report}");
        assert!(report.contains("BROKEN   records") && report.contains(expected), "{report}");
    }
}

/// Changes what is there, past the program.
fn change_by(place: &Place, statements: &'static str) {
    let settings = place.home.settings();
    let work = move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let database = penstock_store::Database::connect(&settings).expect("the records");
        runtime.block_on(async {
            database.write(CompanyId::SERVER, move |conn| conn.batch(statements)).await.expect("changed");
            database.close().await;
        });
    };
    std::thread::spawn(work).join().expect("done");
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
