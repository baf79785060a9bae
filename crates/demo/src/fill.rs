//! Doing what the scenario says: in small writes, each under the clock of its acts.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use penstock_crm::{Crm, rules::company::root};
use penstock_model::{Access, Clock, Code, CompanyId, Error, Micros, Result, UserId, ValueRef, time::DAY};
use penstock_store::{Conn, one, one_int};

use super::{
    apply,
    plan::{Act, DAYS, plan},
    random::SeededIds,
    setup,
};

/// The company's counter that says that its demo is complete.
pub(super) const FINISHED: &str = "demo_finished";
/// The company's counter of the steps that were done.
const STEPS: &str = "demo_steps";
/// Acts in one write: each changes up to some fifteen rows, and a write at most five hundred (DESIGN 5).
const ACTS: usize = 25;

/// A clock that shows what it was told.
struct Told(AtomicI64);

impl Clock for Told {
    fn now(&self) -> Micros {
        self.0.load(Ordering::SeqCst)
    }
}

/// The first moment of a demo that is made now: a Monday at midnight.
fn beginning(now: Micros) -> Micros {
    let day = now.div_euclid(DAY);
    // 1970-01-01 was a Thursday.
    (day - (day + 3).rem_euclid(7) - DAYS) * DAY
}

/// The same records under a clock that shows the beginning of a demo.
#[must_use]
pub fn past(crm: &Crm) -> Crm {
    let told = Told(AtomicI64::new(beginning(crm.clock.now())));
    Crm::new(crm.database.clone(), Arc::new(told), Arc::clone(&crm.ids))
}

/// Fills a company with the demo of its seed, or with what is missing of it. One without a seed stays as it is.
///
/// # Errors
/// `Conflict` and others when the company is reset or changed meanwhile; `Unavailable` when the engine can't work now.
pub async fn fill(crm: &Crm, company: CompanyId) -> Result<()> {
    let Some((seed, start)) = crm.database.read(move |conn| told_of(conn, company)).await? else { return Ok(()) };
    let clock = Arc::new(Told(AtomicI64::new(start)));
    let shown: Arc<dyn Clock> = Arc::<Told>::clone(&clock);
    let past = Crm::new(crm.database.clone(), shown, Arc::new(SeededIds::new(seed)));
    let acts = Arc::new(plan(seed, start));
    let writes = acts.len().div_ceil(ACTS);
    for step in 0..=writes {
        let (past, clock, acts) = (past.clone(), Arc::clone(&clock), Arc::clone(&acts));
        crm.database
            .write(company, move |conn| {
                if !is_next(conn, company, step)? {
                    return Ok(());
                }
                if let Some(at) = step.checked_sub(1) {
                    let end = acts.len().min((at + 1) * ACTS);
                    for act in &acts[at * ACTS..end] {
                        clock.0.store(act.at, Ordering::SeqCst);
                        past.change(conn, &acting(company, UserId::new(act.user))?, |tx| apply::apply(tx, act))?;
                    }
                } else {
                    past.change(conn, &acting(company, UserId::FIRST)?, |tx| setup::set_up(tx, seed))?;
                }
                count(conn, company, STEPS)
            })
            .await?;
    }
    leave(crm, company).await
}

/// Leaves the demo of a company as it is: it is complete, or can't be completed.
pub(super) async fn leave(crm: &Crm, company: CompanyId) -> Result<()> {
    crm.database.write(company, move |conn| count(conn, company, FINISHED)).await
}

fn acting(company: CompanyId, user: UserId) -> Result<Access> {
    root(company, "app").correlated("demo").acting_as(user)
}

/// The seed of a company and the beginning of its scenario, unless it has none or is complete.
fn told_of(conn: &mut dyn Conn, company: CompanyId) -> Result<Option<(i64, Micros)>> {
    let told = "SELECT seed, add_time FROM company c WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM counter d \
                WHERE d.company_id = c.id AND d.name = ?2)";
    let found = one(conn, told, &[company.into(), ValueRef::Text(FINISHED)], 2)?;
    Ok(found.and_then(|row| Some((row[0].int()?, row[1].int()?))))
}

/// Whether a step is still to be done. One that another process did meanwhile is not.
fn is_next(conn: &mut dyn Conn, company: CompanyId, step: usize) -> Result<bool> {
    let done = "SELECT last FROM counter WHERE company_id = ?1 AND name = ?2";
    let done = one_int(conn, done, &[company.into(), ValueRef::Text(STEPS)])?.unwrap_or(0);
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    if done < step {
        return Err(Error::new(Code::Conflict, "the company was reset meanwhile"));
    }
    Ok(done == step)
}

fn count(conn: &mut dyn Conn, company: CompanyId, counter: &str) -> Result<()> {
    conn.execute(
        "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, 1) \
         ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1",
        &[company.into(), ValueRef::Text(counter)],
    )?;
    Ok(())
}

/// A record got another number than the scenario knows: someone else wrote to the company.
pub(super) fn out_of_step(act: &Act, id: i64) -> Error {
    let message =
        format!("{} {} became {id}: others write to the company while its demo is made", act.object.name, act.id);
    Error::new(Code::Conflict, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_begins_on_a_monday_and_ends_in_the_past() {
        for day in [0, 3, 4, 5, 20_000, 20_780] {
            let now = day * DAY + 5;
            let start = beginning(now);
            assert_eq!((start.div_euclid(DAY) + 3).rem_euclid(7), 0);
            let age = now - (start + DAYS * DAY);
            assert!((0..7 * DAY).contains(&age), "{day}");
        }
    }
}
