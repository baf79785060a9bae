//! What browsers are told: which pages of other origins may read an answer, and what may be kept of it.
//!
//! An API answer may be read by a page of any origin unless a setting narrows that: a token has to be given each time, and
//! no cookie counts, so that a page can do no more than who has the token could anyway.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use penstock_api::{Content, Reply, Request};

/// What a page of another origin may read beyond what it always may.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag, retry-after, x-correlation-id, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset",
);
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
/// Seconds that a browser may remember a preflight.
const REMEMBERED: HeaderValue = HeaderValue::from_static("3600");

/// The origins whose pages may read answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    All,
    /// These; none when there are none.
    Only(Vec<HeaderValue>),
}

impl Origins {
    /// `*`, `none`, or origins with commas or spaces between them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "*" => Some(Self::All),
            "none" => Some(Self::Only(Vec::new())),
            several => {
                let origins = several.split([',', ' ']).filter(|origin| !origin.is_empty());
                let is_origin = |origin: &str| {
                    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
                    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', '@']))
                };
                let read = origins.map(|origin| HeaderValue::from_str(origin).ok().filter(|_| is_origin(origin)));
                read.collect::<Option<Vec<_>>>().filter(|origins| !origins.is_empty()).map(Self::Only)
            }
        }
    }

    /// Lets a page of an origin read an answer, if it may.
    pub(super) fn allow(&self, origin: &HeaderValue, answer: &mut HeaderMap) {
        let allowed = match self {
            Self::All => HeaderValue::from_static("*"),
            Self::Only(some) => {
                answer.append(header::VARY, HeaderValue::from_static("origin"));
                match some.iter().find(|one| one.as_bytes().eq_ignore_ascii_case(origin.as_bytes())) {
                    Some(_) => origin.clone(),
                    None => return,
                }
            }
        };
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        answer.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

/// The answer to a browser that asks whether a page may ask, if this is such a question. It needs no token: browsers send
/// none with it.
pub(super) fn preflight(request: &Request) -> Option<Reply> {
    let asks = request.method == Method::OPTIONS
        && request.headers.contains_key(header::ORIGIN)
        && request.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    asks.then(|| {
        let mut reply = Reply::new(204, Content::Empty)
            .with_header(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .with_header(header::ACCESS_CONTROL_MAX_AGE, REMEMBERED)
            .with_header(header::VARY, HeaderValue::from_static("access-control-request-headers"));
        // `*` would leave out `authorization`.
        if let Some(headers) = request.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
            reply.headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, headers.clone());
        }
        reply
    })
}

/// Says of an answer of the API that it is what it says it is, and that nobody keeps it but who can ask whether it still
/// holds.
pub(super) fn guard(headers: &mut HeaderMap) {
    const NOSNIFF: (HeaderName, HeaderValue) = (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(NOSNIFF.0, NOSNIFF.1);
    let kept = if headers.contains_key(header::ETAG) { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_all_none_or_named() {
        assert_eq!(Origins::parse("*"), Some(Origins::All));
        assert_eq!(Origins::parse("none"), Some(Origins::Only(Vec::new())));
        let two = ["https://a.example", "http://b.example:8080"].map(HeaderValue::from_static);
        assert_eq!(Origins::parse("https://a.example, http://b.example:8080"), Some(Origins::Only(two.to_vec())));
        for wrong in
            ["", "a.example", "https://a.example/", "https://*.example", "https://", "null", "* https://a.example"]
        {
            assert_eq!(Origins::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_page_reads_an_answer_when_its_origin_may() {
        let allowed = |origins: &str, origin: &'static str| {
            let mut answer = HeaderMap::new();
            Origins::parse(origins).expect("origins").allow(&HeaderValue::from_static(origin), &mut answer);
            assert!(!answer.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "no cookie counts");
            let allowed = answer.get(header::ACCESS_CONTROL_ALLOW_ORIGIN)?;
            Some(allowed.to_str().expect("text").to_owned())
        };
        assert_eq!(allowed("*", "https://a.example").as_deref(), Some("*"));
        assert_eq!(allowed("https://a.example", "https://a.example").as_deref(), Some("https://a.example"));
        for other in ["https://b.example", "http://a.example", "https://a.example.b", "null"] {
            assert_eq!(allowed("https://a.example", other), None, "{other}");
        }
        assert_eq!(allowed("none", "https://a.example"), None);
    }
}
