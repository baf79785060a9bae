//! What a body is, by its content type, and JSON out of its bytes.

use http::{HeaderMap, header};
use penstock_model::{Code, Error, Result};
use serde_json::Value as Json;

use crate::whole::with_whole_numbers;

/// How deep a body may be nested.
pub(crate) const DEPTH: usize = 32;
/// How many keys and values a body may have: each takes a hundred times the memory of the two bytes that it may be
/// written in.
pub(crate) const NODES: usize = 20_000;

/// What the header `content-type` says of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    /// JSON, or nothing said.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Anything else.
    Other,
}

impl ContentType {
    /// What the headers of a request say.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match &*kind {
            "" | "application/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            kind if kind.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }
}

/// The JSON that some bytes spell, nested at most 32 deep, with at most 20,000 keys and values. A whole number has no
/// fraction, however it is written.
///
/// # Errors
/// `BodyMalformed` when they spell none, or more.
pub fn json(bytes: &[u8]) -> Result<Json> {
    let bytes = without_mark(bytes);
    // Before anything is made of them.
    let size = size(bytes);
    if size.depth > DEPTH {
        return Err(too_deep());
    }
    if size.nodes > NODES {
        return Err(too_many());
    }
    let read = serde_json::from_slice(bytes).map(with_whole_numbers);
    read.map_err(|e| Error::new(Code::BodyMalformed, format!("the body is not valid JSON: {e}")))
}

/// A body without the byte order mark that some programs put before it.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The refusal of a body that is nested deeper than [`DEPTH`].
pub(crate) fn too_deep() -> Error {
    Error::new(Code::BodyMalformed, format!("the body is nested deeper than {DEPTH} levels"))
}

/// The refusal of a body of more than [`NODES`].
pub(crate) fn too_many() -> Error {
    Error::new(Code::BodyMalformed, format!("the body has more than {NODES} keys and values"))
}

/// How much some JSON holds.
struct Size {
    /// The deepest nesting of brackets.
    depth: usize,
    /// Keys and values, as punctuation tells it: what it separates, and each list and object.
    nodes: usize,
}

fn size(body: &[u8]) -> Size {
    let mut size = Size { depth: 0, nodes: 0 };
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                size.nodes += 1;
                depth += 1;
                size.depth = size.depth.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' | b':' => size.nodes += 1,
            _ => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn content_types_are_told_apart_without_their_parameters() {
        for (said, expected) in [
            ("application/json; charset=utf-8", ContentType::Json),
            ("Application/JSON", ContentType::Json),
            ("application/merge-patch+json", ContentType::Json),
            ("", ContentType::Json),
            ("application/x-www-form-urlencoded;charset=utf-8", ContentType::Form),
            ("multipart/form-data; boundary=x", ContentType::Multipart),
            ("text/plain", ContentType::Other),
        ] {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(said))]);
            assert_eq!(ContentType::of(&headers), expected, "{said}");
        }
        assert_eq!(ContentType::of(&HeaderMap::new()), ContentType::Json);
    }

    #[test]
    fn a_byte_order_mark_says_nothing() {
        assert_eq!(json("\u{FEFF}{\"a\":1}".as_bytes()).unwrap(), serde_json::json!({"a": 1}));
        assert!(json("\u{FEFF}\u{FEFF}1".as_bytes()).is_err());
    }

    #[test]
    fn brackets_in_strings_nest_nothing() {
        assert!(json(format!("{}{}", "[".repeat(32), "]".repeat(32)).as_bytes()).is_ok());
        assert!(json(format!("{}{}", "[".repeat(33), "]".repeat(33)).as_bytes()).is_err());
        assert!(json(format!(r#""\"{}""#, "[".repeat(99)).as_bytes()).is_ok());
        assert_eq!(json(b"{").unwrap_err().code, Code::BodyMalformed);
    }

    #[test]
    fn the_keys_and_values_of_a_body_are_counted_before_it_is_read() {
        let list = |values: usize| format!("[{}0]", "0,".repeat(values - 1));
        assert!(json(list(NODES).as_bytes()).is_ok());
        for (body, code) in [
            (list(NODES + 1), Code::BodyMalformed),
            (format!("[{}{{}}]", "{},".repeat(NODES / 2)), Code::BodyMalformed),
            (format!("{{{}\"a\":0}}", r#""a":0,"#.repeat(NODES / 2)), Code::BodyMalformed),
        ] {
            let error = json(body.as_bytes()).unwrap_err();
            assert_eq!(error.code, code);
            assert!(error.message.contains(&NODES.to_string()), "{}", error.message);
        }
        // Punctuation in texts counts for nothing.
        assert!(json(format!(r#"["{}"]"#, ",:[{".repeat(NODES)).as_bytes()).is_ok());
    }
}
