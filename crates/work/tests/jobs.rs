//! Jobs on both engines: what is recorded, by whom, and when.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

use std::sync::Arc;

use penstock_model::{Code, CompanyId, Error, Result, ValueRef, time::SECOND};
use penstock_store::{Conn, Database, one_int};
use penstock_testing::{TestCompany, tenants};
use penstock_work::{
    Job, New, Outcome, Ran, Runner, Schedule, State, Step, Worker, cancel, enqueue, find, of_kind, oldest_waiting,
};
use serde_json::{Value as Json, json};
use tokio::sync::Notify;

const MINUTE: i64 = 60 * SECOND;

fn worker(tenant: &TestCompany, name: &str) -> Worker {
    Worker::new(tenant.crm.database.clone(), Arc::clone(&tenant.crm.clock), name)
}

/// The same records, as another process sees them.
async fn other_process(tenant: &TestCompany, name: &str) -> Worker {
    Worker::new(tenant.elsewhere().await.database, Arc::clone(&tenant.crm.clock), name)
}

fn runner(worker: &Worker, steps: &[(&'static str, Arc<dyn Step>)], schedules: &[Schedule]) -> Arc<Runner> {
    Runner::new(worker.clone(), steps.to_vec(), schedules.to_vec(), Arc::new(Notify::new()))
}

async fn enqueued(tenant: &TestCompany, kind: &'static str, payload: Json) -> i64 {
    let (company, now) = (tenant.company, tenant.crm.clock.now());
    let new = move |conn: &mut dyn Conn| enqueue(conn, &New { company, kind, payload: &payload, run_at: now }, now);
    tenant.crm.database.write(company, new).await.unwrap()
}

async fn job(tenant: &TestCompany, id: i64) -> Job {
    let company = tenant.company;
    tenant.crm.database.read(move |conn| find(conn, company, id)).await.unwrap().unwrap()
}

/// Counts a chunk in the rows of its company.
fn mark(conn: &mut dyn Conn, job: &Job) -> Result<()> {
    let text = "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, 1) \
                ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1";
    conn.execute(text, &[job.company.into(), ValueRef::Text(&format!("marks of {}", job.id))]).map(drop)
}

async fn marks(database: &Database, company: CompanyId, id: i64) -> i64 {
    let text = "SELECT last FROM counter WHERE company_id = ?1 AND name = ?2";
    let name = format!("marks of {id}");
    let find = move |conn: &mut dyn Conn| one_int(conn, text, &[company.into(), ValueRef::Text(&name)]);
    database.read(find).await.unwrap().unwrap_or(0)
}

/// Marks as many chunks as the payload says, each where the one before it stopped.
fn counting() -> Arc<dyn Step> {
    Arc::new(|conn: &mut dyn Conn, job: &Job| {
        mark(conn, job)?;
        let done = job.cursor.as_i64().unwrap_or(0) + 1;
        Ok(if Some(done) == job.payload.as_i64() { Outcome::Done } else { Outcome::More(json!(done)) })
    })
}

#[tokio::test]
async fn a_chunk_and_its_cursor_are_written_together_or_not_at_all() {
    for tenant in tenants().await {
        // The third chunk fails after it has written; the fourth is the last.
        let step: Arc<dyn Step> = Arc::new(|conn: &mut dyn Conn, job: &Job| {
            mark(conn, job)?;
            match (job.cursor.as_i64().unwrap_or(0), job.attempts) {
                (2, 0) => Err(Error::internal("on purpose")),
                (3, _) => Ok(Outcome::Done),
                (done, _) => Ok(Outcome::More(json!(done + 1))),
            }
        });
        let id = enqueued(&tenant, "test", json!({"any": "thing"})).await;
        let runner = runner(&worker(&tenant, "one"), &[("test", step)], &[]);
        assert_eq!(runner.pass().await.unwrap(), 1);
        let failed = job(&tenant, id).await;
        assert_eq!((failed.state, failed.cursor, failed.attempts), (State::Waiting, json!(2), 1));
        assert_eq!(failed.error.as_deref(), Some("on purpose"));
        assert_eq!(marks(&tenant.crm.database, tenant.company, id).await, 2, "the third chunk left nothing");
        assert_eq!(runner.pass().await.unwrap(), 0, "it rests first");
        tenant.clock.advance(2 * SECOND);
        assert_eq!(runner.pass().await.unwrap(), 1);
        let done = job(&tenant, id).await;
        assert_eq!((done.state, done.payload), (State::Done, json!({"any": "thing"})));
        assert_eq!(marks(&tenant.crm.database, tenant.company, id).await, 4);
        assert_eq!(runner.pass().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn who_has_lost_a_lease_records_nothing() {
    for tenant in tenants().await {
        let (one, other) = (worker(&tenant, "one"), other_process(&tenant, "other").await);
        let (company, step) = (tenant.company, counting());
        let id = enqueued(&tenant, "test", json!(5)).await;
        let first = one.claim(company, id).await.unwrap().unwrap();
        assert!(matches!(one.chunk(&first, &step).await.unwrap(), Ran::More));
        assert_eq!(other.claim(company, id).await.unwrap(), None, "the lease is valid");
        tenant.clock.advance(MINUTE);
        // Nobody has taken it yet, so a late chunk renews it.
        assert!(matches!(one.chunk(&first, &step).await.unwrap(), Ran::More));
        assert_eq!(other.claim(company, id).await.unwrap(), None);
        tenant.clock.advance(MINUTE);
        let second = other.claim(company, id).await.unwrap().unwrap();
        assert!(matches!(one.chunk(&first, &step).await.unwrap(), Ran::Lost));
        assert_eq!(marks(&tenant.crm.database, company, id).await, 2);
        let late = first.clone();
        let record = move |conn: &mut dyn Conn| late.record(conn, &Outcome::Done, 0);
        tenant.crm.database.write(company, record).await.unwrap();
        assert_eq!(job(&tenant, id).await.state, State::Running, "even without asking first");
        assert!(matches!(other.run(&second, &step).await.unwrap(), Ran::Done));
        assert_eq!(marks(&tenant.crm.database, company, id).await, 5);

        // A command that goes on at once with what a process that is gone has left.
        let id = enqueued(&tenant, "test", json!(5)).await;
        let first = one.claim(company, id).await.unwrap().unwrap();
        let second = other.take_over(company, id).await.unwrap().unwrap();
        assert!(matches!(one.chunk(&first, &step).await.unwrap(), Ran::Lost));
        assert!(matches!(other.run(&second, &step).await.unwrap(), Ran::Done));
        assert_eq!(other.take_over(company, id).await.unwrap(), None, "it is over");
        other.database().close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_do_every_chunk_once() {
    for tenant in tenants().await {
        let neighbour = tenant.other_tenant("Neighbour").await;
        let (one, other) = (worker(&tenant, "one"), other_process(&tenant, "other").await);
        let mut jobs = Vec::new();
        for chunks in 1..=12 {
            for company in [&tenant, &neighbour] {
                jobs.push((company.company, enqueued(company, "test", json!(chunks)).await, chunks));
            }
        }
        let runners = [&one, &other].map(|worker| runner(worker, &[("test", counting())], &[]));
        // Both take over from each other again and again: the clock runs past every lease.
        let rush = tokio::spawn({
            let clock = Arc::clone(&tenant.clock);
            async move {
                loop {
                    clock.advance(MINUTE);
                    tokio::task::yield_now().await;
                }
            }
        });
        let passes = runners.map(|runner| tokio::spawn(async move { while runner.pass().await.unwrap() > 0 {} }));
        for pass in passes {
            pass.await.unwrap();
        }
        rush.abort();
        let runner = runner(&one, &[("test", counting())], &[]);
        tenant.clock.advance(MINUTE);
        while runner.pass().await.unwrap() > 0 {
            tenant.clock.advance(MINUTE);
        }
        for (company, id, chunks) in jobs {
            assert_eq!(marks(&tenant.crm.database, company, id).await, chunks, "job {id} of company {company}");
        }
        other.database().close().await;
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_ever_later_and_then_given_up() {
    for tenant in tenants().await {
        let fails =
            |code| -> Arc<dyn Step> { Arc::new(move |_: &mut dyn Conn, _: &Job| Err(Error::new(code, "not today"))) };
        let steps = [("fault", fails(Code::Internal)), ("refused", fails(Code::RuleViolated))];
        let runner = runner(&worker(&tenant, "one"), &steps, &[]);
        let (fault, refused) =
            (enqueued(&tenant, "fault", Json::Null).await, enqueued(&tenant, "refused", Json::Null).await);
        assert_eq!(runner.pass().await.unwrap(), 2);
        assert_eq!(job(&tenant, refused).await.state, State::Failed, "what the rules refuse, they refuse again");
        for attempt in 1..10 {
            assert_eq!(job(&tenant, fault).await.attempts, attempt);
            tenant.clock.advance(((2 * SECOND) << (attempt - 1)) - 1);
            assert_eq!(runner.pass().await.unwrap(), 0);
            tenant.clock.advance(1);
            assert_eq!(runner.pass().await.unwrap(), 1);
        }
        let given_up = job(&tenant, fault).await;
        assert_eq!((given_up.state, given_up.attempts), (State::Failed, 10));
        assert_eq!(given_up.error.as_deref(), Some("not today"));
        let worker = worker(&tenant, "one");
        let refusal = worker.finish(tenant.company, fault, &steps[0].1).await.unwrap_err();
        assert_eq!(&*refusal.message, "not today", "whoever waits for it is told");
    }
}

#[tokio::test]
async fn whoever_waits_for_a_job_gets_its_end_whoever_runs_it() {
    for tenant in tenants().await {
        let (one, other) = (worker(&tenant, "one"), other_process(&tenant, "other").await);
        let (company, step) = (tenant.company, counting());
        let alone = enqueued(&tenant, "test", json!(3)).await;
        one.finish(company, alone, &step).await.unwrap();
        assert_eq!(marks(&tenant.crm.database, company, alone).await, 3);
        let shared = enqueued(&tenant, "test", json!(3)).await;
        let lease = other.claim(company, shared).await.unwrap().unwrap();
        let (end, ran) = tokio::join!(one.finish(company, shared, &step), other.run(&lease, &step));
        end.unwrap();
        assert!(matches!(ran.unwrap(), Ran::Done));
        assert_eq!(marks(&tenant.crm.database, company, shared).await, 3);
        let unwanted = enqueued(&tenant, "test", json!(3)).await;
        let lease = other.claim(company, unwanted).await.unwrap().unwrap();
        tenant.crm.database.write(company, move |conn| cancel(conn, company, unwanted, 0)).await.unwrap();
        assert!(matches!(other.chunk(&lease, &step).await.unwrap(), Ran::Lost));
        assert_eq!(job(&tenant, unwanted).await.state, State::Cancelled);
        assert!(one.finish(company, unwanted, &step).await.is_err());
        other.database().close().await;
    }
}

#[tokio::test]
async fn scheduled_work_has_one_row_and_jobs_only_where_there_is_something_to_do() {
    for tenant in tenants().await {
        let idle = tenant.other_tenant("Idle").await;
        let due = |conn: &mut dyn Conn, _| {
            let text = "SELECT company_id FROM counter WHERE name = 'something to do'";
            Ok(penstock_store::ints(conn, text, &[])?.into_iter().map(CompanyId::new).collect())
        };
        let company = tenant.company;
        let something = move |conn: &mut dyn Conn| {
            let text = "INSERT INTO counter (company_id, name, last) VALUES (?1, 'something to do', 1)";
            conn.execute(text, &[company.into()]).map(drop)
        };
        tenant.crm.database.write(company, something).await.unwrap();
        let step: Arc<dyn Step> = Arc::new(|conn: &mut dyn Conn, job: &Job| {
            mark(conn, job)?;
            let text = "DELETE FROM counter WHERE company_id = ?1 AND name = 'something to do'";
            conn.execute(text, &[job.company.into()]).map(|_| Outcome::Done)
        });
        let schedule = Schedule { name: "look for it", kind: "do it", every: 10 * MINUTE, find: due };
        let other = other_process(&tenant, "other").await;
        let runners =
            [&worker(&tenant, "one"), &other].map(|w| runner(w, &[("do it", Arc::clone(&step))], &[schedule]));
        let all = async || {
            let mut ran = 0;
            for _ in 0..3 {
                for runner in &runners {
                    ran += runner.pass().await.unwrap();
                }
            }
            ran
        };
        assert_eq!(all().await, 2, "a look and a job");
        let jobs = async |company: CompanyId, kind: &'static str| {
            tenant.crm.database.read(move |conn| of_kind(conn, company, kind)).await.unwrap()
        };
        assert_eq!(jobs(CompanyId::SERVER, "look for it").await.len(), 1);
        assert_eq!((jobs(company, "do it").await.len(), jobs(idle.company, "do it").await.len()), (1, 0));
        assert_eq!(all().await, 0);
        tenant.crm.database.write(company, something).await.unwrap();
        tenant.clock.advance(10 * MINUTE - 1);
        assert_eq!(all().await, 0, "not yet");
        tenant.clock.advance(1);
        assert_eq!(all().await, 2);
        // Rows of what was done long ago go with later ones.
        tenant.clock.advance(8 * 24 * 60 * MINUTE);
        tenant.crm.database.write(company, something).await.unwrap();
        assert_eq!(all().await, 2);
        assert_eq!(jobs(company, "do it").await.len(), 1);
        other.database().close().await;
    }
}

#[tokio::test]
async fn the_age_of_the_queue_is_that_of_the_oldest_job_that_is_due() {
    for tenant in tenants().await {
        let start = tenant.crm.clock.now();
        let oldest = async || {
            let now = tenant.crm.clock.now();
            tenant.crm.database.read(move |conn| oldest_waiting(conn, &["test"], now)).await.unwrap()
        };
        assert_eq!(oldest().await, None);
        let id = enqueued(&tenant, "test", json!(1)).await;
        assert_eq!(oldest().await, Some(start));
        let worker = worker(&tenant, "one");
        let lease = worker.claim(tenant.company, id).await.unwrap().unwrap();
        assert_eq!(oldest().await, None, "it runs");
        tenant.clock.advance(MINUTE);
        assert_eq!(oldest().await, Some(start + MINUTE / 2), "its lease has expired");
        worker.run(&lease, &counting()).await.unwrap();
        assert_eq!(oldest().await, None);
    }
}
