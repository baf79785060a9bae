//! Leases: who may run a job, and until when.
//!
//! A row says by `due` when it may be taken: its time while it waits, the end of the lease while it runs, unset when
//! there is nothing left to do. Each time it is taken, its fencing number grows. Whoever records something names the
//! number under which the job was taken, and records nothing when that is no longer the present one, however slow it
//! or its clock is.

use penstock_model::{CompanyId, Error, Micros, Result, ValueRef, time::SECOND};
use penstock_store::{Conn, one_int};

use crate::{
    Job, Outcome,
    job::{COLUMNS, State, read},
};

/// How long a lease lasts. Every chunk renews it.
const LASTS: Micros = 30 * SECOND;
/// How often in a row a job may fail before it is given up.
const ATTEMPTS: i64 = 10;
/// The pause after the first failure; each further one doubles it.
const PAUSE: Micros = 2 * SECOND;

/// The right to run a job, as long as nobody else takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job's company.
    pub company: CompanyId,
    /// The job's number.
    pub job: i64,
    fence: i64,
}

/// Takes a job that is due, whose earlier lease, if there was one, has expired. Runs in a write closure of the company.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn claim(conn: &mut dyn Conn, company: CompanyId, id: i64, owner: &str, now: Micros) -> Result<Option<Lease>> {
    take(conn, company, id, owner, now, now)
}

/// Takes a job that somebody may hold a lease of, who then can't record anything more: for a command that is to go on
/// at once with what a process that is gone has left. Gives nothing when there is nothing left to do.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn take_over(conn: &mut dyn Conn, company: CompanyId, id: i64, owner: &str, now: Micros) -> Result<Option<Lease>> {
    take(conn, company, id, owner, now, Micros::MAX)
}

fn take(
    conn: &mut dyn Conn,
    company: CompanyId,
    id: i64,
    owner: &str,
    now: Micros,
    due_by: Micros,
) -> Result<Option<Lease>> {
    let fence = one_int(
        conn,
        "UPDATE job SET state = ?3, owner = ?4, due = ?5, fence = fence + 1 \
         WHERE company_id = ?1 AND id = ?2 AND due <= ?6 RETURNING fence",
        &[
            company.into(),
            ValueRef::Int(id),
            ValueRef::Text(State::Running.word()),
            ValueRef::Text(owner),
            ValueRef::Int(now + LASTS),
            ValueRef::Int(due_by),
        ],
    )?;
    Ok(fence.map(|fence| Lease { company, job: id, fence }))
}

impl Lease {
    /// Renews the lease and gives the job, unless somebody else has taken it or ended it. What follows in the same
    /// transaction is done under the lease: the job's row is locked.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn hold(&self, conn: &mut dyn Conn, now: Micros) -> Result<Option<Job>> {
        let text = format!(
            "UPDATE job SET due = ?4 WHERE company_id = ?1 AND id = ?2 AND fence = ?3 AND due IS NOT NULL \
             RETURNING {COLUMNS}"
        );
        let mut held = None;
        let [company, id, fence] = self.key();
        conn.query(&text, &[company, id, fence, ValueRef::Int(now + LASTS)], &mut |row| {
            held = Some(read(row));
            Ok(())
        })?;
        Ok(held)
    }

    /// Records what a chunk came to, in the transaction in which the lease is [held](Self::hold).
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn record(&self, conn: &mut dyn Conn, outcome: &Outcome, now: Micros) -> Result<()> {
        match outcome {
            Outcome::More(cursor) => {
                let [company, id, fence] = self.key();
                conn.defer(
                    "UPDATE job SET cursor = ?4, attempts = 0, error = NULL \
                     WHERE company_id = ?1 AND id = ?2 AND fence = ?3",
                    &[company, id, fence, ValueRef::Text(&cursor.to_string())],
                )
            }
            Outcome::Done => self.leave(conn, State::Done, None, 0, None, now),
            Outcome::RetryAt(moment) => self.leave(conn, State::Waiting, Some(*moment), 0, None, now),
            Outcome::Failed(error) => self.leave(conn, State::Failed, None, 1, Some(error), now),
        }
    }

    /// Records in a write of its own that a chunk failed, of which nothing stays: the job waits to be tried again, or
    /// is given up. Gives whether it is given up. When somebody else has the job by now, it stays as it is.
    pub(crate) fn fail(&self, conn: &mut dyn Conn, error: &Error, now: Micros) -> Result<bool> {
        let Some(job) = self.hold(conn, now)? else { return Ok(false) };
        let attempts = job.attempts + 1;
        let is_over = error.code.status() < 500 || attempts >= ATTEMPTS;
        if is_over {
            self.leave(conn, State::Failed, None, attempts, Some(error), now)?;
        } else {
            let pause = PAUSE << (attempts - 1);
            self.leave(conn, State::Waiting, Some(now + pause), attempts, Some(error), now)?;
        }
        Ok(is_over)
    }

    /// Lets go of the job.
    fn leave(
        &self,
        conn: &mut dyn Conn,
        state: State,
        due: Option<Micros>,
        attempts: i64,
        error: Option<&Error>,
        now: Micros,
    ) -> Result<()> {
        let [company, id, fence] = self.key();
        let optional = |time: Option<Micros>| time.map_or(ValueRef::Null, ValueRef::Int);
        conn.defer(
            "UPDATE job SET state = ?4, due = ?5, owner = NULL, attempts = ?6, error = ?7, end_time = ?8 \
             WHERE company_id = ?1 AND id = ?2 AND fence = ?3",
            &[
                company,
                id,
                fence,
                ValueRef::Text(state.word()),
                optional(due),
                ValueRef::Int(attempts),
                error.map_or(ValueRef::Null, |error| ValueRef::Text(&error.message)),
                optional((!state.is_open()).then_some(now)),
            ],
        )
    }

    fn key(&self) -> [ValueRef<'static>; 3] {
        [self.company.into(), ValueRef::Int(self.job), ValueRef::Int(self.fence)]
    }
}
