//! The text of statements, made from the object tables. Every value is bound; a text depends on shapes only, so
//! that connections can keep it prepared.

pub mod ddl;
mod filter;
mod record;
mod select;
mod sight;
mod statement;

pub use filter::when;
pub use record::{Record, delete, find, insert, is_shared, update};
pub use select::{Column, Deleted, Direction, Key, Select};
pub use sight::{Granted, Sight};
pub use statement::Statement;

use crate::Engine;

/// `IN` over a bound JSON list of whole numbers: one text for any length.
#[must_use]
pub fn in_ids(engine: Engine, column: &str, parameter: usize) -> String {
    match engine {
        Engine::Sqlite => format!("{column} IN (SELECT value FROM json_each(?{parameter}))"),
        Engine::Postgres => {
            format!("{column} = ANY(SELECT value::bigint FROM jsonb_array_elements_text(CAST(?{parameter} AS jsonb)))")
        }
    }
}
