//! Time as it is stored (microseconds since 1970, UTC) and as it is written on the wires.
//! Reading a clock is injected: rules and stores take a [`Clock`].

use jiff::{Timestamp, civil};

/// Microseconds since 1970-01-01T00:00:00Z.
pub type Micros = i64;

/// Microseconds in a second.
pub const SECOND: Micros = 1_000_000;
/// Microseconds in a day.
pub const DAY: Micros = 86_400 * SECOND;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, in microseconds since 1970 UTC.
    fn now(&self) -> Micros;
}

/// How a moment is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `2024-01-01 00:00:00`, Pipedrive's v1.
    Space,
    /// `2024-01-01T00:00:00Z`, Pipedrive's v2.
    Rfc,
    /// `2024-01-01T00:00:00.000Z`, Pipedrive's leads.
    RfcMillis,
    /// `2024-01-01T00:00:00.000000Z`, the Virtual API: nothing is lost.
    RfcMicros,
}

fn civil_of(micros: Micros) -> (civil::DateTime, u32) {
    let clamped = micros.clamp(-62_135_596_800 * SECOND, 253_402_300_799 * SECOND);
    let seconds = clamped.div_euclid(SECOND);
    let fraction = u32::try_from(clamped.rem_euclid(SECOND)).unwrap_or(0);
    let stamp = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    (jiff::tz::Offset::UTC.to_datetime(stamp), fraction)
}

fn push_digits(out: &mut Vec<u8>, number: u32, width: usize) {
    let start = out.len();
    out.resize(start + width, b'0');
    let mut rest = number;
    for slot in out[start..].iter_mut().rev() {
        *slot = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
}

/// Appends a moment's spelling, without quotes.
pub fn write(out: &mut Vec<u8>, micros: Micros, spelling: Spelling) {
    let (moment, fraction) = civil_of(micros);
    push_digits(out, u32::from(moment.year().unsigned_abs()), 4);
    for (lead, part) in [(b'-', moment.month()), (b'-', moment.day())] {
        out.push(lead);
        push_digits(out, u32::from(part.unsigned_abs()), 2);
    }
    out.push(if spelling == Spelling::Space { b' ' } else { b'T' });
    push_digits(out, u32::from(moment.hour().unsigned_abs()), 2);
    for part in [moment.minute(), moment.second()] {
        out.push(b':');
        push_digits(out, u32::from(part.unsigned_abs()), 2);
    }
    match spelling {
        Spelling::Space => return,
        Spelling::Rfc => {}
        Spelling::RfcMillis => {
            out.push(b'.');
            push_digits(out, fraction / 1000, 3);
        }
        Spelling::RfcMicros => {
            out.push(b'.');
            push_digits(out, fraction, 6);
        }
    }
    out.push(b'Z');
}

/// A moment's spelling as a string.
#[must_use]
pub fn format(micros: Micros, spelling: Spelling) -> String {
    let mut out = Vec::with_capacity(28);
    write(&mut out, micros, spelling);
    String::from_utf8(out).unwrap_or_default()
}

/// Parses `YYYY-MM-DD HH:MM:SS` as UTC, or any RFC 3339 moment. A bare date is midnight UTC.
#[must_use]
pub fn parse(text: &str) -> Option<Micros> {
    let text = text.trim();
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Some(stamp.as_microsecond());
    }
    let moment = text.parse::<civil::DateTime>().ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(moment).ok()?.as_microsecond())
}

/// Parses RFC 3339 in whole seconds, as Pipedrive's v2 demands (pipedrive-contract 4.1).
#[must_use]
pub fn parse_strict(text: &str) -> Option<Micros> {
    if text.contains('.') || !text.contains('T') {
        return None;
    }
    Some(text.parse::<Timestamp>().ok()?.as_microsecond())
}

/// The calendar day of a moment in a named time zone; UTC when the zone is unknown.
#[must_use]
pub fn local_date(micros: Micros, zone: &str) -> String {
    if zone == "UTC" {
        let mut out = Vec::with_capacity(20);
        write(&mut out, micros, Spelling::Space);
        out.truncate(10);
        return String::from_utf8(out).unwrap_or_default();
    }
    let stamp = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(stamp).date().to_string()
}

