//! The engines that are there, and fresh databases on them that go with the test.

use std::{
    io::{Write, stderr},
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use penstock_store::{Engine, Settings};
use tempfile::TempDir;

/// The Postgres server that tests may use, from `PENSTOCK_TEST_POSTGRES`: a URL whose user may create databases.
#[must_use]
pub fn postgres_address() -> Option<String> {
    variable("PENSTOCK_TEST_POSTGRES")
}

/// A variable of the environment; an empty one counts as unset.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where tests read the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The engines that tests run on: SQLite always, Postgres when `PENSTOCK_TEST_POSTGRES` names a server. Without one it
/// says so loudly.
///
/// # Panics
/// When there is no Postgres and the environment says `CI=true`: what is not run there is not tested.
#[must_use]
pub fn engines() -> Vec<Engine> {
    static SAID: Once = Once::new();
    if postgres_address().is_some() {
        return vec![Engine::Sqlite, Engine::Postgres];
    }
    assert!(!everything_must_run(), "CI must set PENSTOCK_TEST_POSTGRES");
    SAID.call_once(|| say("!!! DID NOT RUN: Postgres: PENSTOCK_TEST_POSTGRES is not set !!!"));
    vec![Engine::Sqlite]
}

/// Whether a test must not leave anything out because something is missing: `CI=true`.
#[must_use]
pub fn everything_must_run() -> bool {
    variable("CI").as_deref() == Some("true")
}

/// Says something that is seen although the test passes: what tests print by `println!` is not. It goes out at once, so
/// that what other threads and processes say does not come between.
pub fn say(text: &str) {
    let _ = stderr().write_all(format!("\n{text}\n\n").as_bytes());
}

/// Says that something has run that is not there everywhere, in the words that `.ci/run` looks for.
pub fn ran(what: &str) {
    say(&format!("RAN: {what}"));
}

/// Says loudly that something did not run, and why.
///
/// # Panics
/// When the environment says `CI=true`: what is not run there is not tested.
pub fn did_not_run(what: &str, why: &str) {
    say(&format!("!!! DID NOT RUN: {what}: {why} !!!"));
    assert!(!everything_must_run(), "CI must run this: {what}: {why}");
}

/// Where the records of a test are; they go with it.
pub enum Home {
    /// A file in a folder.
    Folder(TempDir),
    /// A database on the server.
    Server {
        /// The URL that the environment gave.
        url: String,
        /// The database's name.
        name: String,
    },
    /// A database on a server of the test's own, with which it goes.
    Own {
        /// The database's URL.
        url: String,
    },
}

impl Home {
    /// An empty database.
    ///
    /// # Panics
    /// When the engine can't be used.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        static SAID: Once = Once::new();
        match engine {
            Engine::Sqlite => Self::Folder(tempfile::tempdir().unwrap()),
            Engine::Postgres => {
                let url = postgres_address().unwrap();
                let number = NUMBER.fetch_add(1, Ordering::SeqCst);
                let name = format!("penstock_test_{}_{number}", std::process::id());
                administer(&url, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
                SAID.call_once(|| ran(&format!("Postgres {}", version(&url))));
                Self::Server { url, name }
            }
        }
    }

    /// How it is opened.
    #[must_use]
    pub fn settings(&self) -> Settings {
        match self {
            Self::Folder(folder) => Settings::Sqlite { file: folder.path().join("penstock.db"), max_pages: None },
            Self::Server { url, name } => Settings::Postgres { url: sibling(url, name) },
            Self::Own { url } => Settings::Postgres { url: url.clone() },
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Server { url, name } = self {
            administer(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Does something on the server itself. The client blocks, so it gets a thread of its own.
fn connected<T: Send + 'static>(url: &str, work: impl FnOnce(&mut postgres::Client) -> T + Send + 'static) -> T {
    let url = url.to_owned();
    let work = move || work(&mut postgres::Client::connect(&url, postgres::NoTls).unwrap());
    std::thread::spawn(work).join().unwrap()
}

/// Runs a statement on the server itself.
fn administer(url: &str, sql: &str) {
    let sql = sql.to_owned();
    connected(url, move |client| client.batch_execute(&sql).unwrap());
}

/// The server's version, as it says itself.
fn version(url: &str) -> String {
    connected(url, |client| client.query_one("SHOW server_version", &[]).unwrap().get(0))
}

/// The URL of another database on the same server.
fn sibling(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, String::new()), |(b, q)| (b, format!("?{q}")));
    let (server, _) = base.rsplit_once('/').unwrap();
    format!("{server}/{name}{query}")
}
