//! A transaction of changes: what acts read, number and record while it runs.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use penstock_model::{Object, Result, UserId, Value, ValueRef};
use penstock_store::sql::{Statement, VisibilityScope};
use serde_json::Value as Json;

use crate::{
    Ids,
    company_write_state::CompanyWriteState,
    count::Counts,
    event::{Action, Event},
    jobs::Begun,
    read::Reader,
};

/// Changes of one company under its lock. It reads as a [`Reader`] does, for the acting user.
pub struct Tx<'a> {
    reader: Reader<'a>,
    ids: Arc<dyn Ids>,
    state: CompanyWriteState,
    events: Vec<Event>,
    schema_changed: bool,
    /// The jobs that finish what this transaction begins.
    jobs: Vec<Begun>,
    /// What the changes so far do to the counters of records: they follow when the act is done.
    pub(crate) counts: Counts,
    /// Whether satellites of a record are being written by the act itself (imports set visits and times).
    pub(crate) importing: bool,
}

impl<'a> Deref for Tx<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(reader: Reader<'a>, ids: Arc<dyn Ids>, state: CompanyWriteState) -> Self {
        Self {
            reader,
            ids,
            state,
            events: Vec::new(),
            schema_changed: false,
            jobs: Vec::new(),
            counts: Counts::default(),
            importing: false,
        }
    }

    /// The next number of a counter of this company, from 1.
    pub fn next(&mut self, counter: &str) -> i64 {
        self.state.next(counter)
    }

    /// The first of some records that can't be referred to: it does not exist, is deleted, or the acting user can't
    /// see it. Few records are looked up in one statement.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub(crate) fn unknown(&mut self, asked: &[(&'static Object, i64)]) -> Result<Option<usize>> {
        // Texts depend on the objects and their number only up to this many, so that they stay prepared.
        const TOGETHER: usize = 16;
        let user = self.seeing();
        let mut missing: Vec<(&'static Object, i64)> = Vec::new();
        for (object, id) in asked {
            let is_same = |(o, i): &(&Object, i64)| (o.code, i) == (object.code, id);
            if !self.state.is_alive(user, object.code, *id) && !missing.iter().any(is_same) {
                missing.push((object, *id));
            }
        }
        for records in missing.chunks(TOGETHER) {
            self.look_up(records)?;
        }
        Ok(asked.iter().position(|(object, id)| !self.state.is_alive(user, object.code, *id)))
    }

    /// Whose eyes decide what is visible: none stands for all admins.
    fn seeing(&self) -> Option<UserId> {
        (!self.access.is_admin()).then(|| self.access.user())
    }

    fn look_up(&mut self, records: &[(&'static Object, i64)]) -> Result<()> {
        let mut statement = Statement::new(self.conn.engine(), self.access.company());
        for (object, id) in records {
            let (code, table) = (object.code, object.table());
            statement.push(if statement.text.is_empty() { "" } else { " UNION ALL " });
            statement.push(&format!("SELECT {code}, t.id FROM {table} t WHERE t.company_id = ?1 AND t.id = "));
            statement.push_bound(*id).push(if object.is_marked() { " AND t.is_deleted = FALSE" } else { "" });
            if let Some(seen) = VisibilityScope::from(self.access).condition(object, "t", &mut statement) {
                statement.push(" AND ").push(&seen);
            }
        }
        let (user, state) = (self.seeing(), &mut self.state);
        self.reader.conn.query(&statement.text, &statement.bound(), &mut |row| {
            let code = row.get(0).int().and_then(|code| u8::try_from(code).ok());
            if let Some((code, id)) = code.zip(row.get(1).int()) {
                state.note_alive(user, code, id);
            }
            Ok(())
        })
    }

    /// Forty random hexadecimal digits.
    #[must_use]
    pub fn hex40(&self) -> String {
        self.ids.hex40()
    }

    /// Records an event and gives its sequence, which becomes the record's version.
    pub(crate) fn announce(&mut self, mut event: Event) -> i64 {
        self.state.seq += 1;
        event.seq = self.state.seq;
        self.schema_changed |= event.object.is_schema;
        if event.action != Action::Create {
            self.state.forget_alive();
        }
        self.events.push(event);
        self.state.seq
    }

    /// Raises the schema's version: what lists show was changed without an event.
    pub(crate) const fn revise(&mut self) {
        self.schema_changed = true;
    }

    /// Reads the company's schema anew, after this transaction changed it.
    pub(crate) fn reload_schema(&mut self) -> Result<()> {
        let company = self.reader.access.company();
        self.reader.schema = Arc::new(crate::schema::load(self.reader.conn, company)?);
        Ok(())
    }

    /// The objects and records that changed so far, in order.
    pub fn changed(&self) -> impl Iterator<Item = (&'static Object, i64)> {
        self.events.iter().map(|e| (e.object, e.record))
    }

    /// Begins a job that finishes what this transaction begins: whoever waits for the write waits for it, too.
    pub(crate) fn begin(&mut self, kind: &'static str, payload: &Json) -> Result<()> {
        let (company, now) = (self.access.company(), self.now - self.access.clock_offset());
        self.jobs.push(Begun::new(self.reader.conn, company, kind, payload, now)?);
        Ok(())
    }

    /// Writes the events, and hands the write state on. Gives the jobs that it has begun.
    pub(crate) fn finish(self) -> Result<Vec<Begun>> {
        let Reader { conn, access, now, .. } = self.reader;
        if !self.events.is_empty() {
            crate::event::write(conn, access, now, &self.events)?;
        }
        self.state.close(conn, self.schema_changed)?;
        Ok(self.jobs)
    }
}

/// Inserts many rows with as few statements as possible: `head` names table and columns up to `VALUES `, `tail` says
/// what becomes of rows that are there already.
/// Rows have at least two columns.
pub(crate) fn insert_many(
    conn: &mut dyn penstock_store::Conn,
    head: &str,
    tail: &str,
    columns: usize,
    values: &[Value],
) -> Result<()> {
    // Texts depend on the number of rows only up to this many, so that they stay prepared.
    const ROWS: usize = 16;
    for chunk in values.chunks(ROWS * columns) {
        let mut text = String::with_capacity(head.len() + chunk.len() * 5);
        text.push_str(head);
        for number in 1..=chunk.len() {
            let first_of_row = number % columns == 1;
            text.push_str(if number == 1 {
                "(?"
            } else if first_of_row {
                "), (?"
            } else {
                ", ?"
            });
            text.push_str(&number.to_string());
        }
        text.push_str(") ");
        text.push_str(tail);
        let bound: Vec<ValueRef<'_>> = chunk.iter().map(Value::as_ref).collect();
        conn.defer(&text, &bound)?;
    }
    Ok(())
}
