//! What is done of a job in one chunk.

use penstock_model::{Error, Micros, Result};
use penstock_store::Conn;
use serde_json::Value as Json;

use crate::Job;

/// What a chunk came to. It is recorded in the chunk's own transaction.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// There is more to do, from here.
    More(Json),
    /// It is done.
    Done,
    /// It can't go on before this moment; the cursor stays. This counts as no failure.
    RetryAt(Micros),
    /// It can't be done, and what this chunk changed stays.
    Failed(Error),
}

/// How work of one kind is done.
pub trait Step: Send + Sync {
    /// Does a chunk of a job, at most 500 rows of it (DESIGN 5), in a write closure of its company.
    ///
    /// # Errors
    /// What kept it: nothing of the chunk stays. A fault of the server is tried again later, a few times; what the
    /// rules refuse is not, and the job has failed.
    fn run(&self, conn: &mut dyn Conn, job: &Job) -> Result<Outcome>;
}

impl<F: Fn(&mut dyn Conn, &Job) -> Result<Outcome> + Send + Sync> Step for F {
    fn run(&self, conn: &mut dyn Conn, job: &Job) -> Result<Outcome> {
        self(conn, job)
    }
}
