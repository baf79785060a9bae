//! A page, as any HTTP server can send it.

use std::borrow::Cow;

use maud::Markup;

/// What pages may load and ask: this server's style, pictures and scripts, and its APIs; nothing else and nobody else's.
/// No script stands in a page, and none may turn text into markup.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

/// An answer to a request for a page or one of its parts.
#[derive(Clone, Debug)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// The media type.
    pub content_type: &'static str,
    /// Further headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body.
    pub body: Cow<'static, [u8]>,
}

impl Page {
    /// A page of HTML.
    pub(crate) fn html(status: u16, markup: Markup) -> Self {
        Self {
            status,
            content_type: "text/html; charset=utf-8",
            headers: vec![
                ("content-security-policy", POLICY),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cache-control", "no-cache"),
            ],
            body: markup.into_string().into_bytes().into(),
        }
    }

    /// Bytes that are part of the executable. Those whose name holds a hash of them never change.
    pub(crate) fn bytes(content_type: &'static str, body: &'static [u8], hashed: bool) -> Self {
        let cached = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = vec![("x-content-type-options", "nosniff"), ("cache-control", cached)];
        Self { status: 200, content_type, headers, body: body.into() }
    }

    /// A page that stands elsewhere.
    pub(crate) fn elsewhere(path: &'static str) -> Self {
        let headers = vec![("location", path), ("cache-control", "no-cache")];
        Self { status: 308, content_type: "text/plain; charset=utf-8", headers, body: b"".as_slice().into() }
    }
}
