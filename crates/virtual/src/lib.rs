//! The Virtual API: objects as an integrator defines them, over whatever an account holds.
//!
//! A [`model::Configuration`] maps virtual objects to a provider's by lenses ([`lens`]) that are lawful by
//! construction; [`builtin`] is the one over the built-in CRM. [`Face`] answers requests through a
//! [`Connector`](penstock_connector::Connector): it knows no CRM, no database and no HTTP server. Every operation is a
//! row of [`operations`].
//!
//! ```text
//! let accounts = penstock_connectors::builtin::Builtin::new(crm, penstock_auth::authenticate);
//! let face = penstock_virtual::Face::new(std::sync::Arc::new(accounts));
//! let outcome = penstock_api::Face::respond(&face, request).await;
//! ```
//!
//! What clients may rely on:
//! - Ids, references and options are opaque texts, read and written alike; whole numbers are accepted for them. A
//!   reference is named for its role, and `expand=` gives the record beside it, under `expanded`.
//! - Every record has `id`, `etag`, `createdTime`, `lastModifiedTime`, `deleted` and `external_ids`; they stand in the
//!   metadata like every other field, and so does every key of an answer. `expanded` and `warnings` come only with
//!   reason.
//! - A list is always a list, empty when nothing is set. An object always has all its parts.
//! - A body sets what it gives: absent stays, null clears. What was read can be sent back, read-only fields too, and
//!   changes nothing. All the fields at fault are told at once.
//! - A custom field is called what it was called when it was made, in small letters with underscores. The name stays
//!   when the field is renamed, and no later field inherits it.

pub mod builtin;
pub mod lens;
pub mod model;
pub mod openapi;
pub mod operations;

mod expand;
mod face;
mod filter;
mod handlers;
mod metadata;
mod precondition;
mod put;
mod query;
mod refusal;
mod render;
mod suggest;
mod view;
mod wire;

pub use face::Face;
