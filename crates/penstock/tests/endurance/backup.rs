//! A backup of a SQLite file while 16 writers write.

use std::fs;

use penstock_store::Settings;
use penstock_testing::Engine;

use crate::{
    look::Look,
    support::{Place, ask},
    world::{World, deals_above},
    writers::Writers,
};

const WRITERS: usize = 16;

#[test]
fn a_backup_under_load_is_whole_and_has_all_that_was_answered_before_it() {
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&[]);
    let world = World::make(&server);
    let before = Writers::start(&server.address, &world, WRITERS, "Before", 0);
    before.until_kept(100);
    let before = before.stop();
    let meanwhile = Writers::start(&server.address, &world, WRITERS, "Meanwhile", 1_000);
    meanwhile.until_kept(20);
    let folder = place.folder.path().join("restored");
    fs::create_dir(&folder).expect("a folder");
    let backup = folder.join("penstock.db");
    let to = backup.to_str().expect("a path");
    let said = place.say(&["backup", to]);
    assert!(said.contains(to), "{said}");
    meanwhile.until_kept(20);
    meanwhile.stop();
    assert!(server.stop().0.success());
    let names = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["penstock.db"], "nothing else is left there");
    Look::at(&Settings::Sqlite { file: backup.clone(), max_pages: None }).finds_nothing_wrong(&world);
    let data = folder.to_str().expect("a path");
    let report = place.say(&["doctor", "--data", data]);
    assert!(!report.contains("BROKEN") && report.contains("ok       records"), "{report}");
    let restored = place.serve(&["--data", data]);
    let mut deals = deals_above(&restored, 0);
    deals.retain(|_, deal| deal["title"].as_str().is_some_and(|title| title.starts_with("Before")));
    before.holds(&world, &deals);
    let person = ask(&restored.address, "POST", "/v1/persons", &restored.token, r#"{"name":"Later"}"#);
    assert_eq!(person.status, 201, "it goes on from there");
}

#[test]
fn a_backup_replaces_nothing_and_leaves_nothing_when_it_fails() {
    let place = Place::new(Engine::Sqlite);
    let folder = place.folder.path().join("backups");
    fs::create_dir(&folder).expect("a folder");
    let (there, missing) = (folder.join("there.db"), folder.join("no/such/folder.db"));
    let [there_path, missing_path] = [&there, &missing].map(|path| path.to_str().expect("a path"));
    let complaint = place.complaint(&["backup", there_path]);
    assert!(complaint.contains("there are no records"), "{complaint}");
    let server = place.serve(&[]);
    fs::write(&there, "kept").expect("a file");
    let complaint = place.complaint(&["backup", there_path]);
    assert!(complaint.contains("is there already") && complaint.contains("name a new file"), "{complaint}");
    assert_eq!(fs::read(&there).expect("the file"), b"kept");
    let complaint = place.complaint(&["backup", missing_path]);
    assert!(complaint.contains(missing_path), "{complaint}");
    // What SQLite can't copy leaves no half of it.
    let nothing = folder.join("penstock.db");
    fs::write(&nothing, vec![b'x'; 8192]).expect("a file");
    let half = folder.join("half.db");
    let half_path = half.to_str().expect("a path");
    place.complaint(&["backup", half_path, "--data", folder.to_str().expect("a path")]);
    let names = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["penstock.db", "there.db"]);
    drop(server);
}

#[test]
fn on_postgres_a_backup_is_made_by_its_own_tools() {
    if !penstock_testing::engines().contains(&Engine::Postgres) {
        return;
    }
    let place = Place::new(Engine::Postgres);
    let complaint = place.complaint(&["backup", "copy.db"]);
    assert!(complaint.contains("pg_dump"), "{complaint}");
    assert!(!place.folder.path().join("copy.db").exists());
}
