//! From this server's requests to the Virtual API's and back.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use penstock_virtual::Face;

use super::{App, answer, body, fault};

/// Answers a request at one of the Virtual API's paths.
pub(super) async fn respond(app: &App, request: Request, correlation: String) -> Response {
    let (parts, body) = request.into_parts();
    let body = match body::read(body, app.body_limit).await {
        Ok(body) => body,
        Err(error) => return faced(Face::refuse(&error, &correlation)),
    };
    let header = |name: HeaderName| text(&parts.headers, &name);
    let asked = penstock_virtual::Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        token: header(HeaderName::from_static("x-api-token")),
        authorization: header(header::AUTHORIZATION),
        content_type: header(header::CONTENT_TYPE),
        if_match: list(&parts.headers, &header::IF_MATCH),
        body,
        correlation,
    };
    let injection = app.faults.inject(&app.crm, &asked.path, || asked.bearer().ok()).await;
    let correlation = asked.correlation.clone();
    let answer = async { faced(app.virtual_api.respond(asked).await) };
    fault::under(injection, answer, |error| faced(Face::refuse(error, &correlation))).await
}

fn faced(given: penstock_virtual::Response) -> Response {
    let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if status == StatusCode::NO_CONTENT {
        let mut empty = Response::new(Body::empty());
        *empty.status_mut() = status;
        empty
    } else {
        answer::json(status, given.body)
    };
    for (name, value) in given.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A header whose values may stand in several lines.
fn list(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let lines: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
