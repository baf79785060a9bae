//! The schema that migrations make is the one that the object tables declare, on both engines.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

use std::{
    io::Write,
    sync::atomic::{AtomicU32, Ordering},
};

use penstock_store::{Database, Engine, Settings, sql::ddl};
use rusqlite::Connection;

/// What SQLite says of its tables and indexes, one line each.
fn described(connection: &Connection) -> Vec<String> {
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut out = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            out.push((0..width).map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect::<Vec<_>>().join(" "));
        }
        out
    };
    let tables: Vec<String> = {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migration' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let mut out = Vec::new();
    for table in tables {
        out.push(format!("table {table}"));
        out.extend(rows(&format!("PRAGMA table_xinfo(\"{table}\")")));
        let options = format!("SELECT wr, strict FROM pragma_table_list WHERE name = '{table}'");
        out.extend(rows(&options));
        let indexes = format!(
            "SELECT l.name, l.\"unique\", l.origin, x.seqno, x.name, x.desc, x.coll FROM pragma_index_list('{table}') l \
             JOIN pragma_index_xinfo(l.name) x ORDER BY l.name, x.seqno"
        );
        out.extend(rows(&indexes));
    }
    // Virtual tables, which rows an index holds, and what the pragmas leave out.
    out.extend(rows("SELECT name, substr(sql, instr(sql, ' WHERE ')) FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %' ORDER BY name"));
    out.extend(rows("SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%' ORDER BY name"));
    out.extend(rows("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name"));
    out
}

fn compare(migrated: &[String], declared: &[String]) {
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|line| !those.contains(line)).cloned().collect::<Vec<_>>().join("\n")
    };
    assert!(
        migrated == declared,
        "only after migrations:\n{}\nonly declared:\n{}",
        only(migrated, declared),
        only(declared, migrated)
    );
}

#[tokio::test]
async fn a_migrated_sqlite_file_has_the_declared_schema() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("migrated.db");
    let database = Database::open(&Settings::Sqlite { file: file.clone(), max_pages: None }).unwrap();
    database.close().await;
    let migrated = described(&Connection::open(&file).unwrap());
    let fresh = Connection::open_in_memory().unwrap();
    fresh.execute_batch(&ddl::schema(Engine::Sqlite)).unwrap();
    assert!(migrated.len() > 300, "{} lines", migrated.len());
    compare(&migrated, &described(&fresh));
    // Opening again finds nothing to migrate.
    Database::open(&Settings::Sqlite { file, max_pages: None }).unwrap().close().await;
}

#[expect(clippy::disallowed_methods, reason = "the one place where these tests read the environment")]
fn server() -> Option<String> {
    let url = std::env::var("PENSTOCK_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        // Not by `eprintln!`, of which nothing is seen when the test passes.
        let _ = std::io::stderr().write_all(b"\n!!! DID NOT RUN: Postgres: PENSTOCK_TEST_POSTGRES is not set !!!\n\n");
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "PENSTOCK_TEST_POSTGRES must be set in CI");
    }
    url
}

/// A database of its own on a server, dropped at the end.
struct Scratch {
    server: String,
    name: String,
}

impl Scratch {
    fn new(server: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("penstock_schema_{}_{number}", std::process::id());
        connect(server).batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).unwrap();
        Self { server: server.to_owned(), name }
    }
    fn url(&self) -> String {
        let (base, query) = self.server.split_once('?').map_or((&*self.server, None), |(b, q)| (b, Some(q)));
        let (host, _) = base.rsplit_once('/').unwrap();
        let query = query.map_or_else(String::new, |q| format!("?{q}"));
        format!("{host}/{}{query}", self.name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        connect(&self.server).batch_execute(&sql).unwrap();
    }
}

fn connect(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).unwrap()
}

/// What Postgres says of its tables and indexes, one line each.
fn catalogued(url: &str) -> Vec<String> {
    let mut client = connect(url);
    let mut out = Vec::new();
    for sql in [
        "SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, collation_name, is_nullable, \
         column_default) FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name <> 'schema_migration' ORDER BY table_name, ordinal_position",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migration' \
         ORDER BY indexname",
        "SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_migration' \
         ORDER BY 1",
    ] {
        out.extend(client.query(sql, &[]).unwrap().iter().map(|row| row.get::<_, String>(0)));
    }
    out
}

#[test]
fn a_migrated_postgres_database_has_the_declared_schema() {
    let Some(server) = server() else { return };
    let (migrated, declared) = (Scratch::new(&server), Scratch::new(&server));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = Database::open(&Settings::Postgres { url: migrated.url() }).unwrap();
    runtime.block_on(database.close());
    connect(&declared.url()).batch_execute(&ddl::schema(Engine::Postgres)).unwrap();
    let found = catalogued(&migrated.url());
    assert!(found.len() > 300, "{} lines", found.len());
    compare(&found, &catalogued(&declared.url()));
}
