//! The yardstick: what the same answers cost when nothing is decided. Axum and rusqlite alone, one prepared
//! statement per route, JSON written by hand; no token, no rules, no tables of fields. It knows one company, its
//! custom fields and UTC, and is right for nothing else.

mod custom;
mod deal;
mod json;

use std::{
    cell::RefCell,
    net::SocketAddr,
    path::{Path as File, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use penstock_api::cursor;
use penstock_store::sql::rowid;
use rusqlite::{Connection, OpenFlags};

use self::{custom::Keys, deal::COLUMNS};
use crate::{Failure, Result, data::COMPANY};

/// What all workers share.
struct Yardstick {
    file: PathBuf,
    keys: Keys,
    /// What the company's cursors are sealed with.
    secret: String,
    one: String,
    /// Pages of a pipeline, and of a stage.
    pages: [String; 2],
}

thread_local! {
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Serves until the process is ended.
pub(crate) fn serve(file: &File, listen: SocketAddr) -> Result<()> {
    let connection = open(file)?;
    let keys = Keys::read(&connection)?;
    let secret =
        connection.query_row(&format!("SELECT secret FROM company WHERE id = {COMPANY}"), [], |row| row.get(0))?;
    let yardstick = Yardstick {
        file: file.to_owned(),
        keys,
        secret,
        one: format!("SELECT {COLUMNS} FROM deal WHERE rowid = {}", rowid(&COMPANY.to_string(), "?1")),
        // `shared = 1` is no rule here: it is how the rows of the page are found by one walk along an index.
        pages: ["pipeline_id", "stage_id"].map(|column| {
            format!(
                "SELECT {COLUMNS} FROM deal WHERE company_id = {COMPANY} AND {column} = ?1 AND status = ?2 \
                 AND shared = 1 AND is_deleted = 0 AND is_archived = 0 ORDER BY add_time DESC, id DESC LIMIT ?3"
            )
        }),
    };
    let router = Router::new()
        .route("/api/v2/deals/{id}", get(one))
        .route("/api/v2/deals", get(page))
        .with_state(Arc::new(yardstick));
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        axum::serve(axum::serve::ListenerExt::tap_io(listener, |stream| drop(stream.set_nodelay(true))), router)
            .await?;
        Ok(())
    })
}

/// A connection as Penstock's readers have it.
fn open(file: &File) -> Result<Connection> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch(
        "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096; PRAGMA mmap_size=1099511627776;",
    )?;
    Ok(connection)
}

/// Runs work on this thread's connection, which is opened when it is first needed.
fn with_connection(yardstick: &Yardstick, work: impl FnOnce(&Connection) -> Result<Vec<u8>>) -> Response {
    let body = CONNECTION.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = Some(open(&yardstick.file)?);
        }
        slot.as_ref().map_or_else(|| Err(Failure::from("no connection")), work)
    });
    match body {
        Ok(body) => {
            let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
            (json, body).into_response()
        }
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.to_string()).into_response(),
    }
}

async fn one(State(yardstick): State<Arc<Yardstick>>, Path(id): Path<i64>) -> Response {
    with_connection(&yardstick, |connection| {
        let mut statement = connection.prepare_cached(&yardstick.one)?;
        let mut rows = statement.query([id])?;
        let row = rows.next()?.ok_or("no such deal")?;
        let mut out = Vec::with_capacity(4096);
        out.extend_from_slice(b"{\"success\":true,\"data\":");
        deal::write(&mut out, row, &yardstick.keys)?;
        out.push(b'}');
        Ok(out)
    })
}

async fn page(State(yardstick): State<Arc<Yardstick>>, RawQuery(query): RawQuery) -> Response {
    with_connection(&yardstick, |connection| {
        let query = query.as_deref().unwrap_or("");
        let value = |name: &str| {
            query.split('&').find_map(|pair| pair.split_once('=').filter(|(n, _)| *n == name)).map_or("", |(_, v)| v)
        };
        let [of_pipeline, of_stage] = &yardstick.pages;
        let (text, number) = match value("stage_id") {
            "" => (of_pipeline, value("pipeline_id")),
            stage => (of_stage, stage),
        };
        let (number, status) = (number.parse::<i64>()?, value("status"));
        let limit: i64 = value("limit").parse()?;
        let mut statement = connection.prepare_cached(text)?;
        let mut rows = statement.query((number, status, limit + 1))?;
        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(b"{\"success\":true,\"data\":[");
        let (mut written, mut last, mut more) = (0, (0, 0), false);
        while let Some(row) = rows.next()? {
            if written == limit {
                more = true;
                break;
            }
            if written > 0 {
                out.push(b',');
            }
            last = deal::write(&mut out, row, &yardstick.keys)?;
            written += 1;
        }
        out.extend_from_slice(b"],\"additional_data\":{\"next_cursor\":");
        if more {
            let (time, id) = last;
            let position = format!(r#"{{"field":"add_time","fieldValue":{time},"sortDirection":"desc","id":{id}}}"#);
            out.push(b'"');
            out.extend_from_slice(cursor::seal(&yardstick.secret, &["getDeals"], &position).as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(b"null");
        }
        out.extend_from_slice(b"}}");
        Ok(out)
    })
}
