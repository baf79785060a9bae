//! Pipedrive's API, v1 and v2.
//!
//! Every operation is a row of [`operations`]; [`Face`] finds the row for a request, asks `auth` for the access,
//! and runs the row's handler in one read snapshot or one write. Records are spelt by codecs that the object tables
//! name. This crate decides nothing about a CRM, and knows no HTTP server.

mod body;
mod call;
mod cursor;
mod envelope;
mod face;
mod handlers;
pub mod openapi;
pub mod operations;
mod order;
mod query;
mod routes;
mod wire;

pub use face::Face;
