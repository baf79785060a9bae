//! The Postgres engine against a server. `PENSTOCK_TEST_POSTGRES` holds the URL of a database on it, for instance
//! `postgres://postgres@127.0.0.1:5432/postgres`; every test makes a database of its own.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

#[macro_use]
mod run;
mod connections;
mod values;
mod writes;

use std::{
    io::Write,
    sync::{
        Arc, Once,
        atomic::{AtomicU32, Ordering},
    },
};

use penstock_model::{CompanyId, Result, ValueRef};
use penstock_store::{Conn, Database, Faults, Settings, one_int};

/// The server's URL without a database. A missing one is told loudly, and is a failure where everything must run.
#[expect(clippy::disallowed_methods, reason = "the one place of these tests that reads the environment")]
fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let url = std::env::var("PENSTOCK_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        // Not by `eprintln!`, of which nothing is seen when the test passes.
        let message = b"\n!!! DID NOT RUN: Postgres: PENSTOCK_TEST_POSTGRES is not set !!!\n\n";
        SAID.call_once(|| _ = std::io::stderr().write_all(message));
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "PENSTOCK_TEST_POSTGRES must be set in CI");
    }
    url.map(|url| url.rsplit_once('/').map_or_else(|| url.clone(), |(server, _)| server.to_owned()))
}

fn admin(sql: &str) {
    let url = format!("{}/postgres", server().unwrap());
    let sql = sql.to_owned();
    std::thread::spawn(move || {
        postgres::Client::connect(&url, postgres::NoTls).unwrap().batch_execute(&sql).unwrap();
    })
    .join()
    .unwrap();
}

fn admin_int(sql: &str) -> i64 {
    let url = format!("{}/postgres", server().unwrap());
    let sql = sql.to_owned();
    std::thread::spawn(move || {
        let row = postgres::Client::connect(&url, postgres::NoTls).unwrap().query_one(&sql, &[]).unwrap();
        row.get::<_, i64>(0)
    })
    .join()
    .unwrap()
}

static NEXT: AtomicU32 = AtomicU32::new(0);

fn fresh() -> (String, String) {
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    admin(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
    (format!("{}/{name}", server().unwrap()), name)
}

async fn open(url: &str, faults: Arc<Faults>) -> Database {
    let database = Database::open_with(&Settings::Postgres { url: url.to_owned() }, faults).unwrap();
    database
        .write(CompanyId::SERVER, |conn| {
            conn.batch(
                "CREATE TABLE IF NOT EXISTS t (company_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT COLLATE \"C\", \
                 r DOUBLE PRECISION, b BOOLEAN, PRIMARY KEY (company_id, id)); \
                 CREATE TABLE IF NOT EXISTS c (company_id BIGINT PRIMARY KEY, last BIGINT NOT NULL)",
            )
        })
        .await
        .unwrap();
    database
}

/// A company.
const ONE: CompanyId = CompanyId::new(1);

fn insert(conn: &mut dyn Conn, company: CompanyId, id: i64, name: &str) -> Result<()> {
    conn.execute(
        "INSERT INTO t (company_id, id, name, r, b) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[company.into(), ValueRef::Int(id), ValueRef::Text(name), ValueRef::Int(2), ValueRef::Int(1)],
    )
    .map(|_| ())
}

async fn count(database: &Database) -> i64 {
    database.read(|conn| Ok(one_int(conn, "SELECT COUNT(*) FROM t", &[])?.unwrap_or(-1))).await.unwrap()
}
