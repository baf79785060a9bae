//! Forms as JSON: `a[b]=1` nests, `a[]=1` and `a[0]=1` make lists.
//!
//! A few bytes of a name can ask for many values, so what is made is counted as it is made: lists have no gaps, and
//! depth and the number of keys and values are those of JSON bodies.

use penstock_model::{Code, Error, Result};
use serde_json::{Map, Value as Json, json};

use crate::{
    decode::{DEPTH, NODES, too_deep, too_many},
    query::decoded,
};

/// A form as an object; values are texts.
///
/// # Errors
/// `BodyMalformed` for more keys and values, or deeper nesting, than a body may have, and for an index that leaves a
/// gap.
pub fn form(encoded: &str) -> Result<Map<String, Json>> {
    let mut root = Map::new();
    let mut left = NODES;
    for (name, value) in decoded(encoded) {
        let mut keys = name.split('[').map(|k| k.trim_end_matches(']'));
        let first = keys.next().unwrap_or("").to_owned();
        let rest: Vec<&str> = keys.take(DEPTH).collect();
        if rest.len() >= DEPTH {
            return Err(too_deep());
        }
        // A key and a value of each level, whether they are there already or not: an upper bound is simpler.
        left = left.checked_sub(2 + rest.len()).ok_or_else(too_many)?;
        put(root.entry(first).or_insert(Json::Null), &rest, value).map_err(|index| gap(&name, &index))?;
    }
    Ok(root)
}

/// An index that is not the next of its list, and the one that would be.
struct Gap {
    given: usize,
    next: usize,
}

fn gap(name: &str, Gap { given, next }: &Gap) -> Error {
    let name: String = name.chars().take(100).collect();
    let message =
        format!("{name}: the list has {next} values so far, so its next index is {next} and can't be {given}");
    Error::new(Code::BodyMalformed, message).at(&name)
}

fn put(slot: &mut Json, keys: &[&str], value: String) -> Result<(), Gap> {
    let Some((key, rest)) = keys.split_first() else {
        *slot = value.into();
        return Ok(());
    };
    let is_index = !slot.is_object() && key.bytes().all(|b| b.is_ascii_digit());
    if !is_index {
        if !slot.is_object() {
            *slot = json!({});
        }
        return match slot.as_object_mut() {
            Some(map) => put(map.entry((*key).to_owned()).or_insert(Json::Null), rest, value),
            None => Ok(()),
        };
    }
    if !slot.is_array() {
        *slot = json!([]);
    }
    let Some(list) = slot.as_array_mut() else { return Ok(()) };
    let next = list.len();
    let index = if key.is_empty() { next } else { key.parse().unwrap_or(usize::MAX) };
    if index > next {
        return Err(Gap { given: index, next });
    }
    if index == next {
        list.push(Json::Null);
    }
    put(&mut list[index], rest, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_brackets_nest() {
        for (encoded, expected) in [
            ("title=A+deal&value=5", json!({"title": "A deal", "value": "5"})),
            ("a[]=1&a[]=2", json!({"a": ["1", "2"]})),
            ("a[0]=1&a[1]=2&a[0]=3", json!({"a": ["3", "2"]})),
            ("email[0][value]=a%40b.c&email[0][primary]=1", json!({"email": [{"value": "a@b.c", "primary": "1"}]})),
            ("a[b][c]=1&a[d]=2", json!({"a": {"b": {"c": "1"}, "d": "2"}})),
            // Among names a number is one of them.
            ("a[b]=1&a[1000]=1", json!({"a": {"b": "1", "1000": "1"}})),
            ("", json!({})),
        ] {
            assert_eq!(Json::Object(form(encoded).unwrap()), expected, "{encoded}");
        }
    }

    #[test]
    fn an_index_that_leaves_a_gap_is_refused_with_the_next_one() {
        for (encoded, given, next) in [
            ("a[1]=1", "1", "index is 0"),
            ("a[0]=1&a[2]=1", "2", "index is 1"),
            ("k0[999][999][999][999]=", "999", "index is 0"),
            ("a[99999999999999999999999]=1", "a[9", "index is 0"),
            ("a[0][7]=1", "7", "index is 0"),
        ] {
            let error = form(encoded).unwrap_err();
            assert_eq!(error.code, Code::BodyMalformed);
            assert!(error.message.contains(given) && error.message.contains(next), "{encoded}: {}", error.message);
        }
    }

    #[test]
    fn a_form_has_as_many_keys_and_values_as_json_may_have_and_is_no_deeper() {
        let names = |count: usize| (0..count).map(|n| format!("k{n}=")).collect::<Vec<_>>().join("&");
        assert_eq!(form(&names(NODES / 2)).unwrap().len(), NODES / 2);
        let error = form(&names(NODES / 2 + 1)).unwrap_err();
        assert!(error.message.contains(&NODES.to_string()), "{}", error.message);
        assert!(form(&format!("a{}=1", "[x]".repeat(DEPTH - 1))).is_ok());
        let error = form(&format!("a{}=1", "[x]".repeat(DEPTH))).unwrap_err();
        assert!(error.message.contains(&DEPTH.to_string()), "{}", error.message);
        assert!(form(&format!("a{}=1", "[]".repeat(100_000))).is_err());
    }
}
