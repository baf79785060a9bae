//! One handle for both engines.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use penstock_model::{Code, CompanyId, Error, Result};

use crate::{
    Conn, Engine, Faults,
    last_write::{self, LastWrite},
    migrate, postgres, sqlite,
};

/// Where the records are.
#[derive(Clone, Debug)]
pub enum Settings {
    /// A SQLite file.
    Sqlite {
        /// The file; it is created with its folder.
        file: PathBuf,
        /// The most pages of 8 KiB that the file may have, for tests of a full disk.
        max_pages: Option<u32>,
    },
    /// A Postgres database.
    Postgres {
        /// `postgres://user:password@host:port/name`.
        url: String,
    },
}

/// The records. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Database(Arc<Shared>);

struct Shared {
    records: Records,
    last_write: Arc<LastWrite>,
    /// Held by whoever probes whether there can be writes, so that only one does.
    probing: tokio::sync::Mutex<()>,
}

/// How long a probe may take.
const PROBE: Duration = Duration::from_secs(2);

enum Records {
    Sqlite(sqlite::Database),
    Postgres(postgres::Database),
}

impl Database {
    /// Opens the records and brings their schema up to date.
    ///
    /// # Errors
    /// `Unavailable` with what to do when the file or the server can't be used, or was made by a newer version.
    pub fn open(settings: &Settings) -> Result<Self> {
        Self::open_with(settings, Arc::default())
    }

    /// As [`Database::open`], with faults that a test asks for.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_with(settings: &Settings, faults: Arc<Faults>) -> Result<Self> {
        let database = Self::connect_with(settings, faults)?;
        database.migrate()?;
        Ok(database)
    }

    /// Opens the records as they are, with whatever schema they have: for looking at them.
    ///
    /// # Errors
    /// `Unavailable` with what to do when the file or the server can't be used.
    pub fn connect(settings: &Settings) -> Result<Self> {
        Self::connect_with(settings, Arc::default())
    }

    fn connect_with(settings: &Settings, faults: Arc<Faults>) -> Result<Self> {
        let last_write = Arc::<LastWrite>::default();
        let noted = Arc::clone(&last_write);
        let records = match settings {
            Settings::Sqlite { file, max_pages } => {
                Records::Sqlite(sqlite::Database::open(file, *max_pages, faults, noted)?)
            }
            Settings::Postgres { url } => Records::Postgres(postgres::Database::open(url, faults, noted)?),
        };
        Ok(Self(Arc::new(Shared { records, last_write, probing: tokio::sync::Mutex::default() })))
    }

    fn migrate(&self) -> Result<()> {
        match &self.0.records {
            Records::Sqlite(db) => db.setup(&mut migrate::run),
            Records::Postgres(db) => db.setup(&mut migrate::run),
        }
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.0.records {
            Records::Sqlite(_) => Engine::Sqlite,
            Records::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a read in one snapshot. The closure may run twice, the second time from the start, so it must build its
    /// result anew.
    ///
    /// # Errors
    /// What the closure gives; `Unavailable` when the engine can't work now.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        match &self.0.records {
            Records::Sqlite(db) => db.read(work).await,
            Records::Postgres(db) => db.read(work).await,
        }
    }

    /// Runs a read of one statement, which needs no snapshot beyond its own. The closure may run twice.
    ///
    /// # Errors
    /// As [`Database::read`].
    pub async fn look_up<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        match &self.0.records {
            Records::Sqlite(db) => db.read(work).await,
            Records::Postgres(db) => db.look_up(work).await,
        }
    }

    /// Runs a write of one company in one transaction, after every earlier write of that company. The answer comes
    /// when the change is durable.
    ///
    /// # Errors
    /// What the closure gives, with nothing changed; `Unavailable` when the engine can't work now.
    pub async fn write<T, F>(&self, company: CompanyId, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        match &self.0.records {
            Records::Sqlite(db) => db.write(work).await,
            Records::Postgres(db) => db.write(company, work).await,
        }
    }

    /// Whether the records can be written: judged by the last write, or by one that changes nothing when that was more
    /// than a few seconds ago.
    ///
    /// # Errors
    /// Why not: `Unavailable`.
    pub async fn writable(&self) -> Result<()> {
        if let Some(known) = self.0.last_write.fresh() {
            return known;
        }
        let _one = self.0.probing.lock().await;
        if let Some(known) = self.0.last_write.fresh() {
            return known;
        }
        let probed = tokio::time::timeout(PROBE, self.write(CompanyId::SERVER, last_write::probe)).await;
        let outcome = probed.unwrap_or_else(|_| Err(Error::unavailable("a write takes too long")));
        self.0.last_write.note(outcome.clone());
        outcome
    }

    /// How much waits for the engine now, in this process.
    #[must_use]
    pub fn queued(&self) -> Queued {
        match &self.0.records {
            Records::Sqlite(db) => db.queued(),
            Records::Postgres(db) => db.queued(),
        }
    }

    /// Flushes what is pending and closes the connections. Later calls give `Unavailable`.
    pub async fn close(&self) {
        match &self.0.records {
            Records::Sqlite(db) => db.close().await,
            Records::Postgres(db) => db.close().await,
        }
    }
}

/// Writes the records of a SQLite file as they are in one snapshot into a new file, and gives its bytes: every write that
/// was answered before is in it. Other processes read and write meanwhile.
///
/// # Errors
/// `Unavailable` with what to do, and without a file: when there is one of that name already, or when either can't be
/// used.
pub fn backup(file: &Path, to: &Path) -> Result<u64> {
    sqlite::backup(file, to)
}

/// How much waits for the engine, what is under way not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queued {
    /// Writes that wait for their turn.
    pub writes: usize,
    /// Reads that wait for a thread. On SQLite only those do that took too long inline.
    pub reads: usize,
}

/// The answer of a write whose worker went away.
pub(crate) fn gone() -> Error {
    Error::new(Code::Unavailable, "the database is shutting down")
}
