//! A SQLite connection: how it is opened, how it speaks [`Conn`], and what its errors mean.

use std::{path::Path, sync::Arc};

use penstock_model::{Code, CompanyId, Error, Result, ValueRef};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql,
    config::DbConfig,
    types::{ToSqlOutput, ValueRef as Cell},
};

use super::{
    checkpoint::LOG_SIZE,
    turnstile::{LOOK, PATIENCE},
};
use crate::{Conn, Engine, Faults, GroupState, Row};

/// Bytes of a page, fixed when the file is made (DESIGN 5).
const PAGE_SIZE: u32 = 8192;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;

/// A borrowed connection that counts faults.
pub(super) struct SqliteConn<'a> {
    pub(super) connection: &'a Connection,
    pub(super) faults: &'a Arc<Faults>,
    pub(super) group_state: Option<Arc<dyn GroupState>>,
    /// Whose read it is, as far as was said.
    pub(super) company: CompanyId,
    /// Who wants to know that.
    pub(super) is_of: Option<&'a dyn Fn(CompanyId)>,
}

impl<'a> SqliteConn<'a> {
    pub(super) const fn new(connection: &'a Connection, faults: &'a Arc<Faults>) -> Self {
        Self { connection, faults, group_state: None, company: CompanyId::SERVER, is_of: None }
    }
}

/// Keeps a prepared statement prepared whatever values are bound to it: without this the planner looks at them, and
/// makes the statement anew for each.
fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

pub(super) fn open_writer(file: &Path, max_pages: Option<u32>) -> Result<Connection> {
    let mut connection = Connection::open(file).map_err(|e| cant_open(file, e))?;
    connection.busy_handler(Some(look_again)).map_err(|e| cant_open(file, e))?;
    let pages = max_pages.map_or_else(String::new, |n| format!("PRAGMA max_page_count={n};"));
    connection
        .execute_batch(&format!(
            "PRAGMA page_size={PAGE_SIZE}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
             PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;
             PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit={LOG_SIZE}; {pages}"
        ))
        .map_err(|e| cant_open(file, e))?;
    keep_plans(&connection).map_err(|e| cant_open(file, e))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Waits for SQLite's lock. Whoever waits is next ([`Turnstile`](super::turnstile::Turnstile)), so it looks often.
fn look_again(times: i32) -> bool {
    std::thread::sleep(LOOK);
    u32::try_from(times).is_ok_and(|times| LOOK * times < PATIENCE)
}

/// Opens a connection that only reads. The file is mapped into memory whole, so that a page of a large one is read without a
/// copy.
pub(super) fn open_reader(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(file, flags).map_err(|e| cant_open(file, e))?;
    connection
        .execute_batch(
            "PRAGMA busy_timeout=5000; PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096;
             PRAGMA mmap_size=1099511627776;",
        )
        .map_err(|e| cant_open(file, e))?;
    keep_plans(&connection).map_err(|e| cant_open(file, e))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn cant_open(file: &Path, e: rusqlite::Error) -> Error {
    // What is beside the file needs room as well, and SQLite has no word for that.
    if file.parent().and_then(|folder| rustix::fs::statvfs(folder).ok()).is_some_and(|disk| disk.f_bavail == 0) {
        let what = format!("can't open the database {}: its disk is full: free some space", file.display());
        return Error::unavailable(what).caused_by(e);
    }
    Error::unavailable(format!("can't open the database {}: {e}", file.display())).caused_by(e)
}

/// What an engine's error means to a caller.
pub(super) fn explain(e: rusqlite::Error) -> Error {
    let (code, extended) = match &e {
        rusqlite::Error::SqliteFailure(failure, _) => (Some(failure.code), failure.extended_code),
        _ => (None, 0),
    };
    let error = match code {
        Some(ErrorCode::ConstraintViolation) if matches!(extended, 2067 | 1555 | 2579) => {
            Error::new(Code::Conflict, "a record with this key exists already")
        }
        Some(ErrorCode::DiskFull) => Error::unavailable("the disk is full"),
        Some(ErrorCode::OperationInterrupted) => Error::unavailable("the query took too long"),
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory,
        ) => Error::unavailable(format!("the database can't be used now: {e}")),
        _ => Error::internal(format!("sqlite: {e}")),
    };
    error.caused_by(e)
}

struct Param<'a>(ValueRef<'a>);

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            ValueRef::Null => Cell::Null,
            ValueRef::Bool(b) => Cell::Integer(i64::from(b)),
            ValueRef::Int(i) => Cell::Integer(i),
            ValueRef::Real(r) => Cell::Real(r),
            ValueRef::Text(t) => Cell::Text(t.as_bytes()),
        }))
    }
}

impl Row for rusqlite::Row<'_> {
    fn get(&self, column: usize) -> ValueRef<'_> {
        match self.get_ref(column) {
            Ok(Cell::Integer(i)) => ValueRef::Int(i),
            Ok(Cell::Real(r)) => ValueRef::Real(r),
            Ok(Cell::Text(t)) => std::str::from_utf8(t).map_or(ValueRef::Null, ValueRef::Text),
            _ => ValueRef::Null,
        }
    }
}

impl Conn for SqliteConn<'_> {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn of_company(&mut self, company: CompanyId) -> Result<()> {
        self.company = company;
        if let Some(is_of) = self.is_of {
            is_of(company);
        }
        Ok(())
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[ValueRef<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        self.faults.check()?;
        let mut statement = self.connection.prepare_cached(sql).map_err(explain)?;
        let mut rows =
            statement.query(rusqlite::params_from_iter(params.iter().map(|p| Param(*p)))).map_err(explain)?;
        while let Some(row) = rows.next().map_err(explain)? {
            each(row)?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<u64> {
        self.faults.check()?;
        let mut statement = self.connection.prepare_cached(sql).map_err(explain)?;
        let changed =
            statement.execute(rusqlite::params_from_iter(params.iter().map(|p| Param(*p)))).map_err(explain)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn group_state(&mut self) -> &mut Option<Arc<dyn GroupState>> {
        &mut self.group_state
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.faults.check()?;
        self.connection.execute_batch(sql).map_err(explain)
    }
}
