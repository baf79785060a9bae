//! A reply as an HTTP server sends it: headers that follow from the content, and a body of known or unknown length.

use std::{
    ops::Range,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::{HeaderValue, StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use penstock_model::{Error, Result};

use crate::{Content, File, Ranges, Reply, file::Part};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The body of a reply on its way. When the client goes away it is dropped, and its stream with it.
pub struct Outgoing(State);

enum State {
    Whole(Option<Bytes>),
    /// A file of which nothing was wanted yet.
    Closed(Option<File>, Range<u64>),
    Stream {
        parts: BoxStream<'static, Result<Bytes>>,
        left: Option<u64>,
    },
}

impl Reply {
    /// The reply to a request with these ranges. An answer to `HEAD` has the body as well: connections leave it out.
    #[must_use]
    pub fn into_http(self, ranges: &Ranges) -> http::Response<Outgoing> {
        let Self { status, headers, content, notes: _ } = self;
        let (mut parts, ()) = http::Response::new(()).into_parts();
        (parts.status, parts.headers) = (status, headers);
        let mut kind = None;
        let state = match content {
            Content::Empty => State::Whole(None),
            Content::Json(bytes) => {
                kind = Some(JSON);
                State::Whole(Some(bytes))
            }
            Content::Bytes(of, bytes) => {
                kind = Some(of);
                State::Whole(Some(bytes))
            }
            Content::Stream { kind: of, length, parts } => {
                kind = Some(of);
                State::Stream { parts, left: length }
            }
            Content::File(file) if status == StatusCode::OK => ranged(file, ranges, &mut parts),
            Content::File(file) => {
                kind = Some(file.kind());
                let all = 0..file.length();
                State::Closed(Some(file), all)
            }
        };
        if let Some(kind) = kind {
            parts.headers.entry(header::CONTENT_TYPE).or_insert(kind);
        }
        http::Response::from_parts(parts, Outgoing(state))
    }
}

/// A file, or the range of it that is asked for: 206, 416, or 200 (RFC 9110, 14).
fn ranged(file: File, ranges: &Ranges, head: &mut http::response::Parts) -> State {
    let length = file.length();
    head.headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let mut said = |text: String| HeaderValue::try_from(text).map(|v| head.headers.insert(header::CONTENT_RANGE, v));
    match ranges.part(length) {
        Part::Unsatisfiable => {
            let _ = said(format!("bytes */{length}"));
            head.status = StatusCode::RANGE_NOT_SATISFIABLE;
            State::Whole(None)
        }
        Part::Range(range) => {
            let _ = said(format!("bytes {}-{}/{length}", range.start, range.end - 1));
            head.status = StatusCode::PARTIAL_CONTENT;
            head.headers.entry(header::CONTENT_TYPE).or_insert(file.kind());
            State::Closed(Some(file), range)
        }
        Part::Whole => {
            head.headers.entry(header::CONTENT_TYPE).or_insert(file.kind());
            State::Closed(Some(file), 0..length)
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        if let State::Closed(file, range) = &mut self.0
            && let Some(file) = file.take()
        {
            let left = Some(range.end - range.start);
            self.0 = State::Stream { parts: file.open(range.clone()), left };
        }
        match &mut self.0 {
            State::Closed(..) => Poll::Ready(None),
            State::Whole(bytes) => Poll::Ready(bytes.take().filter(|b| !b.is_empty()).map(|b| Ok(Frame::data(b)))),
            State::Stream { parts, left } => parts.as_mut().poll_next(cx).map(|part| match (part, left) {
                (Some(Ok(part)), Some(left)) => {
                    // More than was announced would be read as the next answer.
                    let sent = u64::try_from(part.len()).unwrap_or(u64::MAX);
                    *left = match left.checked_sub(sent) {
                        Some(rest) => rest,
                        None => return Some(Err(Error::internal("a stream is longer than it said"))),
                    };
                    Some(Ok(Frame::data(part)))
                }
                (None, Some(left)) if *left > 0 => Some(Err(Error::internal("a stream is shorter than it said"))),
                (part, _) => part.map(|part| part.map(Frame::data)),
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            State::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            State::Closed(_, range) => range.is_empty(),
            State::Stream { left, .. } => *left == Some(0),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            State::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64)),
            State::Closed(_, range) => SizeHint::with_exact(range.end - range.start),
            State::Stream { left: Some(left), .. } => SizeHint::with_exact(*left),
            State::Stream { left: None, .. } => SizeHint::default(),
        }
    }
}
