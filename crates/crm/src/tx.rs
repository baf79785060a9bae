//! A transaction of changes: what acts read, number and record while it runs.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use penstock_model::{Object, Result, Value, ValueRef};
use penstock_store::sql::{Sight, Statement};

use crate::{
    Ids,
    event::{Action, Event},
    read::Reader,
};

/// Changes of one company under its lock. It reads as a [`Reader`] does, for the acting user.
pub struct Tx<'a> {
    reader: Reader<'a>,
    ids: Arc<dyn Ids>,
    /// The sequence of the last event; the company's row gets it at the end.
    seq: i64,
    events: Vec<Event>,
    schema_changed: bool,
    /// The company's counters.
    counters: Vec<Counter>,
    /// Records that were found to exist and to be visible: the object's code and the number. What may change that
    /// empties it.
    alive: Vec<(u8, i64)>,
    /// Whether satellites of a record are being written by the act itself (imports set visits and times).
    pub(crate) importing: bool,
}

/// A counter of the company, while its lock is held: its row follows at the end.
pub(crate) struct Counter {
    name: Box<str>,
    last: i64,
    stored: i64,
}

impl Counter {
    /// A counter as it stands in its row.
    pub(crate) fn stored(name: &str, last: i64) -> Self {
        Self { name: name.into(), last, stored: last }
    }
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
    pub(crate) fn new(reader: Reader<'a>, ids: Arc<dyn Ids>, seq: i64, counters: Vec<Counter>) -> Self {
        Self {
            reader,
            ids,
            seq,
            events: Vec::new(),
            schema_changed: false,
            counters,
            alive: Vec::new(),
            importing: false,
        }
    }

    /// The next number of a counter of this company, from 1.
    pub fn next(&mut self, counter: &str) -> i64 {
        let at = self.counters.iter().position(|known| *known.name == *counter).unwrap_or_else(|| {
            self.counters.push(Counter::stored(counter, 0));
            self.counters.len() - 1
        });
        self.counters[at].last += 1;
        self.counters[at].last
    }

    /// The first of some records that can't be referred to: it does not exist, is deleted, or the acting user can't
    /// see it. Few records are looked up in one statement.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub(crate) fn unknown(&mut self, asked: &[(&'static Object, i64)]) -> Result<Option<usize>> {
        // Texts depend on the objects and their number only up to this many, so that they stay prepared.
        const TOGETHER: usize = 16;
        let mut missing: Vec<(&'static Object, i64)> = Vec::new();
        for (object, id) in asked {
            let is_same = |(o, i): &(&Object, i64)| (o.code, i) == (object.code, id);
            if !self.alive.contains(&(object.code, *id)) && !missing.iter().any(is_same) {
                missing.push((object, *id));
            }
        }
        for records in missing.chunks(TOGETHER) {
            self.look_up(records)?;
        }
        Ok(asked.iter().position(|(object, id)| !self.alive.contains(&(object.code, *id))))
    }

    fn look_up(&mut self, records: &[(&'static Object, i64)]) -> Result<()> {
        let mut statement = Statement::new(self.conn.engine(), self.access.company);
        for (object, id) in records {
            let (code, table) = (object.code, object.table());
            statement.push(if statement.text.is_empty() { "" } else { " UNION ALL " });
            statement.push(&format!("SELECT {code}, t.id FROM {table} t WHERE t.company_id = ?1 AND t.id = "));
            statement.push_bound(*id).push(if object.is_marked() { " AND t.is_deleted = FALSE" } else { "" });
            if let Some(seen) = Sight::from(self.access).condition(object, "t", &mut statement) {
                statement.push(" AND ").push(&seen);
            }
        }
        let alive = &mut self.alive;
        self.reader.conn.query(&statement.text, &statement.bound(), &mut |row| {
            let code = row.get(0).int().and_then(|code| u8::try_from(code).ok());
            alive.extend(code.zip(row.get(1).int()));
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
        self.seq += 1;
        event.seq = self.seq;
        self.schema_changed |= event.object.is_schema;
        if event.action != Action::Create {
            self.alive.clear();
        }
        self.events.push(event);
        self.seq
    }

    /// Reads the company's schema anew, after this transaction changed it.
    pub(crate) fn reload_schema(&mut self) -> Result<()> {
        let company = self.reader.access.company;
        self.reader.schema = Arc::new(crate::schema::load(self.reader.conn, company)?);
        Ok(())
    }

    /// The objects and records that changed so far, in order.
    pub fn changed(&self) -> impl Iterator<Item = (&'static Object, i64)> {
        self.events.iter().map(|e| (e.object, e.record))
    }

    /// Writes the events and the company's counters.
    pub(crate) fn finish(mut self) -> Result<()> {
        let company = ValueRef::Int(self.reader.access.company);
        let used = self.counters.iter().filter(|counter| counter.last != counter.stored);
        let rows: Vec<Value> = used
            .flat_map(|counter| {
                [Value::Int(self.reader.access.company), Value::from(&*counter.name), Value::Int(counter.last)]
            })
            .collect();
        let counted = "ON CONFLICT (company_id, name) DO UPDATE SET last = excluded.last";
        insert_many(self.reader.conn, "INSERT INTO counter (company_id, name, last) VALUES ", counted, 3, &rows)?;
        if self.events.is_empty() {
            return Ok(());
        }
        let events = std::mem::take(&mut self.events);
        let (access, now) = (self.reader.access, self.reader.now);
        crate::event::write(self.reader.conn, access, now, &events)?;
        let bump = i64::from(self.schema_changed);
        self.reader.conn.defer(
            "UPDATE company SET event_seq = ?2, schema_version = schema_version + ?3 WHERE id = ?1",
            &[company, ValueRef::Int(self.seq), ValueRef::Int(bump)],
        )?;
        Ok(())
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
