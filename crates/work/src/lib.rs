//! Work that outlives a request.
//!
//! A job is a row ([`Job`]): what kind of work it is, what it needs to know, and where it stands. It is done in chunks,
//! each in a write closure of its company in which the rows change and the job's cursor with them, so a job that was
//! interrupted goes on where it stopped, in whatever process. Whoever runs it holds a [`Lease`], which expires and has
//! a fencing number: of two processes that take a job for theirs, only the later one can record anything.
//!
//! What is done stands elsewhere: a [`Step`] is handed in for each kind, and payloads and cursors are what its author
//! makes of them. Work that fits into one chunk makes no job.
//!
//! This crate knows no object and no rule of a CRM.

mod enqueue;
mod find;
mod job;
mod lease;
mod queue;
mod runner;
mod schedule;
mod step;
mod worker;

pub use enqueue::{New, begin, cancel, enqueue, enqueue_unless_open};
pub use find::{find, of_kind};
pub use job::{Job, State};
pub use lease::{Lease, claim, take_over};
pub use queue::{Due, due, oldest_waiting};
pub use runner::Runner;
pub use schedule::Schedule;
pub use step::{Outcome, Step};
pub use worker::{Ran, Worker};
