//! What every CRM looks like from above.
//!
//! A [`Connector`] is one account of one CRM as one request sees it: the built-in CRM, and later accounts of
//! other CRMs. It describes its objects ([`describe`]), and reads and changes [`Record`]s. What is odd
//! about a provider ends inside its connector (DESIGN 13): ids, references and options are texts, moments are
//! microseconds UTC, and composite values are the canonical JSON texts of [`composite`], whoever the provider is.
//! Filters are the one [`Expr`](penstock_model::filter::Expr) by the provider's field names, in normalised values.
//!
//! Calls are boxed futures, so that a connector may be a database closure or a chain of HTTP requests. Nothing here
//! knows an engine, an HTTP client, or the Virtual API.

pub mod composite;
mod connector;
pub mod describe;
mod operator;
mod query;
mod record;
mod types;

pub use connector::{Accounts, Answer, Caller, Connector, Key};
pub use describe::{Choice, Field, Object};
pub use operator::{Operator, operators};
pub use query::{Direction, Page, Query};
pub use record::{Columns, Edits, Record, Values};
pub use types::{Part, Type};

/// The name of an object or field: static for what is built in, owned for what a customer made.
pub type Name = std::borrow::Cow<'static, str>;
