//! A transaction of changes: what acts read, number and record while it runs.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use penstock_model::{Object, Result, Value, ValueRef};
use penstock_store::one_int;

use crate::{Ids, event::Event, read::Reader};

/// Changes of one company under its lock. It reads as a [`Reader`] does, for the acting user.
pub struct Tx<'a> {
    reader: Reader<'a>,
    ids: Arc<dyn Ids>,
    /// The sequence of the last event; the company's row gets it at the end.
    seq: i64,
    events: Vec<Event>,
    schema_changed: bool,
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
    pub(crate) fn new(reader: Reader<'a>, ids: Arc<dyn Ids>, seq: i64) -> Self {
        Self { reader, ids, seq, events: Vec::new(), schema_changed: false, importing: false }
    }

    /// The next number of a counter of this company, from 1.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn next(&mut self, counter: &str) -> Result<i64> {
        let company = self.access.company;
        let number = one_int(
            self.conn,
            "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, 1) \
             ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last",
            &[ValueRef::Int(company), ValueRef::Text(counter)],
        )?;
        Ok(number.unwrap_or(1))
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
        if self.events.is_empty() {
            return Ok(());
        }
        let events = std::mem::take(&mut self.events);
        let (access, now) = (self.reader.access, self.reader.now);
        crate::event::write(self.reader.conn, access, now, &events)?;
        let company = ValueRef::Int(access.company);
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
