//! What a CRM is, as data.
//!
//! Objects and their fields ([`objects`]), what a field's [`Kind`] means, the forms in which Pipedrive's two
//! versions show it ([`field::Form`]), operations as rows ([`operation`]), the one value domain ([`Value`]),
//! the one filter expression ([`filter::Expr`]), who may do what ([`Access`]), and every error code ([`Error`]).
//!
//! This crate does no I/O and knows no engine, no HTTP server and no face.

pub mod access;
pub mod codec;
pub mod currency;
pub mod error;
pub mod faults;
pub mod field;
pub mod filter;
pub mod handbook;
pub mod kind;
pub mod number;
pub mod object;
pub mod objects;
pub mod position;
pub mod reference;
pub mod right;
pub mod sample;
pub mod schema;
pub mod time;
pub mod uuid;
pub mod value;
pub mod visibility;

pub use access::Access;
pub use codec::Codec;
pub use error::{Code, Error, Result};
pub use faults::Faults;
pub use field::{Field, Source};
pub use kind::Kind;
pub use number::{CompanyId, UserId};
pub use object::Object;
pub use right::Right;
pub use schema::{CompanySchema, CustomField};
pub use time::{Clock, Micros};
pub use value::{Value, ValueRef};