/// The offset of a named time zone at a moment, as `+03:00`; that of UTC when the zone is unknown.
#[must_use]
pub fn zone_offset(micros: Micros, zone: &str) -> String {
    let stamp = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let seconds = zone.to_offset(stamp).seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

/// A day's canonical spelling, if the text is a day, or a moment on it in whatever time zone.
#[must_use]
pub fn parse_date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.get(..10).unwrap_or(text);
    if day.len() < text.len() {
        parse(text)?;
    }
    Some(day.parse::<civil::Date>().ok()?.to_string())
}

/// As [`parse_date`], of nothing but a day.
#[must_use]
pub fn parse_day(text: &str) -> Option<String> {
    if text.len() == 10 { parse_date(text) } else { None }
}

/// A time of day's canonical spelling `HH:MM:SS`, from `H:MM` or `HH:MM:SS`.
#[must_use]
pub fn parse_clock(text: &str) -> Option<String> {
    let seconds = parse_duration(text)?;
    (seconds < 86_400).then(|| clock_text(seconds))
}

/// Seconds of a span spelt `HH:MM` or `HH:MM:SS`.
#[must_use]
pub fn parse_duration(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(':');
    let hours: i64 = digits(parts.next()?, 4)?;
    let minutes: i64 = digits(parts.next()?, 2)?;
    let seconds: i64 = parts.next().map_or(Some(0), |s| digits(s, 2))?;
    (parts.next().is_none() && minutes < 60 && seconds < 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

fn digits(text: &str, longest: usize) -> Option<i64> {
    (!text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `HH:MM:SS` of a number of seconds.
#[must_use]
pub fn clock_text(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_in_every_spelling() {
        let moment = parse("2024-02-29 13:14:15").unwrap();
        assert_eq!(format(moment, Spelling::Space), "2024-02-29 13:14:15");
        assert_eq!(format(moment, Spelling::Rfc), "2024-02-29T13:14:15Z");
        assert_eq!(format(moment + 123_456, Spelling::RfcMicros), "2024-02-29T13:14:15.123456Z");
        assert_eq!(parse("2024-02-29T15:14:15+02:00"), Some(moment));
        assert_eq!(parse("2023-02-29 00:00:00"), None);
    }

    #[test]
    fn v2_refuses_fractions_and_bare_dates() {
        assert!(parse_strict("2024-01-01T00:00:00.5Z").is_none());
        assert!(parse_strict("2024-01-01").is_none());
        assert!(parse_strict("2024-01-01T00:00:00Z").is_some());
    }

    #[test]
    fn clocks_and_spans_are_canonical() {
        assert_eq!(parse_clock("9:05").as_deref(), Some("09:05:00"));
        assert_eq!(parse_clock("24:00"), None);
        assert_eq!(parse_duration("101:30"), Some(365_400));
        assert_eq!(parse_date("2024-13-01"), None);
    }

    #[test]
    fn a_day_is_a_day_or_a_moment_on_it_and_nothing_behind_it() {
        for text in ["2026-01-05", " 2026-01-05 ", "2026-01-05 10:00:00", "2026-01-05T23:00:00-05:00"] {
            assert_eq!(parse_date(text).as_deref(), Some("2026-01-05"), "{text}");
        }
        for text in ["2026-01-05 blah", "2026-01-05T", "2026-01-05T10:00:00 x", "2026-01-05 25:00:00", "2026-01-05x"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        for text in ["10:00 x", "10:00:00Z", "10:00:00.5", "1 0:00"] {
            assert_eq!((parse_clock(text), parse_duration(text)), (None, None), "{text}");
        }
        for text in ["2026-01-05 10:00:00 blah", "2026-01-05T10:00:00Zx", "2026-01-05T10:00:00Z[UTC]x"] {
            assert_eq!((parse(text), parse_strict(text)), (None, None), "{text}");
        }
    }
}
