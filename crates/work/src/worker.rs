//! One who runs jobs: takes them, does their chunks, and waits for those that others run.

use std::{sync::Arc, time::Duration};

use penstock_model::{Clock, Code, CompanyId, Error, Result};
use penstock_store::{Conn, Database};

use crate::{Lease, Outcome, State, Step, find, lease};

/// How long is waited before somebody else's job is looked at again.
const LOOK: Duration = Duration::from_millis(100);

/// Runs jobs. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    database: Database,
    clock: Arc<dyn Clock>,
    owner: Arc<str>,
}

/// What became of a chunk.
#[derive(Clone, Debug)]
pub enum Ran {
    /// It is written, and there is more to do.
    More,
    /// It is written, and was the last one.
    Done,
    /// The job waits for another time.
    Later,
    /// It failed and will be tried again.
    Again(Error),
    /// It failed, and the job is given up.
    Failed(Error),
    /// Somebody else has the job now, or has ended it. Nothing was written.
    Lost,
}

impl Worker {
    /// One who runs jobs over a database, by everyone's clock. `owner` is in the rows of the jobs that it runs.
    #[must_use]
    pub fn new(database: Database, clock: Arc<dyn Clock>, owner: &str) -> Self {
        Self { database, clock, owner: owner.into() }
    }

    /// The records.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Everyone's time.
    #[must_use]
    pub fn now(&self) -> penstock_model::Micros {
        self.clock.now()
    }

    /// Takes a job that is due, in a write of its own; see [`lease::claim`].
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub async fn claim(&self, company: CompanyId, id: i64) -> Result<Option<Lease>> {
        let (owner, now) = (Arc::clone(&self.owner), self.now());
        self.database.write(company, move |conn| lease::claim(conn, company, id, &owner, now)).await
    }

    /// Takes a job whoever holds it, in a write of its own; see [`lease::take_over`].
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub async fn take_over(&self, company: CompanyId, id: i64) -> Result<Option<Lease>> {
        let (owner, now) = (Arc::clone(&self.owner), self.now());
        self.database.write(company, move |conn| lease::take_over(conn, company, id, &owner, now)).await
    }

    /// Does one chunk of a job. The rows and the job's cursor are committed together.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't even record what became of it: the lease expires, and somebody goes on.
    pub async fn chunk(&self, lease: &Lease, step: &Arc<dyn Step>) -> Result<Ran> {
        let now = self.now();
        let (held, doing) = (lease.clone(), Arc::clone(step));
        let done = self.database.write(lease.company, move |conn| chunk(conn, &held, &*doing, now)).await;
        let error = match done {
            Ok(None) => return Ok(Ran::Lost),
            Ok(Some(Outcome::More(_))) => return Ok(Ran::More),
            Ok(Some(Outcome::Done)) => return Ok(Ran::Done),
            Ok(Some(Outcome::RetryAt(_))) => return Ok(Ran::Later),
            Ok(Some(Outcome::Failed(error))) => return Ok(Ran::Failed(error)),
            Err(error) => error,
        };
        let (held, why, now) = (lease.clone(), error.clone(), self.now());
        let is_over = self.database.write(lease.company, move |conn| held.fail(conn, &why, now)).await?;
        Ok(if is_over { Ran::Failed(error) } else { Ran::Again(error) })
    }

    /// Does chunks of a job until it stops, and gives why; never [`Ran::More`].
    ///
    /// # Errors
    /// As [`Worker::chunk`].
    pub async fn run(&self, lease: &Lease, step: &Arc<dyn Step>) -> Result<Ran> {
        loop {
            match self.chunk(lease, step).await? {
                Ran::More => {}
                end => return Ok(end),
            }
        }
    }

    /// Sees to it that a job is done: runs it, or waits while somebody else does.
    ///
    /// # Errors
    /// Why it can't be done, or could not be done now: in the latter case somebody tries again later.
    pub async fn finish(&self, company: CompanyId, id: i64, step: &Arc<dyn Step>) -> Result<()> {
        let lease = self.claim(company, id).await?;
        self.finish_from(company, id, lease, step).await
    }

    /// As [`Worker::finish`], of a job that has been taken already.
    ///
    /// # Errors
    /// As [`Worker::finish`].
    pub async fn finish_held(&self, lease: Lease, step: &Arc<dyn Step>) -> Result<()> {
        self.finish_from(lease.company, lease.job, Some(lease), step).await
    }

    async fn finish_from(
        &self,
        company: CompanyId,
        id: i64,
        mut held: Option<Lease>,
        step: &Arc<dyn Step>,
    ) -> Result<()> {
        loop {
            if let Some(lease) = held {
                match self.run(&lease, step).await? {
                    Ran::Done => return Ok(()),
                    Ran::Failed(error) | Ran::Again(error) => return Err(error),
                    Ran::More | Ran::Later | Ran::Lost => {}
                }
            }
            let Some(job) = self.database.read(move |conn| find(conn, company, id)).await? else { return Ok(()) };
            match job.state {
                State::Done => return Ok(()),
                State::Waiting | State::Running => tokio::time::sleep(LOOK).await,
                State::Failed | State::Cancelled => {
                    let why = job.error.as_deref().unwrap_or("it was cancelled").to_owned();
                    return Err(Error::new(Code::Conflict, why));
                }
            }
            held = self.claim(company, id).await?;
        }
    }
}

/// A chunk in its transaction; nothing when somebody else has the job.
fn chunk(conn: &mut dyn Conn, lease: &Lease, step: &dyn Step, now: penstock_model::Micros) -> Result<Option<Outcome>> {
    let Some(job) = lease.hold(conn, now)? else { return Ok(None) };
    let outcome = step.run(conn, &job)?;
    lease.record(conn, &outcome, now)?;
    Ok(Some(outcome))
}
