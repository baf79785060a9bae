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

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use penstock_model::Error;
use penstock_pipedrive::Face;

use super::{App, answer, router::route};
use crate::{log::redacted, system::correlation};

/// From this time on a request is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Answers a request and notes what became of it. The correlation id ties the log, the events and the answer together.
pub(super) async fn observe(app: &Arc<App>, request: Request) -> Response {
    let started = Instant::now();
    let correlation = correlation();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let answer = guarded(route(app, request, correlation.clone()));
    let mut response = answer.await.unwrap_or_else(|| {
        app.metrics.panicked();
        tracing::error!(%correlation, "a request met a fault in the program");
        answer::faced(Face::refuse(uri.path(), &Error::internal("a panic")))
    });
    let took = started.elapsed();
    let status = response.status();
    app.metrics.request(&method, status, took);
    if took >= SLOW {
        let path = redacted(uri.path(), uri.query());
        tracing::info!(%method, path, status = status.as_u16(), ms = took.as_millis(), %correlation, "slow request");
    } else if tracing::enabled!(tracing::Level::DEBUG) {
        let path = redacted(uri.path(), uri.query());
        tracing::debug!(%method, path, status = status.as_u16(), us = took.as_micros(), %correlation, "request");
    }
    if let Ok(value) = HeaderValue::try_from(correlation) {
        response.headers_mut().insert(HeaderName::from_static("x-correlation-id"), value);
    }
    response
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
