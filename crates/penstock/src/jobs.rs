//! Which jobs this executable runs, and how: those of the CRM, and those that fill companies with demos.

use std::sync::Arc;

use penstock_crm::{Crm, company::RESET, jobs};
use penstock_demo::{self as demo, Demo};
use penstock_model::Result;
use penstock_work::{Runner, Step};
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

/// Finishes at once what an interrupted process has left half done of companies, so that no command meets it.
pub(crate) async fn finish_interrupted(crm: &Crm) -> Result<()> {
    for (kind, step) in filling(crm) {
        demo::finish_all(crm, kind, &step).await?;
    }
    Ok(())
}
