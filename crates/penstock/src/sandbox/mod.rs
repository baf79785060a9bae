//! What sandboxes can do and other companies can't: go back to their seed, turn their clock, fail on purpose.
//! For someone who tests an integration. A company that is no sandbox has none of these paths.

mod face;
mod faults;
mod handlers;
mod injected;

pub(crate) use face::Sandbox;
pub(crate) use faults::Faults;
pub(crate) use injected::Injected;
