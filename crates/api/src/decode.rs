//! What a body is, by its content type, and JSON out of its bytes.

use http::{HeaderMap, header};
use penstock_model::{Code, Error, Result};
use serde_json::Value as Json;

/// How deep a body may be nested.
const DEPTH: usize = 32;

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

/// The JSON that some bytes spell, nested at most 32 deep.
///
/// # Errors
/// `BodyMalformed` when they spell none.
pub fn json(bytes: &[u8]) -> Result<Json> {
    let malformed = |why: String| Error::new(Code::BodyMalformed, why);
    if nesting(bytes) > DEPTH {
        return Err(malformed(format!("the body is nested deeper than {DEPTH} levels")));
    }
    serde_json::from_slice(bytes).map_err(|e| malformed(format!("the body is not valid JSON: {e}")))
}

/// The deepest nesting of brackets outside strings.
fn nesting(body: &[u8]) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
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
    fn brackets_in_strings_nest_nothing() {
        assert!(json(format!("{}{}", "[".repeat(32), "]".repeat(32)).as_bytes()).is_ok());
        assert!(json(format!("{}{}", "[".repeat(33), "]".repeat(33)).as_bytes()).is_err());
        assert!(json(format!(r#""\"{}""#, "[".repeat(99)).as_bytes()).is_ok());
        assert_eq!(json(b"{").unwrap_err().code, Code::BodyMalformed);
    }
}
