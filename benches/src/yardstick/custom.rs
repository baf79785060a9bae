//! Custom values: cut out of the stored JSON, which is keyed by number, and written under their keys.

use rusqlite::Connection;

use crate::{Result, data::COMPANY};

/// The custom fields of deals, in order: the number, and the key as it is written.
pub(super) struct Keys(Vec<(u32, Vec<u8>)>);

impl Keys {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let text = "SELECT id, key FROM custom_field WHERE company_id = ?1 AND object = 'deal' AND built_in = 0 \
                    AND is_deleted = 0 ORDER BY order_nr, id";
        let mut statement = connection.prepare(text)?;
        let rows = statement.query_map([COMPANY], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let keys = rows.map(|row| row.map(|(number, key)| (number, format!("\"{key}\":").into_bytes())));
        Ok(Self(keys.collect::<rusqlite::Result<_>>()?))
    }

    /// Writes every field, unset ones as `null`.
    pub(super) fn write(&self, out: &mut Vec<u8>, stored: &[u8]) {
        let mut values: Vec<Option<&[u8]>> = vec![None; self.0.len()];
        cut(stored, |number, json| {
            if let Some(at) = self.0.iter().position(|(n, _)| *n == number) {
                values[at] = Some(json);
            }
        });
        out.push(b'{');
        for (position, ((_, key), value)) in self.0.iter().zip(values).enumerate() {
            if position > 0 {
                out.push(b',');
            }
            out.extend_from_slice(key);
            out.extend_from_slice(value.unwrap_or(b"null"));
        }
        out.push(b'}');
    }
}

/// Gives each value of an object whose keys are numbers. The JSON is Penstock's own, so it has no blanks and is
/// well-formed.
fn cut<'a>(json: &'a [u8], mut each: impl FnMut(u32, &'a [u8])) {
    // Behind `{"`, and later behind `,"`.
    let mut at = 2;
    while at < json.len() {
        let mut number = 0;
        while json[at] != b'"' {
            number = number * 10 + u32::from(json[at] - b'0');
            at += 1;
        }
        let start = at + 2;
        let end = start + value_length(&json[start..]);
        each(number, &json[start..end]);
        at = end + 2;
    }
}

/// The length of the value that the text begins with.
fn value_length(text: &[u8]) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b',' | b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_apart() {
        let json = br#"{"7":"a\",}","12":[1,2],"300":{"value":1.5,"x":{"y":"}"}},"9":null,"1":-2}"#;
        let mut found = Vec::new();
        cut(json, |number, value| found.push((number, String::from_utf8_lossy(value).into_owned())));
        let found: Vec<(u32, &str)> = found.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let expected =
            [(7, r#""a\",}""#), (12, "[1,2]"), (300, r#"{"value":1.5,"x":{"y":"}"}}"#), (9, "null"), (1, "-2")];
        assert_eq!(found, expected);
        cut(b"{}", |_, _| panic!("no value"));
    }
}
