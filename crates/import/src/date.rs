//! Dates and times as people write them.

use std::borrow::Cow;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use penstock_model::{Micros, time};

/// Names of forms, and the patterns that they stand for.
const NAMED: [(&str, &str); 6] = [
    ("YYYY-MM-DD", "%Y-%m-%d"),
    ("M/D/YYYY", "%m/%d/%Y"),
    ("D/M/YYYY", "%d/%m/%Y"),
    ("D.M.YYYY", "%d.%m.%Y"),
    ("D-M-YYYY", "%d-%m-%Y"),
    ("YYYY/M/D", "%Y/%m/%d"),
];
/// Times of day, alone or behind a date.
const TIMES: [&str; 4] = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
/// Years outside of these are more likely a wrong form than a date.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// The longest span, in seconds: four digits of hours.
const LONGEST: i64 = 10_000 * 3600;

/// A time of day as it is stored. Refuses with what is expected.
pub(super) fn clock(text: &str) -> Result<String, String> {
    let text = tidy(text);
    let at = TIMES.iter().find_map(|form| Time::strptime(form, &*text).ok());
    let at = at.ok_or("must be a time of day as 13:45, 13:45:10 or 1:45 PM")?;
    Ok(at.strftime("%H:%M:%S").to_string())
}

/// The seconds of a span of time. Refuses with what is expected.
pub(super) fn span(text: &str) -> Result<i64, String> {
    let seconds = time::parse_duration(text).or_else(|| Some(tidy(text).parse::<SignedDuration>().ok()?.as_secs()));
    seconds
        .filter(|seconds| (0..LONGEST).contains(seconds))
        .ok_or_else(|| "must be a span of time as 1:30, 1h 30m, 90 min or PT1H30M".to_owned())
}

/// A text with its blanks as patterns want them, and `p.m.` as `pm`.
fn tidy(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !c.is_whitespace() || c == ' ';
    if text.chars().all(plain) && !text.contains("  ") && !text.ends_with('.') {
        return Cow::Borrowed(text);
    }
    let mut tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidy.to_ascii_lowercase().ends_with("a.m.") || tidy.to_ascii_lowercase().ends_with("p.m.") {
        tidy.truncate(tidy.len() - 1);
        tidy.remove(tidy.len() - 2);
    }
    Cow::Owned(tidy)
}

/// How dates and times are written.
#[derive(Clone, Debug)]
pub(super) struct DateForms {
    /// What people call the forms, for messages.
    names: Vec<String>,
    patterns: Vec<String>,
    zone: TimeZone,
}

impl DateForms {
    /// Forms by name or pattern, for a time zone. Refuses with the reason.
    pub(super) fn new(forms: &[String], zone: &str) -> Result<Self, String> {
        let zone = TimeZone::get(zone).map_err(|_| format!("the time zone {zone} is unknown"))?;
        let mut patterns = Vec::with_capacity(forms.len());
        for form in forms {
            let named = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(form)).map(|(_, pattern)| *pattern);
            let pattern = named.unwrap_or(form);
            if !pattern.contains('%') {
                let known: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
                let message = "is no form of dates: give a pattern as %d.%m.%Y, or one of";
                return Err(format!("{form} {message} {}", known.join(", ")));
            }
            patterns.push(pattern.to_owned());
        }
        let mut names = forms.to_vec();
        if names.is_empty() {
            names.push(NAMED[0].0.to_owned());
        }
        Ok(Self { names, patterns, zone })
    }

    /// A day as it is stored. A time of day behind it does not matter.
    pub(super) fn day(&self, text: &str) -> Result<String, String> {
        let text = &*tidy(text);
        let found = self.patterns.iter().find_map(|pattern| {
            let whole = Date::strptime(pattern, text).or_else(|_| Ok(DateTime::strptime(pattern, text)?.date()));
            whole.or_else(|_: jiff::Error| Date::strptime(pattern, split(text).0)).ok()
        });
        let day = found.or_else(|| time::parse_date(text)?.parse().ok()).ok_or_else(|| self.expected("a date"))?;
        self.plausible(day)?;
        Ok(day.to_string())
    }

    /// A moment as it is stored. A day alone is its first moment in the time zone.
    pub(super) fn moment(&self, text: &str) -> Result<Micros, String> {
        let text = &*tidy(text);
        let stamp = self.patterns.iter().find_map(|pattern| self.by_pattern(pattern, text));
        let stamp = stamp.or_else(|| text.parse().ok()).or_else(|| self.local(text.parse().ok()?));
        let stamp = stamp.ok_or_else(|| self.expected("a date, or a date and a time"))?;
        self.plausible(self.zone.to_datetime(stamp).date())?;
        Ok(stamp.as_microsecond())
    }

    fn by_pattern(&self, pattern: &str, text: &str) -> Option<Timestamp> {
        if let Ok(stamp) = Timestamp::strptime(pattern, text) {
            return Some(stamp);
        }
        let at = DateTime::strptime(pattern, text)
            .or_else(|_| Ok(Date::strptime(pattern, text)?.to_datetime(Time::midnight())));
        let at = at.or_else(|e: jiff::Error| {
            let (day, clock) = split(text);
            let clock = TIMES.iter().find_map(|form| Time::strptime(form, clock).ok()).ok_or(e)?;
            Ok::<_, jiff::Error>(Date::strptime(pattern, day)?.to_datetime(clock))
        });
        self.local(at.ok()?)
    }

    /// A stored day and time of day of the time zone as both are in UTC.
    pub(super) fn in_utc(&self, day: &str, clock: &str) -> Option<(String, String)> {
        let at = day.parse::<Date>().ok()?.to_datetime(clock.parse().ok()?);
        let at = TimeZone::UTC.to_datetime(self.local(at)?);
        Some((at.date().to_string(), at.strftime("%H:%M:%S").to_string()))
    }

    fn local(&self, at: DateTime) -> Option<Timestamp> {
        self.zone.to_timestamp(at).ok()
    }

    fn expected(&self, what: &str) -> String {
        format!("must be {what} as {}", self.names.join(" or "))
    }

    fn plausible(&self, day: Date) -> Result<(), String> {
        if YEARS.contains(&day.year()) {
            return Ok(());
        }
        Err(format!("{}; its year is {}, years of two digits are %y", self.expected("a date"), day.year()))
    }
}

