//! The bodies of requests: as much as is allowed, in good time, and not at all unless a face wants it.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, header};
use http_body::{Frame, SizeHint};
use penstock_api::Body;
use penstock_model::{Code, Error};
use tokio::time::{Sleep, sleep, timeout};

use super::in_flight::Share;

/// How long the next part of a body may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long a body may take as a whole: so long, and a second more for each so many bytes that have come. Without it a
/// client that sends a byte now and then would never end.
const GRACE: Duration = Duration::from_secs(20);
const LEAST_PER_SECOND: usize = 1024;
/// Bytes that are read and thrown away of a body that nobody reads to its end, and for how long: most clients read an
/// answer only after they have sent all they had, and would see a broken connection instead.
const DRAINED: usize = 32 << 20;
const DRAINING: Duration = Duration::from_secs(3);

/// The body of a request, which gives an error when it is larger than `limit` bytes, or there is no room for it. The
/// room that it takes of what all bodies may take is its share's, until that is dropped.
pub(super) fn of<B>(incoming: B, headers: &HeaderMap, limit: usize, share: &Arc<Share>) -> Body
where
    B: http_body::Body<Data = Bytes> + Unpin + Send + 'static,
{
    if incoming.is_end_stream() {
        return Body::empty();
    }
    // A client that waits for leave to send sends nothing without it: there is nothing to throw away.
    let waits = headers.contains_key(header::EXPECT);
    let (incoming, share, encoded) = (Some(incoming), Arc::clone(share), encoded(headers));
    Body::stream(Limited { incoming, limit, share, encoded, received: 0, waits, started: Instant::now(), pause: None })
}

/// A body under limits of size and time.
struct Limited<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> {
    /// What is still to be read; nothing after the end or an error that nobody can read on from.
    incoming: Option<B>,
    limit: usize,
    share: Arc<Share>,
    /// The refusal of how it is encoded.
    encoded: Option<Error>,
    received: usize,
    /// Whether the client waits for `100 Continue` before it sends.
    waits: bool,
    started: Instant,
    /// Runs while a part is waited for.
    pause: Option<Pin<Box<Sleep>>>,
}

impl<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> Limited<B> {
    fn too_large(&self) -> Error {
        Error::new(Code::BodyTooLarge, format!("the body is larger than the limit of {} bytes", self.limit))
    }

    /// How long the next part may take.
    fn left(&self) -> Duration {
        allowance(self.received).saturating_sub(self.started.elapsed()).min(TIMEOUT)
    }
}

impl<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> http_body::Body for Limited<B> {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        let Some(incoming) = &mut this.incoming else { return Poll::Ready(None) };
        let announced = usize::try_from(incoming.size_hint().lower()).unwrap_or(usize::MAX);
        if announced > this.limit.saturating_sub(this.received) {
            return Poll::Ready(Some(Err(this.too_large())));
        }
        this.waits = false;
        if let Some(refused) = &this.encoded {
            return Poll::Ready(Some(Err(refused.clone())));
        }
        if this.share.is_given_up(cx.waker()) {
            return Poll::Ready(Some(Err(no_room())));
        }
        match Pin::new(incoming).poll_frame(cx) {
            Poll::Ready(None) => {
                this.incoming = None;
                this.share.is_whole();
                Poll::Ready(None)
            }
            Poll::Ready(Some(Ok(frame))) => {
                this.pause = None;
                let come = frame.data_ref().map_or(0, Bytes::len);
                this.received += come;
                if this.received > this.limit {
                    return Poll::Ready(Some(Err(this.too_large())));
                }
                if this.share.take(come).is_err() {
                    return Poll::Ready(Some(Err(no_room())));
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(_))) => {
                this.incoming = None;
                Poll::Ready(Some(Err(Error::new(Code::BodyMalformed, "the body broke off"))))
            }
            Poll::Pending => {
                let left = this.left();
                let pause = this.pause.get_or_insert_with(|| Box::pin(sleep(left)));
                std::task::ready!(pause.as_mut().poll(cx));
                this.incoming = None;
                Poll::Ready(Some(Err(Error::new(Code::BodyMalformed, "the body did not come in time"))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.as_ref().map(http_body::Body::size_hint).unwrap_or_default()
    }
}

impl<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> Drop for Limited<B> {
    fn drop(&mut self) {
        let Some(rest) = self.incoming.take().filter(|rest| !self.waits && !rest.is_end_stream()) else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(timeout(DRAINING, drain(rest)));
        }
    }
}

/// The refusal of a body that is not sent as it is.
fn encoded(headers: &HeaderMap) -> Option<Error> {
    let plain = |value: &&http::HeaderValue| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
    let given = headers.get_all(header::CONTENT_ENCODING).iter().find(|value| !value.is_empty() && !plain(value))?;
    let given: String = String::from_utf8_lossy(given.as_bytes()).chars().take(50).collect();
    let message = format!("content-encoding {given} is not understood: send the body as it is, without this header");
    Some(Error::new(Code::EncodingUnsupported, message).at("content-encoding"))
}

/// The refusal of a body for which there is no room.
fn no_room() -> Error {
    Error::unavailable("the bodies of all requests together are larger than body-budget allows")
}

/// How long a body may have taken when so many bytes have come.
fn allowance(received: usize) -> Duration {
    GRACE + Duration::from_secs((received / LEAST_PER_SECOND) as u64)
}

async fn drain<B: http_body::Body<Data = Bytes> + Unpin>(mut body: B) {
    let mut left = DRAINED;
    while let Some(Ok(frame)) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Some(rest) = left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) else { return };
        left = rest;
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{Empty, Full};

    use super::*;

    use crate::http::in_flight::InFlight;

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        let share = Arc::new(InFlight::new(100).share(1));
        let of = |bytes: &'static [u8]| of(Full::new(Bytes::from_static(bytes)), &HeaderMap::new(), 5, &share);
        assert_eq!(of(b"12345").read().await.expect("a body"), "12345");
        assert_eq!(of(b"").read().await.expect("no body"), "");
        assert_eq!(of(b"123456").read().await.expect_err("too large").code, Code::BodyTooLarge);
        let none = super::of(Empty::<Bytes>::new(), &HeaderMap::new(), 5, &share);
        assert_eq!(none.read().await.expect("no body"), "");
    }

    #[tokio::test]
    async fn a_body_takes_room_until_its_share_is_dropped() {
        let all = InFlight::new(8);
        let read = async |bytes: &'static [u8], share: &Arc<Share>| {
            of(Full::new(Bytes::from_static(bytes)), &HeaderMap::new(), 8, share).read().await.map_err(|e| e.code)
        };
        let share = || Arc::new(all.share(1));
        let kept = share();
        assert_eq!(read(b"12345", &kept).await.expect("a body"), "12345");
        assert_eq!(read(b"12345", &share()).await, Err(Code::Unavailable));
        assert_eq!(read(b"123", &share()).await.expect("a body"), "123");
        drop(kept);
        assert_eq!(read(b"12345", &share()).await.expect("a body"), "12345");
    }
}
