//! The Virtual API: objects as an integrator defines them, over whatever an account holds.
//!
//! A [`model::Configuration`] maps virtual objects to a provider's by lenses ([`lens`]) that are lawful by
//! construction; [`builtin`] is the one over the built-in CRM. [`Face`] answers requests through a
//! [`Connector`](penstock_connector::Connector): it knows no CRM, no database and no HTTP server. Every operation is a
//! row of [`operations`].

pub mod builtin;
pub mod lens;
pub mod model;
pub mod operations;

mod acts;
mod expand;
mod face;
mod filter;
mod metadata;
mod put;
mod query;
mod refusal;
mod render;
mod request;
mod routes;
mod suggest;
mod token;
mod view;
mod wire;

pub use face::Face;
pub use request::{Request, Response};
