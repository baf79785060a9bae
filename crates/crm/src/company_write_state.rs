//! What a write knows of its company while it holds its lock: the counters, the sequence of the last event, the
//! schema's version. It is handed on from write to write, and stands in the rows when the transaction ends.

use std::sync::Arc;

use penstock_model::{CompanyId, Error, Result, UserId, Value, ValueRef};
use penstock_store::{Conn, GroupState, flush, group_state};

use crate::tx::insert_many;

/// A company's counters and versions.
#[derive(Clone)]
pub(crate) struct CompanyWriteState {
    company: CompanyId,
    /// The sequence of the last event.
    pub(crate) seq: i64,
    stored_seq: i64,
    /// The version of the schema; its row says it at once.
    pub(crate) schema_version: i64,
    stored_schema_version: i64,
    counters: Vec<Counter>,
    /// Records that were found to exist and to be visible to a user: the user (none for admins, who see all), the object's
    /// code and the number. The company is locked, so only a write of this transaction can change that, and then empties
    /// it.
    alive: Vec<(Option<UserId>, u8, i64)>,
}

/// Records that are handed on as alive at most.
const REMEMBERED: usize = 256;

#[derive(Clone)]
struct Counter {
    name: Arc<str>,
    last: i64,
    stored: i64,
}

impl CompanyWriteState {
    /// As the last write of this transaction left it, or as the rows have it.
    pub(crate) fn open(conn: &mut dyn Conn, company: CompanyId) -> Result<Self> {
        if let Some(state) = group_state::<Self>(conn).filter(|state| state.company == company) {
            return Ok(Self::clone(&state));
        }
        flush(conn)?;
        let mut state = None;
        let mut counters = Vec::with_capacity(24);
        conn.query(
            "SELECT '', event_seq, schema_version FROM company WHERE id = ?1 \
             UNION ALL SELECT name, last, 0 FROM counter WHERE company_id = ?1",
            &[company.into()],
            &mut |row| {
                let number = |column| row.get(column).int().unwrap_or(0);
                let (last, schema_version) = (number(1), number(2));
                match row.get(0).text() {
                    Some("") => {
                        let (counters, alive) = (Vec::new(), Vec::new());
                        state = Some(Self {
                            company,
                            seq: last,
                            stored_seq: last,
                            schema_version,
                            stored_schema_version: schema_version,
                            counters,
                            alive,
                        });
                    }
                    Some(name) => counters.push(Counter { name: name.into(), last, stored: last }),
                    None => {}
                }
                Ok(())
            },
        )?;
        let state = state.ok_or_else(|| Error::not_found("company"))?;
        Ok(Self { counters, ..state })
    }

    /// Hands it on. A new version of the schema is written down at once: whoever reads definitions reads it too.
    pub(crate) fn close(mut self, conn: &mut dyn Conn, schema_changed: bool) -> Result<()> {
        self.schema_version += i64::from(schema_changed);
        if self.alive.len() > REMEMBERED {
            self.alive.clear();
        }
        *conn.group_state() = Some(Arc::new(self));
        if schema_changed { flush(conn) } else { Ok(()) }
    }

    /// Whether a record is known to exist and to be visible to a user.
    pub(crate) fn is_alive(&self, user: Option<UserId>, code: u8, id: i64) -> bool {
        self.alive.contains(&(user, code, id))
    }

    /// Remembers that a record exists and is visible to a user.
    pub(crate) fn note_alive(&mut self, user: Option<UserId>, code: u8, id: i64) {
        self.alive.push((user, code, id));
    }

    /// A record changed or went: which ones are visible may be another matter now.
    pub(crate) fn forget_alive(&mut self) {
        self.alive.clear();
    }

    /// The next number of a counter, from 1.
    pub(crate) fn next(&mut self, name: &str) -> i64 {
        let at = self.counters.iter().position(|known| *known.name == *name).unwrap_or_else(|| {
            self.counters.push(Counter { name: name.into(), last: 0, stored: 0 });
            self.counters.len() - 1
        });
        self.counters[at].last += 1;
        self.counters[at].last
    }
}

impl GroupState for CompanyWriteState {
    fn flush(&self, conn: &mut dyn Conn) -> Result<()> {
        let used = self.counters.iter().filter(|counter| counter.last != counter.stored);
        let rows: Vec<Value> =
            used.flat_map(|c| [self.company.into(), Value::from(&*c.name), Value::Int(c.last)]).collect();
        let counted = "ON CONFLICT (company_id, name) DO UPDATE SET last = excluded.last";
        insert_many(conn, "INSERT INTO counter (company_id, name, last) VALUES ", counted, 3, &rows)?;
        if self.seq == self.stored_seq && self.schema_version == self.stored_schema_version {
            return Ok(());
        }
        conn.defer(
            "UPDATE company SET event_seq = ?2, schema_version = ?3 WHERE id = ?1",
            &[self.company.get(), self.seq, self.schema_version].map(ValueRef::Int),
        )
    }
}
