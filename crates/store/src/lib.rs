//! Records on disk.
//!
//! Two engines, SQLite and Postgres, stand behind one small trait, [`Conn`]. Work on the database is a synchronous
//! closure that gets a connection and runs whole on one thread: [`Database::read`] in one snapshot,
//! [`Database::write`] in one transaction, serial per company and committed in groups (DESIGN 5, 6).
//!
//! This crate makes the text of statements from the object tables ([`sql`]), keeps the schema ([`migrate`]), and
//! knows no rule of a CRM.

mod conn;
mod database;
mod faults;
mod group_state;
mod job;
mod last_write;
pub mod migrate;
mod postgres;
pub mod search;
pub mod sql;
mod sqlite;
pub mod system;
mod turns;

pub use conn::{Conn, Engine, Row, ints, one, one_int};
pub use database::{Database, Queued, Settings, backup};
pub use faults::Faults;
pub use group_state::{GroupState, flush, group_state};
