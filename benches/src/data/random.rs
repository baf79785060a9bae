//! Numbers that only look random: splitmix64.

/// A sequence that its seed decides.
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The sequence of a record.
    pub(crate) const fn of(number: i64) -> Self {
        Self(number.cast_unsigned().wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() % end.max(1).unsigned_abs()).unwrap_or(0)
    }

    /// Whether the one case in `cases` has come.
    pub(crate) fn one_in(&mut self, cases: i64) -> bool {
        self.below(cases) == 0
    }

    /// One of some.
    pub(crate) fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        let at = usize::try_from(self.next() % among.len().max(1) as u64).unwrap_or(0);
        among[at]
    }
}
