//! The import itself: rows in chunks, one write closure each, with how far it came written in the same transaction.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use penstock_crm::{Crm, Tx};
use penstock_model::{Access, Code, Error, Result, ValueRef};
use penstock_store::{Conn, one_int};

use super::{
    draft::{Draft, Problem},
    judge::{Stop, Verdict, is_of_row, judge},
    ledger,
    live::{Became, Live, Names},
    plan::{Plan, Step, Target},
    prepare::prepare,
    progress::Progress,
    state::{self, Counts, FINISHED, Import, RUNNING},
    walk::{Looked, Walk},
};
use crate::failure::{Failure, Outcome};

/// Rows of the database that a write closure may change (DESIGN 5).
const CHANGES: usize = 500;

/// What every chunk of an import needs.
struct Job {
    crm: Crm,
    access: Access,
    plan: Arc<Plan>,
    id: String,
    customs: Vec<u32>,
}

/// Some rows of a step.
struct Chunk {
    step: usize,
    /// How many rows were done before.
    done: i64,
    rows: Vec<Looked>,
    known: Arc<Names>,
}

/// Rows that the rules refused when their chunk was tried before, by their places in it.
type Refused = HashMap<usize, Problem>;

/// What a chunk came to.
struct Done {
    counts: Counts,
    found: Names,
}

/// Writes the rows of an import that are not done yet, and gives what became of all.
pub(super) async fn write(crm: &Crm, access: Access, plan: &Arc<Plan>, import: &Import) -> Outcome<Counts> {
    let company = access.company;
    let customs = ready(crm, &access, plan, &import.id).await?;
    let mut progress = Progress::new(plan.rows);
    let job = Arc::new(Job { crm: crm.clone(), access, plan: Arc::clone(plan), id: import.id.clone(), customs });
    let (mut before, mut done, mut counts) = (0, import.done, import.counts);
    let mut known = Arc::new(Names::new());
    for (at, step) in plan.steps.iter().enumerate() {
        let end = before + step.file.rows;
        if done < end {
            let mut walk = Walk::new(step, done - before)?;
            loop {
                let rows = walk.take(size(step))?;
                if rows.is_empty() {
                    break;
                }
                progress.show(&step.file.name, done, counts.refused);
                let result = run(&job, at, done, rows, &known).await?;
                counts = counts.plus(result.counts);
                done += result.counts.all();
                if !result.found.is_empty() {
                    Arc::make_mut(&mut known).extend(result.found);
                }
            }
        }
        before = end;
    }
    progress.end(done, counts.refused);
    let id = import.id.clone();
    crm.database
        .write(company, move |conn| {
            state::expect(conn, company, &id, RUNNING, Some(done))?;
            state::enter(conn, company, &id, FINISHED)
        })
        .await?;
    Ok(counts)
}

/// Rows of a step in one chunk. Each changes its record, the record's event, follower, external id, search document,
/// counters and note, some sixteen rows in all; and more for each stay and each value of a custom field.
fn size(step: &Step) -> usize {
    let customs = step.fields.iter().filter(|f| matches!(f.target, Target::Custom(_))).count();
    (CHANGES / (16 + 2 * step.stays.len() + customs)).max(1)
}

/// Makes what the company is to have, and gives the numbers of the custom fields.
async fn ready(crm: &Crm, access: &Access, plan: &Arc<Plan>, id: &str) -> Outcome<Vec<u32>> {
    let (plan, id, company) = (Arc::clone(plan), id.to_owned(), access.company);
    let prepared = crm.write(Arc::new(access.clone()), move |tx| {
        state::expect(tx.conn, company, &id, RUNNING, None)?;
        let prepared = prepare(tx, &plan)?;
        ledger::note(tx.conn, company, &id, &prepared.made)?;
        Ok(prepared.customs)
    });
    let customs = prepared.await?;
    // What was defined is read once, for all chunks.
    let (reader, mut access) = (crm.clone(), access.clone());
    crm.database
        .read(move |conn| {
            let version = "SELECT schema_version FROM company WHERE id = ?1";
            let key = [ValueRef::Int(access.company)];
            access.schema_version = one_int(conn, version, &key)?.unwrap_or(0);
            reader.schema(conn, &access).map(drop)
        })
        .await?;
    Ok(customs)
}

