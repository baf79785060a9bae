//! The door between the executable and the faces (DESIGN, layout): what a request is, what a reply is, how rows of
//! operations become routes. It uses `model` alone; it knows no face, no database and no HTTP server.
//!
//! A [`Request`] comes with its [`Body`] unread: a face reads it when a handler wants it, and only from someone whose
//! token it knows. A [`Reply`] is JSON that an [`Envelope`] was written into, bytes, a stream, a file with ranges or a
//! redirect. A [`Router`] finds the row of a face's table for a method and a path; the executable asks a list of
//! [`Face`]s.

mod body;
mod compute;
mod credentials;
pub mod cursor;
mod decode;
mod envelope;
mod face;
mod file;
mod form;
mod method;
mod outgoing;
pub mod query;
mod reply;
mod request;
mod router;
pub mod snippet;
mod whole;

pub use body::Body;
pub use compute::compute;
pub use credentials::TOKEN_PARAMETER;
pub use decode::{ContentType, json, without_mark};
pub use envelope::Envelope;
pub use face::{Face, Outcome};
pub use file::{File, Ranges};
pub use form::form;
pub use method::Method;
pub use outgoing::Outgoing;
pub use reply::{Content, Notes, Reply};
pub use request::Request;
pub use router::{Params, Route, Router, Row, segments};

/// A future that a face or a handler gives, on the heap.
pub use futures_util::future::BoxFuture;
/// A stream of parts of a body, on the heap.
pub use futures_util::stream::BoxStream;
