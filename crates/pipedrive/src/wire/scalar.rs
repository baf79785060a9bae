//! Scalars as JSON bytes.

use penstock_model::time::{self, Spelling};

/// A string, quoted and escaped.
pub(crate) fn string(out: &mut Vec<u8>, text: &str) {
    // Writing to memory can't fail.
    let _ = serde_json::to_writer(out, text);
}

/// A whole number.
pub(crate) fn int(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// A number; whole ones without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
pub(crate) fn real(out: &mut Vec<u8>, number: f64) {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        int(out, number as i64);
    } else {
        let _ = serde_json::to_writer(out, &number);
    }
}

/// An amount in 1/10,000 as a number, exact.
pub(crate) fn money(out: &mut Vec<u8>, amount: i64) {
    if amount % 10_000 == 0 {
        return int(out, amount / 10_000);
    }
    if amount < 0 {
        out.push(b'-');
    }
    let amount = amount.unsigned_abs();
    out.extend_from_slice(itoa::Buffer::new().format(amount / 10_000).as_bytes());
    let fraction = format!(".{:04}", amount % 10_000);
    out.extend_from_slice(fraction.trim_end_matches('0').as_bytes());
}

/// A moment, quoted.
pub(crate) fn moment(out: &mut Vec<u8>, micros: i64, spelling: Spelling) {
    out.push(b'"');
    time::write(out, micros, spelling);
    out.push(b'"');
}

/// `true` or `false`.
pub(crate) fn flag(out: &mut Vec<u8>, flag: bool) {
    out.extend_from_slice(if flag { b"true" } else { b"false" });
}

/// `null`.
pub(crate) fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

/// `"key":`, with a comma before it unless it is the first of an object. Keys are words of the wire or hexadecimal
/// digits: there is nothing in them to escape.
pub(crate) fn key(out: &mut Vec<u8>, key: &str) {
    debug_assert!(key.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\'), "{key} needs escapes");
    if out.last().is_some_and(|b| *b != b'{') {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

/// As [`key`], of a key and its suffix: `{key}_{suffix}`.
pub(crate) fn suffixed_key(out: &mut Vec<u8>, first: &str, suffix: &str) {
    key(out, first);
    out.truncate(out.len() - 2);
    out.push(b'_');
    out.extend_from_slice(suffix.as_bytes());
    out.extend_from_slice(b"\":");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_exactly() {
        let written = |amount| {
            let mut out = Vec::new();
            money(&mut out, amount);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(50_000_000), "5000");
        assert_eq!(written(12_345), "1.2345");
        assert_eq!(written(-5_000), "-0.5");
        assert_eq!(written(i64::MIN), "-922337203685477.5808");
    }
}
