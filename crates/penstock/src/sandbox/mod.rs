//! What sandboxes can do and other companies can't: go back to their seed, turn their clock, fail on purpose.
//! For someone who tests an integration. A company that is no sandbox has none of these paths.

mod faults;
mod handlers;

pub(crate) use faults::{Faults, Injection};
pub(crate) use handlers::{act_of, respond};
