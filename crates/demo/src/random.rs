//! Numbers that look random and are the same for the same seed, on every machine and in every version.

use penstock_crm::Ids;
use penstock_model::{Micros, time::DAY, time::SECOND};
use std::sync::{Mutex, PoisonError};

/// A stream of numbers (`SplitMix64`).
pub(super) struct Random(u64);

impl Random {
    /// The stream of a seed for one purpose: another purpose's draws don't move it.
    pub(super) fn new(seed: i64, purpose: &str) -> Self {
        let mut start = seed.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5EED;
        for byte in purpose.bytes() {
            start = (start ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        let mut random = Self(start);
        random.next();
        random
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of a list.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.between(0, i64::try_from(list.len()).unwrap_or(1) - 1);
        &list[usize::try_from(at).unwrap_or(0)]
    }

    /// A moment of working time, at least so many days after `from` and at most so many. `start` is a Monday.
    pub(super) fn working_time(&mut self, start: Micros, from: Micros, days: (i64, i64)) -> Micros {
        let mut day = (from - start).div_euclid(DAY) + self.between(days.0, days.1);
        if day.rem_euclid(7) >= 5 {
            day += 7 - day.rem_euclid(7);
        }
        let seconds = self.between(7 * 3600, 16 * 3600);
        let moment = start + day * DAY + seconds * SECOND;
        if moment > from { moment } else { from + self.between(60, 7200) * SECOND }
    }
}

/// Identifiers drawn from a seed: the demo's custom fields have the same keys everywhere.
pub(super) struct SeededIds(Mutex<Random>);

impl SeededIds {
    pub(super) fn new(seed: i64) -> Self {
        Self(Mutex::new(Random::new(seed, "ids")))
    }
}

impl Ids for SeededIds {
    fn hex40(&self) -> String {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (a, b, c) = (random.next(), random.next(), random.next() >> 32);
        format!("{a:016x}{b:016x}{c:08x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_others() {
        let draw = |seed, purpose| {
            let mut random = Random::new(seed, purpose);
            (0..50).map(|_| random.between(-5, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, "a"), draw(7, "a"));
        assert_ne!(draw(7, "a"), draw(8, "a"));
        assert_ne!(draw(7, "a"), draw(7, "b"));
        assert!(draw(7, "a").iter().all(|n| (-5..=1000).contains(n)));
    }

    #[test]
    fn nobody_works_on_weekends() {
        let mut random = Random::new(1, "days");
        let mut moment = 0;
        for _ in 0..500 {
            let next = random.working_time(0, moment, (0, 9));
            assert!(next > moment);
            assert!(next.div_euclid(DAY).rem_euclid(7) < 5, "{next}");
            moment = next;
        }
    }
}
