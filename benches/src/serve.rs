//! Penstock's Pipedrive face behind axum and nothing else: what is measured while there is no executable, and what a
//! profiler is best pointed at.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use penstock_api::{Face as _, Ranges, Request};
use penstock_crm::Crm;
use penstock_pipedrive::Face;
use penstock_store::{Database, Settings};

use crate::{
    Result,
    clock::{Drawn, Running},
    data, options,
};

/// The largest body.
const LARGEST: usize = 10 << 20;

/// Serves until the process is ended.
pub(crate) fn serve(asked: &options::Serve) -> Result<()> {
    let settings = match (&asked.file, &asked.database_url) {
        (_, Some(url)) => Settings::Postgres { url: url.clone() },
        (Some(file), None) => data::sqlite(file),
        (None, None) => return Err("neither a file nor a database was named".into()),
    };
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let crm = Crm::new(Database::open(&settings)?, Arc::new(Running), Arc::new(Drawn::default()));
        let router = Router::new().fallback(answer).with_state(Face::new(crm));
        let listener = tokio::net::TcpListener::bind(asked.listen).await?;
        axum::serve(axum::serve::ListenerExt::tap_io(listener, |stream| drop(stream.set_nodelay(true))), router)
            .await?;
        Ok(())
    })
}

async fn answer(State(face): State<Face>, request: axum::extract::Request) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let ranges = Ranges::named(&parts.method, &parts.headers);
    let asked = Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        correlation: NUMBER.fetch_add(1, Ordering::Relaxed).to_string().into(),
        body: penstock_api::Body::whole(body),
    };
    match face.respond(asked).await.reply() {
        Some(reply) => reply.into_http(&ranges).map(Body::new),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
