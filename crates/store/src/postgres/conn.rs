//! A Postgres connection inside a transaction: how it speaks [`Conn`].
//!
//! Each wait for the server costs more than most statements, so those whose outcome nobody waits for are held back and
//! sent together with the next one: the server works through them in order. That needs the asynchronous
//! `tokio-postgres`, driven by the thread that owns the connection; the blocking client waits after each statement. A
//! write does not even wait for the end of the one before it in its group, on which the server works meanwhile: should
//! that fail there, which takes a fault of the server, the one behind it is refused with it (503, to be tried again), and
//! nothing of either is kept.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::future::{MaybeDone, join_all, join3, maybe_done};
use penstock_model::{CompanyId, Error, Result, ValueRef};
use tokio::{runtime::Runtime, task::yield_now};
use tokio_postgres::{Client, types::ToSql};

use super::{
    fault::{Left, explain},
    held::{self, Held, Part},
    readers::Admission,
    statements::{Prepared, Statements},
    value::Param,
};
use crate::{Conn, Engine, Faults, GroupState, Row};

/// What can still be done with a connection's transaction.
enum State {
    /// Everything.
    Good,
    /// A statement failed: the transaction, or what came after its savepoint, has to be rolled back.
    Failed(Error),
    /// The connection is gone.
    Broken(Error),
}

/// Lets the server forget its plans; what is prepared stays.
const PLAN_ANEW: &str = "DISCARD PLANS";
/// Deferred statements that are held back at most.
const HELD: usize = 24;

type Failure = tokio_postgres::Error;
/// A message, sent when it is first polled.
type Message = MaybeDone<Pin<Box<dyn Future<Output = Result<u64, Failure>> + Send>>>;

/// A connection with what it keeps prepared. Its event loop runs while it waits, on the thread that owns it.
pub(super) struct Link {
    client: Arc<Client>,
    runtime: Runtime,
    statements: Statements,
    deferred: Vec<Held>,
    /// What the write before deferred: it is on its way, and not answered yet.
    earlier: Vec<Message>,
    /// Why the write before did not happen.
    earlier_failure: Option<Error>,
    state: State,
}

impl Link {
    pub(super) fn new(client: Client, runtime: Runtime) -> Self {
        let (client, statements) = (Arc::new(client), Statements::default());
        let (deferred, earlier, earlier_failure) = (Vec::new(), Vec::new(), None);
        Self { client, runtime, statements, deferred, earlier, earlier_failure, state: State::Good }
    }

    /// Runs statements of the transaction's frame. They are made here, so no value of a caller is in them.
    pub(super) fn frame(&mut self, sql: &str) -> Result<()> {
        if let State::Broken(e) = &self.state {
            return Err(e.clone());
        }
        self.forget_deferred();
        match self.runtime.block_on(self.client.batch_execute(sql)) {
            Ok(()) => {
                self.state = State::Good;
                Ok(())
            }
            Err(e) => Err(self.note(None, e)),
        }
    }

    /// Begins anew, by statements that run with the first one that is waited for, if there are some.
    pub(super) fn frame_ahead(&mut self, sql: Option<&'static str>) {
        self.forget_deferred();
        if !self.is_broken() {
            self.state = State::Good;
        }
        if let Some(sql) = sql {
            self.defer_frame(sql);
        }
        if self.statements.outgrew_their_plans() {
            self.defer_frame(PLAN_ANEW);
        }
    }

    /// Begins a transaction by statements that are waited for.
    pub(super) fn begin(&mut self, sql: &str) -> Result<()> {
        if self.statements.outgrew_their_plans() {
            return self.frame(&format!("{sql}; {PLAN_ANEW}"));
        }
        self.frame(sql)
    }

