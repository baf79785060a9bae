//! Days that depend on when they are asked for. They become days and moments of the company's time zone when the
//! statement is made, so that a filter that is kept means today's today.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use super::{Expr, Op};
use crate::{Kind, Value, time::Micros};

/// The moment and the time zone that [`RelativeDate`]s count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today<'a> {
    /// Now, by the company's clock.
    pub now: Micros,
    /// The name of the company's time zone; one that is unknown counts as UTC.
    pub zone: &'a str,
}

/// A day or several that depend on today. Numbers count from the present one: 0 is this, -1 the last, 1 the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelativeDate {
    /// This moment; today, where a field holds days.
    Now,
    /// The day so many days from today.
    Day(i16),
    /// The day so many months from today, or the last of its month where that has no such day.
    DayInMonths(i16),
    /// The week, which begins on Monday.
    Week(i16),
    /// The month.
    Month(i16),
    /// The quarter of the year.
    Quarter(i16),
    /// The year.
    Year(i16),
    /// The last so many days, of which today is one.
    LastDays(u16),
    /// The next so many days, of which today is one.
    NextDays(u16),
}

fn plus_days(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn plus_months(day: Date, months: i32) -> Date {
    Span::new().try_months(months).map_or(day, |span| day.saturating_add(span))
}

impl RelativeDate {
    /// The first day, and the day behind the last.
    fn days(self, today: Date) -> (Date, Date) {
        let span = |first: Date, months: i32| (first, plus_months(first, months));
        let month = today.first_of_month();
        match self {
            Self::Now => (today, plus_days(today, 1)),
            Self::Day(days) => {
                let day = plus_days(today, days.into());
                (day, plus_days(day, 1))
            }
            Self::DayInMonths(months) => {
                let day = plus_months(today, months.into());
                (day, plus_days(day, 1))
            }
            Self::Week(weeks) => {
                let since_monday = i32::from(today.weekday().to_monday_zero_offset());
                let monday = plus_days(today, i32::from(weeks) * 7 - since_monday);
                (monday, plus_days(monday, 7))
            }
            Self::Month(months) => span(plus_months(month, months.into()), 1),
            Self::Quarter(quarters) => {
                let into = (i32::from(month.month()) - 1) % 3;
                span(plus_months(month, i32::from(quarters) * 3 - into), 3)
            }
            Self::Year(years) => {
                let into = i32::from(month.month()) - 1;
                span(plus_months(month, i32::from(years) * 12 - into), 12)
            }
            Self::LastDays(days) => (plus_days(today, 1 - i32::from(days)), plus_days(today, 1)),
            Self::NextDays(days) => (today, plus_days(today, days.into())),
        }
    }

    /// The comparison with values that a field of a kind can hold: moments, or days. A field is equal to several days if
    /// it is one of them, before them if it is before all, and after them if it is after all.
    pub fn resolve<F: Clone>(self, op: Op, field: &F, kind: Kind, today: Today<'_>) -> Expr<F> {
        let zone = TimeZone::get(today.zone).unwrap_or(TimeZone::UTC);
        let now = Timestamp::from_microsecond(today.now).unwrap_or(Timestamp::UNIX_EPOCH);
        let (first, behind) = self.days(zone.to_datetime(now).date());
        let (first, behind): (Value, Value) = if kind == Kind::DateTime {
            let midnight = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(now).as_microsecond();
            match self {
                Self::Now => (today.now.into(), (today.now + 1).into()),
                _ => (midnight(first).into(), midnight(behind).into()),
            }
        } else {
            (first.to_string().into(), behind.to_string().into())
        };
        let is = |op, value| Expr::Field(field.clone(), super::Test::Is(op, value));
        match op {
            Op::Eq => Expr::All(vec![is(Op::Ge, first), is(Op::Lt, behind)]),
            Op::Ne => Expr::Any(vec![is(Op::Lt, first), is(Op::Ge, behind)]),
            Op::Lt => is(Op::Lt, first),
            Op::Le => is(Op::Lt, behind),
            Op::Gt => is(Op::Ge, behind),
            Op::Ge => is(Op::Ge, first),
            Op::StartsWith | Op::Contains => Expr::nothing(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DAY, SECOND, parse};

    /// A Sunday night, which is already Monday in Riga.
    const NOW: &str = "2026-05-31 22:30:00";

    fn days(date: RelativeDate, zone: &str) -> String {
        let today = Today { now: parse(NOW).unwrap(), zone };
        let Expr::All(bounds) = date.resolve(Op::Eq, &"f", Kind::Date, today) else { panic!("two bounds") };
        let bound = |at: usize| match &bounds[at] {
            Expr::Field(_, super::super::Test::Is(_, value)) => value.text().unwrap().to_owned(),
            other => panic!("{other:?}"),
        };
        format!("{} {}", bound(0), bound(1))
    }

    #[test]
    fn days_are_those_of_the_companys_time_zone() {
        assert_eq!(days(RelativeDate::Day(0), "UTC"), "2026-05-31 2026-06-01");
        assert_eq!(days(RelativeDate::Day(0), "Europe/Riga"), "2026-06-01 2026-06-02");
        assert_eq!(days(RelativeDate::Week(0), "UTC"), "2026-05-25 2026-06-01");
        assert_eq!(days(RelativeDate::Week(-1), "Europe/Riga"), "2026-05-25 2026-06-01");
        assert_eq!(days(RelativeDate::Month(0), "UTC"), "2026-05-01 2026-06-01");
        assert_eq!(days(RelativeDate::Month(1), "Nowhere/Known"), "2026-06-01 2026-07-01");
        assert_eq!(days(RelativeDate::Quarter(0), "UTC"), "2026-04-01 2026-07-01");
        assert_eq!(days(RelativeDate::Quarter(-2), "UTC"), "2025-10-01 2026-01-01");
        assert_eq!(days(RelativeDate::Year(-1), "UTC"), "2025-01-01 2026-01-01");
        assert_eq!(days(RelativeDate::DayInMonths(-3), "UTC"), "2026-02-28 2026-03-01");
        assert_eq!(days(RelativeDate::LastDays(7), "UTC"), "2026-05-25 2026-06-01");
        assert_eq!(days(RelativeDate::NextDays(1), "UTC"), "2026-05-31 2026-06-01");
        for far in [RelativeDate::Year(i16::MAX), RelativeDate::Year(i16::MIN), RelativeDate::Week(i16::MAX)] {
            days(far, "UTC");
        }
    }

    #[test]
    fn moments_are_bounded_by_the_zones_midnights() {
        let today = Today { now: parse(NOW).unwrap(), zone: "Europe/Riga" };
        let bound = |date: RelativeDate, op| match date.resolve(op, &"f", Kind::DateTime, today) {
            Expr::Field(_, super::super::Test::Is(op, value)) => (op, value.int().unwrap()),
            other => panic!("{other:?}"),
        };
        let midnight = parse("2026-05-31 21:00:00").unwrap();
        assert_eq!(bound(RelativeDate::Day(0), Op::Ge), (Op::Ge, midnight));
        assert_eq!(bound(RelativeDate::Day(0), Op::Gt), (Op::Ge, midnight + DAY));
        assert_eq!(bound(RelativeDate::Day(0), Op::Le), (Op::Lt, midnight + DAY));
        assert_eq!(bound(RelativeDate::Day(0), Op::Lt), (Op::Lt, midnight));
        assert_eq!(bound(RelativeDate::Now, Op::Lt), (Op::Lt, midnight + 5400 * SECOND));
    }
}