/// The day and what stands behind it.
fn split(text: &str) -> (&str, &str) {
    text.split_once(|c: char| c.is_whitespace() || c == 'T').map_or((text, ""), |(day, rest)| (day, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(forms: &[&str], zone: &str) -> DateForms {
        DateForms::new(&forms.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>(), zone).unwrap()
    }

    #[test]
    fn days_are_read_in_the_forms_that_were_named() {
        for (form, text, wanted) in [
            ("M/D/YYYY", "3/1/2017", Some("2017-03-01")),
            ("M/D/YYYY", "03/01/2017 5:30 PM", Some("2017-03-01")),
            ("m/d/yyyy", "2017-03-01", Some("2017-03-01")),
            ("M/D/YYYY", "13/1/2017", None),
            ("M/D/YYYY", "2/29/2017", None),
            ("M/D/YYYY", "3/1/17", None),
            ("%m/%d/%y", "3/1/17", Some("2017-03-01")),
            ("D.M.YYYY", "1.3.2017", Some("2017-03-01")),
            ("%d %b %Y", "1 Mar 2017", Some("2017-03-01")),
        ] {
            assert_eq!(forms(&[form], "UTC").day(text).ok().as_deref(), wanted, "{form} {text}");
        }
        assert!(forms(&[], "UTC").day("3/1/2017").unwrap_err().contains("YYYY-MM-DD"));
    }

    #[test]
    fn moments_are_those_of_the_time_zone() {
        let at = |text| time::parse(text).unwrap();
        for (form, zone, text, wanted) in [
            ("M/D/YYYY", "UTC", "3/1/2017", "2017-03-01 00:00:00"),
            ("M/D/YYYY", "America/New_York", "3/1/2017", "2017-03-01 05:00:00"),
            ("M/D/YYYY", "UTC", "3/1/2017 5:30 PM", "2017-03-01 17:30:00"),
            ("M/D/YYYY", "UTC", "3/1/2017 17:30", "2017-03-01 17:30:00"),
            ("M/D/YYYY", "UTC", "3/1/2017\u{a0} 5:30:10\u{202f}pm", "2017-03-01 17:30:10"),
            ("M/D/YYYY", "UTC", "3/1/2017 5:30 p.m.", "2017-03-01 17:30:00"),
            ("M/D/YYYY", "UTC", "3/1/2017 12:05AM", "2017-03-01 00:05:00"),
            ("%Y-%m-%d %H.%M", "Europe/Berlin", "2017-07-01 08.05", "2017-07-01 06:05:00"),
            ("M/D/YYYY", "Europe/Berlin", "2017-07-01T08:05:00+09:00", "2017-06-30 23:05:00"),
            ("M/D/YYYY", "Europe/Berlin", "2017-07-01 08:05", "2017-07-01 06:05:00"),
            ("%Y%m%d %H:%M %z", "UTC", "20170701 08:05 +0200", "2017-07-01 06:05:00"),
        ] {
            assert_eq!(forms(&[form], zone).moment(text), Ok(at(wanted)), "{form} {text}");
        }
        assert!(forms(&["M/D/YYYY"], "UTC").moment("soon").is_err());
    }

    #[test]
    fn a_time_of_the_time_zone_may_be_on_another_day_in_utc() {
        let utc = |zone, day, clock| forms(&[], zone).in_utc(day, clock).map(|(day, clock)| format!("{day} {clock}"));
        assert_eq!(utc("Europe/Berlin", "2024-07-01", "13:45:00").as_deref(), Some("2024-07-01 11:45:00"));
        assert_eq!(utc("Europe/Berlin", "2024-01-01", "00:30:00").as_deref(), Some("2023-12-31 23:30:00"));
    }

    #[test]
    fn what_is_no_form_is_refused() {
        assert!(DateForms::new(&["MM-YY".to_owned()], "UTC").unwrap_err().contains("M/D/YYYY"));
        assert!(DateForms::new(&[], "Mars/Olympus").is_err());
    }
}
