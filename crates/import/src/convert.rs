//! From the text of a cell to the value of a field: one `match` over the kinds.

use std::sync::Arc;

use penstock_model::{
    Kind, Value, currency,
    kind::{Strictness, parse},
    visibility::Level,
};
use serde_json::{Value as Json, json};

use super::{date::DateForms, decimal::Decimal, mapping::Spec};

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

    fn number(&self, text: &str) -> Result<String, String> {
        let number = Decimal::parse(text, self.mark).ok_or_else(|| {
            format!("must be a number, as {}", if self.mark == '.' { "1234.5 or 1,234.5" } else { "1234,5 or 1.234,5" })
        })?;
        Ok(self.times.map_or(number, |factor| number.times(factor)).text())
    }
}

/// Whether a cell can hold several values of a kind.
pub(super) const fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::Choices | Kind::Emails | Kind::Phones | Kind::Messengers)
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
            ("{ column = 'x', times = 2 }", Kind::Text, "a", "numbers only"),
        ] {
            let refused = value(spec, kind, text).unwrap_err();
            assert!(refused.contains(part) && !refused.starts_with("f:"), "{refused}");
        }
    }
}
