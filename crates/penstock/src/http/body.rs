//! Reading a request's body: as much as is allowed, in good time.

use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use penstock_model::{Code, Error, Result};
use tokio::time::timeout;

/// How long the next part of a body may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes for which room is made before they have come.
const PART: usize = 64 << 10;
/// How long a body may take as a whole: so long, and a second more for each so many bytes that have come. Without it a
/// client that sends a byte now and then would never end.
const GRACE: Duration = Duration::from_secs(20);
const LEAST_PER_SECOND: usize = 1024;
/// Bytes beyond the limit that are read and thrown away, and for how long: most clients read an answer only after
/// they have sent all they had, and would see a broken connection instead.
const DRAINED: usize = 32 << 20;
const DRAINING: Duration = Duration::from_secs(3);

/// The body, if it is not larger than `limit` bytes.
pub(super) async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    if announced > limit {
        return Err(too_large(body, limit));
    }
    if body.is_end_stream() {
        return Ok(bytes);
    }
    bytes.reserve(announced.min(PART));
    let started = Instant::now();
    loop {
        let left = allowance(bytes.len()).saturating_sub(started.elapsed());
        let frame = timeout(left.min(TIMEOUT), body.frame());
        let frame = frame.await.map_err(|_| Error::new(Code::BodyMalformed, "the body did not come in time"))?;
        let Some(frame) = frame else { return Ok(bytes) };
        let frame = frame.map_err(|_| Error::new(Code::BodyMalformed, "the body broke off"))?;
        let Some(part) = frame.data_ref() else { continue };
        if bytes.len() + part.len() > limit {
            return Err(too_large(body, limit));
        }
        bytes.extend_from_slice(part);
    }
}

/// How long a body may have taken when so many bytes have come.
fn allowance(received: usize) -> Duration {
    GRACE + Duration::from_secs((received / LEAST_PER_SECOND) as u64)
}

fn too_large(body: Body, limit: usize) -> Error {
    tokio::spawn(timeout(DRAINING, drain(body)));
    Error::new(Code::BodyTooLarge, format!("the body is larger than the limit of {limit} bytes"))
}

async fn drain(mut body: Body) {
    let mut left = DRAINED;
    while let Some(Ok(frame)) = body.frame().await {
        let Some(rest) = left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) else { return };
        left = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        assert_eq!(read(Body::from("12345"), 5).await.expect("a body"), b"12345");
        assert_eq!(read(Body::empty(), 5).await.expect("no body"), b"");
        let refused = read(Body::from("123456"), 5).await.expect_err("too large");
        assert_eq!(refused.code, Code::BodyTooLarge);
    }
}
