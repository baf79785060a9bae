//! The body of a request: read when a handler wants it. The limits of size and time are those of whoever made the
//! stream, which gives an error when one is exceeded.

use std::{fmt, future::poll_fn, pin::Pin};

use bytes::{Bytes, BytesMut};
use penstock_model::{Error, Result};

/// Bytes for which room is made before they have come.
const PART: u64 = 64 << 10;

type Stream = Pin<Box<dyn http_body::Body<Data = Bytes, Error = Error> + Send>>;

/// A body that may not have come yet.
pub struct Body(State);

enum State {
    Whole(Bytes),
    Stream(Stream),
}

impl Body {
    /// No body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(State::Whole(Bytes::new()))
    }

    /// A body that is there.
    #[must_use]
    pub fn whole(bytes: impl Into<Bytes>) -> Self {
        Self(State::Whole(bytes.into()))
    }

    /// A body that comes part by part.
    #[must_use]
    pub fn stream(body: impl http_body::Body<Data = Bytes, Error = Error> + Send + 'static) -> Self {
        Self(State::Stream(Box::pin(body)))
    }

    /// The next part; nothing at the end. What is never asked for is never held in memory.
    pub async fn part(&mut self) -> Option<Result<Bytes>> {
        match &mut self.0 {
            State::Whole(bytes) if bytes.is_empty() => None,
            State::Whole(bytes) => Some(Ok(std::mem::take(bytes))),
            State::Stream(stream) => loop {
                match poll_fn(|cx| stream.as_mut().poll_frame(cx)).await? {
                    Ok(frame) => match frame.into_data() {
                        Ok(part) if part.is_empty() => {}
                        Ok(part) => return Some(Ok(part)),
                        Err(_trailers) => {}
                    },
                    Err(error) => return Some(Err(error)),
                }
            },
        }
    }

    /// The whole body; empty when none was sent.
    ///
    /// # Errors
    /// `BodyTooLarge` and `BodyMalformed` when it exceeds a limit of size or time, or breaks off.
    pub async fn read(mut self) -> Result<Bytes> {
        let announced = match &self.0 {
            State::Whole(_) => 0,
            State::Stream(stream) => stream.size_hint().lower(),
        };
        let Some(first) = self.part().await.transpose()? else { return Ok(Bytes::new()) };
        let Some(second) = self.part().await.transpose()? else { return Ok(first) };
        let room = usize::try_from(announced.min(PART)).unwrap_or(0).max(first.len() + second.len());
        let mut whole = BytesMut::with_capacity(room);
        whole.extend_from_slice(&first);
        whole.extend_from_slice(&second);
        while let Some(part) = self.part().await.transpose()? {
            whole.extend_from_slice(&part);
        }
        Ok(whole.freeze())
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            State::Whole(bytes) if bytes.is_empty() => "no body",
            State::Whole(_) => "a whole body",
            State::Stream(_) => "a body to come",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::stream;
    use http_body::Frame;
    use http_body_util::{BodyExt, StreamBody};
    use penstock_model::Code;

    use super::*;

    fn parts(parts: Vec<Result<&'static str>>) -> Body {
        let frames = parts.into_iter().map(|part| part.map(|text| Frame::data(Bytes::from_static(text.as_bytes()))));
        Body::stream(StreamBody::new(stream::iter(frames)))
    }

    #[tokio::test]
    async fn a_body_is_read_whole_however_it_comes() {
        assert_eq!(Body::empty().read().await.unwrap(), "");
        assert_eq!(Body::whole("abc").read().await.unwrap(), "abc");
        for (given, whole) in
            [(vec![], ""), (vec!["abc"], "abc"), (vec!["a", "", "b"], "ab"), (vec!["", "a", "b", "c"], "abc")]
        {
            assert_eq!(parts(given.into_iter().map(Ok).collect()).read().await.unwrap(), whole);
        }
        let full = http_body_util::Full::new(Bytes::from_static(b"abc")).map_err(|e: Infallible| match e {});
        assert_eq!(Body::stream(full).read().await.unwrap(), "abc");
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_an_error() {
        let broken = parts(vec![Ok("abc"), Err(Error::new(Code::BodyMalformed, "the body broke off"))]);
        assert_eq!(broken.read().await.unwrap_err().code, Code::BodyMalformed);
    }
}
