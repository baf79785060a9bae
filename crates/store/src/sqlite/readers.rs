//! Reads: inline on the caller's thread under a limit of work, and on a thread that may block when they exceed it. Of those
//! only a few run at once, and companies take turns.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread::available_parallelism,
};

use penstock_model::{CompanyId, Error, Result};
use rusqlite::Connection;

use super::{
    conn::{SqliteConn, explain, open_reader},
    files::Files,
};
use crate::{Conn, Faults, database::gone, turns::Turns};

/// Virtual-machine instructions between two looks at the limit.
const LOOK_EVERY: i32 = 10_000;
/// Looks until an inline read is moved off the caller's thread: some five milliseconds of work.
const INLINE_LOOKS: u32 = 40;
/// Looks until a read is given up: tens of seconds of work.
const PATIENT_LOOKS: u32 = 400_000;
/// Looks of an inline read whose company has long reads that wait: most reads need fewer, and a long one is not begun for
/// nothing.
const HASTY_LOOKS: u32 = 4;
/// Reads that run on threads of their own at once, for each processor. A company leaves half of them to the others, so
/// that its own keep no more than all processors busy.
const PATIENT_READS: usize = 2;
/// What a company may run for each that it leaves to the others.
const SHARE: usize = 1;

/// A read connection with the work that it may still do.
struct Reader {
    connection: Connection,
    /// Looks left; at 0 the running statement is interrupted.
    left: Arc<AtomicU32>,
}

/// How a read went.
struct Ran<T> {
    result: Result<T>,
    /// Whether it ran into the limit.
    exceeded: bool,
    company: CompanyId,
}

impl Reader {
    /// Interrupts statements when no looks are left, or when the read is given up.
    fn watch(&mut self, given_up: Option<Arc<AtomicBool>>) -> Result<()> {
        let left = Arc::clone(&self.left);
        let none_left = move || left.fetch_sub(1, Ordering::Relaxed) <= 1;
        let watched = match given_up {
            None => self.connection.progress_handler(LOOK_EVERY, Some(none_left)),
            Some(given_up) => {
                let look = move || given_up.load(Ordering::Relaxed) || none_left();
                self.connection.progress_handler(LOOK_EVERY, Some(look))
            }
        };
        watched.map_err(explain)
    }
}

/// The idle read connections.
pub(super) struct Readers {
    file: PathBuf,
    files: Arc<Files>,
    faults: Arc<Faults>,
    idle: Mutex<Vec<Reader>>,
    patient: Arc<Turns>,
    closed: AtomicBool,
}

impl Readers {
    pub(super) fn new(file: &Path, files: Arc<Files>, faults: Arc<Faults>) -> Self {
        Self {
            file: file.to_owned(),
            files,
            faults,
            idle: Mutex::new(Vec::new()),
            patient: Turns::new(PATIENT_READS * available_parallelism().map_or(2, |n| n.get().max(2)), SHARE),
            closed: AtomicBool::new(false),
        }
    }

    /// How many reads wait for a thread.
    pub(super) fn queued(&self) -> usize {
        self.patient.waiting()
    }

    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.patient.close();
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
        let mut reader = Reader { connection: open_reader(&self.file)?, left: Arc::default() };
        reader.watch(None)?;
        // Another file may be at the path by now, whose records are not those of the other connections.
        self.files.check()?;
        Ok(reader)
    }

    fn give_back(&self, reader: Reader) {
        if !self.closed.load(Ordering::SeqCst) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
    }

    /// Runs the read once in a snapshot, inline.
    fn run_inline<T>(&self, work: &mut dyn FnMut(&mut dyn Conn) -> Result<T>) -> Ran<T> {
        match self.take() {
            Ok(reader) => self.run(reader, INLINE_LOOKS, work),
            Err(e) => Ran { result: Err(e), exceeded: false, company: CompanyId::SERVER },
        }
    }

    /// Runs the read once in a snapshot, until it ends or is given up.
    fn run_patiently<T>(
        &self,
        given_up: &Arc<AtomicBool>,
        work: &mut dyn FnMut(&mut dyn Conn) -> Result<T>,
    ) -> Result<T> {
        let mut reader = self.take()?;
        reader.watch(Some(Arc::clone(given_up)))?;
        self.run(reader, PATIENT_LOOKS, work).result
    }

    fn run<T>(&self, mut reader: Reader, looks: u32, work: &mut dyn FnMut(&mut dyn Conn) -> Result<T>) -> Ran<T> {
        reader.left.store(looks, Ordering::Relaxed);
        let connection = &reader.connection;
        let run = |sql| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(explain);
        let mut company = CompanyId::SERVER;
        let result = run("BEGIN").and_then(|_| {
            let mut conn = SqliteConn::new(connection, &self.faults);
            let hurry = |company| {
                if self.patient.has_waiting(company) {
                    reader.left.fetch_min(HASTY_LOOKS, Ordering::Relaxed);
                }
            };
            if looks == INLINE_LOOKS {
                conn.is_of = Some(&hurry);
            }
            let result = catch_unwind(AssertUnwindSafe(|| work(&mut conn)))
                .unwrap_or_else(|_| Err(Error::internal("a read panicked")));
            company = conn.company;
            result
        });
        let left = reader.left.load(Ordering::Relaxed);
        let exceeded = left == 0 || left > looks;
        reader.left.store(u32::MAX, Ordering::Relaxed);
        let watched = if looks == INLINE_LOOKS { Ok(()) } else { reader.watch(None) };
        let connection = &reader.connection;
        let run = |sql| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(explain);
        let ended = run("COMMIT").or_else(|_| run("ROLLBACK"));
        if watched.and(ended.map(drop)).is_ok() {
            self.give_back(reader);
        }
        Ran { result, exceeded, company }
    }
}

/// Says that nobody waits for a read any more, when it is dropped.
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a read inline, and again on a thread that may block when it takes too long.
pub(super) async fn read<T, F>(readers: &Arc<Readers>, mut work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
{
    let Ran { result, exceeded, company } = readers.run_inline(&mut work);
    if !exceeded || result.is_ok() {
        return result;
    }
    let turn = readers.patient.take(company).await?;
    let (pool, nobody) = (Arc::clone(readers), Arc::<AtomicBool>::default());
    let _given_up = GivenUp(Arc::clone(&nobody));
    let patient = move || {
        let result = pool.run_patiently(&nobody, &mut work);
        // Whoever waited may be gone, the turn is in use until now.
        drop(turn);
        result
    };
    tokio::task::spawn_blocking(patient).await.unwrap_or_else(|_| Err(gone()))
}
