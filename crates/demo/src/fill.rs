//! Doing what the scenario says: in small writes, each under the clock of its acts.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use penstock_crm::{Crm, rules::company::root};
use penstock_model::{Access, Clock, Code, CompanyId, Error, Micros, Result, UserId, time::DAY};
use penstock_store::{Conn, one};

use super::{
    apply,
    plan::{Act, DAYS, plan},
    random::SeededIds,
    setup,
};

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

/// The scenario of a company while it is made: its acts, and the records under its own clock and randomness.
struct Story {
    seed: i64,
    start: Micros,
    acts: Vec<Act>,
    clock: Arc<Told>,
    crm: Crm,
}

impl Story {
    fn new(crm: &Crm, seed: i64, start: Micros) -> Self {
        let clock = Arc::new(Told(AtomicI64::new(start)));
        let shown: Arc<dyn Clock> = Arc::<Told>::clone(&clock);
        let crm = Crm::new(crm.database.clone(), shown, Arc::new(SeededIds::new(seed)));
        Self { seed, start, acts: plan(seed, start), clock, crm }
    }
}

/// Fills companies with the demos of their seeds.
pub struct Demo {
    crm: Crm,
    /// The scenarios that are being made, by company.
    stories: Mutex<HashMap<CompanyId, Arc<Story>>>,
}

impl Demo {
    /// Fills companies of these records.
    #[must_use]
    pub fn new(crm: &Crm) -> Self {
        Self { crm: crm.clone(), stories: Mutex::default() }
    }

    /// Does a step of a company's demo in a write closure of it, counted from 0. Gives whether there is another one. A
    /// company without a seed has none.
    ///
    /// # Errors
    /// `Conflict` and others when somebody else has written to the company meanwhile; `Unavailable` when the engine
    /// can't work now.
    pub fn step(&self, conn: &mut dyn Conn, company: CompanyId, step: usize) -> Result<bool> {
        let Some(story) = self.story(conn, company, step)? else { return Ok(false) };
        let (crm, acts) = (&story.crm, &story.acts);
        let Some(at) = step.checked_sub(1) else {
            story.clock.0.store(story.start, Ordering::SeqCst);
            crm.change(conn, &acting(company, UserId::FIRST)?, |tx| setup::set_up(tx, story.seed))?;
            return Ok(true);
        };
        let end = acts.len().min((at + 1) * ACTS);
        for act in acts.get(at * ACTS..end).unwrap_or_default() {
            story.clock.0.store(act.at, Ordering::SeqCst);
            crm.change(conn, &acting(company, UserId::new(act.user))?, |tx| apply::apply(tx, act))?;
        }
        if end < acts.len() {
            return Ok(true);
        }
        self.stories().remove(&company);
        Ok(false)
    }

    fn stories(&self) -> MutexGuard<'_, HashMap<CompanyId, Arc<Story>>> {
        self.stories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The scenario of a company, made at its first step, or when this process goes on with it.
    fn story(&self, conn: &mut dyn Conn, company: CompanyId, step: usize) -> Result<Option<Arc<Story>>> {
        let told = "SELECT seed, add_time FROM company WHERE id = ?1";
        let found = one(conn, told, &[company.into()], 2)?;
        let Some((seed, start)) = found.and_then(|row| Some((row[0].int()?, row[1].int()?))) else { return Ok(None) };
        let known = self.stories().get(&company).map(Arc::clone);
        let known = known.filter(|story| step > 0 && (story.seed, story.start) == (seed, start));
        Ok(Some(known.unwrap_or_else(|| {
            let story = Arc::new(Story::new(&self.crm, seed, start));
            self.stories().insert(company, Arc::clone(&story));
            story
        })))
    }
}

fn acting(company: CompanyId, user: UserId) -> Result<Access> {
    root(company, "app").correlated("demo").acting_as(user)
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
