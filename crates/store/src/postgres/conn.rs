//! A Postgres connection inside a transaction: how it speaks [`Conn`].

use penstock_model::{Error, Result, ValueRef};
use postgres::{Client, types::ToSql};

use super::{
    fault::{Left, explain},
    statements::{Prepared, Statements},
    value::Param,
};
use crate::{Conn, Engine, Faults, Row};

/// What can still be done with a connection's transaction.
enum State {
    /// Everything.
    Good,
    /// A statement failed: the transaction, or what came after its savepoint, has to be rolled back.
    Failed(Error),
    /// The connection is gone.
    Broken(Error),
}

/// A connection with what it keeps prepared.
pub(super) struct Link {
    client: Client,
    statements: Statements,
    state: State,
}

impl Link {
    pub(super) fn new(client: Client) -> Self {
        Self { client, statements: Statements::default(), state: State::Good }
    }

    /// Runs statements of the transaction's frame. They are made here, so no value of a caller is in them.
    pub(super) fn frame(&mut self, sql: &str) -> Result<()> {
        if let State::Broken(e) = &self.state {
            return Err(e.clone());
        }
        match self.client.batch_execute(sql) {
            Ok(()) => {
                self.state = State::Good;
                Ok(())
            }
            Err(e) => Err(self.note(None, &e)),
        }
    }

    /// The first error of the statements since the last frame, whether or not their caller went on.
    pub(super) fn outcome(&self) -> Result<()> {
        match &self.state {
            State::Good => Ok(()),
            State::Failed(e) | State::Broken(e) => Err(e.clone()),
        }
    }

    pub(super) fn is_broken(&self) -> bool {
        matches!(self.state, State::Broken(_))
    }

    /// Remembers what an error leaves.
    fn note(&mut self, sql: Option<&str>, e: &postgres::Error) -> Error {
        let (error, left) = explain(e);
        if let (Left::ConnectionWithoutStatement, Some(sql)) = (left, sql) {
            self.statements.forget(sql);
        }
        self.state = if left == Left::Nothing { State::Broken(error.clone()) } else { State::Failed(error.clone()) };
        error
    }

    /// Runs a prepared statement by the client's `act`.
    fn run<T>(&mut self, sql: &str, given: &[ValueRef<'_>], act: Act<T>) -> Result<T> {
        // After a failed statement Postgres takes no more; a caller that went on gets the first error again.
        self.outcome()?;
        let prepared = match self.statements.get(&mut self.client, sql) {
            Ok(prepared) => prepared,
            Err(e) => return Err(self.note(Some(sql), &e)),
        };
        check(&prepared, given)?;
        let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(given[*at])).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        act(&mut self.client, &prepared.statement, &params).map_err(|e| self.note(Some(sql), &e))
    }
}

type Act<T> = fn(&mut Client, &postgres::Statement, &[&(dyn ToSql + Sync)]) -> Result<T, postgres::Error>;

fn check(prepared: &Prepared, given: &[ValueRef<'_>]) -> Result<()> {
    if given.len() != prepared.given {
        let wanted = prepared.given;
        return Err(Error::internal(format!("postgres: {} values for a statement that takes {wanted}", given.len())));
    }
    match &prepared.unreadable {
        Some(column) => Err(Error::internal(format!("postgres: the column {column} must be cast to be read"))),
        None => Ok(()),
    }
}

/// A borrowed connection that counts faults.
pub(super) struct PostgresConn<'a> {
    pub(super) link: &'a mut Link,
    pub(super) faults: &'a Faults,
}

impl Conn for PostgresConn<'_> {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[ValueRef<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        self.faults.check()?;
        // All rows at once: each row apart would enter the client's runtime anew, and an error of the server behind
        // the row at which `each` stops would go unseen.
        let rows = self.link.run(sql, params, |client, statement, params| client.query(statement, params))?;
        rows.iter().try_for_each(|row| each(row))
    }

    fn execute(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<u64> {
        self.faults.check()?;
        self.link.run(sql, params, |client, statement, params| client.execute(statement, params))
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.faults.check()?;
        self.link.outcome()?;
        self.link.frame(sql)
    }
}
