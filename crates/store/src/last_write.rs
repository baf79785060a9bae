//! What became of the last write: whether the records can be written is judged by it, and by a probe when it is too long
//! ago.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use penstock_model::{Code, Error, Result};

use crate::{Conn, job::Ran};

/// How long a write says something about the next.
const FRESH: Duration = Duration::from_secs(5);

/// Statements that leave nothing behind. What was written stays written: SQLite leaves out a change that changes nothing.
const PROBE: [&str; 2] = [
    "INSERT INTO schema_migration (number, name, checksum) VALUES (0, 'probe', '')",
    "DELETE FROM schema_migration WHERE number = 0",
];

/// The outcome of the last write, and when it was.
#[derive(Default)]
pub(crate) struct LastWrite(Mutex<Option<(Instant, Result<()>)>>);

impl LastWrite {
    /// Notes what became of a group of writes. What the rules refused says nothing.
    pub(crate) fn note_group(&self, group: &[Ran], committed: &Result<()>) {
        let outcomes = || group.iter().map(|ran| &ran.outcome);
        let of_engine = |e: &Error| e.code == Code::Unavailable;
        if let Err(e) = committed {
            self.note(Err(e.clone()));
        } else if outcomes().any(Result::is_ok) {
            self.note(Ok(()));
        } else if let Some(e) = outcomes().find_map(|outcome| outcome.as_ref().err().filter(|e| of_engine(e))) {
            self.note(Err(e.clone()));
        }
    }

    pub(crate) fn note(&self, outcome: Result<()>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), outcome));
    }

    /// What is known without a probe.
    pub(crate) fn fresh(&self) -> Option<Result<()>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(at, _)| at.elapsed() < FRESH).map(|(_, outcome)| outcome.clone())
    }
}

/// Writes, and leaves nothing behind.
pub(crate) fn probe(conn: &mut dyn Conn) -> Result<()> {
    PROBE.into_iter().try_for_each(|statement| conn.execute(statement, &[]).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{Job, Waiting};

    fn ran(outcome: Result<()>) -> Ran {
        let (answer, _) = tokio::sync::oneshot::channel();
        let job: Box<dyn Job> = Box::new(Waiting::new(|_: &mut dyn Conn| Ok(()), answer));
        Ran { job, outcome }
    }

    #[test]
    fn what_the_rules_refuse_says_nothing_of_whether_there_can_be_writes() {
        let last = LastWrite::default();
        let refused = || ran(Err(Error::invalid("title", "must not be empty")));
        last.note_group(&[refused()], &Ok(()));
        assert!(last.fresh().is_none());
        last.note_group(&[refused(), ran(Ok(()))], &Ok(()));
        assert!(last.fresh().is_some_and(|outcome| outcome.is_ok()));
        last.note_group(&[refused(), ran(Err(Error::unavailable("the disk is full")))], &Ok(()));
        assert!(last.fresh().is_some_and(|outcome| outcome.is_err()));
        last.note_group(&[ran(Ok(()))], &Err(Error::unavailable("the commit failed")));
        assert!(last.fresh().is_some_and(|outcome| outcome.is_err()));
    }
}
