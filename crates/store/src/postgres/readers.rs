//! Reads: each in one snapshot, on a thread that may block.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::JoinHandle,
};

use penstock_model::{Error, Result};
use tokio::sync::{Semaphore, oneshot};

use super::{
    session::{Opener, Session},
    worker_pool::WorkerPool,
};
use crate::{Conn, database::gone};

/// Reads that run at once, each on a connection of its own.
const READERS: usize = 16;
/// Reads that run or wait; more are refused at once.
const ROOM: usize = 1024;

/// What a read sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Snapshot {
    /// The same for all its statements.
    Whole,
    /// What is committed when its one statement runs.
    Statement,
}

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(super) struct Readers {
    pool: Arc<WorkerPool>,
    room: Semaphore,
}

impl Readers {
    pub(super) fn new(opener: Arc<Opener>) -> Self {
        Self { pool: WorkerPool::new("postgres-reader", READERS, opener), room: Semaphore::new(ROOM) }
    }

    pub(super) async fn read<T, F>(&self, snapshot: Snapshot, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        let _room = self.room.try_acquire().map_err(|_| Error::unavailable("too many reads wait"))?;
        let (answer, waiting) = oneshot::channel();
        let task = move |session: &mut Session| {
            // Nobody waits any more for a read whose request was given up.
            if answer.is_closed() {
                return;
            }
            let result = run(session, snapshot, &mut work);
            // The end of a snapshot changes nothing, so the answer does not wait for it.
            let _ = answer.send(result);
            if snapshot == Snapshot::Whole {
                let _ = session.end("COMMIT");
            }
        };
        self.pool.submit(Box::new(task))?;
        waiting.await.unwrap_or_else(|_| Err(gone()))
    }

    /// How many reads wait for a thread.
    pub(super) fn queued(&self) -> usize {
        self.pool.waiting()
    }

    /// Takes no more reads; the threads end when those that wait are done.
    pub(super) fn stop(&self) -> Vec<JoinHandle<()>> {
        self.pool.stop()
    }
}

/// Runs a read. A connection that died while it was idle is replaced without a word, and the read begins anew.
fn run<T>(session: &mut Session, snapshot: Snapshot, work: &mut impl FnMut(&mut dyn Conn) -> Result<T>) -> Result<T> {
    let begin = (snapshot == Snapshot::Whole).then_some(BEGIN);
    loop {
        let (mut conn, was_idle) = session.begin_with_first(begin)?;
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut conn)))
            .unwrap_or_else(|_| Err(Error::internal("a read panicked")));
        if !(was_idle && conn.link.is_broken()) {
            return result;
        }
        session.close();
    }
}
