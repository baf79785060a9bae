//! `GET /health`: whether the server can read its records, and whether it can write them. `GET /ready`: whether it can do
//! both. A server that only reads is worth keeping alive, but not worth new clients.

use std::time::Duration;

use http::StatusCode;
use penstock_api::Reply;
use penstock_store::{Engine, one_int};
use serde_json::json;

use super::App;

/// How long a read may take until the server counts as unwell.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What the server can do with its records.
#[derive(Default)]
struct Records {
    readable: bool,
    writable: bool,
    /// The number of their last migration.
    schema: Option<i64>,
    /// What can't be done, for the answer.
    error: Option<&'static str>,
}

async fn look(app: &App) -> Records {
    let database = &app.crm.database;
    let read = database.read(|conn| one_int(conn, "SELECT MAX(number) FROM schema_migration", &[]));
    let schema = match tokio::time::timeout(TIMEOUT, read).await {
        Ok(Ok(schema)) => schema,
        Ok(Err(error)) => {
            tracing::warn!(error = %error.chain(), "the records can't be read");
            return Records { error: Some("the records can't be read: see the log"), ..Records::default() };
        }
        Err(_) => return Records { error: Some("the records could not be read in time"), ..Records::default() },
    };
    let written = database.writable().await;
    if let Err(error) = &written {
        tracing::warn!(error = %error.chain(), "the records can't be written");
    }
    let error = written.is_err().then_some("the records can't be written: see the log");
    Records { readable: true, writable: written.is_ok(), schema, error }
}

/// 200 as long as the records can be read.
pub(super) async fn health(app: &App) -> Reply {
    let records = look(app).await;
    answer(app, records.readable, "ok", &records)
}

/// 200 as long as the records can be read and written.
pub(super) async fn ready(app: &App) -> Reply {
    let records = look(app).await;
    answer(app, records.readable && records.writable, "ready", &records)
}

fn answer(app: &App, good: bool, word: &str, records: &Records) -> Reply {
    let engine = match app.crm.database.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let mut body = json!({
        "status": if good { word } else { "unavailable" },
        "version": env!("CARGO_PKG_VERSION"),
        "engine": engine,
        "writable": records.writable,
    });
    if let Some(schema) = records.schema {
        body["schema"] = schema.into();
    }
    if let Some(error) = records.error {
        body["error"] = error.into();
    }
    let status = if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Reply::json(status.as_u16(), body.to_string())
}
