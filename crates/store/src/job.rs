//! A write that waits for a database thread. Both engines run such writes in groups and answer after the commit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use penstock_model::{Error, Result};
use tokio::sync::oneshot;

use crate::{Conn, database::gone};

/// A write that waits for its turn.
pub(crate) trait Job: Send {
    /// Runs the write; an error undoes it.
    fn run(&mut self, conn: &mut dyn Conn) -> Result<()>;
    /// Answers: `Ok` when the group is durable.
    fn answer(self: Box<Self>, committed: Result<()>);
}

/// A write that ran, with what has become of it so far.
pub(crate) struct Ran {
    pub(crate) job: Box<dyn Job>,
    pub(crate) outcome: Result<()>,
}

impl Ran {
    /// Answers, when it is known whether the group was committed.
    pub(crate) fn answer(self, committed: &Result<()>) {
        self.job.answer(self.outcome.and_then(|()| committed.clone()));
    }
}

/// A closure, its result, and who waits for it.
pub(crate) struct Waiting<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Waiting<T, F> {
    pub(crate) fn new(work: F, answer: oneshot::Sender<Result<T>>) -> Self {
        Self { work: Some(work), result: None, answer }
    }
}

impl<T: Send, F: FnOnce(&mut dyn Conn) -> Result<T> + Send> Job for Waiting<T, F> {
    fn run(&mut self, conn: &mut dyn Conn) -> Result<()> {
        let Some(work) = self.work.take() else { return Ok(()) };
        let result =
            catch_unwind(AssertUnwindSafe(|| work(conn))).unwrap_or_else(|_| Err(Error::internal("a write panicked")));
        let outcome = result.as_ref().map(|_| ()).map_err(Clone::clone);
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let result = match (committed, self.result) {
            (_, Some(Err(e))) | (Err(e), _) => Err(e),
            (Ok(()), Some(ok)) => ok,
            (Ok(()), None) => Err(gone()),
        };
        let _ = self.answer.send(result);
    }
}
