//! What the server bears: being killed, a full disk, a database that fails or goes away, and clients that mean no good.
//! Every test starts the real one, or drives the face in this process where a fault has to be placed exactly; on SQLite
//! always, and on Postgres when `PENSTOCK_TEST_POSTGRES` names a server.

mod attack;
mod away;
mod backup;
mod bombs;
mod disk;
mod drip;
mod fairness;
mod faults;
mod holding;
mod hostile;
mod import;
mod kill;
mod ledger;
mod look;
mod moved;
mod paging;
#[expect(dead_code, unused_imports, reason = "shared with the tests of the executable, which use all of it")]
#[path = "../it/support/mod.rs"]
mod support;
mod values;
mod wire;
mod world;
mod writers;
