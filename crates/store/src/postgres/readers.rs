//! Reads: each in one snapshot, on a thread that may block. Companies take turns: whose a read is shows when its token is
//! looked up, so it begins, and one that has to wait for its turn then ends at once and begins anew when that has come.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::JoinHandle,
};

use penstock_model::{CompanyId, Error, Result};
use tokio::sync::{Semaphore, oneshot};

use super::{
    session::{Opener, Session},
    worker_pool::WorkerPool,
};
use crate::{
    Conn,
    database::gone,
    turns::{Turn, Turns},
};

/// Reads of companies that run at once, each on a connection of its own.
const TURNS: usize = 20;
/// What a company may run for each that it leaves to the others.
const SHARE: usize = 3;
/// The connections: there are always some left on which is found whose a read is.
const READERS: usize = TURNS + 2;
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
    turns: Arc<Turns>,
}

/// A read's turn, as far as it has one.
pub(super) struct Admission {
    turns: Arc<Turns>,
    turn: Option<Turn>,
    /// The company that has to wait for one.
    waits: Option<CompanyId>,
}

impl Admission {
    /// Takes a turn of the company, if none is held.
    pub(super) fn of_company(&mut self, company: CompanyId) -> Result<()> {
        if self.turn.is_some() {
            return Ok(());
        }
        self.turn = self.turns.try_take(company);
        if self.turn.is_some() {
            return Ok(());
        }
        self.waits = Some(company);
        Err(Error::unavailable("the company's other reads come first"))
    }
}

/// What became of a read.
enum Ran<T, F> {
    Done(Result<T>),
    /// It has to wait for a turn of the company.
    Waits(CompanyId, F),
}

impl Readers {
    pub(super) fn new(opener: Arc<Opener>) -> Self {
        let pool = WorkerPool::new("postgres-reader", READERS, opener);
        Self { pool, room: Semaphore::new(ROOM), turns: Turns::new(TURNS, SHARE) }
    }

    pub(super) async fn read<T, F>(&self, snapshot: Snapshot, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        let mut turn = None;
        loop {
            match self.try_read(snapshot, turn, work).await? {
                Ran::Done(result) => return result,
                Ran::Waits(company, again) => {
                    turn = Some(self.turns.take(company).await?);
                    work = again;
                }
            }
        }
    }

    async fn try_read<T, F>(&self, snapshot: Snapshot, turn: Option<Turn>, mut work: F) -> Result<Ran<T, F>>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        let _room = self.room.try_acquire().map_err(|_| Error::unavailable("too many reads wait"))?;
        let (answer, waiting) = oneshot::channel();
        let mut admission = Admission { turns: Arc::clone(&self.turns), turn, waits: None };
        let task = move |session: &mut Session| {
            // Nobody waits any more for a read whose request was given up.
            if answer.is_closed() {
                return;
            }
            let result = run(session, snapshot, &mut admission, &mut work);
            let ran = admission.waits.take().map_or(Ran::Done(result), |company| Ran::Waits(company, work));
            // The end of a snapshot changes nothing, so the answer does not wait for it.
            let _ = answer.send(ran);
            if snapshot == Snapshot::Whole {
                let _ = session.end("COMMIT");
            }
        };
        self.pool.submit(Box::new(task))?;
        waiting.await.map_err(|_| gone())
    }

    /// How many reads wait for a thread or for a turn.
    pub(super) fn queued(&self) -> usize {
        self.pool.waiting() + self.turns.waiting()
    }

    /// Takes no more reads; the threads end when those that wait are done.
    pub(super) fn stop(&self) -> Vec<JoinHandle<()>> {
        self.turns.close();
        self.pool.stop()
    }
}

/// Runs a read. A connection that died while it was idle is replaced without a word, and the read begins anew.
fn run<T>(
    session: &mut Session,
    snapshot: Snapshot,
    admission: &mut Admission,
    work: &mut impl FnMut(&mut dyn Conn) -> Result<T>,
) -> Result<T> {
    let begin = (snapshot == Snapshot::Whole).then_some(BEGIN);
    loop {
        let (mut conn, was_idle) = session.begin_with_first(begin)?;
        // A single statement is short, and may be what finds whose the request is.
        conn.admission = (snapshot == Snapshot::Whole).then_some(&mut *admission);
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut conn)))
            .unwrap_or_else(|_| Err(Error::internal("a read panicked")));
        if !(was_idle && conn.link.is_broken()) {
            return result;
        }
        session.close();
    }
}
