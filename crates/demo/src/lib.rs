//! The demo: a believable company, the same for the same seed.
//!
//! Its scenario ([`plan`]) is a list of acts, each at its own moment of the year before. They are done through the rules
//! of the CRM under a clock of their own, in write closures that stay small; how far it came is stored with each, so
//! that an interrupted one goes on where it stopped. Moments are relative to the Monday on or before the day on which
//! the company was made; everything else depends on the seed alone.

mod apply;
mod contacts;
mod fill;
mod finish;
mod plan;
mod random;
mod sales;
mod setup;
mod words;
mod work;

pub use fill::{fill, past};
pub use finish::finish_all;
pub use setup::USERS;
pub use words::COMPANY;

/// The name and e-mail address of the admin of a seed's company.
#[must_use]
pub fn admin(seed: i64) -> (String, String) {
    setup::person(seed, 1)
}
