//! What is answered.

use std::fmt;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use penstock_model::{CompanyId, Error, Result};

use crate::File;

/// A reply.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// Headers beyond those that the content has of itself.
    pub headers: HeaderMap,
    /// The content.
    pub content: Content,
    /// What the server notes about it.
    pub notes: Notes,
}

/// The content of a reply.
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Bytes),
    /// Bytes of a media type.
    Bytes(HeaderValue, Bytes),
    /// Bytes of a media type that come part by part. A part that is an error ends the connection, so that nobody takes
    /// what came before for the whole.
    Stream {
        /// The media type.
        kind: HeaderValue,
        /// How many bytes will come, where that is known.
        length: Option<u64>,
        /// The parts.
        parts: BoxStream<'static, Result<Bytes>>,
    },
    /// A file, whole or in part as the request asks.
    File(File),
}

/// What the server notes about a request: for the log and the metrics, nothing of it goes out.
#[derive(Debug, Default)]
pub struct Notes {
    /// The face and its version, in a word; empty: unknown.
    pub version: &'static str,
    /// The operation's name; empty: no row was found.
    pub operation: &'static str,
    /// The company of the asking user, when one was recognised.
    pub company: Option<CompanyId>,
    /// Why the request was refused.
    pub refused: Option<Error>,
}

impl Reply {
    /// A reply with some content.
    #[must_use]
    pub fn new(status: u16, content: Content) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), content, notes: Notes::default() }
    }

    /// JSON.
    #[must_use]
    pub fn json(status: u16, bytes: impl Into<Bytes>) -> Self {
        Self::new(status, Content::Json(bytes.into()))
    }

    /// A place elsewhere. One that no header can spell gives a server's fault.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        match HeaderValue::from_str(location) {
            Ok(location) => Self::new(status, Content::Empty).with_header(header::LOCATION, location),
            Err(_) => Self::new(500, Content::Empty),
        }
    }

    /// The same reply with a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets a header, unless its value is one that no header can have.
    pub fn set_header(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The bytes of content that is there as a whole; none for a stream or a file.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Json(bytes) | Content::Bytes(_, bytes) => Some(bytes),
            Content::Empty | Content::Stream { .. } | Content::File(_) => None,
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing"),
            Self::Json(bytes) | Self::Bytes(_, bytes) => f.write_str(&String::from_utf8_lossy(bytes)),
            Self::Stream { .. } => f.write_str("a stream"),
            Self::File(file) => fmt::Debug::fmt(file, f),
        }
    }
}
