//! A Postgres connection inside a transaction: how it speaks [`Conn`].
//!
//! Each wait for the server costs more than most statements, so those whose outcome nobody waits for are held back and
//! sent together with the next one: the server works through them in order.

use std::{future::Future, pin::Pin, sync::Arc};

use futures_util::future::{join, join_all};
use penstock_model::{Error, Result, Value, ValueRef};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, types::ToSql};

use super::{
    fault::{Left, explain},
    statements::{Prepared, Statements},
    value::Param,
};
use crate::{Carry, Conn, Engine, Faults, Row};

/// What can still be done with a connection's transaction.
enum State {
    /// Everything.
    Good,
    /// A statement failed: the transaction, or what came after its savepoint, has to be rolled back.
    Failed(Error),
    /// The connection is gone.
    Broken(Error),
}

/// Deferred statements that are held back at most.
const HELD: usize = 24;

type Failure = tokio_postgres::Error;
/// A statement that is sent when it is first polled.
type Deferred = Pin<Box<dyn Future<Output = Result<u64, Failure>> + Send>>;

/// A connection with what it keeps prepared. Its event loop runs while it waits, on the thread that owns it.
pub(super) struct Link {
    client: Arc<Client>,
    runtime: Runtime,
    statements: Statements,
    deferred: Vec<Deferred>,
    state: State,
}

impl Link {
    pub(super) fn new(client: Client, runtime: Runtime) -> Self {
        let (client, statements) = (Arc::new(client), Statements::default());
        Self { client, runtime, statements, deferred: Vec::new(), state: State::Good }
    }

    /// Runs statements of the transaction's frame. They are made here, so no value of a caller is in them.
    pub(super) fn frame(&mut self, sql: &str) -> Result<()> {
        if let State::Broken(e) = &self.state {
            return Err(e.clone());
        }
        self.deferred.clear();
        match self.runtime.block_on(self.client.batch_execute(sql)) {
            Ok(()) => {
                self.state = State::Good;
                Ok(())
            }
            Err(e) => Err(self.note(None, &e)),
        }
    }

    /// Runs statements of the transaction's frame with the first one that is waited for.
    pub(super) fn frame_ahead(&mut self, sql: &'static str) {
        self.deferred.clear();
        if !self.is_broken() {
            self.state = State::Good;
        }
        let client = Arc::clone(&self.client);
        self.deferred.push(Box::pin(async move { client.batch_execute(sql).await.map(|()| 0) }));
    }

    /// The first error of the statements since the last frame, whether or not their caller went on. Waits for those
    /// that were deferred.
    pub(super) fn settle(&mut self) -> Result<()> {
        if self.deferred.is_empty() { self.outcome() } else { self.behind(None, async { Ok(()) }) }
    }

    /// Runs statements of the transaction's frame behind those that were deferred, in one wait. If one of them fails,
    /// the frame does not happen.
    pub(super) fn frame_behind(&mut self, sql: &str) -> Result<()> {
        let client = Arc::clone(&self.client);
        self.behind(None, async { client.batch_execute(sql).await })
    }

    fn outcome(&self) -> Result<()> {
        match &self.state {
            State::Good => Ok(()),
            State::Failed(e) | State::Broken(e) => Err(e.clone()),
        }
    }

    pub(super) fn is_broken(&self) -> bool {
        matches!(self.state, State::Broken(_))
    }

    /// Remembers what an error leaves.
    fn note(&mut self, sql: Option<&str>, e: &Failure) -> Error {
        let (error, left) = explain(e);
        if let (Left::ConnectionWithoutStatement, Some(sql)) = (left, sql) {
            self.statements.forget(sql);
        }
        self.state = if left == Left::Nothing { State::Broken(error.clone()) } else { State::Failed(error.clone()) };
        error
    }

    /// Waits for `act`, sent behind everything that was deferred. An error of a deferred statement comes first: what
    /// follows it fails for its sake.
    fn behind<T>(&mut self, sql: Option<&str>, act: impl Future<Output = Result<T, Failure>>) -> Result<T> {
        self.outcome()?;
        let deferred = std::mem::take(&mut self.deferred);
        let (before, own) = self.runtime.block_on(join(join_all(deferred), act));
        if let Some(e) = before.into_iter().find_map(Result::err) {
            return Err(self.note(None, &e));
        }
        own.map_err(|e| self.note(sql, &e))
    }

    /// The prepared form of a text. Preparing a new one waits for what was deferred: its errors must not be mistaken.
    fn prepared(&mut self, sql: &str) -> Result<Arc<Prepared>> {
        // After a failed statement Postgres takes no more; a caller that went on gets the first error again.
        self.outcome()?;
        if let Some(known) = self.statements.known(sql) {
            return Ok(known);
        }
        self.settle()?;
        let (client, statements) = (&self.client, &mut self.statements);
        let added = self.runtime.block_on(statements.add(client, sql));
        added.map_err(|e| self.note(Some(sql), &e))
    }

    fn query(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<Vec<tokio_postgres::Row>> {
        let prepared = self.prepared(sql)?;
        check(&prepared, given)?;
        let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(given[*at])).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let client = Arc::clone(&self.client);
        self.behind(Some(sql), async { client.query(&prepared.statement, &params).await })
    }

    fn execute(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<u64> {
        let prepared = self.prepared(sql)?;
        check(&prepared, given)?;
        let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(given[*at])).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let client = Arc::clone(&self.client);
        self.behind(Some(sql), async { client.execute(&prepared.statement, &params).await })
    }

    fn defer(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<()> {
        let prepared = self.prepared(sql)?;
        check(&prepared, given)?;
        let values: Vec<Value> = prepared.values.iter().map(|at| given[*at].to_value()).collect();
        let client = Arc::clone(&self.client);
        self.deferred.push(Box::pin(async move {
            let params: Vec<Param<'_>> = values.iter().map(|v| Param(v.as_ref())).collect();
            let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
            client.execute(&prepared.statement, &params).await
        }));
        if self.deferred.len() < HELD { Ok(()) } else { self.settle() }
    }
}

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
    pub(super) carried: Option<Arc<dyn Carry>>,
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
        // All rows at once: an error of the server behind the row at which `each` stops would go unseen.
        let rows = self.link.query(sql, params)?;
        rows.iter().try_for_each(|row| each(row))
    }

    fn execute(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<u64> {
        self.faults.check()?;
        self.link.execute(sql, params)
    }

    fn defer(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<()> {
        self.faults.check()?;
        self.link.defer(sql, params)
    }

    fn carried(&mut self) -> &mut Option<Arc<dyn Carry>> {
        &mut self.carried
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.faults.check()?;
        self.link.settle()?;
        self.link.frame(sql)
    }
}
