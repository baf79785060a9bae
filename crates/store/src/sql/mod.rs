//! The text of statements, made from the object tables. Every value is bound; a text depends on shapes only, so
//! that connections can keep it prepared.

pub mod ddl;
mod filter;
mod record;
mod select;
mod statement;
mod visibility_scope;

pub use filter::when;
pub use record::{Record, delete, find, insert, is_shared, update};
pub use select::{Column, Deleted, Direction, Key, Select, single};
pub use statement::Statement;
pub use visibility_scope::{Granted, VisibilityScope};

use crate::Engine;

/// Where SQLite keeps a record of an object: the number that its table is ordered by, so that one walk down a tree
/// finds it, not two. Made of the company's number and the record's own, given as SQL. A number of 2^40 or more gives the
/// row of another company's record: whoever asks for a caller's number asks for the company as well.
#[must_use]
pub fn rowid(company: &str, id: &str) -> String {
    format!("(({company} << 40) + {id})")
}

/// The condition that finds the record of `alias` whose number is given as SQL, of the company that is bound first.
#[must_use]
pub fn numbered(engine: Engine, alias: &str, id: &str) -> String {
    in_company(engine, alias, "?1", id)
}

/// The condition that finds the record of `alias` whose company and number are given as SQL.
#[must_use]
pub fn in_company(engine: Engine, alias: &str, company: &str, id: &str) -> String {
    match engine {
        Engine::Sqlite => format!("{alias}.rowid = {}", rowid(company, id)),
        Engine::Postgres => format!("{alias}.company_id = {company} AND {alias}.id = {id}"),
    }
}

/// Where the records of a table, as `t`, come from whose numbers are in a bound JSON list: `FROM .. WHERE ..`. `joins`
/// stands behind the table.
#[must_use]
pub fn listed(engine: Engine, table: &str, joins: &str, parameter: usize) -> String {
    match engine {
        // A walk per number, in the list's order: SQLite would sort the numbers of an `IN` again. A number that is too
        // large leads to another company's rowid, and `+` keeps the company out of the choice of an index.
        Engine::Sqlite => {
            let found = numbered(engine, "t", "e.value");
            format!("FROM json_each(?{parameter}) e CROSS JOIN {table} t{joins} WHERE {found} AND +t.company_id = ?1")
        }
        Engine::Postgres => {
            let found = in_ids(engine, "t.id", parameter);
            format!("FROM {table} t{joins} WHERE t.company_id = ?1 AND {found}")
        }
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

/// The condition that a text contains a bound one. `LIKE` would give some of its characters a meaning.
#[must_use]
pub fn contains(engine: Engine, text: &str, parameter: usize) -> String {
    match engine {
        Engine::Sqlite => format!("INSTR({text}, ?{parameter}) > 0"),
        Engine::Postgres => format!("STRPOS({text}, ?{parameter}) > 0"),
    }
}
