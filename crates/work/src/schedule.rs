//! Work that comes again and again: a look for the companies that have something to do, and a job for each of them.
//! There is one row for all companies, not one for each that has nothing to do.

use penstock_model::{CompanyId, Micros, Result};
use penstock_store::Conn;

/// A kind of work, and when it is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The kind of the look itself: that of the server's own job.
    pub name: &'static str,
    /// The kind of the jobs that it makes.
    pub kind: &'static str,
    /// How long it rests, in microseconds.
    pub every: Micros,
    /// Finds the companies that have something to do, in a read, by everyone's time.
    pub find: fn(&mut dyn Conn, Micros) -> Result<Vec<CompanyId>>,
}
