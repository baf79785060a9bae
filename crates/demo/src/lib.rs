//! The demo: a believable company, the same for the same seed.
//!
//! Its scenario ([`plan`]) is a list of acts, each at its own moment of the year before. They are done through the rules
//! of the CRM under a clock of their own, in small steps, the chunks of a job. Moments are relative to the Monday on or
//! before the day on which the company was made; everything else depends on the seed alone.

mod apply;
mod contacts;
mod fill;
mod job;
mod plan;
mod random;
mod sales;
mod setup;
mod words;
mod work;

pub use fill::{Demo, past};
pub use job::{KIND, begin, fill, finish_all};
pub use setup::USERS;
pub use words::COMPANY;

/// The name and e-mail address of the admin of a seed's company.
#[must_use]
pub fn admin(seed: i64) -> (String, String) {
    setup::person(seed, 1)
}
