//! Time and identifiers of the benches: fixed while a company is made, so that two runs make the same one; the
//! machine's own while Penstock serves.

use std::sync::atomic::{AtomicU64, Ordering};

use penstock_crm::Ids;
use penstock_model::{Clock, Micros};

use crate::data::Random;

/// The moment at which companies are made: 2026-01-01 UTC.
pub(crate) const MADE: Micros = 1_767_225_600_000_000;

/// A clock that stands still.
pub(crate) struct Still(pub(crate) Micros);

impl Clock for Still {
    fn now(&self) -> Micros {
        self.0
    }
}

/// The machine's clock.
pub(crate) struct Running;

impl Clock for Running {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that a server under measurement is given")]
    fn now(&self) -> Micros {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    }
}

/// Identifiers that only look random: the same sequence in every run.
#[derive(Default)]
pub(crate) struct Drawn(AtomicU64);

impl Ids for Drawn {
    fn hex40(&self) -> String {
        let mut random = Random::new(self.0.fetch_add(1, Ordering::Relaxed) ^ 0x5EED);
        format!("{:016x}{:016x}{:08x}", random.next(), random.next(), random.next() >> 32)
    }
}
