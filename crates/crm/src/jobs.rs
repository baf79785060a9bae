//! The jobs of the CRM: what changes more rows than one write may, and goes on by itself when it is interrupted.

use std::sync::Arc;

use penstock_model::{Access, CompanyId, Micros, Object, Result, UserId, objects, time::SECOND};
use penstock_store::{Conn, one_int};
use penstock_work::{Job, Lease, New, Outcome, Schedule, Step, Worker, enqueue_unless_open};
use serde_json::{Value as Json, json};

use crate::{Crm, delete, purge, rules::company::root};

/// Takes what was deleted long ago away for good.
const PURGE: &str = "purge";
/// Finishes the deletion of a record on which many others hang.
const DELETION: &str = "deletion";

/// How long the look for companies that have something to purge rests. Nobody can tell whether a record that can't be
/// read any more is gone an hour sooner.
const HOUR: Micros = 3600 * SECOND;

/// Looks for the companies that have something to purge.
pub const PURGES: Schedule = Schedule { name: "purges", kind: PURGE, every: HOUR, find: purge::due };

/// How each kind of job is done.
#[must_use]
pub fn steps(crm: &Crm) -> Vec<(&'static str, Arc<dyn Step>)> {
    let (purger, deleter) = (crm.clone(), crm.clone());
    vec![
        (PURGE, Arc::new(move |conn: &mut dyn Conn, job: &Job| purged(&purger, conn, job))),
        (DELETION, Arc::new(move |conn: &mut dyn Conn, job: &Job| deleted(&deleter, conn, job))),
    ]
}

/// Runs the jobs of the records: under everyone's clock, whatever the company's own shows.
#[must_use]
pub fn worker(crm: &Crm) -> Worker {
    Worker::new(crm.database.clone(), Arc::clone(&crm.clock), &owner())
}

/// The owner in the rows of the jobs that this process runs.
#[must_use]
pub fn owner() -> String {
    format!("process {}", std::process::id())
}

/// A job that a write has begun and taken.
pub(crate) struct Begun {
    kind: &'static str,
    lease: Lease,
}

impl Begun {
    pub(crate) fn new(
        conn: &mut dyn Conn,
        company: CompanyId,
        kind: &'static str,
        payload: &Json,
        now: Micros,
    ) -> Result<Self> {
        let lease = penstock_work::begin(conn, &New { company, kind, payload, run_at: now }, &owner(), now)?;
        Ok(Self { kind, lease })
    }

    /// Sees to it that it is done.
    pub(crate) async fn finish(self, crm: &Crm) -> Result<()> {
        match steps(crm).into_iter().find(|(kind, _)| *kind == self.kind) {
            Some((_, step)) => worker(crm).finish_held(self.lease, &step).await,
            None => Ok(()),
        }
    }
}

/// Enqueues a purge if the company has something to purge, in a write closure of it.
pub(crate) fn enqueue_purge(conn: &mut dyn Conn, company: CompanyId, now: Micros) -> Result<()> {
    if purge::is_due(conn, company, now)? {
        enqueue_unless_open(conn, &New { company, kind: PURGE, payload: &Json::Null, run_at: now }, now)?;
    }
    Ok(())
}

fn purged(crm: &Crm, conn: &mut dyn Conn, job: &Job) -> Result<Outcome> {
    Ok(if purge::some(crm, conn, job.company)? { Outcome::More(Json::Null) } else { Outcome::Done })
}

/// The kind and payload of the job that finishes a deletion for a user.
pub(crate) fn deletion(object: &'static Object, id: i64, access: &Access) -> (&'static str, Json) {
    (DELETION, json!({"object": object.name, "id": id, "user": access.user(), "correlation": access.correlation()}))
}

fn deleted(crm: &Crm, conn: &mut dyn Conn, job: &Job) -> Result<Outcome> {
    let text = |name: &str| job.payload[name].as_str().unwrap_or_default();
    let int = |name: &str| job.payload[name].as_i64().unwrap_or_default();
    let Some(object) = objects::find(text("object")) else { return Ok(Outcome::Done) };
    let access = root(job.company, "api").correlated(text("correlation")).acting_as(UserId::new(int("user")))?;
    let access = at_its_time(conn, &access)?;
    let more = crm.change(conn, &access, |tx| delete::some(tx, object, int("id")))?;
    Ok(if more { Outcome::More(Json::Null) } else { Outcome::Done })
}

/// An access under its company's own clock.
pub(crate) fn at_its_time(conn: &mut dyn Conn, access: &Access) -> Result<Access> {
    let offset = "SELECT clock_offset FROM company WHERE id = ?1";
    let clock_offset = one_int(conn, offset, &[access.company().into()])?.unwrap_or(0);
    Ok(access.at_clock(clock_offset))
}
