//! What every request meets: a correlation id, counters, a line in the log, and an answer even when the program has a
//! fault.

use std::{
    future::{Future, poll_fn},
    hash::{DefaultHasher, Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use penstock_api::{Body, Outgoing, Ranges, Reply, Request};
use penstock_model::{Code, Error};
use tracing::{Instrument, Span, field::Empty};

use super::{App, body, router::route};
use crate::{log::redacted, system::correlation};

/// What a client is told to wait, in seconds, when the server can't take its work now.
const RETRY_AFTER: &str = "5";
/// Ties a request, its answer and the log together.
const CORRELATION: HeaderName = HeaderName::from_static("x-correlation-id");
/// From this time on a request is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Answers a request and notes what became of it. The correlation id ties the log, the events and the answer together.
pub(super) async fn observe<B>(app: &App, request: http::Request<B>) -> http::Response<Outgoing>
where
    B: http_body::Body<Data = Bytes> + Unpin + Send + 'static,
{
    let started = Instant::now();
    let (head, incoming) = request.into_parts();
    let correlation: Arc<str> = given(&head.headers).map_or_else(|| correlation().into(), Arc::from);
    let ranges = Ranges::named(&head.method, &head.headers);
    let origin = head.headers.get(header::ORIGIN).cloned();
    let mut asked = Request {
        // The answer is that of `GET`, headers and status alike; the connection leaves out the body (RFC 9110, 9.3.2).
        method: if head.method == Method::HEAD { Method::GET } else { head.method.clone() },
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: Body::empty(),
        headers: head.headers,
        correlation: Arc::clone(&correlation),
    };
    // It lasts until there is an answer.
    let share = (!incoming.is_end_stream()).then(|| Arc::new(app.bodies.share(sender(&asked))));
    if let Some(share) = &share {
        asked.body = body::of(incoming, &asked.headers, app.options.limits.body, share);
    }
    // An error's span, so that it is there whatever level is logged.
    let span = tracing::error_span!("request", correlation = &*correlation, operation = Empty, company = Empty);
    let mut reply = guarded(route(app, asked)).instrument(span.clone()).await.unwrap_or_else(|| {
        app.metrics.panicked();
        app.refuse(head.uri.path(), &correlation, Error::internal("a request met a fault in the program"))
    });
    let refused = reply.notes.refused.as_ref();
    if refused.is_some_and(|e| e.code == Code::Unavailable) && !reply.headers.contains_key(header::RETRY_AFTER) {
        reply.set_header(header::RETRY_AFTER, RETRY_AFTER);
    }
    let took = started.elapsed();
    app.metrics.request(&head.method, reply.status, &reply.notes, took);
    if let Some(origin) = origin.filter(|_| app.is_for_browsers(head.uri.path())) {
        app.options.origins.allow(&origin, &mut reply.headers);
    }
    log(&span, &head.method, &head.uri, &reply, took, app.options.log_refusals);
    let mut response = reply.into_http(&ranges);
    if let Ok(value) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(CORRELATION, value);
    }
    response
}

/// The correlation id that the client gives, if it is one: 1 to 64 letters, digits, dots, dashes and underscores, and no
/// token, which would be logged.
fn given(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(CORRELATION)?.to_str().ok()?;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    ((1..=64).contains(&given.len()) && given.bytes().all(is_plain) && !penstock_auth::is_token(given)).then_some(given)
}

/// Tells apart who sends, by token: nobody has checked it, but only whose token is good has a body read.
fn sender(request: &Request) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.token().hash(&mut hasher);
    hasher.finish()
}

/// Logs what is worth it, in the request's span.
fn log(span: &Span, method: &Method, uri: &http::Uri, reply: &Reply, took: Duration, refusals: bool) {
    // What is to come is 501, and no fault.
    let fault = reply.notes.refused.as_ref().filter(|e| e.code.status() >= 500 && e.code != Code::NotImplemented);
    let refused = reply.notes.refused.as_ref().filter(|_| refusals && fault.is_none());
    if fault.is_none() && refused.is_none() && took < SLOW && !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    if !reply.notes.operation.is_empty() {
        span.record("operation", reply.notes.operation);
    }
    if let Some(company) = reply.notes.company {
        span.record("company", company.get());
    }
    let _entered = span.enter();
    if let Some(error) = fault {
        tracing::error!(error = %error.chain(), "a request failed");
    }
    let (path, status) = (redacted(uri.path(), uri.query()), reply.status.as_u16());
    if let Some(error) = refused {
        tracing::info!(%method, path, status, error = %error.message, "refused");
    }
    if took >= SLOW {
        tracing::info!(%method, path, status, ms = whole(took.as_millis()), "slow request");
    } else {
        tracing::debug!(%method, path, status, us = whole(took.as_micros()), "request");
    }
}

/// A number that a log in JSON shows as one: larger types are texts there.
fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
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
    use std::sync::Mutex;

    use penstock_model::CompanyId;

    use super::*;

    /// A log that stays in memory.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("the log").write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_fault_is_logged_with_its_causes_and_whose_request_it_was() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::ERROR)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::error_span!("request", correlation = "abc", operation = Empty, company = Empty);
            let mut reply = Reply::json(503, "{}");
            let beneath = std::io::Error::other("connection reset");
            reply.notes.refused = Some(Error::unavailable("the database can't be reached").caused_by(beneath));
            (reply.notes.operation, reply.notes.company) = ("getDeals", Some(CompanyId::new(7)));
            log(&span, &Method::GET, &http::Uri::from_static("/v1/deals"), &reply, Duration::ZERO, false);
            // What is a client's fault is none of the server's.
            reply.notes.refused = Some(Error::not_found("deal"));
            log(&span, &Method::GET, &http::Uri::from_static("/v1/deals"), &reply, Duration::ZERO, false);
        });
        let logged = String::from_utf8(lines.0.lock().expect("the log").clone()).expect("text");
        assert_eq!(logged.lines().count(), 1, "{logged}");
        for part in [
            "correlation=\"abc\" operation=\"getDeals\" company=7",
            "a request failed",
            "the database can't be reached: connection reset",
        ] {
            assert!(logged.contains(part), "{part}: {logged}");
        }
    }

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
