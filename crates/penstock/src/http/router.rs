//! Where each path goes.

use std::sync::Arc;

use axum::{Router, middleware, routing::get};

use super::{App, api, health, metrics, observe};

/// Every path of this server. The Pipedrive face routes its own paths, so it is what is left when no route matches.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/metrics", get(metrics::metrics))
        // The web face is mounted here: `/`, `/docs`, `/openapi`; and the virtual face: `/v1/dynamic`.
        .fallback(api::respond)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), observe::observe))
        .with_state(app)
}
