//! Some rows of an import: written in one transaction, together with how far the import came.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use penstock_crm::{Crm, Tx};
use penstock_model::{Access, Code, Error, Result};
use penstock_store::Conn;

use super::{
    draft::{Draft, Problem},
    judge::{Stop, Verdict, is_of_row, judge},
    ledger,
    live::{Became, Live, Names},
    plan::{Plan, Step, Target},
    state::{Counts, Held},
    walk::Looked,
};

/// Rows of the database that a write closure changes, less than it may (DESIGN 5): who writes beside an import waits
/// for one chunk, and a few more of them cost an import hardly anything.
const CHANGES: usize = 160;

/// What every chunk of an import needs.
pub(super) struct Job {
    pub(super) crm: Crm,
    pub(super) access: Access,
    pub(super) plan: Arc<Plan>,
    /// The import.
    pub(super) held: Held,
    /// The numbers of the plan's custom fields.
    pub(super) customs: Vec<u32>,
}

/// Some rows of a step.
#[derive(Clone)]
pub(super) struct Chunk {
    /// The step's place in the plan.
    pub(super) step: usize,
    /// How many rows of the import are done before.
    pub(super) done: i64,
    pub(super) rows: Arc<[Looked]>,
    /// Rows that the rules refused when this chunk was tried before, by their places in it.
    refused: HashMap<usize, Problem>,
    /// Names that chunks before found.
    known: Arc<Names>,
}

/// What came of a chunk.
pub(super) enum Came {
    /// It is written.
    Written(Counts, Names),
    /// The rules refused a row; nothing is written.
    Refused(usize, Problem),
    /// The engine failed, or somebody else went on with the import; nothing is written.
    Failed(Error),
}

impl Chunk {
    pub(super) fn new(step: usize, done: i64, rows: Vec<Looked>, known: &Arc<Names>) -> Self {
        Self { step, done, rows: rows.into(), refused: HashMap::new(), known: Arc::clone(known) }
    }

    /// The same chunk without a row that the rules refuse.
    pub(super) fn without(&self, row: usize, problem: Problem) -> Self {
        let mut chunk = self.clone();
        chunk.refused.insert(row, problem);
        chunk
    }

    /// Rows of a step that one chunk takes. Each changes its record, the record's event, follower, external id, search
    /// document, counters and note, some sixteen rows in all; and more for each stay and each custom value.
    pub(super) fn size(step: &Step) -> usize {
        let customs = step.fields.iter().filter(|f| matches!(f.target, Target::Custom(_))).count();
        (CHANGES / (16 + 2 * step.stays.len() + customs)).max(1)
    }

    /// Writes the chunk, if it is the next one of its import.
    pub(super) async fn write(self, job: Arc<Job>) -> Came {
        let stopped: Arc<Mutex<Option<(usize, Problem)>>> = Arc::default();
        let (crm, company, note) = (job.crm.clone(), job.access.company(), Arc::clone(&stopped));
        let work = move |conn: &mut dyn Conn| {
            job.crm.change(conn, &job.access, |tx| {
                let before = job.held.expect(tx.conn, Some(self.done))?;
                self.rows(&job, tx, before).map_err(|(at, stop)| match stop {
                    Stop::Row(problem) => {
                        let error = Error::new(Code::RuleViolated, problem.reason.clone());
                        *note.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, problem));
                        error
                    }
                    Stop::Engine(error) => error,
                })
            })
        };
        let result = crm.database.write(company, work).await;
        let stopped = stopped.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (result, stopped) {
            (Ok((counts, found)), _) => Came::Written(counts, found),
            (Err(_), Some((at, problem))) => Came::Refused(at, problem),
            (Err(error), None) => Came::Failed(error),
        }
    }

    /// Writes the rows. What stops it stands beside the row's place; then nothing of the chunk may stay.
    fn rows(&self, job: &Job, tx: &mut Tx<'_>, before: Counts) -> Result<(Counts, Names), (usize, Stop)> {
        let step = &job.plan.steps[self.step];
        let (mut counts, mut problems) = (Counts::default(), Vec::<Problem>::new());
        let mut live = Live::new(tx, &job.plan, &job.customs, Arc::clone(&self.known));
        let engine = |error| (0, Stop::Engine(error));
        let drafts = self.rows.iter().filter_map(|looked| looked.as_ref().ok()?.as_ref());
        live.expect(step, drafts).map_err(engine)?;
        for (at, looked) in self.rows.iter().enumerate() {
            let refused = match self.refused.get(&at) {
                Some(problem) => Err(vec![problem.clone()]),
                None => row(step, looked, &mut live).map_err(|stop| (at, stop))?,
            };
            match refused {
                Ok(Some(Became::Made)) => counts.made += 1,
                Ok(Some(Became::Changed)) => counts.changed += 1,
                Ok(Some(Became::Same)) => counts.same += 1,
                Ok(None) => counts.passed += 1,
                Err(why) => {
                    counts.refused += 1;
                    problems.extend(why);
                }
            }
        }
        let Live { found, made, .. } = live;
        let company = job.access.company();
        ledger::note(tx.conn, company, &job.held.id, &made).map_err(engine)?;
        ledger::refuse(tx.conn, company, &job.held.id, &step.file.name, &problems).map_err(engine)?;
        job.held.record(tx.conn, &before.plus(counts)).map_err(engine)?;
        Ok((counts, found))
    }
}

/// Writes a row, unless it is passed over or refused.
fn row(step: &Step, looked: &Looked, live: &mut Live<'_, '_>) -> Result<Result<Option<Became>, Vec<Problem>>, Stop> {
    let draft = match looked {
        Err(why) => return Ok(Err(why.clone())),
        Ok(None) => return Ok(Ok(None)),
        Ok(Some(draft)) => draft,
    };
    match judge(step, draft, live)? {
        Verdict::Refuse(why) => Ok(Err(why)),
        verdict => live.write(step, draft, verdict).map(Ok).map_err(|error| {
            if is_of_row(&error) { Stop::Row(problem(step, draft, error)) } else { Stop::Engine(error) }
        }),
    }
}

/// What the rules of the CRM said of a row.
fn problem(step: &Step, draft: &Draft, error: Error) -> Problem {
    match error.field.as_deref().and_then(|name| step.built_in(name)) {
        Some(at) => draft.problem(step, at, error.message),
        None => Problem::of_row(draft.line, error.message),
    }
}
