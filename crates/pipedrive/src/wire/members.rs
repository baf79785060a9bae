//! Stored composites, cut apart but not parsed: they are compact JSON that the rules wrote, and go out as they are.

use memchr::memchr2;

/// The members of a compact JSON object, as `(key, JSON)`. They end where the text is none.
pub(super) struct Members<'a>(&'a str);

impl<'a> Members<'a> {
    /// Of a stored text; nothing has no members.
    pub(super) fn of(stored: Option<&'a str>) -> Self {
        Self(stored.unwrap_or(""))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        // Before each member stands `{` or `,` and the quote of its key.
        let rest = self.0.strip_prefix(['{', ','])?.strip_prefix('"')?;
        let (key, rest) = rest.split_at_checked(rest.bytes().position(|byte| byte == b'"')?)?;
        let value = rest.strip_prefix("\":")?;
        let (value, rest) = value.split_at_checked(length(value.as_bytes())?)?;
        self.0 = rest;
        Some((key, value))
    }
}

/// How long the JSON value is that a text begins with, when a comma or a bracket follows it.
fn length(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    loop {
        match bytes.get(at)? {
            b'"' => at = closing_quote(bytes, at + 1)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return Some(at),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where the string ends that begins at `at`.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value as Json, json};

    use super::Members;

    fn members(text: &str) -> Vec<(&str, &str)> {
        Members::of(Some(text)).collect()
    }

    #[test]
    fn members_are_cut_where_they_end() {
        let text = r#"{"1":"a, \"b\" {}","2":[1,{"x":[]}],"3":{"value":"\\","until":null},"4":-1.5e3,"5":""}"#;
        let cut = members(text);
        assert_eq!(
            cut,
            [
                ("1", r#""a, \"b\" {}""#),
                ("2", r#"[1,{"x":[]}]"#),
                ("3", r#"{"value":"\\","until":null}"#),
                ("4", "-1.5e3"),
                ("5", "\"\"")
            ]
        );
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for text in ["", "{}", "null", "[1,2]", "{\"a\"", "{\"a\":", "{\"a\":\"open", "{\"a\":\"\\", "{\"a\":[1"] {
            assert_eq!(members(text), [], "{text}");
        }
        assert_eq!(Members::of(None).count(), 0);
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            ".*".prop_map(Json::from),
            "[\\\\\"{}\\[\\],:]*".prop_map(Json::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
                prop::collection::hash_map("[a-z_0-9]{1,6}", inner, 0..4).prop_map(|map| json!(map)),
            ]
        })
    }

    proptest! {
        #[test]
        fn members_are_those_of_a_parser(map in prop::collection::hash_map("[a-z_0-9]{1,6}", json(), 0..6)) {
            let text = json!(map).to_string();
            let cut: Map<String, Json> = members(&text)
                .into_iter()
                .map(|(key, json)| (key.to_owned(), serde_json::from_str(json).expect("a value")))
                .collect();
            prop_assert_eq!(Json::Object(cut), json!(map));
        }
    }
}
