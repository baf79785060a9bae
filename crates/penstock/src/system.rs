//! The process's own clock and randomness: the only place that touches them, everything else is handed a
//! [`Clock`] or [`Ids`] (DESIGN 15).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use penstock_crm::Ids;
use penstock_model::{Clock, Micros};

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that others are handed")]
    fn now(&self) -> Micros {
        let micros = |d: Duration| Micros::try_from(d.as_micros()).unwrap_or(Micros::MAX);
        SystemTime::now().duration_since(UNIX_EPOCH).map_or_else(|e| -micros(e.duration()), micros)
    }
}

/// The system's random numbers.
pub(crate) struct RandomIds;

impl Ids for RandomIds {
    fn hex40(&self) -> String {
        let mut bytes = [0; 20];
        // Without randomness every secret could be guessed: going on would be worse than stopping this request.
        if let Err(e) = getrandom::fill(&mut bytes) {
            panic!("the system gives no random numbers: {e}");
        }
        hex(&bytes)
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|nibble| char::from(DIGITS[usize::from(nibble)])).collect()
}

/// An identifier in the form of a UUID, for tying the log and the events of one request together. It tells requests
/// apart and need not be hard to guess, so the system is not asked for it.
pub(crate) fn correlation() -> String {
    let digits = hex(&fastrand::u128(..).to_be_bytes());
    let variant = ['8', '9', 'a', 'b'][fastrand::usize(..4)];
    format!("{}-{}-4{}-{variant}{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_identifiers_differ_and_have_their_form() {
        let (one, other) = (RandomIds.hex40(), RandomIds.hex40());
        assert_ne!(one, other);
        assert!(penstock_auth::is_token(&one));
        assert_ne!(correlation(), correlation());
        let correlation = correlation();
        assert_eq!(correlation.len(), 36);
        assert_eq!(correlation.chars().filter(|c| *c == '-').count(), 4);
        assert_eq!(&correlation[14..15], "4");
    }
}
