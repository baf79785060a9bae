//! Whoever looks on while an import runs: what is shown, and how, is not decided here.

use super::{draft::Problem, failure::Outcome, state::Import};

/// Gets to know how far an import is.
pub trait Watcher: Send {
    /// A new import begins.
    fn begun(&mut self, import: &Import);
    /// One that was interrupted goes on behind the rows that it has done.
    fn resumed(&mut self, import: &Import);
    /// So many of `all` rows are done, `refused` of them refused; those of `what`, a file, are being done.
    fn progress(&mut self, what: &str, done: i64, all: i64, refused: i64);
    /// All that was to be done is done.
    fn end(&mut self, done: i64, all: i64, refused: i64);
    /// A row of a file would be refused.
    ///
    /// # Errors
    /// When it can't be noted; nothing further is looked at.
    fn refused(&mut self, file: &str, problem: &Problem) -> Outcome;
}
