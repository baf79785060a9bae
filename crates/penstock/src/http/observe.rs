//! What every request meets: a correlation id, counters, a line in the log, and an answer even when the program has a
//! fault.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use penstock_api::{Outgoing, Ranges, Reply, Request};
use penstock_model::{Code, Error};

use super::{App, body, router::route};
use crate::{log::redacted, system::correlation};

/// From this time on a request is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Answers a request and notes what became of it. The correlation id ties the log, the events and the answer together.
pub(super) async fn observe<B>(app: &App, request: http::Request<B>) -> http::Response<Outgoing>
where
    B: http_body::Body<Data = Bytes> + Unpin + Send + 'static,
{
    let started = Instant::now();
    let correlation: Arc<str> = correlation().into();
    let (head, incoming) = request.into_parts();
    let ranges = Ranges::named(&head.method, &head.headers);
    let asked = Request {
        // The answer is that of `GET`, headers and status alike; the connection leaves out the body (RFC 9110, 9.3.2).
        method: if head.method == Method::HEAD { Method::GET } else { head.method.clone() },
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: body::of(incoming, &head.headers, app.body_limit),
        headers: head.headers,
        correlation: Arc::clone(&correlation),
    };
    let reply = guarded(route(app, asked)).await.unwrap_or_else(|| {
        app.metrics.panicked();
        app.refuse(head.uri.path(), &correlation, Error::internal("a request met a fault in the program"))
    });
    note(app, &head.method, &head.uri, &reply, started.elapsed(), &correlation);
    let mut response = reply.into_http(&ranges);
    if let Ok(value) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(HeaderName::from_static("x-correlation-id"), value);
    }
    response
}

/// Counts a request and logs what is worth it.
fn note(app: &App, method: &Method, uri: &http::Uri, reply: &Reply, took: Duration, correlation: &str) {
    let status = reply.status;
    app.metrics.request(method, status, took);
    // What is to come is 501, and no fault.
    if let Some(error) = &reply.notes.refused
        && error.code.status() >= 500
        && error.code != Code::NotImplemented
    {
        tracing::error!(correlation, error = %error.message, "a request failed");
    }
    if took >= SLOW {
        let path = redacted(uri.path(), uri.query());
        tracing::info!(%method, path, status = status.as_u16(), ms = took.as_millis(), correlation, "slow request");
    } else if tracing::enabled!(tracing::Level::DEBUG) {
        let path = redacted(uri.path(), uri.query());
        tracing::debug!(%method, path, status = status.as_u16(), us = took.as_micros(), correlation, "request");
    }
}

/// What a future gives, or nothing when it panics.
async fn guarded<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[tokio::test]
    async fn a_panic_is_no_end() {
        assert_eq!(guarded(async { 5 }).await, Some(5));
        let faulty = async {
            tokio::task::yield_now().await;
            panic!("on purpose");
        };
        assert_eq!(guarded(faulty).await, None::<()>);
    }
}
