//! Spans of time in ISO 8601: `PT1H30M`. Written in hours, minutes and seconds; weeks and days are read too. Years and
//! months have no fixed length and are refused.

/// The most seconds of a span: a little more than a year.
const MOST: i64 = 36_000_000;

/// The spelling of a span in seconds.
pub(super) fn write(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let part = |number: u64, unit: &str| if number == 0 { String::new() } else { format!("{number}{unit}") };
    let (hours, minutes) = (part(seconds / 3600, "H"), part(seconds / 60 % 60, "M"));
    let seconds = if seconds == 0 { "0S".to_owned() } else { part(seconds % 60, "S") };
    format!("{sign}PT{hours}{minutes}{seconds}")
}

/// The seconds of a span.
pub(super) fn parse(text: &str) -> Option<i64> {
    let rest = text.strip_prefix('P')?;
    let (days, time) = rest.split_once('T').map_or((rest, None), |(days, time)| (days, Some(time)));
    if time.is_some_and(str::is_empty) || (days.is_empty() && time.is_none()) {
        return None;
    }
    let days = units(days, &[('W', 604_800), ('D', 86_400)])?;
    let time = units(time.unwrap_or_default(), &[('H', 3600), ('M', 60), ('S', 1)])?;
    days.checked_add(time).filter(|seconds| *seconds <= MOST)
}

/// Numbers with units, each unit at most once and in order.
fn units(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum: i64 = 0;
    for (unit, seconds) in units {
        if let Some((number, rest)) = text.split_once(*unit) {
            if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            sum = sum.checked_add(number.parse::<i64>().ok()?.checked_mul(*seconds)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_iso_8601_says() {
        for (text, seconds) in
            [("PT1H30M", 5400), ("PT0S", 0), ("P1D", 86_400), ("P1W", 604_800), ("P1DT1S", 86_401), ("PT90M", 5400)]
        {
            assert_eq!(parse(text), Some(seconds), "{text}");
        }
        for text in ["", "P", "PT", "P1Y", "P1M", "PT1.5H", "PT1M1H", "1H", "PT-1H", "P1DT", "PT99999999999999999999H"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        for seconds in [0, 1, 59, 60, 3600, 5400, 86_399, 90_061] {
            assert_eq!(parse(&write(seconds)), Some(seconds));
        }
    }
}