    /// Begins the next write by `frame` behind what was deferred. All of it is sent, and the server works on it while
    /// this thread does on the next write. Whether the write before succeeded shows when something is waited for next:
    /// [`Link::earlier_failure`].
    pub(super) fn next_write(&mut self, frame: &'static str) -> Result<()> {
        // Of two writes nobody knows yet: which of them failed must be told apart.
        if self.earlier.is_empty() { self.outcome() } else { self.finish() }?;
        self.defer_frame(frame);
        let mut messages = self.messages()?;
        self.runtime.block_on(async {
            let send = |cx: &mut Context<'_>| {
                for message in &mut messages {
                    let _ = Pin::new(message).poll(cx);
                }
                Poll::Ready(())
            };
            poll_fn(send).await;
            // The connection's own task runs now.
            yield_now().await;
        });
        self.earlier = messages;
        Ok(())
    }

    /// Waits for what the write before deferred; what came later is dropped.
    pub(super) fn finish_earlier(&mut self) {
        self.deferred.clear();
        // Whatever comes of it is kept.
        let _ = self.finish();
    }

    /// Why the write before did not happen, if so: once.
    pub(super) fn earlier_failure(&mut self) -> Option<Error> {
        self.earlier_failure.take()
    }

    fn defer_frame(&mut self, sql: &'static str) {
        self.deferred.push(Held::Frame(sql));
    }

    fn forget_deferred(&mut self) {
        self.deferred.clear();
        self.earlier.clear();
    }

    /// The first error of the statements since the last frame, whether or not their caller went on. Waits for those
    /// that were deferred.
    pub(super) fn finish(&mut self) -> Result<()> {
        let nothing_waits = self.deferred.is_empty() && self.earlier.is_empty();
        if nothing_waits { self.outcome() } else { self.behind(None, async { Ok(()) }) }
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
    fn note(&mut self, sql: Option<&str>, e: Failure) -> Error {
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
        let messages = self.messages()?;
        self.wait_for(messages, sql, act)
    }

    /// What was deferred as messages. One that is new is prepared first, which waits for those before it.
    fn messages(&mut self) -> Result<Vec<Message>> {
        let mut messages: Vec<Message> = Vec::new();
        for part in held::parts(std::mem::take(&mut self.deferred)) {
            let client = Arc::clone(&self.client);
            let batch = match part {
                Part::Batch(batch) => batch,
                Part::Frame(sql) => {
                    let frame = async move { client.batch_execute(sql).await.map(|()| 0) };
                    messages.push(maybe_done(Box::pin(frame)));
                    continue;
                }
            };
            let key = batch.key();
            let prepared = if let Some(known) = self.statements.known(&key) {
                known
            } else {
                self.wait_for(std::mem::take(&mut messages), None, async { Ok(()) })?;
                let added = self.runtime.block_on(self.statements.add(&client, &key, &batch.texts));
                added.map_err(|e| self.note(None, e))?
            };
            let values = batch.values;
            check(&prepared, values.len())?;
            let execute = async move {
                let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(values[*at].as_ref())).collect();
                let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
                client.execute(&prepared.statement, &params).await
            };
            messages.push(maybe_done(Box::pin(execute)));
        }
        Ok(messages)
    }

    /// Waits for what the write before deferred, for messages of this one, and for `act` behind them.
    fn wait_for<T>(
        &mut self,
        mut messages: Vec<Message>,
        sql: Option<&str>,
        act: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T> {
        let mut earlier = std::mem::take(&mut self.earlier);
        let all = join3(join_all(earlier.iter_mut()), join_all(messages.iter_mut()), act);
        let (.., own) = self.runtime.block_on(all);
        if let Some(e) = first_failure(&mut earlier) {
            let of_the_server = e.as_db_error().is_some();
            let failure = self.note(None, e);
            if !of_the_server {
                // The server knows nothing of it and has released the savepoint: only the whole group can be undone.
                self.state = State::Broken(failure.clone());
            }
            self.earlier_failure = Some(failure);
            let again = Error::unavailable("a write that was committed together with this one failed: try again");
            if !self.is_broken() {
                self.state = State::Failed(again.clone());
            }
            return Err(again);
        }
        if let Some(e) = first_failure(&mut messages) {
            return Err(self.note(None, e));
        }
        own.map_err(|e| self.note(sql, e))
    }

    /// The prepared form of a text. Preparing a new one waits for what was deferred: its errors must not be mistaken.
    fn prepared(&mut self, sql: &str) -> Result<Arc<Prepared>> {
        // After a failed statement Postgres takes no more; a caller that went on gets the first error again.
        self.outcome()?;
        if let Some(known) = self.statements.known(sql) {
            return Ok(known);
        }
        self.finish()?;
        let (client, statements) = (&self.client, &mut self.statements);
        let added = self.runtime.block_on(statements.add(client, sql, &[sql]));
        added.map_err(|e| self.note(Some(sql), e))
    }

    fn query(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<Vec<tokio_postgres::Row>> {
        let prepared = self.prepared(sql)?;
        check(&prepared, given.len())?;
        let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(given[*at])).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let client = Arc::clone(&self.client);
        self.behind(Some(sql), async { client.query(&prepared.statement, &params).await })
    }

    fn execute(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<u64> {
        let prepared = self.prepared(sql)?;
        check(&prepared, given.len())?;
        let params: Vec<Param<'_>> = prepared.values.iter().map(|at| Param(given[*at])).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let client = Arc::clone(&self.client);
        self.behind(Some(sql), async { client.execute(&prepared.statement, &params).await })
    }

    fn defer(&mut self, sql: &str, given: &[ValueRef<'_>]) -> Result<()> {
        // After a failed statement Postgres takes no more; a caller that went on gets the first error again.
        self.outcome()?;
        self.deferred.push(Held::Statement(sql.into(), given.iter().map(|value| value.to_value()).collect()));
        if self.deferred.len() < HELD { Ok(()) } else { self.finish() }
    }
}

fn first_failure(messages: &mut [Message]) -> Option<Failure> {
    messages.iter_mut().find_map(|message| Pin::new(message).take_output()?.err())
}

fn check(prepared: &Prepared, given: usize) -> Result<()> {
    if given != prepared.given {
        let wanted = prepared.given;
        return Err(Error::internal(format!("postgres: {given} values for a statement that takes {wanted}")));
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
    pub(super) group_state: Option<Arc<dyn GroupState>>,
    /// What a read of a company needs; unset: nothing.
    pub(super) admission: Option<&'a mut Admission>,
}

impl Conn for PostgresConn<'_> {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn of_company(&mut self, company: CompanyId) -> Result<()> {
        self.admission.as_mut().map_or(Ok(()), |admission| admission.of_company(company))
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

    fn group_state(&mut self) -> &mut Option<Arc<dyn GroupState>> {
        &mut self.group_state
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.faults.check()?;
        self.link.finish()?;
        self.link.frame(sql)
    }
}
