//! Queries and forms as pairs of names and values, with `+` and percent codes decoded.

use penstock_model::{Error, Result};
use percent_encoding::percent_decode_str;

/// How many parameters a query may have.
const MOST: usize = 1_000;

/// `a=1&b=2` as pairs. What is not UTF-8 is replaced.
///
/// # Errors
/// `ParameterInvalid` for more than 1,000 of them.
pub fn pairs(encoded: &str) -> Result<Vec<(String, String)>> {
    bounded(encoded)?;
    Ok(decoded(encoded).collect())
}

/// As [`pairs`], but each name at most once, and nothing is replaced.
///
/// # Errors
/// `ParameterInvalid` for more than 1,000 of them, for a name that comes twice, and for what is not UTF-8 or has the
/// NUL character in it.
pub fn unique_pairs(encoded: &str) -> Result<Vec<(String, String)>> {
    bounded(encoded)?;
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, value) in split(encoded) {
        let (name, value) = (strict(&spaced(name), "query")?, strict(&spaced(value), "query")?);
        if found.iter().any(|(n, _)| *n == name) {
            return Err(Error::parameter(&name, "must be given once"));
        }
        found.push((name, value));
    }
    Ok(found)
}

/// Names and values of a query or a form, decoded one by one.
pub(crate) fn decoded(encoded: &str) -> impl Iterator<Item = (String, String)> {
    split(encoded).map(|(name, value)| (lossy(name), lossy(value)))
}

fn bounded(encoded: &str) -> Result<()> {
    match split(encoded).nth(MOST) {
        Some(_) => Err(Error::parameter("query", &format!("must have at most {MOST} parameters"))),
        None => Ok(()),
    }
}

/// The first value of a name.
pub(crate) fn first(encoded: &str, name: &str) -> Option<String> {
    split(encoded).find(|(n, _)| lossy(n) == name).map(|(_, value)| lossy(value))
}

/// Decodes percent codes; `place` is what an error names.
///
/// # Errors
/// `ParameterInvalid` for what is not UTF-8 or has the NUL character in it.
pub fn strict(encoded: &str, place: &str) -> Result<String> {
    let text = percent_decode_str(encoded).decode_utf8().map_err(|_| Error::parameter(place, "must be UTF-8"))?;
    if text.contains('\0') {
        return Err(Error::parameter(place, "must not contain the NUL character"));
    }
    Ok(text.into_owned())
}

fn split(encoded: &str) -> impl Iterator<Item = (&str, &str)> {
    encoded.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, "")))
}

fn lossy(encoded: &str) -> String {
    percent_decode_str(&spaced(encoded)).decode_utf8_lossy().into_owned()
}

fn spaced(encoded: &str) -> String {
    encoded.replace('+', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_in_order() {
        let given = pairs("a=1+2&b=%C3%A4&&c&a=%ff=").unwrap();
        let expected = [("a", "1 2"), ("b", "ä"), ("c", ""), ("a", "\u{FFFD}=")];
        assert_eq!(given, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(first("a=1&b=2&b=3", "b").as_deref(), Some("2"));
    }

    #[test]
    fn unique_pairs_replace_and_repeat_nothing() {
        assert_eq!(unique_pairs("a=1&b=").unwrap().len(), 2);
        for (wrong, place) in [("a=1&%61=2", "a"), ("a=%ff", "query"), ("a=%00", "query")] {
            assert_eq!(unique_pairs(wrong).unwrap_err().field.as_deref(), Some(place), "{wrong}");
        }
    }

    #[test]
    fn a_query_has_at_most_a_thousand_parameters() {
        let query = |count: usize| (0..count).map(|n| format!("p{n}={n}")).collect::<Vec<_>>().join("&");
        assert_eq!(pairs(&query(MOST)).unwrap().len(), MOST);
        assert_eq!(unique_pairs(&query(MOST)).unwrap().len(), MOST);
        for refused in [pairs(&query(MOST + 1)), unique_pairs(&query(MOST + 1)), pairs(&"&a&&".repeat(30_000))] {
            assert!(refused.unwrap_err().message.contains("at most 1000"));
        }
    }
}
