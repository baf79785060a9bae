//! What the writes of a group hand on to each other: they run one after the other in one transaction, under one lock,
//! so what one of them knows of its company still holds for the next, and need not be read or written in between.

use std::{any::Any, sync::Arc};

use penstock_model::Result;

use crate::Conn;

/// Facts that hold until the transaction ends. A write replaces them, never changes them: one that fails leaves those
/// that it found.
pub trait Carry: Any + Send + Sync {
    /// Writes down what the rows do not say yet.
    ///
    /// # Errors
    /// As [`Conn::defer`].
    fn settle(&self, conn: &mut dyn Conn) -> Result<()>;
}

/// Writes down what is carried, and forgets it: before the transaction ends, and before anything else changes the rows
/// that it stands for.
///
/// # Errors
/// As [`Conn::defer`].
pub fn settle(conn: &mut dyn Conn) -> Result<()> {
    match conn.carried().take() {
        Some(carried) => carried.settle(conn),
        None => Ok(()),
    }
}

/// Facts of that type, if some are carried.
pub fn carried<T: Carry>(conn: &mut dyn Conn) -> Option<Arc<T>> {
    let facts: Arc<dyn Any + Send + Sync> = conn.carried().clone()?;
    facts.downcast().ok()
}
