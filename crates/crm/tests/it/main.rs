//! What the CRM does, asked of both engines: SQLite always, Postgres when `PENSTOCK_TEST_POSTGRES` names a server.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

mod activities;
mod company;
mod custom;
mod deals;
mod dump;
mod events;
mod external;
mod faults;
mod fields;
mod filters;
mod leads;
mod links;
mod notes;
mod past;
mod people;
mod pipelines;
mod plans;
mod policy;
mod purge;
mod random;
mod recount;
mod rights;
mod summary;
mod turns;
mod visibility;
mod walks;

use penstock_testing as test_company;
