//! A SQLite file that is moved, removed or replaced under a running server, and one that can't be written at all.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use penstock_store::Settings;
use penstock_testing::{Engine, say};

use crate::{
    disk::Disk,
    look::Look,
    support::{Place, Running},
    wire::Wire,
    world::{TIMEOUT, World, deals_above, is_clear_refusal},
    writers::{Told, Writers},
};

const WRITERS: usize = 8;

fn file_of(place: &Place) -> PathBuf {
    let Settings::Sqlite { file, .. } = place.home.settings() else { panic!("this place is on SQLite") };
    file
}

/// Waits until the server says that it can write, or that it can't.
pub(crate) fn until_writable(server: &Running, writable: bool) {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let (health, ready) = (server.get("/health"), server.get("/ready"));
        assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")), "it reads: {}", health.text());
        let said = health.json()["writable"].as_bool();
        if said == Some(writable) && ready.status == if writable { 200 } else { 503 } {
            assert_eq!(ready.json()["writable"].as_bool(), Some(writable), "{}", ready.text());
            return;
        }
        assert!(Instant::now() < deadline, "{} {}", health.text(), ready.text());
    }
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    file.with_file_name(format!("{}{suffix}", file.file_name().expect("a name").to_str().expect("text")))
}

/// Takes the file away and gives how it is put back.
type Taking = fn(&Path) -> Box<dyn Fn()>;

fn move_to(from: PathBuf, to: PathBuf) -> Box<dyn Fn()> {
    fs::rename(&from, &to).expect("moved");
    Box::new(move || fs::rename(&to, &from).expect("moved back"))
}

const TAKINGS: [(&str, Taking); 4] = [
    ("the file is moved", |file| move_to(file.to_owned(), beside(file, ".away"))),
    ("its folder is moved", |file| {
        let folder = file.parent().expect("a folder");
        move_to(folder.to_owned(), folder.with_extension("away"))
    }),
    ("it is replaced by a copy", |file| {
        let (copy, kept) = (beside(file, ".copy"), beside(file, ".kept"));
        fs::copy(file, &copy).expect("a copy");
        fs::hard_link(file, &kept).expect("kept");
        fs::rename(&copy, file).expect("replaced");
        let file = file.to_owned();
        Box::new(move || fs::rename(&kept, &file).expect("put back"))
    }),
    ("its log is moved", |file| move_to(beside(file, "-wal"), beside(file, "-wal.away"))),
];

#[test]
fn writes_are_refused_while_the_file_is_not_where_it_was_and_none_that_was_answered_is_lost() {
    let place = Place::new(Engine::Sqlite);
    let folder = place.folder.path().join("data");
    let data = folder.to_str().expect("a path");
    let file = folder.join("penstock.db");
    let server = place.serve(&["--data", data]);
    let world = World::make(&server);
    for (run, (what, take)) in TAKINGS.iter().enumerate() {
        let last = server.get("/api/v2/deals?sort_by=id&sort_direction=desc&limit=1").data()[0]["id"].as_i64();
        let writers = Writers::start(&server.address, &world, WRITERS, &format!("Taken {run}"), 0);
        writers.until_kept(50);
        let put_back = take(&file);
        writers.until_each_is(Told::Refused);
        until_writable(&server, false);
        let mut wire = Wire::connect(&server.address).expect("a connection");
        for _ in 0..20 {
            is_clear_refusal(&wire.ask("POST", "/v1/persons", r#"{"name":"Nowhere"}"#).expect("an answer"));
        }
        put_back();
        writers.until_each_is(Told::Kept);
        until_writable(&server, true);
        let told = writers.stop();
        assert_eq!(told.broken, 0, "{what}: no client lost its connection");
        told.holds(&world, &deals_above(&server, last.unwrap_or(0)));
    }
    assert!(server.stop().0.success());
    let server = place.serve(&["--data", data]);
    let persons = server.get("/v1/persons?limit=500").text();
    assert!(!persons.contains("Nowhere"), "what was refused is not there");
    Look::at(&Settings::Sqlite { file, max_pages: None }).finds_nothing_wrong(&world);
}

#[test]
fn a_server_says_at_its_start_what_it_can_not_write() {
    let place = Place::new(Engine::Sqlite);
    let file = file_of(&place);
    fs::create_dir(&file).expect("a folder");
    let complaint = place.complaint(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(complaint.contains("is a folder, not a database"), "{complaint}");
    fs::remove_dir(&file).expect("it was empty");
    let Some(disk) = Disk::mount() else {
        say("!!! THE READ-ONLY FILE SYSTEM DID NOT RUN: this process may not mount a tmpfs !!!");
        return;
    };
    let data = disk.path().to_str().expect("a path");
    let started = place.serve(&["--data", data]);
    assert!(started.stop().0.success());
    disk.remount("ro");
    let complaint = place.complaint(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
    for part in ["penstock.db", "Read-only file system", "mount its file system for writing"] {
        assert!(complaint.contains(part), "{part}: {complaint}");
    }
    disk.remount("rw");
    disk.fill(0);
    let complaint = place.complaint(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
    assert!(complaint.contains("its disk is full: free some space"), "{complaint}");
    // With room for the index of the log, and none for the log, it can be read.
    disk.fill(36 << 10);
    let mut server = place.serve(&["--data", data]);
    server.wait_for("It can't write");
    assert!(server.said.contains("disk"), "{}", server.said);
    until_writable(&server, false);
    assert_eq!(server.get("/v1/deals").status, 200);
    is_clear_refusal(&server.post("/v1/persons", r#"{"name":"No room"}"#));
    disk.unload();
    until_writable(&server, true);
    assert_eq!(server.post("/v1/persons", r#"{"name":"Room"}"#).status, 201);
}
