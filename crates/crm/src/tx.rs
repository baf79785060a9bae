//! A transaction of changes: what acts read, number and record while it runs.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use penstock_model::{Object, Result, Value, ValueRef};
use penstock_store::one_int;

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
    /// The counters that were used.
    counters: Vec<Counter>,
    /// Records that were found to exist and to be visible: the object's code and the number. What may change that
    /// empties it.
    alive: Vec<(u8, i64)>,
    /// Whether satellites of a record are being written by the act itself (imports set visits and times).
    pub(crate) importing: bool,
}

/// A counter of the company, while its lock is held: its row follows at the end when it counted more than once.
struct Counter {
    name: String,
    last: i64,
    stored: i64,
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
    pub(crate) fn new(reader: Reader<'a>, ids: Arc<dyn Ids>, seq: i64) -> Self {
        Self {
            reader,
            ids,
            seq,
            events: Vec::new(),
            schema_changed: false,
            counters: Vec::new(),
            alive: Vec::new(),
            importing: false,
        }
    }

    /// The next number of a counter of this company, from 1.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn next(&mut self, counter: &str) -> Result<i64> {
        if let Some(used) = self.counters.iter_mut().find(|used| used.name == counter) {
            used.last += 1;
            return Ok(used.last);
        }
        let company = self.access.company;
        let number = one_int(
            self.conn,
            "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, 1) \
             ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last",
            &[ValueRef::Int(company), ValueRef::Text(counter)],
        )?
        .unwrap_or(1);
        self.counters.push(Counter { name: counter.to_owned(), last: number, stored: number });
        Ok(number)
    }

    /// Whether a record can be referred to: it exists, is not deleted, and the acting user may see it.
    pub(crate) fn can_refer_to(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        if self.alive.contains(&(object.code, id)) {
            return Ok(true);
        }
        let found = self.sees_alive(object, id)?;
        if found {
            self.alive.push((object.code, id));
        }
        Ok(found)
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
        for used in self.counters.iter().filter(|used| used.last != used.stored) {
            let params = [company, ValueRef::Text(&used.name), ValueRef::Int(used.last)];
            self.reader.conn.defer("UPDATE counter SET last = ?3 WHERE company_id = ?1 AND name = ?2", &params)?;
        }
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

/// Inserts many rows with as few statements as possible: `head` names table and columns up to `VALUES `.
/// Rows have at least two columns.
pub(crate) fn insert_many(
    conn: &mut dyn penstock_store::Conn,
    head: &str,
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
        text.push(')');
        let bound: Vec<ValueRef<'_>> = chunk.iter().map(Value::as_ref).collect();
        conn.defer(&text, &bound)?;
    }
    Ok(())
}
