//! What the company knows of its imports: each is a job that is run by whoever has its files, and undoing it is another.
//! How far a job came is written in the transaction of the rows themselves, so that it is never wrong.

use penstock_crm::{Crm, jobs};
use penstock_model::{Code, CompanyId, Error, Micros, Result};
use penstock_store::Conn;
use penstock_work::{self as work, Job, Lease, New, Outcome, of_kind};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// The kind of the job that writes rows.
const IMPORT: &str = "import";
/// The kind of the job that deletes what one has made.
const UNDO: &str = "import_undo";

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is under way, or was interrupted.
    Running,
    /// Every row was looked at.
    Finished,
    /// Its records are being deleted, or that was interrupted.
    Undoing,
    /// Its records were deleted.
    Undone,
}

impl State {
    /// What is said of it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// What tells the mapping and the files from any other.
    pub fingerprint: String,
    /// How many rows it has.
    pub rows: i64,
    /// What became of those that are done.
    pub counts: Counts,
    /// The number of its job.
    job: i64,
    /// The number of the job that undoes it.
    undo: Option<i64>,
}

impl Import {
    /// How many rows are done.
    #[must_use]
    pub const fn done(&self) -> i64 {
        self.counts.all()
    }
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// What became of the rows that a job has done.
fn counts_of(job: &Job) -> Counts {
    Counts::deserialize(&job.cursor).unwrap_or_default()
}

/// The imports of a company, newest first.
fn all(conn: &mut dyn Conn, company: CompanyId) -> Result<Vec<Import>> {
    let undoing = of_kind(conn, company, UNDO)?;
    let jobs = of_kind(conn, company, IMPORT)?.into_iter();
    let imports = jobs.map(|job| {
        let undo = undoing.iter().find(|undo| undo.payload["job"] == job.id);
        let state = match (undo.map(|undo| undo.state), job.state) {
            (Some(work::State::Done), _) => State::Undone,
            (Some(_), _) => State::Undoing,
            (None, work::State::Done) => State::Finished,
            (None, _) => State::Running,
        };
        let text = |name: &str| job.payload[name].as_str().unwrap_or_default().to_owned();
        Import {
            id: text("import"),
            state,
            fingerprint: text("fingerprint"),
            rows: job.payload["rows"].as_i64().unwrap_or_default(),
            counts: counts_of(&job),
            job: job.id,
            undo: undo.map(|undo| undo.id),
        }
    });
    Ok(imports.collect())
}

/// The import with that id.
pub(super) fn find(conn: &mut dyn Conn, company: CompanyId, id: &str) -> Result<Option<Import>> {
    Ok(all(conn, company)?.into_iter().find(|import| import.id == id))
}

/// The last import of the same mapping and files that was interrupted.
pub(super) fn interrupted(conn: &mut dyn Conn, company: CompanyId, fingerprint: &str) -> Result<Option<Import>> {
    let mut all = all(conn, company)?.into_iter();
    Ok(all.find(|import| import.state == State::Running && import.fingerprint == fingerprint))
}

/// The imports that can be undone or continued, newest first.
pub(super) fn latest(conn: &mut dyn Conn, company: CompanyId) -> Result<Vec<String>> {
    let left = all(conn, company)?.into_iter().filter(|import| import.state != State::Undone);
    Ok(left.map(|import| import.id).take(10).collect())
}

/// A new import: the mapping file's name and what it is told apart by.
pub(super) struct NewImport<'a> {
    pub(super) id: &'a str,
    pub(super) mapping: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) rows: i64,
}

/// Begins an import.
pub(super) fn begin(
    conn: &mut dyn Conn,
    company: CompanyId,
    new: &NewImport<'_>,
    now: Micros,
) -> Result<(Import, Lease)> {
    let NewImport { id, mapping, fingerprint, rows } = *new;
    let payload = json!({"import": id, "mapping": mapping, "fingerprint": fingerprint, "rows": rows});
    let new = New { company, kind: IMPORT, payload: &payload, run_at: now };
    let lease = work::begin(conn, &new, &jobs::owner(), now)?;
    let (id, fingerprint) = (id.to_owned(), fingerprint.to_owned());
    let import =
        Import { id, state: State::Running, fingerprint, rows, counts: Counts::default(), job: lease.job, undo: None };
    Ok((import, lease))
}

/// Goes on with an import, whoever had it: what that process still sends is not recorded.
pub(super) fn resume(conn: &mut dyn Conn, company: CompanyId, import: &Import, now: Micros) -> Result<Lease> {
    let lease = work::take_over(conn, company, import.job, &jobs::owner(), now)?;
    lease.ok_or_else(|| gone_on(&import.id))
}

/// Begins to undo an import, or goes on with that. Who still writes its rows can't go on.
pub(super) fn begin_undo(conn: &mut dyn Conn, company: CompanyId, import: &Import, now: Micros) -> Result<Lease> {
    if let Some(undo) = import.undo {
        let lease = work::take_over(conn, company, undo, &jobs::owner(), now)?;
        return lease.ok_or_else(|| gone_on(&import.id));
    }
    work::cancel(conn, company, import.job, now)?;
    let payload = json!({"import": import.id, "job": import.job});
    work::begin(conn, &New { company, kind: UNDO, payload: &payload, run_at: now }, &jobs::owner(), now)
}

fn gone_on(id: &str) -> Error {
    Error::new(Code::PreconditionFailed, format!("another process went on with import {id}"))
}

/// The job of an import, or of undoing it, in the hands of this process.
#[derive(Clone)]
pub(super) struct Held {
    crm: Crm,
    /// The import's id.
    pub(super) id: String,
    lease: Lease,
}

impl Held {
    pub(super) fn new(crm: &Crm, id: &str, lease: Lease) -> Self {
        Self { crm: crm.clone(), id: id.to_owned(), lease }
    }

    /// Makes sure that nobody else went on with it, in the transaction of what is written next. Gives what became of
    /// the rows so far; with `done`, only when so many are done.
    pub(super) fn expect(&self, conn: &mut dyn Conn, done: Option<i64>) -> Result<Counts> {
        let job = self.lease.hold(conn, self.crm.clock.now())?.ok_or_else(|| gone_on(&self.id))?;
        let counts = counts_of(&job);
        if done.is_none_or(|done| done == counts.all()) {
            return Ok(counts);
        }
        let message = format!("another process went on with import {}: it is at row {}", self.id, counts.all());
        Err(Error::new(Code::PreconditionFailed, message))
    }

    /// Records what became of the rows so far.
    pub(super) fn record(&self, conn: &mut dyn Conn, counts: &Counts) -> Result<()> {
        let cursor = serde_json::to_value(counts).unwrap_or(Json::Null);
        self.lease.record(conn, &Outcome::More(cursor), self.crm.clock.now())
    }

    /// Records that there is nothing left to do.
    pub(super) fn end(&self, conn: &mut dyn Conn) -> Result<()> {
        self.lease.record(conn, &Outcome::Done, self.crm.clock.now())
    }
}
