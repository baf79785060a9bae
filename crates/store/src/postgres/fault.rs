//! What Postgres's errors mean to a caller, and what they leave of the connection.

use std::error::Error as _;

use penstock_model::{Code, Error};
use tokio_postgres::error::{DbError, Severity, SqlState};

use super::value::Mismatch;

/// What a failed statement leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The connection, in a transaction that can only be rolled back.
    Connection,
    /// The connection, but the prepared statement is of no use any more.
    ConnectionWithoutStatement,
    /// Nothing: it has to be opened anew.
    Nothing,
}

/// The error for the caller, and what is left.
pub(super) fn explain(e: tokio_postgres::Error) -> (Error, Left) {
    let (error, left) = if let Some(db) = e.as_db_error() {
        (explain_server(db), left_by(db))
    } else if let Some(mismatch) = e.source().and_then(|s| s.downcast_ref::<Mismatch>()) {
        (Error::internal(format!("postgres: {mismatch}")), Left::Connection)
    } else {
        (Error::unavailable(format!("the database can't be reached: {}", causes(&e))), Left::Nothing)
    };
    (error.caused_by(e), left)
}

fn explain_server(db: &DbError) -> Error {
    let code = db.code();
    let unavailable = |what: &str| Error::unavailable(format!("{what}: {} ({})", db.message(), code.code()));
    if *code == SqlState::UNIQUE_VIOLATION {
        return Error::new(Code::Conflict, "a record with this key exists already");
    }
    if *code == SqlState::DISK_FULL {
        return Error::unavailable("the disk is full");
    }
    if *code == SqlState::QUERY_CANCELED {
        return Error::unavailable("the query took too long");
    }
    if *code == SqlState::LOCK_NOT_AVAILABLE {
        return Error::unavailable("another process has held the company for too long");
    }
    if is_stale(db) {
        return unavailable("the schema changed meanwhile");
    }
    if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        return unavailable(
            "the Postgres server takes no writes: name its primary in the database URL, or all of its hosts with \
             target_session_attrs=read-write",
        );
    }
    match code.code().get(..2) {
        // Connection, rollback for concurrency, resources, an operator's act, the system beneath.
        Some("08" | "40" | "53" | "57" | "58") => unavailable("the database can't be used now"),
        // A transaction that idled too long.
        _ if *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => unavailable("the database can't be used now"),
        _ => Error::internal(format!("postgres: {} ({})", db.message(), code.code())),
    }
}

fn left_by(db: &DbError) -> Left {
    let fatal = matches!(db.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
    // After a change of servers the old one may still answer, but it takes no writes.
    if fatal || *db.code() == SqlState::READ_ONLY_SQL_TRANSACTION {
        Left::Nothing
    } else if is_stale(db) {
        Left::ConnectionWithoutStatement
    } else {
        Left::Connection
    }
}

/// A prepared statement that a change of the schema, or a pooler between, made useless.
fn is_stale(db: &DbError) -> bool {
    *db.code() == SqlState::INVALID_SQL_STATEMENT_NAME
        || (*db.code() == SqlState::FEATURE_NOT_SUPPORTED && db.message().contains("cached plan"))
}

/// An error of the client with what lies beneath it.
pub(super) fn causes(e: &tokio_postgres::Error) -> String {
    let mut text = e.to_string();
    let mut cause = e.source();
    while let Some(e) = cause {
        text.push_str(": ");
        text.push_str(&e.to_string());
        cause = e.source();
    }
    text
}
