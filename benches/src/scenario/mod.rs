//! What is measured, one file each.

mod creates;
pub(crate) mod growth;
mod memory;
pub(crate) mod postgres;
pub(crate) mod reads;

pub(crate) use self::{creates::creates, growth::growth, memory::memory, postgres::postgres, reads::reads};
use crate::measure::Cost;

/// Connections that read at once.
pub(crate) const READERS: usize = 32;
/// Connections that write at once.
pub(crate) const WRITERS: usize = 64;
/// More requests than any sample makes.
pub(crate) const ENDLESS: u64 = u64::MAX;

/// A cost in words.
fn told(cost: Cost) -> String {
    let Cost { micros, rate, bytes } = cost;
    format!("{micros:.1} µs, {rate:.0}/s, {:.1} kB", bytes / 1000.0)
}
