//! From the text of a cell to the value of a field: one `match` over the kinds.

use std::sync::Arc;

use penstock_model::{
    Kind, Value, currency,
    kind::{Strictness, fold, parse},
    time,
    visibility::{LEVELS, Level},
};
use serde_json::{Value as Json, json};

use super::{
    date::{self, DateForms},
    decimal::Decimal,
    mapping::Spec,
};

/// How the texts of a field become values.
#[derive(Clone, Debug)]
pub(super) struct Conversion {
    dates: Arc<DateForms>,
    mark: char,
    times: Option<Decimal>,
    pub(super) split: Option<String>,
    currency: Option<String>,
}

impl Conversion {
    /// The conversion that a specification asks for, with the file's forms where it says nothing. Refuses with the
    /// reason.
    pub(super) fn new(spec: &Spec, kind: Kind, dates: &Arc<DateForms>, mark: char, zone: &str) -> Result<Self, String> {
        let own = spec.dates.as_ref().map(|forms| DateForms::new(&forms.0, zone).map(Arc::new)).transpose()?;
        let mark = spec.decimal.unwrap_or(mark);
        let times = match &spec.times {
            None => None,
            Some(text) => {
                Some(Decimal::parse(&text.0, '.').ok_or_else(|| format!("times = {}: must be a number", text.0))?)
            }
        };
        let numeric = matches!(kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Amount);
        for (given, fits, word) in [
            (times.is_some() || spec.decimal.is_some(), numeric, "numbers"),
            (spec.dates.is_some(), matches!(kind, Kind::Date | Kind::DateTime), "dates"),
            (spec.split.is_some(), is_list(kind), "fields of several values"),
            (spec.currency.is_some(), kind == Kind::Amount, "custom fields of type monetary"),
        ] {
            if given && !fits {
                return Err(format!("says what is for {word} only"));
            }
        }
        Ok(Self {
            dates: own.unwrap_or_else(|| Arc::clone(dates)),
            mark,
            times,
            split: spec.split.clone(),
            currency: spec.currency.clone(),
        })
    }

    /// The value of a text that is not blank. Refuses with what is expected.
    pub(super) fn value(&self, kind: Kind, name: &str, text: &str) -> Result<Value, String> {
        let json = match kind {
            Kind::DateTime => return Ok(Value::Int(self.dates.moment(text)?)),
            Kind::Date => Json::from(self.dates.day(text)?),
            Kind::Integer | Kind::Number | Kind::Money => Json::from(self.number(text)?),
            Kind::Amount => json!({ "value": self.number(text)?, "currency": self.currency }),
            Kind::Time | Kind::ZonedTime => Json::from(date::clock(text)?),
            Kind::Duration => Json::from(time::clock_text(date::span(text)?)),
            Kind::DateRange => self.range(text, |part| self.dates.day(part))?,
            Kind::TimeRange => self.range(text, date::clock)?,
            Kind::Enumeration(words) => {
                Json::from(words.iter().copied().find(|word| fold(word) == fold(text)).unwrap_or(text))
            }
            Kind::VisibleTo => Json::from(level(text).ok_or("must be owner or company, or 1, 3, 5 or 7")?),
            Kind::Boolean => Json::from(flag(text).ok_or("must be yes or no, true or false, 1 or 0")?),
            Kind::Emails | Kind::Phones | Kind::Messengers => self.parts(text).into(),
            _ => Json::from(text),
        };
        let value = parse(kind, &json, Strictness::Lenient, name, &[]).map_err(|e| {
            let reason = e.message.strip_prefix(name).and_then(|m| m.strip_prefix(": ")).unwrap_or(&e.message);
            reason.to_owned()
        })?;
        in_range(name, &value)?;
        Ok(value)
    }

    /// The texts in a cell of several.
    pub(super) fn parts(&self, text: &str) -> Vec<String> {
        match &self.split {
            Some(mark) => {
                text.split(mark.as_str()).map(|part| part.trim().to_owned()).filter(|p| !p.is_empty()).collect()
            }
            None => vec![text.to_owned()],
        }
    }

    /// The two parts of a range, or the first alone.
    fn range(&self, text: &str, part: impl Fn(&str) -> Result<String, String>) -> Result<Json, String> {
        match &self.parts(text)[..] {
            [from] => Ok(json!({ "value": part(from)? })),
            [from, until] => Ok(json!({ "value": part(from)?, "until": part(until)? })),
            _ => Err("must have two parts at most".to_owned()),
        }
    }

    /// A day and a time of day on the clock of the time zone as both are in UTC.
    pub(super) fn in_utc(&self, day: &str, clock: &str) -> Option<(String, String)> {
        self.dates.in_utc(day, clock)
    }

    fn number(&self, text: &str) -> Result<String, String> {
        let number = Decimal::parse(text, self.mark).ok_or_else(|| {
            format!("must be a number, as {}", if self.mark == '.' { "1234.5 or 1,234.5" } else { "1234,5 or 1.234,5" })
        })?;
        Ok(self.times.map_or(number, |factor| number.times(factor)).text())
    }
}

/// Whether a cell can hold several values of a kind.
const fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::Choices | Kind::Emails | Kind::Phones | Kind::Messengers | Kind::DateRange | Kind::TimeRange)
}

