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

/// Where SQLite keeps a record of an object: the number that its table is ordered by, so that one walk down a tree
/// finds it, not two. Made of the company's number and the record's own, given as SQL.
#[must_use]
pub fn place(company: &str, id: &str) -> String {
    format!("(({company} << 40) + {id})")
}

/// The condition that finds the record of `alias` whose number is given as SQL.
#[must_use]
pub fn numbered(engine: Engine, alias: &str, id: &str) -> String {
    match engine {
        Engine::Sqlite => format!("{alias}.place = {}", place("?1", id)),
        Engine::Postgres => format!("{alias}.company_id = ?1 AND {alias}.id = {id}"),
    }
}

/// The condition that finds the records of `t` whose numbers are in a bound JSON list.
#[must_use]
pub fn among(engine: Engine, parameter: usize) -> String {
    match engine {
        // Without statistics SQLite takes a company for a handful of rows, and would read them all: `+` keeps the
        // company out of the choice.
        Engine::Sqlite => {
            let places = place("?1", "value");
            format!("+t.company_id = ?1 AND t.place IN (SELECT {places} FROM json_each(?{parameter}))")
        }
        Engine::Postgres => format!("t.company_id = ?1 AND {}", in_ids(engine, "t.id", parameter)),
    }
}

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
