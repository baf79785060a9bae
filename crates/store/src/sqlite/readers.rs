//! Reads: inline on the caller's thread under a limit of work, and on a thread that may block when they exceed it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
    },
};

use penstock_model::{Error, Result};
use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::conn::{SqliteConn, explain, open_reader};
use crate::{Conn, Faults, database::gone};

/// Virtual-machine instructions between two looks at the limit.
const LOOK_EVERY: i32 = 10_000;
/// Looks until an inline read is moved off the caller's thread: some five milliseconds of work.
const INLINE_LOOKS: u32 = 40;
/// Looks until a read is given up: tens of seconds of work.
const PATIENT_LOOKS: u32 = 400_000;
/// Reads that run on threads of their own at once.
const PATIENT_READS: usize = 4;

/// A read connection with the work that it may still do.
struct Reader {
    connection: Connection,
    /// Looks left; at 0 the running statement is interrupted.
    left: Arc<AtomicU32>,
}

/// The idle read connections.
pub(super) struct Readers {
    file: PathBuf,
    faults: Arc<Faults>,
    idle: Mutex<Vec<Reader>>,
    patient: Semaphore,
    waiting: AtomicUsize,
    closed: AtomicBool,
}

/// Counts a read that waits, for as long as it lives.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Readers {
    pub(super) fn new(file: &Path, faults: Arc<Faults>) -> Self {
        Self {
            file: file.to_owned(),
            faults,
            idle: Mutex::new(Vec::new()),
            patient: Semaphore::new(PATIENT_READS),
            waiting: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        }
    }

    /// How many reads wait for a thread.
    pub(super) fn queued(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn take(&self) -> Result<Reader> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(gone());
        }
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(reader) = idle {
            return Ok(reader);
        }
        let mut connection = open_reader(&self.file)?;
        let left = Arc::new(AtomicU32::new(0));
        let watched = Arc::clone(&left);
        let look = move || watched.fetch_sub(1, Ordering::Relaxed) <= 1;
        connection.progress_handler(LOOK_EVERY, Some(look)).map_err(explain)?;
        Ok(Reader { connection, left })
    }

    fn give_back(&self, reader: Reader) {
        if !self.closed.load(Ordering::SeqCst) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
    }

    /// Runs the read once in a snapshot. The second value says whether it ran into the limit.
    fn run<T>(&self, looks: u32, work: &mut dyn FnMut(&mut dyn Conn) -> Result<T>) -> (Result<T>, bool) {
        let reader = match self.take() {
            Ok(reader) => reader,
            Err(e) => return (Err(e), false),
        };
        reader.left.store(looks, Ordering::Relaxed);
        let connection = &reader.connection;
        let run = |sql| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(explain);
        let result = run("BEGIN").and_then(|_| {
            let mut conn = SqliteConn::new(connection, &self.faults);
            catch_unwind(AssertUnwindSafe(|| work(&mut conn)))
                .unwrap_or_else(|_| Err(Error::internal("a read panicked")))
        });
        let left = reader.left.load(Ordering::Relaxed);
        let exceeded = left == 0 || left > looks;
        reader.left.store(u32::MAX, Ordering::Relaxed);
        let ended = run("COMMIT").or_else(|_| run("ROLLBACK"));
        if ended.is_ok() {
            self.give_back(reader);
        }
        (result, exceeded)
    }
}

/// Runs a read inline, and again on a thread that may block when it takes too long.
pub(super) async fn read<T, F>(readers: &Arc<Readers>, mut work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
{
    let (result, exceeded) = readers.run(INLINE_LOOKS, &mut work);
    if !exceeded || result.is_ok() {
        return result;
    }
    let readers = Arc::clone(readers);
    let waits = Waits::begin(&readers.waiting);
    let _permit = readers.patient.acquire().await.map_err(|_| gone())?;
    drop(waits);
    let pool = Arc::clone(&readers);
    tokio::task::spawn_blocking(move || pool.run(PATIENT_LOOKS, &mut work).0).await.unwrap_or_else(|_| Err(gone()))
}
