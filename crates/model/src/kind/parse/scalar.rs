//! Single values: numbers, amounts, flags and texts.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::{Error, Result, Value};

/// The largest whole number: beyond it JSON's readers lose digits, and counting on could overflow.
const LARGEST: u64 = 9_007_199_254_740_991;

pub(super) fn integer(json: &Json, lenient: bool) -> Option<i64> {
    let number = match json {
        Json::Number(n) => n.as_i64(),
        Json::String(s) if lenient => whole(s.trim()),
        // v1 clients send whole reference objects back: take their id.
        Json::Object(map) if lenient => {
            let id = map.get("value").or_else(|| map.get("id")).filter(|id| !id.is_object())?;
            return integer(id, lenient);
        }
        _ => None,
    }?;
    (number.unsigned_abs() <= LARGEST).then_some(number)
}

/// A whole number in a text, with or without zeros behind a point: `83`, `83.0`.
fn whole(text: &str) -> Option<i64> {
    let digits = match text.split_once('.') {
        Some((digits, fraction)) if !fraction.is_empty() && fraction.bytes().all(|b| b == b'0') => digits,
        _ => text,
    };
    digits.parse().ok()
}

pub(super) fn number(json: &Json, lenient: bool) -> Option<f64> {
    match json {
        Json::Number(n) => n.as_f64(),
        Json::String(s) if lenient => s.trim().parse().ok().filter(|f: &f64| f.is_finite()),
        _ => None,
    }
}

/// Reads a decimal text exactly into 1/10,000, rounding half away from zero beyond four digits.
#[must_use]
pub fn money_from_text(text: &str) -> Option<i64> {
    decimal(text).ok()
}

/// Why a text is no amount.
enum NoAmount {
    /// It is no number.
    Form,
    /// It is too large a number.
    Size,
}

fn decimal(text: &str) -> Result<i64, NoAmount> {
    const LIMIT: i128 = 9_000_000_000_000_000_000;
    let text = text.trim();
    if text.contains(['e', 'E']) {
        let value: f64 = text.parse().map_err(|_| NoAmount::Form)?;
        return if value.abs() < 9e14 { decimal(&format!("{value:.6}")) } else { Err(NoAmount::Size) };
    }
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if (whole.is_empty() && fraction.is_empty()) || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit())
    {
        return Err(NoAmount::Form);
    }
    if whole.len() > 18 {
        return Err(NoAmount::Size);
    }
    let mut value: i128 = whole.parse().unwrap_or(0) * 10_000;
    let mut step = 1000;
    for (place, digit) in fraction.bytes().map(|b| i128::from(b - b'0')).take(5).enumerate() {
        if place == 4 {
            value += i128::from(digit >= 5);
        } else {
            value += digit * step;
            step /= 10;
        }
    }
    if value > LIMIT {
        return Err(NoAmount::Size);
    }
    i64::try_from(if negative { -value } else { value }).map_err(|_| NoAmount::Size)
}

pub(super) fn money(json: &Json, lenient: bool, name: &str) -> Result<Value> {
    let amount = match json {
        Json::Number(n) => decimal(&n.to_string()),
        Json::String(s) if lenient => decimal(s),
        _ => Err(NoAmount::Form),
    };
    amount.map(Value::Int).map_err(|fault| {
        let expected = match fault {
            NoAmount::Form if lenient => "must be a number with a point before its fraction, such as 1234.5",
            NoAmount::Form => "must be a number, such as 1234.5",
            NoAmount::Size => "must be an amount between -900000000000000 and 900000000000000",
        };
        Error::invalid(name, expected)
    })
}

pub(super) fn boolean(json: &Json, lenient: bool) -> Option<bool> {
    match json {
        Json::Bool(b) => Some(*b),
        Json::Number(n) if lenient => match n.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Json::String(s) if lenient => match s.to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Checks a text: its length in characters, and that it has no NUL, which Postgres can't keep.
///
/// # Errors
/// `FieldInvalid`, saying which.
pub fn check_text(text: &str, name: &str, longest: u32) -> Result<()> {
    if text.contains('\0') {
        return Err(Error::invalid(name, "must not contain the NUL character"));
    }
    let most = longest as usize;
    if text.len() > most && text.chars().count() > most {
        return Err(Error::invalid(name, &format!("must have at most {longest} characters")));
    }
    Ok(())
}

pub(super) fn text_of<'a>(json: &'a Json, lenient: bool, name: &str) -> Result<Cow<'a, str>> {
    // Whole numbers are kept as they were sent; of others, JSON's readers keep fifteen digits.
    const LARGEST_FRACTION: f64 = 1e15;
    match json {
        Json::String(text) => Ok(text.as_str().into()),
        Json::Number(number) if lenient => match number.as_f64().filter(|_| number.is_f64()) {
            None => Ok(number.to_string().into()),
            Some(fraction) if fraction.abs() < LARGEST_FRACTION => Ok(fraction.to_string().into()),
            Some(_) => Err(Error::invalid(name, "is too long for a number: send it as a string")),
        },
        _ => Err(Error::invalid(name, "must be a string")),
    }
}

/// The text of a part of a value.
pub(super) fn part_text<'a>(json: &'a Json, lenient: bool, name: &str, part: &str) -> Result<Cow<'a, str>> {
    text_of(json, lenient, name).map_err(|_| Error::invalid(name, &format!("{part} must be a string")))
}

pub(super) fn text(json: &Json, lenient: bool, name: &str, longest: u32) -> Result<Value> {
    let text = text_of(json, lenient, name)?;
    check_text(&text, name, longest)?;
    Ok(Value::from(&*text))
}

pub(super) fn spelled(json: &Json, name: &str, canonical: fn(&str) -> Option<String>, expected: &str) -> Result<Value> {
    json.as_str().and_then(canonical).map(Value::from).ok_or_else(|| Error::invalid(name, expected))
}
