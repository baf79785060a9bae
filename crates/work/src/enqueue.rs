//! New jobs, in the transaction of what makes them necessary.

use penstock_model::{CompanyId, Error, Micros, Result, ValueRef};
use penstock_store::{Conn, one_int};
use serde_json::Value as Json;

use crate::{Lease, job::State, take_over};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The company whose rows change; 0 is the server itself.
    pub company: CompanyId,
    /// What kind of work it is.
    pub kind: &'a str,
    /// What the work is about.
    pub payload: &'a Json,
    /// When it may begin, by everyone's clock.
    pub run_at: Micros,
}

/// Enqueues a job and gives its number. Runs in a write closure of the company.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn enqueue(conn: &mut dyn Conn, new: &New<'_>, now: Micros) -> Result<i64> {
    let id = next(conn, new.company)?;
    insert(conn, new, id, now).map(|()| id)
}

/// Enqueues a job and takes it at once, for whoever goes on with it as soon as the transaction is committed.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn begin(conn: &mut dyn Conn, new: &New<'_>, owner: &str, now: Micros) -> Result<Lease> {
    let id = enqueue(conn, new, now)?;
    let lease = take_over(conn, new.company, id, owner, now)?;
    lease.ok_or_else(|| Error::internal("a new job can't be taken"))
}

/// As [`enqueue`], unless a job of that kind waits or runs in the company already. Gives the number of the new one.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn enqueue_unless_open(conn: &mut dyn Conn, new: &New<'_>, now: Micros) -> Result<Option<i64>> {
    // The counter first: it is a lock where the company has no row, so that of two that ask at once the second finds
    // what the first has enqueued.
    let id = next(conn, new.company)?;
    let text = "SELECT id FROM job WHERE company_id = ?1 AND kind = ?2 AND due IS NOT NULL LIMIT 1";
    if one_int(conn, text, &[new.company.into(), ValueRef::Text(new.kind)])?.is_some() {
        return Ok(None);
    }
    insert(conn, new, id, now).map(|()| Some(id))
}

/// Ends a job that nobody wants any more. Whoever runs it can't record anything from now on.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn cancel(conn: &mut dyn Conn, company: CompanyId, id: i64, now: Micros) -> Result<()> {
    conn.defer(
        "UPDATE job SET state = ?3, due = NULL, owner = NULL, end_time = ?4, fence = fence + 1 \
         WHERE company_id = ?1 AND id = ?2 AND due IS NOT NULL",
        &[company.into(), ValueRef::Int(id), ValueRef::Text(State::Cancelled.word()), ValueRef::Int(now)],
    )
}

fn insert(conn: &mut dyn Conn, new: &New<'_>, id: i64, now: Micros) -> Result<()> {
    conn.defer(
        "INSERT INTO job (company_id, id, kind, payload, state, due, fence, attempts, add_time) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)",
        &[
            new.company.into(),
            ValueRef::Int(id),
            ValueRef::Text(new.kind),
            ValueRef::Text(&new.payload.to_string()),
            ValueRef::Text(State::Waiting.word()),
            ValueRef::Int(new.run_at),
            ValueRef::Int(now),
        ],
    )
}

/// The next number of a company's jobs.
fn next(conn: &mut dyn Conn, company: CompanyId) -> Result<i64> {
    let next = "INSERT INTO counter (company_id, name, last) VALUES (?1, 'job', 1) \
                ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last";
    Ok(one_int(conn, next, &[company.into()])?.unwrap_or(1))
}
