//! A face that does on purpose what its sandboxes ask for: refuses, waits, or breaks off in the middle of an answer.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use http::{HeaderName, header};
use penstock_api::{BoxFuture, BoxStream, Content, Face, Outcome, Reply, Request};
use penstock_crm::Crm;
use penstock_model::{Code, Error, Result};
use tokio::time::sleep;

use super::faults::{Faults, Injection};

/// Time for the first half to be on its way before the connection ends.
const FLUSH: Duration = Duration::from_millis(50);

/// What comes with 429: the smallest plan's burst, used up, and the seconds until the window ends (pipedrive-contract 10).
const BURST: [(&str, &str); 3] =
    [("x-ratelimit-limit", "20"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")];

/// A face with faults.
pub(crate) struct Injected<F> {
    face: F,
    crm: Crm,
    faults: Arc<Faults>,
}

impl<F: Face> Injected<F> {
    pub(crate) const fn new(face: F, crm: Crm, faults: Arc<Faults>) -> Self {
        Self { face, crm, faults }
    }
}

impl<F: Face> Face for Injected<F> {
    fn serves(&self, path: &str) -> bool {
        self.face.serves(path)
    }

    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply {
        self.face.refuse(path, correlation, error)
    }

    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        let token = request.token().filter(|token| self.faults.may_meet(token));
        let Some(token) = token else { return self.face.respond(request) };
        Box::pin(async move {
            match self.faults.inject(&self.crm, &request.path, token).await {
                None => self.face.respond(request).await,
                Some(Injection::Delay(time)) => {
                    sleep(time).await;
                    self.face.respond(request).await
                }
                Some(Injection::Cut) => match self.face.respond(request).await {
                    Outcome::Answered(reply) => cut_off(reply).into(),
                    declined @ Outcome::Declined(_) => declined,
                },
                Some(Injection::Fail(code)) => {
                    let error = Error::new(code, "the sandbox was told to fail here");
                    let mut reply = self.face.refuse(&request.path, &request.correlation, error);
                    // It is no fault of the server.
                    reply.notes.refused = None;
                    if matches!(code, Code::TooManyRequests | Code::Unavailable) {
                        reply.set_header(header::RETRY_AFTER, "1");
                    }
                    if code == Code::TooManyRequests {
                        for (name, value) in BURST {
                            reply.set_header(HeaderName::from_static(name), value);
                        }
                    }
                    reply.into()
                }
            }
        })
    }
}

/// A reply whose second half never comes: the connection ends in the middle of the body.
fn cut_off(mut reply: Reply) -> Reply {
    let broken = || {
        stream::once(async {
            sleep(FLUSH).await;
            Err(Error::unavailable("cut off, as was asked for"))
        })
    };
    let cut = |parts: BoxStream<'static, Result<bytes::Bytes>>| parts.chain(broken()).boxed();
    reply.content = match reply.content {
        Content::Json(bytes) => half(http::HeaderValue::from_static("application/json"), &bytes, cut),
        Content::Bytes(kind, bytes) => half(kind, &bytes, cut),
        Content::Stream { kind, length, parts } => Content::Stream { kind, length, parts: cut(parts.take(1).boxed()) },
        other @ (Content::Empty | Content::File(_)) => other,
    };
    reply
}

fn half(
    kind: http::HeaderValue,
    whole: &bytes::Bytes,
    cut: impl FnOnce(BoxStream<'static, Result<bytes::Bytes>>) -> BoxStream<'static, Result<bytes::Bytes>>,
) -> Content {
    let length = whole.len();
    let first = stream::iter([Ok(whole.slice(..length / 2))]).boxed();
    Content::Stream { kind, length: u64::try_from(length).ok(), parts: cut(first) }
}
