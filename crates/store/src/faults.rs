//! Faults on purpose: a connection that fails at the n-th statement, so that tests can fail each in turn.

use std::sync::atomic::{AtomicI64, Ordering};

use penstock_model::{Error, Result};

/// A countdown shared by all connections of a database.
#[derive(Debug)]
pub struct Faults(AtomicI64);

impl Default for Faults {
    fn default() -> Self {
        Self(AtomicI64::new(-1))
    }
}

impl Faults {
    /// The `n`-th statement from now fails, counted from 0; the ones after it work again.
    pub fn fail_at(&self, n: i64) {
        self.0.store(n, Ordering::SeqCst);
    }
    /// No statement fails any more. Gives whether the fault is still to come.
    pub fn clear(&self) -> bool {
        self.0.swap(-1, Ordering::SeqCst) >= 0
    }
    /// How many statements are still to come before the one that fails.
    #[must_use]
    pub fn left(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
    /// Called before each statement.
    ///
    /// # Errors
    /// `Unavailable` when this is the statement that fails.
    pub(crate) fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Relaxed) >= 0 && self.0.fetch_sub(1, Ordering::SeqCst) == 0 {
            return Err(Error::unavailable("a fault that was asked for"));
        }
        Ok(())
    }
}
