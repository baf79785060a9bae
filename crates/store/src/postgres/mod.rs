//! Postgres: reads and writes on threads that each own a blocking connection, one commit for the writes of a company
//! that wait together.
//!
//! An answered write is durable. `penstock_group=1` as a parameter of the URL commits each write by itself: for
//! measurements, and for servers where a savepoint costs more than a commit.

mod address;
mod conn;
mod fault;
mod held;
mod readers;
mod rewrite;
mod session;
mod statements;
mod tls;
mod value;
mod worker_pool;
mod writers;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use penstock_model::{CompanyId, Error, Result, Value};

use self::{
    readers::{Readers, Snapshot},
    session::{Opener, Session},
    writers::Writers,
};
use crate::{Conn, Faults, Queued, last_write::LastWrite, one};

/// The oldest version that is supported, as the server spells it.
const OLDEST: i64 = 150_000;

/// One process at a time brings the schema up to date: this is the number of its lock.
const SETUP: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; \
    SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
    SELECT pg_advisory_xact_lock(7346001)";

/// The server and its connections.
pub(crate) struct Database {
    opener: Arc<Opener>,
    readers: Readers,
    writers: Arc<Writers>,
}

impl Database {
    /// Reads the URL. Nothing is connected before the first use.
    pub(crate) fn open(url: &str, faults: Arc<Faults>, last_write: Arc<LastWrite>) -> Result<Self> {
        let address = address::parse(url)?;
        let opener = Arc::new(Opener::new(address.config, address.tls, faults));
        Ok(Self {
            readers: Readers::new(Arc::clone(&opener)),
            writers: Writers::new(Arc::clone(&opener), address.group, last_write),
            opener,
        })
    }

    /// Runs work in a transaction of its own that no other process's setup meets.
    pub(crate) fn setup(&self, work: &mut (dyn FnMut(&mut dyn Conn) -> Result<()> + Send)) -> Result<()> {
        // The caller may be on a thread of an asynchronous runtime, where the client refuses to block.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().name("postgres-setup".to_owned());
            thread
                .spawn_scoped(scope, || set_up(&self.opener, work))
                .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")).caused_by(e))?
                .join()
                .unwrap_or_else(|_| Err(Error::internal("the setup of the database panicked")))
        })
    }

    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        self.readers.read(Snapshot::Whole, work).await
    }

    pub(crate) async fn look_up<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        self.readers.read(Snapshot::Statement, work).await
    }

    pub(crate) async fn write<T, F>(&self, company: CompanyId, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        self.writers.write(company, work).await
    }

    pub(crate) fn queued(&self) -> Queued {
        Queued { writes: self.writers.queued(), reads: self.readers.queued() }
    }

    pub(crate) async fn close(&self) {
        let threads = [self.writers.stop(), self.readers.stop()].into_iter().flatten();
        let threads: Vec<_> = threads.collect();
        let _ = tokio::task::spawn_blocking(move || threads.into_iter().for_each(|t| drop(t.join()))).await;
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.writers.stop());
        drop(self.readers.stop());
    }
}

fn set_up(opener: &Arc<Opener>, work: &mut dyn FnMut(&mut dyn Conn) -> Result<()>) -> Result<()> {
    let mut session = Session::new(Arc::clone(opener));
    let mut conn = session.begin(SETUP)?;
    let result = check_server(&mut conn).and_then(|()| {
        catch_unwind(AssertUnwindSafe(|| work(&mut conn)))
            .unwrap_or_else(|_| Err(Error::internal("the setup of the database panicked")))
    });
    let result = result.and_then(|()| conn.link.finish());
    let ended = session.end(if result.is_ok() { "COMMIT" } else { "ROLLBACK" });
    result.and(ended)
}

fn check_server(conn: &mut dyn Conn) -> Result<()> {
    let asked = "SELECT CAST(current_setting('server_version_num') AS bigint), current_setting('server_encoding')";
    let found = one(conn, asked, &[], 2)?.unwrap_or_default();
    let (version, encoding) = (found.first().and_then(Value::int), found.get(1).and_then(Value::text));
    if version.is_none_or(|v| v < OLDEST) {
        return Err(Error::unavailable("the Postgres server is too old: use version 15 or later"));
    }
    if encoding != Some("UTF8") {
        return Err(Error::unavailable(
            "the database's encoding must be UTF8: make it with CREATE DATABASE .. ENCODING 'UTF8' TEMPLATE template0",
        ));
    }
    Ok(())
}
