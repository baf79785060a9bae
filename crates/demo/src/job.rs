//! The job that fills a new company: it is begun with the company, and run by whoever made it. What is left of it when
//! that process ends, the next one finishes.

use std::sync::Arc;

use penstock_crm::{Crm, jobs};
use penstock_model::{CompanyId, Micros, Result};
use penstock_store::Conn;
use penstock_work::{Due, Job, Lease, New, Outcome, Ran, Step, due};
use serde_json::Value as Json;

use crate::Demo;

/// The kind of the job.
pub const KIND: &str = "demo";
/// Jobs that are finished at once.
const MANY: i64 = 1000;

impl Step for Demo {
    fn run(&self, conn: &mut dyn Conn, job: &Job) -> Result<Outcome> {
        let step = job.cursor.as_u64().and_then(|step| usize::try_from(step).ok()).unwrap_or(0);
        Ok(if self.step(conn, job.company, step)? { Outcome::More(Json::from(step + 1)) } else { Outcome::Done })
    }
}

/// Begins to fill a company, in the transaction that makes it.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn begin(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<Lease> {
    let now = crm.clock.now();
    penstock_work::begin(conn, &New { company, kind: KIND, payload: &Json::Null, run_at: now }, &jobs::owner(), now)
}

/// Fills a company.
///
/// # Errors
/// `Conflict` and others when somebody else has written to the company meanwhile; `Unavailable` when the engine can't
/// work now.
pub async fn fill(crm: &Crm, begun: Lease) -> Result<()> {
    let step: Arc<dyn Step> = Arc::new(Demo::new(crm));
    jobs::worker(crm).finish_held(begun, &step).await
}

/// Finishes at once what is left of some jobs that fill companies, whoever had them: no command is to meet a half of
/// a demo. One that can't go on because others have written to its company stays as it is.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub async fn finish_all(crm: &Crm, kind: &'static str, step: &Arc<dyn Step>) -> Result<()> {
    let worker = jobs::worker(crm);
    for Due { company, id, .. } in crm.database.read(move |conn| due(conn, &[kind], Micros::MAX, MANY)).await? {
        let Some(lease) = worker.take_over(company, id).await? else { continue };
        let ended = match worker.run(&lease, step).await? {
            Ran::Failed(error) | Ran::Again(error) => Err(error),
            Ran::Lost => worker.finish(company, id, step).await,
            Ran::More | Ran::Done | Ran::Later => Ok(()),
        };
        match ended {
            Err(error) if error.code.status() < 500 => tracing::warn!(
                company = company.get(),
                error = %error.chain(),
                "the demo was interrupted, and others have written to the company since: it stays as it is"
            ),
            ended => ended?,
        }
    }
    Ok(())
}
