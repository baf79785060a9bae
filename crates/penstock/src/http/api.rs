//! From this server's requests to the faces' and back.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, header},
    response::Response,
};
use penstock_model::{Code, Error};
use penstock_pipedrive::Face;

use super::{App, answer, body, fault};
use crate::sandbox;

/// Answers a request at one of the API's paths.
pub(super) async fn respond(app: &Arc<App>, request: Request, correlation: String) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
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
        correlation,
    };
    if let Some(act) = sandbox::act_of(path) {
        return answer::faced(sandbox::respond(app, act, asked).await);
    }
    let injection = app.faults.inject(&app.crm, path, || asked.api_token()).await;
    let answer = async { answer::faced(app.face.respond(asked).await) };
    fault::under(injection, answer, |error| answer::faced(Face::refuse(path, error))).await
}

/// A 404 for a path that is nobody's.
pub(super) fn unknown(path: &str) -> Response {
    let message = "there is nothing at this path: the API is at /v1, /api/v1 and /api/v2";
    answer::faced(Face::refuse(path, &Error::new(Code::RouteUnknown, message)))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
