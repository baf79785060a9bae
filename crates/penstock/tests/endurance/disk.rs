//! A full disk: a small file system of its own where one can be mounted, and SQLite's own limit of pages everywhere.

use std::{
    io::Write,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderName, Method, header};
use penstock_api::{Face as _, Reply, Request};
use penstock_crm::{Crm, Ids};
use penstock_pipedrive::Face;
use penstock_store::{Database, Settings};
use penstock_testing::{Engine, TestClock, say};
use tempfile::TempDir;

use crate::{
    ledger::{Deal, Ledger},
    look::Look,
    support::{Place, TOKEN},
    wire::Wire,
    world::{State, World, deals_above, tells_nothing},
    writers::{Told, Writers},
};

const WRITERS: usize = 16;
/// Characters of a text in each deal, so that the disk is full soon.
const PADDING: usize = 8_000;
/// Bytes of the file system, and of a file in it that can be removed.
const SIZE: usize = 40 << 20;
const BALLAST: usize = 24 << 20;

/// A file system in memory; it goes with the test.
pub(crate) struct Disk(TempDir);

impl Disk {
    /// `None` when this process may not mount one.
    pub(crate) fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let size = format!("size={SIZE}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "penstock-test"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
    /// Mounts it for reading alone, or for writing again.
    pub(crate) fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        let done = Command::new("mount").args(["-o", &options]).arg(self.path()).status().expect("mount runs");
        assert!(done.success());
    }
    /// Leaves so many bytes free.
    pub(crate) fn fill(&self, free: u64) {
        let mut file = std::fs::File::create(self.path().join("ballast")).expect("there is room");
        while file.write_all(&[0; 4096]).is_ok() {}
        let filled = file.metadata().expect("its length").len();
        file.set_len(filled - free).expect("shorter");
    }
    fn load(&self) {
        std::fs::write(self.path().join("ballast"), vec![0; BALLAST]).expect("there is room");
    }
    pub(crate) fn unload(&self) {
        std::fs::remove_file(self.path().join("ballast")).expect("the file is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).output();
    }
}

#[test]
fn a_full_disk_refuses_writes_answers_reads_and_is_forgotten_when_there_is_room() {
    let Some(disk) = Disk::mount() else {
        say("!!! THE FULL FILE SYSTEM DID NOT RUN: this process may not mount a tmpfs; the page limit did !!!");
        return;
    };
    let place = Place::new(Engine::Sqlite);
    let data = disk.path().to_str().expect("a path");
    let records = Settings::Sqlite { file: disk.path().join("penstock.db"), max_pages: None };
    disk.load();
    let mut server = place.serve(&["--data", data]);
    let world = World::make(&server);
    let mut reader = Wire::connect(&server.address).expect("a connection");
    let mut told = Ledger::default();
    for run in ["Full", "Full again"] {
        let writers = Writers::start(&server.address, &world, WRITERS, run, PADDING);
        writers.until_each_is(Told::Refused);
        for path in ["/v1/deals?limit=5", "/api/v2/deals?limit=5", "/v1/deals/1", "/v1/deals/summary", "/health"] {
            let read = reader.ask("GET", path, "").expect("an answer");
            assert_eq!(read.status, 200, "{path}: {}", read.text());
        }
        disk.unload();
        writers.until_each_is(Told::Kept);
        told.add(writers.stop());
        assert_eq!(told.broken, 0, "no client lost its connection");
        refused_is_not_kept(&mut told);
        let found = deals_above(&server, 0);
        told.holds(&world, &found);
        told.has_nothing_refused(&found);
        Look::at(&records).finds_nothing_wrong(&world);
        // The log is written back into the file by a stop, so the next run fills the disk from elsewhere.
        assert!(server.stop().0.success());
        disk.load();
        server = place.serve(&["--data", data]);
        reader = Wire::connect(&server.address).expect("a connection");
    }
}

/// On SQLite a refused write is undone for sure.
fn refused_is_not_kept(told: &mut Ledger) {
    told.deals.iter_mut().for_each(|deal| deal.maybe.clear());
}

/// Digits that count up.
struct Digits(AtomicU64);

impl Ids for Digits {
    fn hex40(&self) -> String {
        format!("{:040x}", self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// The face over a file that may have so many pages.
fn limited(file: &Path, pages: i64) -> (Database, Face) {
    let max_pages = Some(u32::try_from(pages).expect("a small file"));
    let database = Database::open(&Settings::Sqlite { file: file.to_owned(), max_pages }).expect("it opens");
    let clock = Arc::<TestClock>::default();
    (database.clone(), Face::new(Crm::new(database, clock, Arc::new(Digits(AtomicU64::new(1))))))
}

async fn ask(face: &Face, method: Method, path: &str, body: String) -> Reply {
    let request = Request::new(method, path)
        .with_header(HeaderName::from_static("x-api-token"), TOKEN)
        .with_header(header::CONTENT_TYPE, "application/json")
        .with_body(body);
    face.respond(request).await.reply().expect("an answer")
}

async fn fill(face: Face, world: World, writer: i64) -> Ledger {
    let mut ledger = Ledger::default();
    for turn in 0.. {
        let state = State { worth: writer * 1_000_000 + turn, won: false };
        let title = format!("Page {writer} {turn}");
        let (path, body) = world.creation(&title, &state, &"x".repeat(PADDING));
        let response = ask(&face, Method::POST, path, body).await;
        let json: serde_json::Value = serde_json::from_slice(response.bytes().expect("a whole answer")).expect("JSON");
        if response.status == 503 {
            tells_nothing(&json);
            ledger.open.insert(title);
            if ledger.open.len() == 3 {
                break;
            }
            continue;
        }
        assert!(response.status.is_success(), "{json}");
        let id = json["data"]["id"].as_i64().expect("a number");
        ledger.deals.push(Deal { id, title, state, maybe: Vec::new() });
    }
    ledger
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_at_its_limit_of_pages_refuses_writes_and_takes_them_with_a_higher_limit() {
    let place = Place::new(Engine::Sqlite);
    let records = place.home.settings();
    let Settings::Sqlite { file, .. } = &records else { panic!("this place is on SQLite") };
    let server = place.serve(&[]);
    let world = World::make(&server);
    assert!(server.stop().0.success());
    let pages = Look::at(&records).number("SELECT page_count FROM pragma_page_count");
    let mut told = Ledger::default();
    for (limit, first) in [(pages + 200, 0), (pages + 400, WRITERS)] {
        let (database, face) = limited(file, limit);
        let writers = (first..first + WRITERS).map(|writer| {
            let writer = i64::try_from(writer).expect("small");
            tokio::spawn(fill(face.clone(), world.clone(), writer))
        });
        for writer in writers.collect::<Vec<_>>() {
            told.add(writer.await.expect("a writer"));
        }
        for path in ["/v1/deals", "/api/v2/deals", "/v1/deals/1", "/v1/persons"] {
            assert_eq!(ask(&face, Method::GET, path, String::new()).await.status, 200, "{path}");
        }
        database.close().await;
    }
    assert!(told.deals.len() > 2 * WRITERS, "{} deals", told.deals.len());
    let server = place.serve(&[]);
    let found = deals_above(&server, 0);
    told.holds(&world, &found);
    told.has_nothing_refused(&found);
    Look::at(&records).finds_nothing_wrong(&world);
    assert_eq!(server.post("/v1/deals", r#"{"title":"Room"}"#).status, 201);
}
