//! Filters in requests: a small language, and what of it a provider can test.
//!
#![doc = include_str!("grammar.md")]

mod lexer;
mod parser;
mod plan;

pub(crate) use parser::parse;
pub(crate) use plan::plan;
