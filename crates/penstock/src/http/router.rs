//! Where each path goes.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, header},
    response::Response,
};
use penstock_model::{Code, Error};

use super::{App, answer, api, health, metrics, site, virtual_api};

/// Answers a request by what its path belongs to.
///
/// `HEAD` is answered as `GET`, headers and status alike; the connection leaves out the body (RFC 9110, 9.3.2).
pub(super) async fn route(app: &Arc<App>, mut request: Request, correlation: String) -> Response {
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let mut response = answer_of(app, request, correlation).await;
    if let Some(allowed) = response.headers_mut().get_mut(header::ALLOW)
        && let Some(with_head) = allowed.to_str().ok().map(|words| words.replace("GET", "GET, HEAD"))
        && let Ok(with_head) = HeaderValue::try_from(with_head)
    {
        *allowed = with_head;
    }
    response
}

/// The faces route their own paths; the Virtual API stands below Pipedrive's prefix, so it is asked first.
async fn answer_of(app: &Arc<App>, request: Request, correlation: String) -> Response {
    let path = request.uri().path();
    match path {
        "/health" | "/metrics" if request.method() != Method::GET => only_read(path),
        "/health" => health::health(app).await,
        "/metrics" => metrics::metrics(app),
        path if penstock_virtual::Face::serves(path) => virtual_api::respond(app, request, correlation).await,
        path if penstock_pipedrive::Face::serves(path) => api::respond(app, request, correlation).await,
        path => site::page(&request).unwrap_or_else(|| api::unknown(path)),
    }
}

fn only_read(path: &str) -> Response {
    let error = Error::new(Code::MethodUnknown, "this path can only be read").at("GET");
    answer::faced(penstock_pipedrive::Face::refuse(path, &error))
}