/// Writes a chunk. A row that the rules refuse undoes all of it, so that nothing of the row stays; then the chunk is
/// written again without the row.
async fn run(job: &Arc<Job>, step: usize, done: i64, rows: Vec<Looked>, known: &Arc<Names>) -> Outcome<Done> {
    let chunk = Arc::new(Chunk { step, done, rows, known: Arc::clone(known) });
    let mut refused = Arc::new(Refused::new());
    loop {
        let stopped: Arc<Mutex<Option<(usize, Problem)>>> = Arc::default();
        let work = {
            let (job, chunk) = (Arc::clone(job), Arc::clone(&chunk));
            let (refused, stopped) = (Arc::clone(&refused), Arc::clone(&stopped));
            move |conn: &mut dyn Conn| {
                job.crm.change(conn, &job.access, |tx| {
                    state::expect(tx.conn, job.access.company, &job.id, RUNNING, Some(chunk.done))?;
                    rows_of(&job, &chunk, &refused, tx).map_err(|(at, stop)| match stop {
                        Stop::Row(problem) => {
                            let error = Error::new(Code::RuleViolated, problem.reason.clone());
                            *stopped.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, problem));
                            error
                        }
                        Stop::Engine(error) => error,
                    })
                })
            }
        };
        let result = job.crm.database.write(job.access.company, work).await;
        let stopped = stopped.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (result, stopped) {
            (Ok(done), _) => return Ok(done),
            (Err(_), Some((at, problem))) => {
                Arc::make_mut(&mut refused).insert(at, problem);
            }
            (Err(error), None) => {
                let advice = format!(
                    "What was written stays: the same command goes on with import {0}, --undo {0} undoes it.",
                    job.id
                );
                return Err(Failure::from(error).advise(advice));
            }
        }
    }
}

fn rows_of(job: &Job, chunk: &Chunk, refused: &Refused, tx: &mut Tx<'_>) -> Result<Done, (usize, Stop)> {
    let step = &job.plan.steps[chunk.step];
    let mut counts = Counts::default();
    let mut problems: Vec<Problem> = Vec::new();
    let mut live = Live::new(tx, &job.plan, &job.customs, Arc::clone(&chunk.known));
    let drafts = chunk.rows.iter().filter_map(|looked| looked.as_ref().ok()?.as_ref());
    live.expect(step, drafts).map_err(|error| (0, Stop::Engine(error)))?;
    for (at, looked) in chunk.rows.iter().enumerate() {
        let draft = match (looked, refused.get(&at)) {
            (_, Some(problem)) => {
                problems.push(problem.clone());
                counts.refused += 1;
                continue;
            }
            (Err(why), None) => {
                problems.extend_from_slice(why);
                counts.refused += 1;
                continue;
            }
            (Ok(None), None) => {
                counts.passed += 1;
                continue;
            }
            (Ok(Some(draft)), None) => draft,
        };
        let verdict = judge(step, draft, &mut live).map_err(|stop| (at, stop))?;
        if let Verdict::Refuse(why) = verdict {
            problems.extend(why);
            counts.refused += 1;
            continue;
        }
        let became = live.write(step, draft, verdict).map_err(|error| {
            let stop = if is_of_row(&error) { Stop::Row(problem(step, draft, error)) } else { Stop::Engine(error) };
            (at, stop)
        })?;
        match became {
            Some(Became::Made) => counts.made += 1,
            Some(Became::Changed) => counts.changed += 1,
            Some(Became::Same) => counts.same += 1,
            None => counts.passed += 1,
        }
    }
    let Live { found, made, .. } = live;
    let company = job.access.company;
    let noted: Result<()> = (|| {
        ledger::note(tx.conn, company, &job.id, &made)?;
        ledger::refuse(tx.conn, company, &job.id, &step.file.name, &problems)?;
        state::count(tx.conn, company, &job.id, &counts)
    })();
    noted.map_err(|error| (0, Stop::Engine(error)))?;
    Ok(Done { counts, found })
}

/// What the rules of the CRM said of a row.
fn problem(step: &Step, draft: &Draft, error: Error) -> Problem {
    match error.field.as_deref().and_then(|name| step.built_in(name)) {
        Some(at) => draft.problem(step, at, error.message),
        None => Problem::of_row(draft.line, error.message),
    }
}
