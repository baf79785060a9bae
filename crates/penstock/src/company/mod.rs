//! Companies as the operator looks after them: make, find, reset, users and their tokens.
//!
//! What a company is stands in `penstock-crm`, its tokens in `penstock-auth`, its demo in `penstock-demo`: here they
//! meet, for the command line and the sandbox's paths.

mod create;
mod first;
mod named;
mod reset;
mod user;

pub(crate) use create::{Admin, Made, Wanted, create};
pub(crate) use first::first;
pub(crate) use named::{find, seed_words};
pub(crate) use reset::{reset, step as reset_step};
pub(crate) use user::{User, add_user, all_users, edit_user, issue_token, set_active};

/// The default currency of a company that says none.
const CURRENCY: &str = "EUR";
