//! Pipedrive's face, asked as its clients ask: SQLite always, Postgres when `PENSTOCK_TEST_POSTGRES` names a server.

#![expect(clippy::unwrap_used, reason = "what goes wrong here fails a test")]

mod app;
mod behaviour;
mod compatibility;
mod declarations;
mod differential;
mod examples;
mod field_metadata;
mod observed;
mod reference;
mod specifications;
mod sweep;
