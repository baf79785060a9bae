//! The memory that the bodies of all requests take together. Each body counts with what has come of it, until its request
//! is answered.
//!
//! When there is no room for more, a body that is still coming is given up: of whoever has the most in flight the one that
//! is longest on its way. So who holds many bodies back loses these, and nobody else is kept waiting by them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::Waker,
};

/// The bodies of all requests.
pub(super) struct InFlight {
    /// Bytes that they may take.
    most: usize,
    numbers: AtomicU64,
    bodies: Mutex<Bodies>,
}

#[derive(Default)]
struct Bodies {
    bytes: usize,
    /// By number: who began first has the lowest.
    all: BTreeMap<u64, Coming>,
}

/// What has come of a body.
struct Coming {
    /// Whose it is.
    whose: u64,
    bytes: usize,
    state: State,
    waker: Option<Waker>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    /// It has come, and is worked on.
    Whole,
    /// Its bytes were given to others.
    GivenUp,
}

/// A body's share. Dropped with the request.
pub(super) struct Share {
    of: Arc<InFlight>,
    number: u64,
    whose: u64,
}

/// There is no room.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full;

impl InFlight {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, numbers: AtomicU64::new(0), bodies: Mutex::default() })
    }

    /// The share of a body that begins now. `whose` tells apart who sends.
    pub(super) fn share(self: &Arc<Self>, whose: u64) -> Share {
        Share { of: Arc::clone(self), number: self.numbers.fetch_add(1, Relaxed), whose }
    }

    fn bodies(&self) -> MutexGuard<'_, Bodies> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Takes room for more bytes, from others if need be.
    pub(super) fn take(&self, bytes: usize) -> Result<(), Full> {
        let mut bodies = self.of.bodies();
        let fresh = Coming { whose: self.whose, bytes: 0, state: State::Coming, waker: None };
        let own = bodies.all.entry(self.number).or_insert(fresh);
        if own.state == State::GivenUp {
            return Err(Full);
        }
        own.bytes += bytes;
        bodies.bytes += bytes;
        while bodies.bytes > self.of.most {
            let Some(number) = bodies.least_deserving() else {
                bodies.give_up(self.number);
                return Err(Full);
            };
            bodies.give_up(number);
            if number == self.number {
                return Err(Full);
            }
        }
        Ok(())
    }

    /// Whether the body was given up. If not, the waker is woken when it is.
    pub(super) fn is_given_up(&self, waker: &Waker) -> bool {
        let mut bodies = self.of.bodies();
        let Some(own) = bodies.all.get_mut(&self.number) else { return false };
        own.waker = Some(waker.clone());
        own.state == State::GivenUp
    }

    /// The body has come.
    pub(super) fn is_whole(&self) {
        if let Some(own) = self.of.bodies().all.get_mut(&self.number)
            && own.state == State::Coming
        {
            own.state = State::Whole;
            own.waker = None;
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut bodies = self.of.bodies();
        if let Some(own) = bodies.all.remove(&self.number) {
            bodies.bytes -= own.bytes;
        }
    }
}

impl Bodies {
    /// Of those that are still coming the oldest of who has most in flight.
    fn least_deserving(&self) -> Option<u64> {
        let mut by_whom: HashMap<u64, usize> = HashMap::new();
        for body in self.all.values() {
            *by_whom.entry(body.whose).or_default() += body.bytes;
        }
        let coming = self.all.iter().filter(|(_, body)| body.state == State::Coming && body.bytes > 0);
        let worst = coming.max_by_key(|(number, body)| (by_whom[&body.whose], std::cmp::Reverse(**number)));
        worst.map(|(number, _)| *number)
    }

    fn give_up(&mut self, number: u64) {
        if let Some(body) = self.all.get_mut(&number) {
            self.bytes -= std::mem::take(&mut body.bytes);
            body.state = State::GivenUp;
            if let Some(waker) = body.waker.take() {
                waker.wake();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        task::Wake,
    };

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicBool);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    fn is_given_up(share: &Share) -> bool {
        share.is_given_up(Waker::noop())
    }

    #[test]
    fn bodies_have_room_up_to_the_limit_and_give_it_back() {
        let all = InFlight::new(100);
        let (one, other) = (all.share(1), all.share(2));
        assert_eq!((one.take(60), other.take(40)), (Ok(()), Ok(())));
        drop(one);
        assert_eq!((other.take(60), is_given_up(&other)), (Ok(()), false));
        drop(other);
        assert_eq!(all.bodies().bytes, 0);
        assert!(all.bodies().all.is_empty());
    }

    #[test]
    fn the_oldest_body_of_who_has_most_in_flight_is_given_up_and_told() {
        let all = InFlight::new(100);
        let quiet = all.share(1);
        let (first, second) = (all.share(2), all.share(2));
        assert_eq!((quiet.take(30), first.take(30), second.take(40)), (Ok(()), Ok(()), Ok(())));
        let woken = Arc::new(Woken::default());
        assert!(!first.is_given_up(&Arc::clone(&woken).into()));
        let late = all.share(3);
        assert_eq!(late.take(10), Ok(()));
        assert!(woken.0.load(Ordering::Relaxed) && is_given_up(&first));
        assert_eq!(first.take(1), Err(Full));
        assert!(!is_given_up(&quiet) && !is_given_up(&second) && !is_given_up(&late));
    }

    #[test]
    fn who_has_most_in_flight_is_refused_more_when_all_else_is_worked_on() {
        let all = InFlight::new(100);
        let (worked_on, coming) = (all.share(1), all.share(2));
        assert_eq!(worked_on.take(90), Ok(()));
        worked_on.is_whole();
        assert_eq!(coming.take(20), Err(Full));
        assert!(is_given_up(&coming) && !is_given_up(&worked_on));
        assert_eq!(all.share(3).take(10), Ok(()), "what was given up takes no room");
    }

    #[test]
    fn a_body_larger_than_all_the_room_is_refused() {
        let all = InFlight::new(100);
        assert_eq!(all.share(1).take(101), Err(Full));
        assert_eq!(all.share(1).take(100), Ok(()));
    }
}
