//! Filters in requests: a small language, and what of it a provider can test.
//!
//! ```text
//! filter     = all *( OR all )
//! all        = one *( AND one )
//! one        = NOT one | "(" filter ")" | test
//! test       = field compare value
//!            | field [NOT] IN "(" value *( "," value ) ")"
//!            | field STARTS WITH value
//!            | field IS [NOT] NULL
//! field      = name [ "." part ]
//! compare    = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">="
//! value      = 'text' | number | true | false
//! ```
//! Words may be written in small letters. In a text `''` is one quote. A comparison with an unset field is false, and
//! `NOT` turns false into true, so that `NOT status = 'won'` is also true where no status is set. On a list a
//! comparison asks whether some member compares so.

mod lexer;
mod parser;
mod plan;

pub(crate) use parser::parse;
pub(crate) use plan::plan;
