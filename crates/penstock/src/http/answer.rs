//! Answers in this server's terms.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use hyper::body::Frame;
use tokio::time::{Sleep, sleep};

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A face's answer.
pub(crate) fn faced(answer: penstock_pipedrive::Response) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json(status, answer.body);
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// An answer whose second half never comes: the connection ends in the middle of the body.
pub(crate) async fn cut_off(answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    // Faces give their answers whole.
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let length = whole.len();
    let half = Half { part: Some(whole.slice(..length / 2)), wait: Box::pin(sleep(FLUSH)) };
    let mut response = Response::from_parts(parts, Body::new(half));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// Time for the first half to be on its way before the connection ends.
const FLUSH: Duration = Duration::from_millis(50);

struct Half {
    part: Option<Bytes>,
    wait: Pin<Box<Sleep>>,
}

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(part) = self.part.take() {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        self.wait.as_mut().poll(cx).map(|()| Some(Err(io::Error::other("cut off, as was asked for"))))
    }
}