/// The level of visibility that is meant by its number, by what it is called, or by the word of the Virtual API.
fn level(text: &str) -> Option<i64> {
    let is = |word: &str| fold(word) == fold(text);
    let named =
        LEVELS.iter().find(|level| is(level.label) || level.published.is_some_and(is) || is(level.openness.word()));
    named.map(|level| level.number).or_else(|| text.parse().ok())
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" => Some(true),
        "no" | "n" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// What the rules of the CRM would refuse later, said when the row is looked at.
fn in_range(name: &str, value: &Value) -> Result<(), String> {
    match (name, value) {
        ("currency", Value::Text(code)) if currency::find(code).is_none() => {
            Err("must be an ISO 4217 currency code".to_owned())
        }
        ("probability", Value::Real(percent)) if !(0.0..=100.0).contains(percent) => {
            Err("must be between 0 and 100".to_owned())
        }
        ("visible_to", Value::Int(number)) => Level::find(*number).map(drop).map_err(str::to_owned),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(spec: &str, kind: Kind, text: &str) -> Result<Value, String> {
        let spec: std::collections::BTreeMap<String, Spec> = toml::from_str(&format!("f = {spec}")).unwrap();
        let dates = Arc::new(DateForms::new(&["M/D/YYYY".to_owned()], "UTC").unwrap());
        Conversion::new(&spec["f"], kind, &dates, '.', "UTC")?.value(kind, "f", text)
    }

    #[test]
    fn each_kind_reads_its_text() {
        let plain = "'x'";
        for (spec, kind, text, wanted) in [
            ("{ column = 'x', times = 1000000 }", Kind::Integer, "1100.04", Value::Int(1_100_040_000)),
            (plain, Kind::Money, "1,054", Value::Int(10_540_000)),
            ("{ column = 'x', decimal = ',' }", Kind::Number, "1.000,5", Value::Real(1000.5)),
            ("{ column = 'x', currency = 'usd' }", Kind::Amount, "5", Value::from(r#"{"value":5,"currency":"USD"}"#)),
            (plain, Kind::Date, "3/1/2017", Value::from("2017-03-01")),
            ("{ column = 'x', dates = 'D.M.YYYY' }", Kind::Date, "1.3.2017", Value::from("2017-03-01")),
            (plain, Kind::DateTime, "1/1/1970", Value::Int(0)),
            (plain, Kind::Boolean, "Yes", Value::Bool(true)),
            (plain, Kind::Time, "9:05", Value::from("09:05:00")),
            (plain, Kind::Time, "1:45\u{202f}PM", Value::from("13:45:00")),
            (plain, Kind::ZonedTime, "1:45 pm", Value::from(r#"{"value":"13:45:00"}"#)),
            (plain, Kind::TimeRange, "9:05", Value::from(r#"{"value":"09:05:00"}"#)),
            (
                "{ column = 'x', split = '-' }",
                Kind::DateRange,
                "3/1/2017 - 3/2/2017",
                Value::from(r#"{"value":"2017-03-01","until":"2017-03-02"}"#),
            ),
            (plain, Kind::Duration, "PT1H30M", Value::Int(5_400)),
            (plain, Kind::Duration, "1:30", Value::Int(5_400)),
            (plain, Kind::Duration, "1 h 30 min", Value::Int(5_400)),
            (plain, Kind::Duration, "90 minutes", Value::Int(5_400)),
            (plain, Kind::Enumeration(&["open", "won"]), "Won", Value::from("won")),
            (plain, Kind::VisibleTo, "owner", Value::Int(1)),
            (plain, Kind::VisibleTo, "Entire  Company", Value::Int(3)),
            (plain, Kind::VisibleTo, "5", Value::Int(5)),
        ] {
            assert_eq!(value(spec, kind, text), Ok(wanted), "{kind:?} {text}");
        }
        let mails = value("{ column = 'x', split = ';' }", Kind::Emails, "a@b.c; d@e.f").unwrap();
        assert_eq!(mails.text().unwrap().matches("value").count(), 2);
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused_with_what_is_expected() {
        for (spec, kind, text, part) in [
            ("'x'", Kind::Integer, "1.5", "whole number"),
            ("'x'", Kind::Money, "a lot", "must be a number"),
            ("'x'", Kind::Date, "13/1/2017", "M/D/YYYY"),
            ("'x'", Kind::Boolean, "perhaps", "yes or no"),
            ("'x'", Kind::Time, "13:45 PM", "1:45 PM"),
            ("'x'", Kind::Time, "25:00", "13:45"),
            ("'x'", Kind::Duration, "90", "PT1H30M"),
            ("'x'", Kind::Duration, "P1D", "PT1H30M"),
            ("'x'", Kind::Duration, "-PT1H", "PT1H30M"),
            ("'x'", Kind::Enumeration(&["open", "won"]), "winning", "must be one of open, won"),
            ("'x'", Kind::VisibleTo, "everybody", "owner or company"),
            ("{ column = 'x', split = '-' }", Kind::TimeRange, "9:00-10:00-11:00", "two parts"),
            ("{ column = 'x', times = 2 }", Kind::Text, "a", "numbers only"),
        ] {
            let refused = value(spec, kind, text).unwrap_err();
            assert!(refused.contains(part) && !refused.starts_with("f:"), "{refused}");
        }
    }
}
