//! Writes: those of one company one after the other, those of different companies side by side. What waits for the
//! same company is gathered, each write in a savepoint, committed together, and only then answered.

use std::{
    collections::{HashMap, VecDeque, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use penstock_model::{CompanyId, Error, Result};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::{
    conn::PostgresConn,
    session::{Opener, Session},
    worker_pool::{Task, WorkerPool},
};
use crate::{
    Conn,
    database::gone,
    group_state,
    job::{Job, Ran, Waiting},
    last_write::LastWrite,
};

/// Companies that are written to at once, each on a connection of its own.
const WRITERS: usize = 8;
/// Writes that may wait; more wait for room.
const ROOM: usize = 1024;
/// Writes that one commit takes at most. A server process remembers as many savepoints; with more, every reader has
/// to look them up elsewhere (`PGPROC_MAX_CACHED_SUBXIDS`).
pub(super) const GROUP: usize = 64;

pub(super) struct Writers {
    pool: Arc<WorkerPool>,
    room: Arc<Semaphore>,
    group: usize,
    last_write: Arc<LastWrite>,
    /// The writes that wait, by company. A company is here while a task for it waits or runs, so there is never a
    /// second one.
    queues: Mutex<HashMap<CompanyId, VecDeque<Queued>>>,
}

struct Queued {
    job: Box<dyn Job>,
    _room: OwnedSemaphorePermit,
}

impl Writers {
    pub(super) fn new(opener: Arc<Opener>, group: usize, last_write: Arc<LastWrite>) -> Arc<Self> {
        Arc::new(Self {
            pool: WorkerPool::new("postgres-writer", WRITERS, opener),
            room: Arc::new(Semaphore::new(ROOM)),
            group,
            last_write,
            queues: Mutex::default(),
        })
    }

    pub(super) async fn write<T, F>(self: &Arc<Self>, company: CompanyId, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| gone())?;
        let (answer, waiting) = oneshot::channel();
        self.push(company, Queued { job: Box::new(Waiting::new(work, answer)), _room: room })?;
        waiting.await.unwrap_or_else(|_| Err(gone()))
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<CompanyId, VecDeque<Queued>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many writes wait.
    pub(super) fn queued(&self) -> usize {
        self.queues().values().map(VecDeque::len).sum()
    }

    fn push(self: &Arc<Self>, company: CompanyId, write: Queued) -> Result<()> {
        let mut queues = self.queues();
        match queues.entry(company) {
            Entry::Occupied(mut queue) => queue.get_mut().push_back(write),
            Entry::Vacant(place) => {
                self.pool.submit(self.task(company))?;
                place.insert(VecDeque::from([write]));
            }
        }
        Ok(())
    }

    fn pop(&self, company: CompanyId) -> Option<Box<dyn Job>> {
        self.queues().get_mut(&company).and_then(VecDeque::pop_front).map(|write| write.job)
    }

    fn task(self: &Arc<Self>, company: CompanyId) -> Task {
        let writers = Arc::clone(self);
        Box::new(move |session| writers.run(company, session))
    }

    /// Runs one group of a company. If more wait then, the company goes behind the others that wait.
    fn run(self: &Arc<Self>, company: CompanyId, session: &mut Session) {
        let mut group = Vec::new();
        let committed = self.commit_group(company, session, &mut group);
        if let Err(e) = &committed {
            tracing::error!(error = %e, company = company.get(), writes = group.len(), "a group of writes failed");
        }
        self.last_write.note_group(&group, &committed);
        for ran in group {
            ran.answer(&committed);
        }
        let mut queues = self.queues();
        if queues.get(&company).is_some_and(VecDeque::is_empty) {
            queues.remove(&company);
        } else {
            drop(queues);
            self.pool.resubmit(self.task(company));
        }
    }

    /// Runs what waits and those who arrive meanwhile. An error means that nothing of the group is kept, or, when
    /// the connection broke during the commit, that nobody knows.
    fn commit_group(&self, company: CompanyId, session: &mut Session, group: &mut Vec<Ran>) -> Result<()> {
        // One round trip. Rules must see what the company's last writer committed, so each statement takes a new
        // snapshot; a company that is being made has no row to lock yet.
        let begin = format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; \
             SELECT id FROM company WHERE id = {company} FOR UPDATE; SAVEPOINT one"
        );
        let mut conn = match session.begin(&begin) {
            Ok(conn) => conn,
            Err(e) => {
                // Those who wait for this company would only meet the same, one after the other.
                let refused = std::iter::from_fn(|| self.pop(company)).take(self.group);
                group.extend(refused.map(|job| Ran { job, outcome: Err(e.clone()) }));
                return Err(e);
            }
        };
        // The group's state, as the write before found it.
        let mut before = None;
        let mut next = self.pop(company);
        while let Some(mut job) = next {
            let found = conn.group_state.clone();
            let ran = job.run(&mut conn);
            next = if group.len() + 1 < self.group { self.pop(company) } else { None };
            // A write that went on after a failed statement can't be kept, whatever it says itself.
            let outcome = ran.and_then(|()| match &next {
                Some(_) => conn.link.next_write("RELEASE SAVEPOINT one; SAVEPOINT one"),
                None => end(&mut conn),
            });
            let done = outcome.is_ok();
            group.push(Ran { job, outcome });
            if !done {
                conn.link.finish_earlier();
                conn.group_state = found.clone();
            }
            if let (Some(e), [.., earlier, _]) = (conn.link.earlier_failure(), &mut group[..]) {
                // Both are behind the savepoint that is rolled back to.
                earlier.outcome = Err(e);
                conn.group_state = before;
            }
            before = found;
            let kept = group.iter().any(|write| write.outcome.is_ok());
            let goes_on = match (done, next.is_some()) {
                _ if conn.link.is_broken() => conn.link.finish(),
                (false, true) => conn.link.frame("ROLLBACK TO SAVEPOINT one"),
                (true, false) => return commit(session, "COMMIT"),
                (false, false) if kept => {
                    conn.link.frame("ROLLBACK TO SAVEPOINT one").and_then(|()| end(&mut conn))?;
                    return commit(session, "COMMIT");
                }
                (true, true) | (false, false) => Ok(()),
            };
            if let Err(e) = goes_on {
                group.extend(next.map(|job| Ran { job, outcome: Err(e.clone()) }));
                return Err(e);
            }
        }
        session.end("ROLLBACK")
    }

    /// Takes no more writes; the threads end when those that wait are durable.
    pub(super) fn stop(&self) -> Vec<JoinHandle<()>> {
        self.room.close();
        self.pool.stop()
    }
}

/// Sends what is left to be sent before the commit, and waits for it.
fn end(conn: &mut PostgresConn<'_>) -> Result<()> {
    group_state::flush(conn)?;
    conn.link.finish()
}

fn commit(session: &mut Session, frame: &str) -> Result<()> {
    session.end(frame).map_err(|e| {
        if session.is_open() {
            return e;
        }
        Error::unavailable("the connection to the database broke during the commit: the change may be kept or not")
    })
}
