//! Values as JSON bytes, written by hand.

use rusqlite::types::ValueRef;

const DAY: i64 = 86_400_000_000;

pub(super) fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

pub(super) fn int(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Whatever the column holds, as it is.
pub(super) fn plain(out: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Integer(value) => int(out, value),
        ValueRef::Text(text) => string(out, text),
        ValueRef::Real(value) => real(out, value),
        ValueRef::Null | ValueRef::Blob(_) => null(out),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole and small")]
fn real(out: &mut Vec<u8>, value: f64) {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        int(out, value as i64);
    } else {
        out.extend_from_slice(value.to_string().as_bytes());
    }
}

pub(super) fn flag(out: &mut Vec<u8>, value: ValueRef<'_>) {
    out.extend_from_slice(if value == ValueRef::Integer(0) { b"false" } else { b"true" });
}

/// Stored JSON, or an empty list.
pub(super) fn list(out: &mut Vec<u8>, value: ValueRef<'_>) {
    if let ValueRef::Text(json) = value {
        out.extend_from_slice(json);
    } else {
        out.extend_from_slice(b"[]");
    }
}

/// An amount in 1/10,000.
pub(super) fn money(out: &mut Vec<u8>, value: ValueRef<'_>) {
    let ValueRef::Integer(amount) = value else { return null(out) };
    if amount < 0 {
        out.push(b'-');
    }
    let amount = amount.unsigned_abs();
    out.extend_from_slice(itoa::Buffer::new().format(amount / 10_000).as_bytes());
    let mut fraction = amount % 10_000;
    if fraction > 0 {
        out.push(b'.');
        let mut place = 1000;
        while fraction > 0 {
            out.push(digit(fraction / place));
            fraction %= place;
            place /= 10;
        }
    }
}

pub(super) fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut copied = 0;
    for (at, byte) in text.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            _ => continue,
        };
        out.extend_from_slice(&text[copied..at]);
        out.extend_from_slice(escape);
        copied = at + 1;
    }
    out.extend_from_slice(&text[copied..]);
    out.push(b'"');
}

/// A moment as `2024-01-01T00:00:00Z`.
pub(super) fn moment(out: &mut Vec<u8>, value: ValueRef<'_>) {
    let ValueRef::Integer(micros) = value else { return null(out) };
    out.push(b'"');
    date(out, micros);
    let seconds = (micros.rem_euclid(DAY) / 1_000_000).unsigned_abs();
    for (lead, part) in [(b'T', seconds / 3600), (b':', seconds / 60 % 60), (b':', seconds % 60)] {
        out.extend_from_slice(&[lead, digit(part / 10), digit(part % 10)]);
    }
    out.extend_from_slice(b"Z\"");
}

/// The day of a moment, UTC.
pub(super) fn day(out: &mut Vec<u8>, value: ValueRef<'_>) {
    let ValueRef::Integer(micros) = value else { return null(out) };
    out.push(b'"');
    date(out, micros);
    out.push(b'"');
}

/// `2024-01-01`: days since 1970 to the civil calendar, counted in eras of 400 years from March.
fn date(out: &mut Vec<u8>, micros: i64) {
    let days = (micros.div_euclid(DAY) + 719_468).unsigned_abs();
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    out.extend_from_slice(&[digit(year / 1000), digit(year / 100 % 10), digit(year / 10 % 10), digit(year % 10), b'-']);
    out.extend_from_slice(&[digit(month / 10), digit(month % 10), b'-', digit(day / 10), digit(day % 10)]);
}

fn digit(number: u64) -> u8 {
    b'0' + u8::try_from(number % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&mut Vec<u8>, ValueRef<'_>), value: ValueRef<'_>) -> String {
        let mut out = Vec::new();
        write(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn moments_and_days_are_utc() {
        let micros = ValueRef::Integer(1_709_210_096_999_999);
        assert_eq!(written(moment, micros), r#""2024-02-29T12:34:56Z""#);
        assert_eq!(written(day, micros), r#""2024-02-29""#);
        assert_eq!(written(day, ValueRef::Integer(0)), r#""1970-01-01""#);
        assert_eq!(written(day, ValueRef::Null), "null");
    }

    #[test]
    fn amounts_lose_trailing_zeros_only() {
        for (amount, text) in [(0, "0"), (12_340_000, "1234"), (12_345, "1.2345"), (-10_500, "-1.05"), (7, "0.0007")] {
            assert_eq!(written(money, ValueRef::Integer(amount)), text);
        }
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(written(plain, ValueRef::Text("a\"b\\c\nß".as_bytes())), r#""a\"b\\c\nß""#);
    }
}
