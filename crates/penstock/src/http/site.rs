//! The landing page and the documentation.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use penstock_web::Site;

/// The page at the request's path, if there is one.
pub(super) fn page(request: &Request) -> Option<Response> {
    if request.method() != Method::GET {
        return None;
    }
    let page = Site::new(origin(request)).respond(request.uri().path())?;
    let mut response = Response::new(Body::from(page.body.into_owned()));
    *response.status_mut() = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    for (name, value) in page.headers {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Some(response)
}

/// Where the reader found this server, for the examples.
fn origin(request: &Request) -> String {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    format!("http://{}", host.filter(plain).unwrap_or("127.0.0.1:8080"))
}
