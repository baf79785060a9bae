//! What the writes of a group hand on to each other: they run one after the other in one transaction, under one lock,
//! so what one of them knows of its company still holds for the next, and need not be read or written in between: the
//! first reads it with the lock, it is written once before the commit, and a write that fails leaves what it found.

use std::{any::Any, sync::Arc};

use penstock_model::Result;

use crate::Conn;

/// Facts that hold until the transaction ends. A write replaces them, never changes them: one that fails leaves those
/// that it found.
pub trait GroupState: Any + Send + Sync {
    /// Writes down what the rows do not say yet.
    ///
    /// # Errors
    /// As [`Conn::defer`].
    fn flush(&self, conn: &mut dyn Conn) -> Result<()>;
}

/// Writes down the state that is handed on, and forgets it: before the transaction ends, and before anything else changes the rows
/// that it stands for.
///
/// # Errors
/// As [`Conn::defer`].
pub fn flush(conn: &mut dyn Conn) -> Result<()> {
    match conn.group_state().take() {
        Some(group_state) => group_state.flush(conn),
        None => Ok(()),
    }
}

/// Facts of that type, if some are handed on.
pub fn group_state<T: GroupState>(conn: &mut dyn Conn) -> Option<Arc<T>> {
    let facts: Arc<dyn Any + Send + Sync> = conn.group_state().clone()?;
    facts.downcast().ok()
}
