//! What is measured, one file each.

mod creates;
mod growth;
mod memory;
mod postgres;
mod reads;

pub(crate) use self::{creates::creates, growth::growth, memory::memory, postgres::postgres, reads::reads};
use crate::measure::Cost;

/// Connections that read at once.
const READERS: usize = 32;
/// Connections that write at once.
const WRITERS: usize = 64;
/// More requests than any sample makes.
const ENDLESS: u64 = u64::MAX;

/// A cost in words.
fn told(cost: Cost) -> String {
    let Cost { micros, rate, bytes } = cost;
    format!("{micros:.1} µs, {rate:.0}/s, {:.1} kB", bytes / 1000.0)
}
