//! The one connection that business code sees.

use std::sync::Arc;

use penstock_model::{CompanyId, Result, Value, ValueRef};

use crate::GroupState;

/// Which engine a connection belongs to. Where dialects differ, a helper in [`sql`](crate::sql) asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in the process.
    Sqlite,
    /// Postgres 15 or later.
    Postgres,
}

/// A connection inside a transaction.
///
/// Statements are written with `?1`, `?2` ...; Postgres rewrites them once, when it prepares the text. Texts are
/// prepared once per connection, so they must not contain values.
pub trait Conn {
    /// The engine.
    fn engine(&self) -> Engine;

    /// Says whose read this is, before anything of the company's is read: long reads are shared fairly among companies.
    ///
    /// # Errors
    /// `Unavailable` when the company has to wait for its turn. The read is to end with this error: it runs again, from
    /// its start, when the turn has come.
    fn of_company(&mut self, company: CompanyId) -> Result<()> {
        let _ = company;
        Ok(())
    }

    /// Runs a statement and hands each row to `each`, which may stop by an error.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now, `Conflict` on a unique constraint, `Internal` for the rest.
    fn query(&mut self, sql: &str, params: &[ValueRef<'_>], each: &mut dyn FnMut(&dyn Row) -> Result<()>)
    -> Result<()>;

    /// Runs a statement and gives the number of rows that it changed.
    ///
    /// # Errors
    /// As [`Conn::query`].
    fn execute(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<u64>;

    /// Runs a statement whose outcome is not needed yet: Postgres sends it with the next one that is, or at the end,
    /// and saves the wait. Its error is given by a later call, or fails the write as a whole.
    ///
    /// # Errors
    /// As [`Conn::query`], of this statement or of one deferred earlier.
    fn defer(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<()> {
        self.execute(sql, params).map(drop)
    }

    /// What earlier writes of this transaction hand on to this one, and this one to those that follow.
    fn group_state(&mut self) -> &mut Option<Arc<dyn GroupState>>;

    /// Runs statements without parameters, one after the other: for migrations.
    ///
    /// # Errors
    /// As [`Conn::query`].
    fn batch(&mut self, sql: &str) -> Result<()>;
}

/// A row of an answer. Values are borrowed until the next row.
pub trait Row {
    /// The value of a column, counted from 0. Flags come as whole numbers from SQLite.
    fn get(&self, column: usize) -> ValueRef<'_>;
}

/// The first row's values, if there is a row.
///
/// # Errors
/// As [`Conn::query`].
pub fn one(conn: &mut dyn Conn, sql: &str, params: &[ValueRef<'_>], columns: usize) -> Result<Option<Vec<Value>>> {
    let mut found = None;
    conn.query(sql, params, &mut |row| {
        if found.is_none() {
            found = Some((0..columns).map(|i| row.get(i).to_value()).collect());
        }
        Ok(())
    })?;
    Ok(found)
}

/// The whole number in the first column of the first row, if there is one.
///
/// # Errors
/// As [`Conn::query`].
pub fn one_int(conn: &mut dyn Conn, sql: &str, params: &[ValueRef<'_>]) -> Result<Option<i64>> {
    let mut found = None;
    conn.query(sql, params, &mut |row| {
        found = found.or(row.get(0).int());
        Ok(())
    })?;
    Ok(found)
}

/// The whole numbers in the first column.
///
/// # Errors
/// As [`Conn::query`].
pub fn ints(conn: &mut dyn Conn, sql: &str, params: &[ValueRef<'_>]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    conn.query(sql, params, &mut |row| {
        found.extend(row.get(0).int());
        Ok(())
    })?;
    Ok(found)
}
