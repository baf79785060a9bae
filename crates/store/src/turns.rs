//! Turns: what only so many may do at once is shared fairly among companies, each of which has a queue of its own.
//!
//! Whoever runs least of those that wait is next, and equals take turns. A company runs at most so many times what is left
//! free: with a share of 3, one that asks for everything leaves a quarter to the others, and gives the rest back when they
//! come (the dynamic thresholds of Choudhury and Hahne). Nobody waits longer than [`PATIENCE`].

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use penstock_model::{CompanyId, Error, Result};
use tokio::sync::oneshot;

use crate::database::gone;

/// How long anyone waits for a turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many of one company may wait; more are refused at once.
const ROOM: usize = 256;

/// So many turns, and who waits for one.
pub(crate) struct Turns {
    patience: Duration,
    /// How many wait, for a look without the lock.
    waiting: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    free: usize,
    /// What a company may run for each turn that is left free.
    share: usize,
    running: HashMap<CompanyId, usize>,
    /// Who waits, by company; no queue is empty.
    queues: HashMap<CompanyId, VecDeque<Waiter>>,
    /// The companies that wait, the one that has waited longest for a turn first.
    order: VecDeque<CompanyId>,
    tickets: u64,
    closed: bool,
}

struct Waiter {
    ticket: u64,
    admit: oneshot::Sender<()>,
}

/// A turn, until it is dropped.
pub(crate) struct Turn {
    turns: Arc<Turns>,
    company: CompanyId,
}

impl State {
    fn running(&self, company: CompanyId) -> usize {
        self.running.get(&company).copied().unwrap_or(0)
    }

    fn may_begin(&self, company: CompanyId) -> bool {
        self.running(company) < self.share * self.free
    }

    fn begin(&mut self, company: CompanyId) {
        self.free -= 1;
        *self.running.entry(company).or_default() += 1;
    }

    fn end(&mut self, company: CompanyId) {
        self.free += 1;
        if let Some(running) = self.running.get_mut(&company) {
            *running -= 1;
            if *running == 0 {
                self.running.remove(&company);
            }
        }
        self.admit();
    }

    /// Gives the free turns to those who wait.
    fn admit(&mut self) {
        while let Some(company) = self.next() {
            self.order.retain(|waits| *waits != company);
            let Some(waiter) = self.queues.get_mut(&company).and_then(VecDeque::pop_front) else { continue };
            if self.queues.get(&company).is_some_and(VecDeque::is_empty) {
                self.queues.remove(&company);
            } else {
                self.order.push_back(company);
            }
            // Whoever was given up meanwhile takes no turn.
            if waiter.admit.send(()).is_ok() {
                self.begin(company);
            }
        }
    }

    /// The company that is next, if one that waits may begin.
    fn next(&self) -> Option<CompanyId> {
        let may = self.order.iter().filter(|company| self.may_begin(**company));
        may.min_by_key(|company| self.running(**company)).copied()
    }

    fn leave(&mut self, company: CompanyId, ticket: u64) {
        let Some(queue) = self.queues.get_mut(&company) else { return };
        queue.retain(|waiter| waiter.ticket != ticket);
        if queue.is_empty() {
            self.queues.remove(&company);
            self.order.retain(|waits| *waits != company);
        }
    }
}

impl Turns {
    /// So many turns, of which a company takes `share` for each that it leaves free.
    pub(crate) fn new(turns: usize, share: usize) -> Arc<Self> {
        Self::with_patience(turns, share, PATIENCE)
    }

    fn with_patience(turns: usize, share: usize, patience: Duration) -> Arc<Self> {
        let state = Mutex::new(State { free: turns, share, ..State::default() });
        Arc::new(Self { patience, waiting: AtomicUsize::new(0), state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn at once, if the company has one to take and nobody of it waits.
    pub(crate) fn try_take(self: &Arc<Self>, company: CompanyId) -> Option<Turn> {
        let mut state = self.state();
        if state.closed || state.queues.contains_key(&company) || !state.may_begin(company) {
            return None;
        }
        state.begin(company);
        Some(Turn { turns: Arc::clone(self), company })
    }

    /// A turn when the company has one to take. Who is dropped while waiting leaves the queue.
    ///
    /// # Errors
    /// `Unavailable` when too many of the company wait, or when it takes too long.
    pub(crate) async fn take(self: &Arc<Self>, company: CompanyId) -> Result<Turn> {
        if let Some(turn) = self.try_take(company) {
            return Ok(turn);
        }
        let mut waiting = self.wait(company)?;
        self.waiting.fetch_add(1, Ordering::Relaxed);
        match tokio::time::timeout(self.patience, &mut waiting.admitted).await {
            Ok(Ok(())) => {
                waiting.done = true;
                Ok(Turn { turns: Arc::clone(self), company })
            }
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(Error::unavailable("the company's other long reads took too long")),
        }
    }

    fn wait(self: &Arc<Self>, company: CompanyId) -> Result<Waiting> {
        let mut state = self.state();
        if state.closed {
            return Err(gone());
        }
        let queued = state.queues.get(&company).map_or(0, VecDeque::len);
        if queued >= ROOM {
            return Err(Error::unavailable("too many long reads of the company wait"));
        }
        let ticket = state.tickets;
        state.tickets += 1;
        let (admit, admitted) = oneshot::channel();
        state.queues.entry(company).or_default().push_back(Waiter { ticket, admit });
        if queued == 0 {
            state.order.push_back(company);
        }
        // Between the look and this a turn may have become free.
        state.admit();
        drop(state);
        Ok(Waiting { turns: Arc::clone(self), company, ticket, admitted, done: false })
    }

    /// Whether someone of the company waits: nearly free while nobody waits at all.
    pub(crate) fn has_waiting(&self, company: CompanyId) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0 && self.state().queues.contains_key(&company)
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.state().queues.values().map(VecDeque::len).sum()
    }

    /// Gives no more turns; who waits for one is refused.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.queues.clear();
        state.order.clear();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.state().end(self.company);
    }
}

/// A place in a company's queue.
struct Waiting {
    turns: Arc<Turns>,
    company: CompanyId,
    ticket: u64,
    admitted: oneshot::Receiver<()>,
    /// Whether the turn was taken.
    done: bool,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.turns.waiting.fetch_sub(1, Ordering::Relaxed);
        if self.done {
            return;
        }
        let mut state = self.turns.state();
        // It may have been admitted just now, without anybody to take the turn.
        if self.admitted.try_recv().is_ok() {
            state.end(self.company);
        } else {
            state.leave(self.company, self.ticket);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, future::BoxFuture};

