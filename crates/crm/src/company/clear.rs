//! Taking the rows of a company away, so that it can be founded again.

use penstock_model::{CompanyId, Result, ValueRef, objects};
use penstock_store::{
    Conn, Engine, flush, one_int,
    system::{self, Removal},
};

/// Rows of one table that are taken away together. A write takes as many, and then up to as many of one table more
/// (DESIGN 5).
const ROWS: u64 = 250;

/// A table and the columns by which its rows are told apart within a company.
type Table = (&'static str, &'static [&'static str]);

/// The tables whose rows may be many. Users stay until the last, as their tokens must mean something until then, and so
/// do counters.
fn large() -> impl Iterator<Item = Table> {
    system::reset_keys().filter(|(table, _)| ![objects::USER.table(), "counter"].contains(table))
}

/// Takes some rows of a company away, in a write closure of it. Gives whether there may be more; then [`clear`] is
/// still to come.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn clear_some(conn: &mut dyn Conn, company: CompanyId) -> Result<bool> {
    flush(conn)?;
    let mut taken = 0;
    for table in large() {
        taken += take(conn, company, table)?;
        if taken >= ROWS {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes the first rows of a table away, all when there are few, and gives how many that were.
fn take(conn: &mut dyn Conn, company: CompanyId, (table, key): Table) -> Result<u64> {
    let columns = key.join(", ");
    // Up to this row; where there are fewer rows there is none, and nothing compares with it.
    let last = ROWS - 1;
    let last = format!("SELECT {columns} FROM {table} WHERE company_id = ?1 ORDER BY {columns} LIMIT 1 OFFSET {last}");
    let first = format!("company_id = ?1 AND ({columns}) <= ({last})");
    for these in [&first, "company_id = ?1"] {
        if table == "search_doc" && conn.engine() == Engine::Sqlite {
            let terms = format!("DELETE FROM search WHERE rowid IN (SELECT doc FROM search_doc WHERE {these})");
            conn.execute(&terms, &[company.into()])?;
        }
        let taken = conn.execute(&format!("DELETE FROM {table} WHERE {these}"), &[company.into()])?;
        if taken > 0 {
            return Ok(taken);
        }
    }
    Ok(0)
}

/// Takes every row of a company away, in a write closure of it, except its own, its users' tokens, and the job that
/// resets it. Jobs are numbered on: whoever still holds one must not take another for it.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn clear(conn: &mut dyn Conn, company: CompanyId) -> Result<()> {
    // Counters that an earlier write of the same transaction hands on would come back.
    flush(conn)?;
    let key = [company.into()];
    let numbered = one_int(conn, "SELECT last FROM counter WHERE company_id = ?1 AND name = 'job'", &key)?;
    for text in system::removals(conn.engine(), Removal::Reset) {
        conn.defer(&text, &key)?;
    }
    if let Some(numbered) = numbered {
        let counter = "INSERT INTO counter (company_id, name, last) VALUES (?1, 'job', ?2)";
        conn.defer(counter, &[key[0], ValueRef::Int(numbered)])?;
    }
    let of_reset = [key[0], ValueRef::Text(super::reset::KIND)];
    conn.defer("DELETE FROM job WHERE company_id = ?1 AND kind <> ?2", &of_reset)
}
