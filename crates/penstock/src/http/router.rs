//! Which face a path is for.

use http::{HeaderValue, header};
use penstock_api::{Outcome, Reply, Request};
use penstock_model::{Code, Error};

use super::{App, browser, health, metrics, site};

/// Answers a request by what its path belongs to.
pub(super) async fn route(app: &App, request: Request) -> Reply {
    let mut reply = answer(app, request).await;
    if let Some(allowed) = reply.headers.get_mut(header::ALLOW)
        && let Some(with_head) = allowed.to_str().ok().map(|words| words.replace("GET", "GET, HEAD"))
        && let Ok(with_head) = HeaderValue::try_from(with_head)
    {
        *allowed = with_head;
    }
    reply
}

async fn answer(app: &App, mut request: Request) -> Reply {
    let correlation = std::sync::Arc::clone(&request.correlation);
    match &*request.path {
        path @ ("/health" | "/ready" | "/metrics") if request.method != http::Method::GET => {
            let error = Error::new(Code::MethodUnknown, "this path can only be read").at("GET");
            return app.refuse(path, &correlation, error);
        }
        "/health" => return health::health(app).await,
        "/ready" => return health::ready(app).await,
        "/metrics" => return metrics::metrics(app).await,
        _ => {}
    }
    if let Some(reply) = browser::preflight(&request).filter(|_| app.is_for_browsers(&request.path)) {
        return reply;
    }
    for face in &app.faces {
        if face.serves(&request.path) {
            match face.respond(request).await {
                Outcome::Answered(mut reply) => {
                    browser::guard(&mut reply.headers);
                    return reply;
                }
                Outcome::Declined(same) => request = same,
            }
        }
    }
    site::page(&request).unwrap_or_else(|| {
        let message = "there is nothing at this path: the API is at /v1, /api/v1 and /api/v2";
        app.refuse(&request.path, &correlation, Error::new(Code::RouteUnknown, message))
    })
}