    use super::*;

    const A: CompanyId = CompanyId::new(1);
    const B: CompanyId = CompanyId::new(2);
    const C: CompanyId = CompanyId::new(3);

    /// As many turns as a company gets at once.
    fn all_of(turns: &Arc<Turns>, company: CompanyId) -> Vec<Turn> {
        std::iter::from_fn(|| turns.try_take(company)).collect()
    }

    /// Someone who waits in the queue already.
    fn waiter(turns: &Arc<Turns>, company: CompanyId) -> BoxFuture<'static, Result<Turn>> {
        let turns = Arc::clone(turns);
        let mut waits = async move { turns.take(company).await }.boxed();
        assert!((&mut waits).now_or_never().is_none(), "{company:?} has to wait");
        waits
    }

    fn taken(waits: &mut BoxFuture<'static, Result<Turn>>) -> Option<Turn> {
        waits.now_or_never().map(|turn| turn.unwrap())
    }

    #[tokio::test]
    async fn a_company_that_takes_all_it_gets_leaves_a_turn_to_the_others() {
        let turns = Turns::new(4, 3);
        let greedy = all_of(&turns, A);
        assert_eq!(greedy.len(), 3);
        let other = turns.try_take(B).expect("a turn is left");
        assert!(turns.try_take(C).is_none(), "there are four");
        drop(other);
        assert!(turns.try_take(A).is_none(), "what others gave back is not for the one who has most");
        drop(greedy);
        assert_eq!(all_of(&turns, B).len(), 3);
    }

    #[tokio::test]
    async fn who_runs_least_is_next_and_equals_take_turns() {
        let turns = Turns::new(4, 3);
        let mut greedy = all_of(&turns, A);
        let mut queue_of_a = [waiter(&turns, A), waiter(&turns, A)];
        let other = turns.try_take(B).expect("a turn is left");
        let (mut more_of_b, mut first_of_c) = (waiter(&turns, B), waiter(&turns, C));
        // C runs nothing, B one, A two.
        drop(greedy.pop());
        let c = taken(&mut first_of_c).expect("C is next");
        assert!(taken(&mut more_of_b).is_none() && taken(&mut queue_of_a[0]).is_none());
        drop(greedy.pop());
        // A and B run one each; A has waited longer.
        let a = taken(&mut queue_of_a[0]).expect("A is next");
        drop(c);
        let b = taken(&mut more_of_b).expect("then B, of the equals who has waited longer");
        assert!(taken(&mut queue_of_a[1]).is_none());
        drop((a, b, other));
        assert!(taken(&mut queue_of_a[1]).is_some());
    }

    #[tokio::test]
    async fn who_is_given_up_leaves_the_queue_and_takes_no_turn() {
        let turns = Turns::new(1, 3);
        let first = turns.try_take(A).expect("a turn");
        let (given_up, admitted, mut last) = (waiter(&turns, B), waiter(&turns, C), waiter(&turns, A));
        assert_eq!(turns.waiting(), 3);
        drop(given_up);
        assert_eq!(turns.waiting(), 2);
        drop(first);
        assert!(taken(&mut last).is_none(), "C is before A");
        drop(admitted);
        assert!(taken(&mut last).is_some(), "a turn that nobody took goes to the next");
    }

    #[tokio::test]
    async fn patience_has_an_end_and_the_refused_one_holds_nothing() {
        let turns = Turns::with_patience(1, 3, Duration::ZERO);
        let held = turns.try_take(A).expect("a turn");
        let refused = turns.take(B).await.err().expect("refused");
        assert_eq!((refused.code, turns.waiting()), (penstock_model::Code::Unavailable, 0));
        drop(held);
        assert!(turns.try_take(B).is_some());
    }

    #[tokio::test]
    async fn the_queue_of_a_company_has_an_end_and_others_have_their_own() {
        let turns = Turns::new(1, 3);
        let held = turns.try_take(A).expect("a turn");
        let queue: Vec<_> = (0..ROOM).map(|_| waiter(&turns, A)).collect();
        assert!(turns.take(A).await.is_err(), "the queue is full");
        let mut other = waiter(&turns, B);
        drop(held);
        // The first of A was admitted, and goes.
        drop(queue);
        assert!(taken(&mut other).is_some());
    }

    #[tokio::test]
    async fn closing_refuses_who_waits() {
        let turns = Turns::new(1, 3);
        let held = turns.try_take(A).expect("a turn");
        let waits = waiter(&turns, A);
        turns.close();
        assert!(waits.await.is_err() && turns.take(B).await.is_err());
        drop(held);
    }
}
