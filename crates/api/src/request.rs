//! What a client asks.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Body;

/// A request. Nothing of it is decoded yet, and its body is not read.
#[derive(Debug)]
pub struct Request {
    /// The method. `HEAD` comes as `GET`.
    pub method: http::Method,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// What follows `?`, percent-encoded as it came.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// Ties the log, the events and the answer of this request together.
    pub correlation: Arc<str>,
    /// The body.
    pub body: Body,
}

impl Request {
    /// A request without headers and body; `target` is a path with its query.
    #[must_use]
    pub fn new(method: http::Method, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: HeaderMap::new(),
            correlation: Arc::from(""),
            body: Body::empty(),
        }
    }

    /// The same request with a header; a value that no header can have is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    /// The same request with a body.
    #[must_use]
    pub fn with_body(mut self, bytes: impl Into<Bytes>) -> Self {
        self.body = Body::whole(bytes);
        self
    }

    /// The text of a header; nothing when it is absent or no text.
    #[must_use]
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The text of a header whose values may stand in several lines, with commas between them.
    #[must_use]
    pub fn header_list(&self, name: &HeaderName) -> Option<String> {
        let lines: Vec<&str> = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }
}
