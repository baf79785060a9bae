//! The schema that migrations make is the one that the object tables and the list of system tables declare, on both
//! engines. The order of columns and their defaults don't count: a column that a later migration adds stands last and,
//! if it is never unset, has a default for the rows that are there already. No statement relies on either.
//!
//! The first migration is not released yet: `PENSTOCK_BLESS=1 cargo test -p penstock-store --test schema` writes it
//! from the tables.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

use std::{
    collections::BTreeMap,
    io::Write,
    sync::atomic::{AtomicU32, Ordering},
};

use penstock_model::objects;
use penstock_store::{
    Database, Engine, Settings,
    sql::ddl,
    system::{self, Removal, Rows},
};
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
        out.extend(rows(&format!(
            "SELECT '{table}', name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo('{table}') ORDER BY name"
        )));
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

/// The first migration is unreleased, so it is what the tables say; `PENSTOCK_BLESS=1` writes it. The texts are compiled
/// in, so it is the next run that tests them. This goes with the first release.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
fn the_first_migration_is_fresh() {
    for (engine, folder) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
        let file = format!("{}/migrations/{folder}/0001_base.sql", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("PENSTOCK_BLESS").is_some() {
            std::fs::write(&file, ddl::schema(engine)).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written == ddl::schema(engine), "{file} is stale: run this test with PENSTOCK_BLESS=1");
    }
}

/// The names of the declared tables, and whether each names a company.
fn declared_tables() -> BTreeMap<&'static str, bool> {
    let objects = objects::ALL.iter().map(|o| (o.name, o.name != "company"));
    let systems = system::ALL.iter().map(|t| (t.name, t.rows != Rows::Server));
    objects.chain(systems).collect()
}

#[tokio::test]
async fn every_table_of_an_sqlite_file_is_an_object_s_or_a_declared_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tables.db");
    Database::open(&Settings::Sqlite { file: file.clone(), max_pages: None }).unwrap().close().await;
    let connection = Connection::open(&file).unwrap();
    // The index of terms is search_doc's, and a virtual table keeps what it knows in tables of its own.
    let sql = "SELECT l.name, EXISTS (SELECT 1 FROM pragma_table_xinfo(l.name) x WHERE x.name = 'company_id') \
               FROM pragma_table_list l WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite_%'";
    let mut statement = connection.prepare(sql).unwrap();
    let found: BTreeMap<String, bool> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let declared = declared_tables().into_iter().map(|(name, company)| (name.to_owned(), company)).collect();
    assert_eq!(found, declared);
}

#[test]
fn an_erasure_leaves_nothing_and_a_reset_the_company_its_jobs_and_tokens() {
    let of_company: Vec<&str> =
        declared_tables().into_iter().filter(|(_, named)| *named).map(|(name, _)| name).collect();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let emptied = |why| -> Vec<String> {
            let texts = system::removals(engine, why);
            let table = |text: &String| text.split(' ').nth(2).unwrap().trim_matches('"').to_owned();
            texts.iter().map(table).filter(|table| table != "search").collect()
        };
        let (mut erased, reset) = (emptied(Removal::Erasure), emptied(Removal::Reset));
        assert_eq!(erased.last().map(String::as_str), Some("company"), "the lock goes last");
        erased.sort_unstable();
        let mut all = [&of_company[..], &["company"]].concat();
        all.sort_unstable();
        assert_eq!(erased, all);
        let kept: Vec<&String> = erased.iter().filter(|table| !reset.contains(table)).collect();
        // A reset is itself a job: it ends the others where it clears.
        assert_eq!(kept, ["company", "job", "token"]);
    }
}

#[test]
fn a_column_that_was_added_later_is_the_declared_one() {
    let open = |more: &str| {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(&format!("{}{more}", ddl::schema(Engine::Sqlite))).unwrap();
        described(&connection)
    };
    let added = "ALTER TABLE pipeline DROP COLUMN url_title; ALTER TABLE pipeline ADD COLUMN url_title TEXT NOT NULL DEFAULT ''; \
                 ALTER TABLE stage DROP COLUMN rot_enabled; \
                 ALTER TABLE stage ADD COLUMN rot_enabled INTEGER NOT NULL DEFAULT 0;";
    compare(&open(added), &open(""));
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
        "SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable) \
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migration' \
         ORDER BY table_name, column_name",
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
    let mut client = connect(&migrated.url());
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let tables: Vec<String> = client.query(tables, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    let mut all: Vec<&str> = declared_tables().into_keys().collect();
    all.sort_unstable();
    assert_eq!(tables, all, "every table is an object's or a declared one");
}
