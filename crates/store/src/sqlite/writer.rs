//! The one writer thread. It gathers the writes that wait, runs each in a savepoint, commits them together, and only
//! then answers: an answered write is on disk.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use penstock_model::{Error, Result};
use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{
    checkpoint::Checkpointer,
    conn::{SqliteConn, explain},
    files::Files,
    turnstile::Turnstile,
};
use crate::{
    Conn, Faults,
    database::gone,
    group_state,
    job::{Job, Ran},
    last_write::LastWrite,
};

/// Writes that may wait; more get `Unavailable` after they waited for room.
const QUEUE: usize = 1024;
/// Writes that one commit takes at most.
const GROUP: usize = 64;
/// How long a group goes on when another process waits for its turn.
const SLICE: Duration = Duration::from_millis(10);

pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    connection: Arc<Mutex<Connection>>,
    turnstile: Arc<Turnstile>,
    faults: Arc<Faults>,
}

impl Writer {
    pub(super) fn start(
        mut connection: Connection,
        file: &Path,
        files: Arc<Files>,
        faults: Arc<Faults>,
        last_write: Arc<LastWrite>,
    ) -> Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let checkpointer = Checkpointer::start(file, &mut connection)?;
        let connection = Arc::new(Mutex::new(connection));
        let turnstile = Arc::new(Turnstile::open(file));
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn({
                let (connection, faults) = (Arc::clone(&connection), Arc::clone(&faults));
                let turnstile = Arc::clone(&turnstile);
                let state = State { faults, turnstile, files, checkpointer, last_write };
                move || write_until_closed(&connection, jobs, state)
            })
            .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")).caused_by(e))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)), connection, turnstile, faults })
    }

    /// Runs work in a transaction of its own before the queue is in use.
    pub(super) fn setup(&self, work: &mut dyn FnMut(&mut dyn Conn) -> Result<()>) -> Result<()> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let next = self.turnstile.next()?;
        connection.execute_batch("BEGIN EXCLUSIVE").map_err(explain)?;
        drop(next);
        let result = work(&mut SqliteConn::new(&connection, &self.faults));
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = connection.execute_batch(end).map_err(explain);
        result.and(ended)
    }

    pub(super) async fn send(&self, job: Box<dyn Job>) -> Result<()> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(gone)?;
        queue.send(job).await.map_err(|_| gone())
    }

    /// How many writes wait.
    pub(super) fn queued(&self) -> usize {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity())
    }

    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

/// What the writer's thread has beside the connection.
struct State {
    faults: Arc<Faults>,
    turnstile: Arc<Turnstile>,
    files: Arc<Files>,
    checkpointer: Checkpointer,
    last_write: Arc<LastWrite>,
}

fn write_until_closed(connection: &Mutex<Connection>, mut jobs: mpsc::Receiver<Box<dyn Job>>, mut state: State) {
    while let Some(first) = jobs.blocking_recv() {
        let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut group = Vec::new();
        let committed = commit_group(&connection, first, &mut group, &mut jobs, &state);
        if let Err(e) = &committed {
            tracing::error!(error = %e.chain(), writes = group.len(), "a group of writes failed");
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("ROLLBACK");
            }
        }
        state.last_write.note_group(&group, &committed);
        for ran in group {
            ran.answer(&committed);
        }
        drop(connection);
        match committed {
            Ok(()) => state.checkpointer.committed(),
            // Perhaps the disk is full: what the log takes of it is free again when it is copied.
            Err(_) => state.checkpointer.catch_up(),
        }
    }
    let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let _next = state.turnstile.next();
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Runs a write and those who arrive meanwhile; after a while only if no other process waits. An error means that nothing of the group is kept.
fn commit_group(
    connection: &Connection,
    first: Box<dyn Job>,
    group: &mut Vec<Ran>,
    jobs: &mut mpsc::Receiver<Box<dyn Job>>,
    state: &State,
) -> Result<()> {
    let run = |sql: &str| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(explain);
    let mut conn = SqliteConn::new(connection, &state.faults);
    let begun = state.files.check().and_then(|()| {
        let _next = state.turnstile.next()?;
        run("BEGIN IMMEDIATE")
    });
    let since = Instant::now();
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let found = conn.group_state.clone();
        let ran = begun.clone().and_then(|_| run("SAVEPOINT one")).and_then(|_| job.run(&mut conn));
        let is_awaited = || since.elapsed() > SLICE && state.turnstile.is_awaited();
        if begun.is_ok() && group.len() + 1 < GROUP && !is_awaited() {
            next = jobs.try_recv().ok();
        }
        // The group's state is written with the last: if that fails, it is the last one that failed.
        let outcome = ran.and_then(|()| if next.is_none() { group_state::flush(&mut conn) } else { Ok(()) });
        let failure = outcome.clone().err();
        group.push(Ran { job, outcome });
        begun.clone()?;
        let goes_on = if connection.is_autocommit() {
            // The engine gave up the whole transaction (full disk): earlier writes of the group went with it.
            Err(failure.unwrap_or_else(|| Error::unavailable("the disk is full")))
        } else if failure.is_some() {
            conn.group_state = found;
            run("ROLLBACK TO one").and_then(|_| run("RELEASE one"))
        } else {
            run("RELEASE one")
        };
        if let Err(e) = goes_on {
            group.extend(next.map(|job| Ran { job, outcome: Err(e.clone()) }));
            return Err(e);
        }
    }
    group_state::flush(&mut conn)?;
    run("COMMIT")?;
    // What went into a file that was taken away meanwhile is not kept where anyone will look for it.
    state.files.check()
}
