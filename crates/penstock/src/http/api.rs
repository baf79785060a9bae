//! From this server's requests to the faces' and back.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use penstock_model::{Code, Error};
use penstock_pipedrive::Face;

use super::{App, answer, body, observe::Correlation};
use crate::sandbox::{self, Strike};

/// Answers whatever no route names: the API's paths, and 404 for the rest.
pub(super) async fn respond(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    if !Face::serves(path) {
        return unknown(path);
    }
    let body = match body::read(body, app.body_limit).await {
        Ok(body) => body,
        Err(error) => return answer::faced(Face::refuse(path, &error)),
    };
    let header = |name: HeaderName| text(&parts.headers, &name);
    let asked = penstock_pipedrive::Request {
        method: parts.method.as_str().to_owned(),
        path: path.to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        token: header(HeaderName::from_static("x-api-token")),
        authorization: header(header::AUTHORIZATION),
        content_type: header(header::CONTENT_TYPE),
        body,
        correlation: parts.extensions.get::<Correlation>().map_or_else(String::new, |c| c.0.clone()),
    };
    if let Some(act) = sandbox::act_of(path) {
        return answer::faced(sandbox::respond(&app, act, asked).await);
    }
    match app.faults.strike(&app.crm, &asked).await {
        None => answer::faced(app.face.respond(asked).await),
        Some(Strike::Delay(time)) => {
            tokio::time::sleep(time).await;
            answer::faced(app.face.respond(asked).await)
        }
        Some(Strike::Cut) => answer::cut_off(app.face.respond(asked).await),
        Some(Strike::Fail(code)) => failed(path, code),
    }
}

/// A 404 for a path that is nobody's.
pub(super) fn unknown(path: &str) -> Response {
    let message = "there is nothing at this path: the API is at /v1, /api/v1 and /api/v2";
    answer::faced(Face::refuse(path, &Error::new(Code::RouteUnknown, message)))
}

/// A fault that a sandbox was told to show.
fn failed(path: &str, code: Code) -> Response {
    let message = "the sandbox was told to fail here";
    let mut response = answer::faced(Face::refuse(path, &Error::new(code, message)));
    if matches!(code, Code::TooManyRequests | Code::Unavailable) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
