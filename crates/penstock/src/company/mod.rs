//! Companies as the operator looks after them: make, find, reset, users and their tokens.
//!
//! The rules of a company are in `penstock-crm`; this is what the command line and the sandbox's paths do with them.

mod clock;
mod create;
mod find;
mod first;
mod reset;
mod user;

pub(crate) use clock::{Turn, turn_clock};
pub(crate) use create::{Made, Wanted, create};
pub(crate) use find::{Company, all, by_id, find};
pub(crate) use first::{finish_demos, first};
pub(crate) use reset::reset;
pub(crate) use user::{add_user, issue_token};

/// The default currency of a company that says none.
const CURRENCY: &str = "EUR";
