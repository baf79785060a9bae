//! Forms as JSON: `a[b]=1` nests, `a[]=1` and `a[0]=1` make lists.

use serde_json::{Map, Value as Json, json};

use crate::query::pairs;

/// The deepest nesting of a name; what is nested deeper is left out of it.
const DEPTH: usize = 4;
/// An index from which on a key is a name.
const LONGEST: usize = 1000;

/// A form as an object; values are texts.
#[must_use]
pub fn form(encoded: &str) -> Map<String, Json> {
    let mut root = Map::new();
    for (name, value) in pairs(encoded) {
        let mut keys = name.split('[').map(|k| k.trim_end_matches(']'));
        let first = keys.next().unwrap_or("").to_owned();
        let rest: Vec<&str> = keys.take(DEPTH).collect();
        let slot = root.entry(first).or_insert(Json::Null);
        put(slot, &rest, value);
    }
    root
}

fn put(slot: &mut Json, keys: &[&str], value: String) {
    let Some((key, rest)) = keys.split_first() else {
        *slot = value.into();
        return;
    };
    let index = if key.is_empty() { slot.as_array().map(Vec::len).or(Some(0)) } else { key.parse().ok() };
    if let Some(index) = index.filter(|i| *i < LONGEST) {
        if !slot.is_array() {
            *slot = json!([]);
        }
        if let Some(list) = slot.as_array_mut() {
            while list.len() <= index {
                list.push(Json::Null);
            }
            put(&mut list[index], rest, value);
        }
        return;
    }
    if !slot.is_object() {
        *slot = json!({});
    }
    if let Some(map) = slot.as_object_mut() {
        put(map.entry((*key).to_owned()).or_insert(Json::Null), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_brackets_nest() {
        for (encoded, expected) in [
            ("title=A+deal&value=5", json!({"title": "A deal", "value": "5"})),
            ("a[]=1&a[]=2", json!({"a": ["1", "2"]})),
            ("email[0][value]=a%40b.c&email[0][primary]=1", json!({"email": [{"value": "a@b.c", "primary": "1"}]})),
            ("a[b][c]=1&a[d]=2", json!({"a": {"b": {"c": "1"}, "d": "2"}})),
            ("a[1000]=1", json!({"a": {"1000": "1"}})),
            ("", json!({})),
        ] {
            assert_eq!(Json::Object(form(encoded)), expected, "{encoded}");
        }
    }
}
