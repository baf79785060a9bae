//! The one form of each type on the wire: JSON to normalised values and back. No type has two forms, none is read in
//! one form and written in another.

mod parse;
mod span;
mod write;

pub(crate) use parse::{amended, check_external, day, literal, parse};
pub(crate) use write::{json, key, string, write};
