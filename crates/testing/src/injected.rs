//! Time and random digits, as tests want them.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use penstock_crm::Ids;
use penstock_model::{Clock, Micros, time};

/// When every test begins: Monday morning.
pub const START: &str = "2026-03-02 09:00:00";

/// A clock that stands still until a test sets it.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(moment(START)))
    }
}

impl TestClock {
    /// Sets the time, spelt as `2026-03-02 09:00:00`.
    pub fn set(&self, text: &str) {
        self.0.store(moment(text), Ordering::SeqCst);
    }
    /// Moves the time on by so many microseconds.
    pub fn advance(&self, micros: Micros) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Micros {
        self.0.load(Ordering::SeqCst)
    }
}

/// A time as microseconds.
///
/// # Panics
/// When the text is no time.
#[must_use]
pub fn moment(text: &str) -> Micros {
    time::parse(text).unwrap()
}

/// Digits that count up: the first draw is 1.
#[derive(Debug)]
pub(crate) struct TestIds(AtomicU64, AtomicU64);

impl Default for TestIds {
    fn default() -> Self {
        Self(AtomicU64::new(1), AtomicU64::new(0x5EC1))
    }
}

impl TestIds {
    /// The next draw is 1 again.
    pub(crate) fn restart(&self) {
        self.0.store(1, Ordering::SeqCst);
    }
}

impl Ids for TestIds {
    fn hex40(&self) -> String {
        format!("{:040x}", self.0.fetch_add(1, Ordering::SeqCst))
    }

    /// Companies come first, and what tests record should not depend on how many there are.
    fn secret(&self) -> String {
        format!("{:040x}", self.1.fetch_add(1, Ordering::SeqCst))
    }
}
