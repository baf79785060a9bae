//! Companies as the server's operator and sandboxes look after them: which there are, the first one, the clock of a
//! sandbox and its return to the beginning. What every company starts with stands in
//! [`rules::company`](crate::rules::company).

mod clear;
mod clock;
mod find;
mod first;
mod rename;
mod reset;

pub use clear::{clear, clear_some};
pub use clock::{Turn, turn_clock};
pub use find::{Company, all, by_id};
pub use first::is_first;
pub use rename::{checked_name, rename};
pub use reset::{KIND as RESET, begin_reset, found_again, is_closed};
