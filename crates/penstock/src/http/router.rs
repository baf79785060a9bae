//! Where each path goes.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::Method,
    middleware,
    response::Response,
    routing::get,
};

use super::{App, api, health, metrics, observe, site, virtual_api};

/// Every path of this server. The faces route their own paths.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/metrics", get(metrics::metrics))
        .fallback(face)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), observe::observe))
        .with_state(app)
}

/// The face that a path belongs to. The Virtual API stands below Pipedrive's prefix, so it is asked first.
///
/// `HEAD` is answered as `GET`, headers and status alike; the connection leaves out the body (RFC 9110, 9.3.2).
async fn face(State(app): State<Arc<App>>, mut request: Request) -> Response {
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let path = request.uri().path();
    if penstock_virtual::Face::serves(path) {
        return virtual_api::respond(&app, request).await;
    }
    if penstock_pipedrive::Face::serves(path) {
        return api::respond(State(app), request).await;
    }
    match site::page(&request) {
        Some(page) => page,
        None => api::respond(State(app), request).await,
    }
}
