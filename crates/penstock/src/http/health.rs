//! `GET /health`: whether the server can read its records.

use std::time::Duration;

use http::StatusCode;
use penstock_api::Reply;
use penstock_store::{Engine, one_int};
use serde_json::json;

use super::App;

/// How long a read may take until the server counts as unwell.
const TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn health(app: &App) -> Reply {
    let read = app.crm.database.read(|conn| one_int(conn, "SELECT MAX(number) FROM schema_migration", &[]));
    let result = tokio::time::timeout(TIMEOUT, read).await;
    let engine = match app.crm.database.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let version = env!("CARGO_PKG_VERSION");
    let (status, body) = match result {
        Ok(Ok(schema)) => {
            (StatusCode::OK, json!({"status": "ok", "version": version, "engine": engine, "schema": schema}))
        }
        Ok(Err(error)) => {
            tracing::warn!(error = %error.chain(), "the records can't be read");
            let body = json!({"status": "unavailable", "version": version, "engine": engine, "error": "the records can't be read: see the log"});
            (StatusCode::SERVICE_UNAVAILABLE, body)
        }
        Err(_) => {
            let body = json!({"status": "unavailable", "version": version, "engine": engine, "error": "the records could not be read in time"});
            (StatusCode::SERVICE_UNAVAILABLE, body)
        }
    };
    Reply::json(status.as_u16(), body.to_string())
}
