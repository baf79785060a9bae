//! What the company knows of its imports: how far each came. Written in the transaction of the rows themselves, so that
//! it is never wrong.

use penstock_model::{Code, CompanyId, Error, Micros, Result, Value, ValueRef};
use penstock_store::{Conn, one};

/// An import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// `running`, `finished`, `undoing` or `undone`.
    pub state: String,
    /// The mapping file's name.
    pub mapping: String,
    /// What tells the mapping and the files from any other.
    pub fingerprint: String,
    /// How many rows it has.
    pub rows: i64,
    /// How many of them are done.
    pub done: i64,
    /// What became of those.
    pub counts: Counts,
    /// When it was begun, by the company's clock.
    pub add_time: Micros,
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Their records were made.
    pub made: i64,
    /// Their records were changed.
    pub changed: i64,
    /// Their records were as they say.
    pub same: i64,
    /// They were passed over.
    pub passed: i64,
    /// They were refused.
    pub refused: i64,
}

impl Counts {
    /// How many rows that are.
    #[must_use]
    pub const fn all(self) -> i64 {
        self.made + self.changed + self.same + self.passed + self.refused
    }
    /// The sum of both.
    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            made: self.made + other.made,
            changed: self.changed + other.changed,
            same: self.same + other.same,
            passed: self.passed + other.passed,
            refused: self.refused + other.refused,
        }
    }
}

/// It is under way, or was interrupted.
pub(super) const RUNNING: &str = "running";
/// Every row was looked at.
pub(super) const FINISHED: &str = "finished";
/// Its records are being deleted, or that was interrupted.
pub(super) const UNDOING: &str = "undoing";
/// Its records were deleted.
pub(super) const UNDONE: &str = "undone";

const COLUMNS: &str = "id, state, mapping, fingerprint, total, done, made, changed, same, passed, refused, add_time";

fn read(row: &[Value]) -> Import {
    let text = |at: usize| row[at].text().unwrap_or_default().to_owned();
    let int = |at: usize| row[at].int().unwrap_or(0);
    Import {
        id: text(0),
        state: text(1),
        mapping: text(2),
        fingerprint: text(3),
        rows: int(4),
        done: int(5),
        counts: Counts { made: int(6), changed: int(7), same: int(8), passed: int(9), refused: int(10) },
        add_time: int(11),
    }
}

/// The import with that id.
pub(super) fn find(conn: &mut dyn Conn, company: CompanyId, id: &str) -> Result<Option<Import>> {
    let text = format!("SELECT {COLUMNS} FROM import WHERE company_id = ?1 AND id = ?2");
    Ok(one(conn, &text, &[company.into(), ValueRef::Text(id)], 12)?.map(|row| read(&row)))
}

/// The last import of the same mapping and files that was interrupted.
pub(super) fn interrupted(conn: &mut dyn Conn, company: CompanyId, fingerprint: &str) -> Result<Option<Import>> {
    let text = format!(
        "SELECT {COLUMNS} FROM import WHERE company_id = ?1 AND fingerprint = ?2 AND state = ?3 \
         ORDER BY add_time DESC, id DESC LIMIT 1"
    );
    let key = [company.into(), ValueRef::Text(fingerprint), ValueRef::Text(RUNNING)];
    Ok(one(conn, &text, &key, 12)?.map(|row| read(&row)))
}

/// The imports that can be undone or continued, newest first.
pub(super) fn latest(conn: &mut dyn Conn, company: CompanyId) -> Result<Vec<String>> {
    let text = "SELECT id FROM import WHERE company_id = ?1 AND state <> ?2 ORDER BY add_time DESC, id DESC LIMIT 10";
    let mut ids = Vec::new();
    conn.query(text, &[company.into(), ValueRef::Text(UNDONE)], &mut |row| {
        ids.extend(row.get(0).text().map(str::to_owned));
        Ok(())
    })?;
    Ok(ids)
}

/// Begins an import.
pub(super) fn begin(conn: &mut dyn Conn, company: CompanyId, import: &Import) -> Result<()> {
    conn.execute(
        "INSERT INTO import (company_id, id, state, mapping, fingerprint, total, done, made, changed, same, passed, \
         refused, add_time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, 0, 0, 0, ?7)",
        &[
            company.into(),
            ValueRef::Text(&import.id),
            ValueRef::Text(RUNNING),
            ValueRef::Text(&import.mapping),
            ValueRef::Text(&import.fingerprint),
            ValueRef::Int(import.rows),
            ValueRef::Int(import.add_time),
        ],
    )?;
    Ok(())
}

/// Makes sure that nobody else went on with an import.
pub(super) fn expect(conn: &mut dyn Conn, company: CompanyId, id: &str, state: &str, done: Option<i64>) -> Result<()> {
    let stored = find(conn, company, id)?.ok_or_else(|| Error::not_found("import"))?;
    if stored.state == state && done.is_none_or(|done| done == stored.done) {
        return Ok(());
    }
    let message = format!("another process went on with import {id}: it is {}, at row {}", stored.state, stored.done);
    Err(Error::new(Code::PreconditionFailed, message))
}

/// Goes to another state.
pub(super) fn enter(conn: &mut dyn Conn, company: CompanyId, id: &str, state: &str) -> Result<()> {
    let key = [company.into(), ValueRef::Text(id), ValueRef::Text(state)];
    conn.execute("UPDATE import SET state = ?3 WHERE company_id = ?1 AND id = ?2", &key)?;
    Ok(())
}

/// Counts rows that are done.
pub(super) fn count(conn: &mut dyn Conn, company: CompanyId, id: &str, counts: &Counts) -> Result<()> {
    let Counts { made, changed, same, passed, refused } = *counts;
    let key = [company.into(), ValueRef::Text(id)];
    let counted = [made + changed + same + passed + refused, made, changed, same, passed, refused].map(ValueRef::Int);
    conn.defer(
        "UPDATE import SET done = done + ?3, made = made + ?4, changed = changed + ?5, same = same + ?6, \
         passed = passed + ?7, refused = refused + ?8 WHERE company_id = ?1 AND id = ?2",
        &[&key[..], &counted].concat(),
    )
}
