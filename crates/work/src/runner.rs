//! Whoever runs what is due, beside the requests, for as long as the process lives.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use penstock_model::{CompanyId, Micros, Result, ValueRef, time::DAY};
use penstock_store::Conn;
use serde_json::Value as Json;
use tokio::{sync::Notify, task::JoinSet, time::sleep};

use crate::{
    Due, Outcome, Ran, Schedule, State, Step, Worker, due,
    enqueue::{New, enqueue_unless_open},
    of_kind,
};

/// How long it rests when nothing is due. What is enqueued in this process wakes it, so this is how long others' wait.
const REST: Duration = Duration::from_secs(2);
/// Jobs that it looks for at once.
const LOOK: i64 = 100;
/// Jobs that it runs at once: a long one must not keep the others.
const AT_ONCE: usize = 4;
/// How long a job that is done can still be seen.
const KEPT: Micros = 7 * DAY;
/// Jobs that are forgotten at once.
const FORGOTTEN: i64 = 50;

/// Runs the jobs of the kinds that it has steps for, and looks for scheduled work.
pub struct Runner {
    worker: Worker,
    steps: BTreeMap<&'static str, Arc<dyn Step>>,
    schedules: Vec<Schedule>,
    woken: Arc<Notify>,
}

impl Runner {
    /// A runner of some kinds of jobs. Work for it that is enqueued in this process is announced by `woken`.
    #[must_use]
    pub fn new(
        worker: Worker,
        steps: impl IntoIterator<Item = (&'static str, Arc<dyn Step>)>,
        schedules: impl IntoIterator<Item = Schedule>,
        woken: Arc<Notify>,
    ) -> Arc<Self> {
        let (steps, schedules) = (steps.into_iter().collect(), schedules.into_iter().collect());
        Arc::new(Self { worker, steps, schedules, woken })
    }

    /// Runs what becomes due until it is dropped. What it was in the middle of, whoever comes next goes on with.
    pub async fn work(self: Arc<Self>) {
        loop {
            match self.pass().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(error = %error.chain(), "can't tell which work is due: trying again"),
            }
            tokio::select! {
                () = sleep(REST) => {}
                () = self.woken.notified() => {}
            }
        }
    }

    /// Runs what is due now, and gives how many jobs that were. What becomes due by it, the next pass runs.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub async fn pass(self: &Arc<Self>) -> Result<usize> {
        self.begin_schedules().await?;
        let kinds: Vec<&'static str> =
            self.steps.keys().copied().chain(self.schedules.iter().map(|s| s.name)).collect();
        let now = self.worker.now();
        let found = self.worker.database().read(move |conn| due(conn, &kinds, now, LOOK)).await?;
        let (mut running, mut ran) = (JoinSet::new(), 0);
        for job in found {
            if running.len() == AT_ONCE {
                ran += taken(running.join_next().await.as_ref());
            }
            let runner = Arc::clone(self);
            running.spawn(async move { runner.run(&job).await });
        }
        while !running.is_empty() {
            ran += taken(running.join_next().await.as_ref());
        }
        Ok(ran)
    }

    /// Runs a job, if it is still to be had. Gives whether it was.
    async fn run(&self, job: &Due) -> bool {
        let ran = match self.schedules.iter().find(|schedule| schedule.name == &*job.kind) {
            Some(schedule) => self.look(schedule, job).await,
            None => self.finish(job).await,
        };
        let (company, id, kind) = (job.company, job.id, &*job.kind);
        match ran {
            Ok(None | Some(Ran::Lost)) => return false,
            Ok(Some(Ran::Done)) if company != CompanyId::SERVER => {
                tracing::info!(company = company.get(), id, kind, "a job is done");
            }
            Ok(Some(Ran::Again(error))) => {
                tracing::error!(company = company.get(), id, kind, error = %error.chain(), "a job failed: trying again later");
            }
            Ok(Some(Ran::Failed(error))) => {
                tracing::error!(company = company.get(), id, kind, error = %error.chain(), "a job failed and is given up");
            }
            Ok(Some(_)) => {}
            // The lease expires, and somebody goes on.
            Err(error) => {
                tracing::error!(company = company.get(), id, kind, error = %error.chain(), "a job can't be run now");
                return false;
            }
        }
        true
    }

    async fn finish(&self, job: &Due) -> Result<Option<Ran>> {
        let Some(step) = self.steps.get(&*job.kind) else { return Ok(None) };
        let Some(lease) = self.worker.claim(job.company, job.id).await? else { return Ok(None) };
        let ran = self.worker.run(&lease, step).await?;
        if matches!(ran, Ran::Done) {
            let (company, before) = (job.company, self.worker.now() - KEPT);
            let kind = job.kind.clone();
            self.worker.database().write(company, move |conn| forget(conn, company, &kind, before)).await?;
        }
        Ok(Some(ran))
    }

    /// Makes the jobs of the companies that have something to do.
    async fn look(&self, schedule: &Schedule, job: &Due) -> Result<Option<Ran>> {
        let Some(lease) = self.worker.claim(job.company, job.id).await? else { return Ok(None) };
        let (find, now, kind, every) = (schedule.find, self.worker.now(), schedule.kind, schedule.every);
        let database = self.worker.database();
        for company in database.read(move |conn| find(conn, now)).await? {
            let enqueue = move |conn: &mut dyn Conn| {
                enqueue_unless_open(conn, &New { company, kind, payload: &Json::Null, run_at: now }, now)
            };
            database.write(company, enqueue).await?;
        }
        let next = now + every;
        let rest = move |conn: &mut dyn Conn| {
            let Some(_) = lease.hold(conn, now)? else { return Ok(Ran::Lost) };
            lease.record(conn, &Outcome::RetryAt(next), now).map(|()| Ran::Later)
        };
        database.write(job.company, rest).await.map(Some)
    }

    /// Makes the rows of schedules that have none yet.
    async fn begin_schedules(&self) -> Result<()> {
        let now = self.worker.now();
        for Schedule { name, .. } in self.schedules.iter().copied() {
            let database = self.worker.database();
            if database.read(move |conn| Ok(of_kind(conn, CompanyId::SERVER, name)?.is_empty())).await? {
                let new = move |conn: &mut dyn Conn| {
                    enqueue_unless_open(
                        conn,
                        &New { company: CompanyId::SERVER, kind: name, payload: &Json::Null, run_at: now },
                        now,
                    )
                };
                database.write(CompanyId::SERVER, new).await?;
            }
        }
        Ok(())
    }
}

/// One if a job was run. One that panicked was not: its lease expires.
fn taken(joined: Option<&Result<bool, tokio::task::JoinError>>) -> usize {
    usize::from(matches!(joined, Some(Ok(true))))
}

/// Forgets some jobs of a kind that were done long ago.
fn forget(conn: &mut dyn Conn, company: CompanyId, kind: &str, before: Micros) -> Result<()> {
    let text = "DELETE FROM job WHERE company_id = ?1 AND id IN (SELECT id FROM job WHERE company_id = ?1 \
                AND kind = ?2 AND state = ?3 AND end_time < ?4 ORDER BY id LIMIT ?5)";
    conn.defer(
        text,
        &[
            company.into(),
            ValueRef::Text(kind),
            ValueRef::Text(State::Done.word()),
            ValueRef::Int(before),
            ValueRef::Int(FORGOTTEN),
        ],
    )
}
