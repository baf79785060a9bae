//! What tests of several crates share: a company with three users on each engine that is there, with a clock that
//! tests set and random digits that repeat.
//!
//! For tests only: nothing that is shipped depends on it, and it panics where a test would.

#![expect(clippy::unwrap_used, reason = "what goes wrong here fails a test")]

mod engine;
mod injected;
mod own_postgres;
mod test_company;

pub use engine::{Home, did_not_run, engines, everything_must_run, postgres_address, ran, say, variable};
pub use injected::{START, TestClock, moment};
pub use own_postgres::OwnPostgres;
pub use penstock_store::Engine;
pub use test_company::{ADMIN, ANN, BOB, TestCompany, new_company, patch, refusal, tenants};
