//! Which jobs this executable runs, and how: those of the CRM, and those that fill companies with demos.

use std::sync::Arc;

use penstock_crm::{Crm, company::RESET, jobs};
use penstock_demo::{self as demo, Demo};
use penstock_model::{Micros, Result};
use penstock_work::{Runner, Step, oldest_waiting};
use tokio::sync::Notify;

use crate::company::reset_step;

/// How companies are filled, by the kind of the job.
fn filling(crm: &Crm) -> [(&'static str, Arc<dyn Step>); 2] {
    [(demo::KIND, Arc::new(Demo::new(crm))), (RESET, reset_step(crm))]
}

/// Whoever runs the jobs of a server.
pub(crate) fn runner(crm: &Crm, woken: Arc<Notify>) -> Arc<Runner> {
    let steps = jobs::steps(crm).into_iter().chain(filling(crm));
    Runner::new(jobs::worker(crm), steps, [jobs::PURGES], woken)
}

/// How many microseconds the work has waited that has waited longest of what a server runs.
pub(crate) async fn longest_wait(crm: &Crm) -> Result<Micros> {
    let steps = jobs::steps(crm).into_iter().chain(filling(crm));
    let kinds: Vec<&'static str> = steps.map(|(kind, _)| kind).chain([jobs::PURGES.name]).collect();
    let now = crm.clock.now();
    let oldest = crm.database.read(move |conn| oldest_waiting(conn, &kinds, now)).await?;
    Ok(oldest.map_or(0, |since| now - since))
}

/// Finishes at once what an interrupted process has left half done of companies, so that no command meets it.
pub(crate) async fn finish_interrupted(crm: &Crm) -> Result<()> {
    for (kind, step) in filling(crm) {
        demo::finish_all(crm, kind, &step).await?;
    }
    Ok(())
}
