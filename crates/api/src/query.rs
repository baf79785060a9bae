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

/// As [`pairs`], but nothing is replaced.
///
/// # Errors
/// `ParameterInvalid` for more than 1,000 of them, and for what is not UTF-8 or has the NUL character in it.
pub fn strict_pairs(encoded: &str) -> Result<Vec<(String, String)>> {
    bounded(encoded)?;
    let decoded = |part: &str| strict(&spaced(part), "query");
    split(encoded).map(|(name, value)| Ok((decoded(name)?, decoded(value)?))).collect()
}

/// What a query may say of one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A list, with commas between its members.
    List,
    /// One value; of several the last.
    Last,
    /// One value; several different ones are refused.
    One,
}

/// Each known parameter once, under the name by which `known` knows it. A list may come as `ids=1,2`, `ids=1&ids=2`,
/// `ids[]=1&ids[]=2` or `ids[0]=1&ids[1]=2`, and is made the first of these. What is not known stays as it is.
///
/// # Errors
/// `ParameterInvalid` for several values of a parameter that takes one.
pub fn settled(
    given: Vec<(String, String)>,
    known: impl Fn(&str) -> Option<(&'static str, Takes)>,
) -> Result<Vec<(String, String)>> {
    let mut settled: Vec<(String, String)> = Vec::with_capacity(given.len());
    let mut seen: Vec<(&'static str, usize)> = Vec::new();
    for (name, value) in given {
        let plain = known(&name);
        let Some((own, takes)) = plain.or_else(|| known(without_brackets(&name)?)) else {
            settled.push((name, value));
            continue;
        };
        let Some((_, at)) = seen.iter().find(|(known, _)| *known == own) else {
            seen.push((own, settled.len()));
            settled.push((own.to_owned(), value));
            continue;
        };
        let before = &mut settled[*at].1;
        match takes {
            _ if value.is_empty() => {}
            _ if before.is_empty() => *before = value,
            Takes::List => {
                before.push(',');
                before.push_str(&value);
            }
            _ if *before == value => {}
            Takes::Last if plain.is_some() => *before = value,
            Takes::Last | Takes::One => return Err(Error::parameter(own, "must be given once: it takes one value")),
        }
    }
    Ok(settled)
}

/// `ids` of `ids[]` and `ids[0]`.
fn without_brackets(name: &str) -> Option<&str> {
    let (name, index) = name.strip_suffix(']')?.rsplit_once('[')?;
    index.bytes().all(|b| b.is_ascii_digit()).then_some(name)
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
    fn strict_pairs_replace_nothing() {
        assert_eq!(strict_pairs("a=1&b=&a=2").unwrap().len(), 3);
        for wrong in ["a=%ff", "a=%00", "%ff=1"] {
            assert_eq!(strict_pairs(wrong).unwrap_err().field.as_deref(), Some("query"), "{wrong}");
        }
    }

    fn known(name: &str) -> Option<(&'static str, Takes)> {
        match name {
            "ids" => Some(("ids", Takes::List)),
            "start" | "Start" => Some(("start", Takes::Last)),
            "limit" => Some(("limit", Takes::One)),
            _ => None,
        }
    }

    fn settle(query: &str) -> Result<Vec<(String, String)>> {
        settled(pairs(query)?, known)
    }

    #[test]
    fn a_list_is_the_same_in_each_of_its_forms() {
        for query in [
            "ids=1,2,3",
            "ids=1&ids=2&ids=3",
            "ids[]=1&ids[]=2&ids[]=3",
            "ids%5B%5D=1&ids%5B%5D=2,3",
            "ids[0]=1&ids[1]=2&ids[2]=3",
            "ids=&ids=1&ids[]=2&ids[]=&ids[7]=3",
        ] {
            assert_eq!(settle(query).unwrap(), [("ids".to_owned(), "1,2,3".to_owned())], "{query}");
        }
    }

    #[test]
    fn one_value_that_is_given_twice_is_the_last_or_refused() {
        for (query, expected) in [
            ("start=1&start=2", "2"),
            ("start=2&Start=2", "2"),
            ("start=2&start=", "2"),
            ("start=&start=2", "2"),
            ("start[]=2", "2"),
        ] {
            assert_eq!(settle(query).unwrap(), [("start".to_owned(), expected.to_owned())], "{query}");
        }
        assert_eq!(settle("limit=2&limit=2&limit=").unwrap(), [("limit".to_owned(), "2".to_owned())]);
        for (refused, name) in
            [("limit=1&limit=2", "limit"), ("limit[]=1&limit[]=2", "limit"), ("start[]=1&start[]=2", "start")]
        {
            assert_eq!(settle(refused).unwrap_err().field.as_deref(), Some(name), "{refused}");
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for query in ["x=1&x=2", "x[]=1&x[]=2", "ids[a]=1", "ids]=1", "[]=1", "ids[[]]=1"] {
            assert_eq!(settle(query).unwrap(), pairs(query).unwrap(), "{query}");
        }
    }

    #[test]
    fn a_query_has_at_most_a_thousand_parameters() {
        let query = |count: usize| (0..count).map(|n| format!("p{n}={n}")).collect::<Vec<_>>().join("&");
        assert_eq!(pairs(&query(MOST)).unwrap().len(), MOST);
        assert_eq!(strict_pairs(&query(MOST)).unwrap().len(), MOST);
        for refused in [pairs(&query(MOST + 1)), strict_pairs(&query(MOST + 1)), pairs(&"&a&&".repeat(30_000))] {
            assert!(refused.unwrap_err().message.contains("at most 1000"));
        }
    }
}
