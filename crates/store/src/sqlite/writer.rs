//! The one writer thread. It gathers the writes that wait, runs each in a savepoint, commits them together, and only
//! then answers: an answered write is on disk.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

use penstock_model::{Error, Result};
use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{
    checkpoint::Checkpointer,
    conn::{SqliteConn, explain},
};
use crate::{Conn, Faults, carry, database::gone, job::Job};

/// Writes that may wait; more get `Unavailable` after they waited for room.
const QUEUE: usize = 1024;
/// Writes that one commit takes at most.
const GROUP: usize = 64;

pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    connection: Arc<Mutex<Connection>>,
    faults: Arc<Faults>,
}

impl Writer {
    pub(super) fn start(connection: Connection, file: &Path, faults: Arc<Faults>) -> Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let connection = Arc::new(Mutex::new(connection));
        let checkpointer = Checkpointer::start(file)?;
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn({
                let (connection, faults) = (Arc::clone(&connection), Arc::clone(&faults));
                move || write_until_closed(&connection, jobs, &faults, &checkpointer)
            })
            .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)), connection, faults })
    }

    /// Runs work in a transaction of its own before the queue is in use.
    pub(super) fn setup(&self, work: &mut dyn FnMut(&mut dyn Conn) -> Result<()>) -> Result<()> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.execute_batch("BEGIN EXCLUSIVE").map_err(explain)?;
        let result = work(&mut SqliteConn::new(&connection, &self.faults));
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = connection.execute_batch(end).map_err(explain);
        result.and(ended)
    }

    pub(super) async fn send(&self, job: Box<dyn Job>) -> Result<()> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(gone)?;
        queue.send(job).await.map_err(|_| gone())
    }

    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn write_until_closed(
    connection: &Mutex<Connection>,
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    faults: &Arc<Faults>,
    checkpointer: &Checkpointer,
) {
    while let Some(first) = jobs.blocking_recv() {
        let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut group = vec![first];
        let committed = commit_group(&connection, &mut group, &mut jobs, faults);
        if let Err(e) = &committed {
            tracing::error!(error = %e, writes = group.len(), "a group of writes failed");
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("ROLLBACK");
            }
        }
        for job in group {
            job.answer(committed.clone());
        }
        checkpointer.wake();
    }
    let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Runs the group and those who arrive meanwhile. An error means that nothing of the group is kept.
fn commit_group(
    connection: &Connection,
    group: &mut Vec<Box<dyn Job>>,
    jobs: &mut mpsc::Receiver<Box<dyn Job>>,
    faults: &Arc<Faults>,
) -> Result<()> {
    let run = |sql: &str| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(explain);
    run("BEGIN IMMEDIATE")?;
    let mut conn = SqliteConn::new(connection, faults);
    let mut next = 0;
    while next < group.len() {
        run("SAVEPOINT one")?;
        let found = conn.carried.clone();
        let outcome = group[next].run(&mut conn);
        if connection.is_autocommit() {
            // The engine gave up the whole transaction (full disk): earlier writes of the group went with it.
            return Err(outcome.err().unwrap_or_else(|| Error::unavailable("the disk is full")));
        }
        if outcome.is_err() {
            run("ROLLBACK TO one")?;
            conn.carried = found;
        }
        run("RELEASE one")?;
        next += 1;
        if next == group.len()
            && group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
    }
    carry::settle(&mut conn)?;
    run("COMMIT")?;
    Ok(())
}
