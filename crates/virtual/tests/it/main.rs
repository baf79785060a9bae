//! The Virtual API as a client meets it, over the built-in CRM on both engines: SQLite always, Postgres when
//! `PENSTOCK_TEST_POSTGRES` names a server.

#![expect(clippy::unwrap_used, reason = "what goes wrong here fails a test")]

mod client;
mod custom;
mod documents;
mod errors;
mod examples;
mod expand;
mod external;
mod filters;
mod isolation;
mod lenses;
mod metadata;
mod notes;
mod openapi;
mod paging;
mod preconditions;
mod records;
mod rights;
mod sample;
mod unchanged;
mod values;
mod writing;
