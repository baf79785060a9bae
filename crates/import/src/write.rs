//! The import itself: chunks of rows on their way to the company, a few at a time.

use std::{collections::VecDeque, future::poll_fn, pin::Pin, sync::Arc, task::Poll};

use penstock_crm::Crm;
use penstock_model::{Access, Error};
use penstock_store::one_int;

use super::failure::{Failure, Outcome};
use super::{
    chunk::{Came, Chunk, Job},
    ledger,
    live::Names,
    plan::Plan,
    prepare::prepare,
    state::{Counts, Held},
    walk::Walk,
    watcher::Watcher,
};

/// Chunks that are on their way at once: those that wait together are committed together.
const ON_THE_WAY: usize = 24;

/// Writes the rows of an import that are not done yet, and gives what became of all.
pub(super) async fn write(
    crm: &Crm,
    access: Access,
    plan: &Arc<Plan>,
    held: Held,
    counts: Counts,
    watcher: &mut dyn Watcher,
) -> Outcome<Counts> {
    let company = access.company();
    let customs = ready(crm, &access, plan, &held).await?;
    let job = Arc::new(Job { crm: crm.clone(), access, plan: Arc::clone(plan), held, customs });
    let mut flights =
        Flights { job: Arc::clone(&job), flying: VecDeque::new(), counts, known: Arc::default(), watcher };
    let (mut before, mut done) = (0, counts.all());
    for (at, step) in plan.steps.iter().enumerate() {
        let end = before + step.file.rows;
        if done < end {
            let mut walk = Walk::new(step, done - before)?;
            loop {
                let rows = walk.take(Chunk::size(step))?;
                if rows.is_empty() {
                    break;
                }
                let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
                flights.depart(Chunk::new(at, done, rows, &flights.known)).await?;
                done += count;
            }
            // The rows of the next file may name what those of this one make.
            flights.land(0).await?;
        }
        before = end;
    }
    let counts = flights.counts;
    flights.watcher.end(done, plan.rows, counts.refused);
    let finish = move |conn: &mut dyn penstock_store::Conn| {
        job.held.expect(conn, Some(done))?;
        job.held.end(conn)
    };
    crm.database.write(company, finish).await?;
    Ok(counts)
}

/// Makes what the company is to have, and gives the numbers of the custom fields.
async fn ready(crm: &Crm, access: &Access, plan: &Arc<Plan>, held: &Held) -> Outcome<Vec<u32>> {
    let (plan, held, company) = (Arc::clone(plan), held.clone(), access.company());
    let prepared = crm.write(Arc::new(access.clone()), move |tx| {
        held.expect(tx.conn, None)?;
        let prepared = prepare(tx, &plan)?;
        ledger::note(tx.conn, company, &held.id, &prepared.made)?;
        Ok(prepared.customs)
    });
    let customs = prepared.await?;
    // What was defined is read once, for all chunks.
    let (reader, access) = (crm.clone(), access.clone());
    let read = move |conn: &mut dyn penstock_store::Conn| {
        let version = "SELECT schema_version FROM company WHERE id = ?1";
        let version = one_int(conn, version, &[access.company().into()])?.unwrap_or(0);
        reader.schema(conn, &access.at_schema(version)).map(drop)
    };
    crm.database.read(read).await?;
    Ok(customs)
}

type Arriving = Pin<Box<dyn Future<Output = Came> + Send>>;

/// A chunk on its way.
struct Flight {
    chunk: Chunk,
    came: Result<Came, Arriving>,
}

/// The chunks that are on their way, in order, and what came of those before.
struct Flights<'w> {
    job: Arc<Job>,
    flying: VecDeque<Flight>,
    counts: Counts,
    known: Arc<Names>,
    watcher: &'w mut dyn Watcher,
}

impl Flights<'_> {
    /// Sends a chunk on its way, when there is room.
    async fn depart(&mut self, chunk: Chunk) -> Outcome {
        self.land(ON_THE_WAY - 1).await?;
        let flight = start(&self.job, chunk).await;
        self.flying.push_back(flight);
        Ok(())
    }

    /// Waits until at most so many are on their way.
    async fn land(&mut self, most: usize) -> Outcome {
        while self.flying.len() > most
            && let Some(Flight { chunk, came }) = self.flying.pop_front()
        {
            let came = match came {
                Ok(came) => came,
                Err(arriving) => arriving.await,
            };
            match came {
                Came::Written(counts, found) => {
                    self.counts = self.counts.plus(counts);
                    if !found.is_empty() {
                        Arc::make_mut(&mut self.known).extend(found);
                    }
                    let plan = &self.job.plan;
                    let (file, done) = (&plan.steps[chunk.step].file.name, chunk.done + counts.all());
                    self.watcher.progress(file, done, plan.rows, self.counts.refused);
                }
                Came::Refused(row, problem) => self.repeat(chunk.without(row, problem)).await,
                Came::Failed(error) => return Err(self.failed(error)),
            }
        }
        Ok(())
    }

    /// Sends a chunk again, and those behind it: none of them found the import where it expected it to be.
    async fn repeat(&mut self, first: Chunk) {
        let mut chunks = vec![first];
        for Flight { chunk, came } in self.flying.drain(..) {
            if let Err(arriving) = came {
                arriving.await;
            }
            chunks.push(chunk);
        }
        for chunk in chunks {
            let flight = start(&self.job, chunk).await;
            self.flying.push_back(flight);
        }
    }

    fn failed(&self, error: Error) -> Failure {
        let id = &self.job.held.id;
        Failure::from(error).advise(format!(
            "What was written stays: the same command goes on with import {id}, --undo {id} undoes it."
        ))
    }
}

/// Sends a chunk to the engine, behind those that were sent before: the first poll puts it into the queue.
async fn start(job: &Arc<Job>, chunk: Chunk) -> Flight {
    let mut arriving: Arriving = Box::pin(chunk.clone().write(Arc::clone(job)));
    let came = match poll_fn(|context| Poll::Ready(arriving.as_mut().poll(context))).await {
        Poll::Ready(came) => Ok(came),
        Poll::Pending => Err(arriving),
    };
    Flight { chunk, came }
}
