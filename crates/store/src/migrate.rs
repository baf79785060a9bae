//! Migrations: numbered, checksummed, each in the transaction that the caller opened.

use std::fmt::Write;

use penstock_model::{Error, Result, ValueRef};
use sha2::{Digest, Sha256};

use crate::{Conn, Engine, one_int};

struct Migration {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Every migration, in order. Written by hand, never changed after a release: expand first, contract later.
static ALL: &[Migration] = &[Migration {
    number: 1,
    name: "base",
    sqlite: include_str!("../migrations/sqlite/0001_base.sql"),
    postgres: include_str!("../migrations/postgres/0001_base.sql"),
}];

/// Brings the schema up to date.
///
/// # Errors
/// `Unavailable` when the database was made by a newer version or by other texts than this program's.
pub fn run(conn: &mut dyn Conn) -> Result<()> {
    let engine = conn.engine();
    let (int, text) = if engine == Engine::Sqlite { ("INTEGER", "TEXT") } else { ("BIGINT", "TEXT") };
    conn.batch(&format!(
        "CREATE TABLE IF NOT EXISTS schema_migration (number {int} PRIMARY KEY, name {text} NOT NULL, checksum {text} NOT NULL)"
    ))?;
    check(conn)?;
    let applied = applied(conn)?;
    for migration in ALL.iter().filter(|m| !applied.iter().any(|has| has.number == m.number)) {
        tracing::info!(number = migration.number, name = migration.name, "migrating");
        conn.batch(text_of(migration, engine))?;
        let checksum = checksum_of(migration, engine);
        conn.execute(
            "INSERT INTO schema_migration (number, name, checksum) VALUES (?1, ?2, ?3)",
            &[ValueRef::Int(migration.number), ValueRef::Text(migration.name), ValueRef::Text(&checksum)],
        )?;
    }
    Ok(())
}

/// Checks that every migration of a database is one of this program's, to the letter. Changes nothing.
///
/// # Errors
/// `Unavailable` with what to do when the database was made by a newer version or by other texts.
pub fn check(conn: &mut dyn Conn) -> Result<()> {
    let engine = conn.engine();
    for has in applied(conn)? {
        let Some(known) = ALL.iter().find(|m| m.number == has.number) else {
            return Err(Error::unavailable(format!(
                "the database has migration {}, which this version does not know: start a newer version",
                has.number
            )));
        };
        if checksum_of(known, engine) != has.checksum {
            return Err(Error::unavailable(format!(
                "migration {} ({}) of the database was made by another build: restore a backup, or start with an \
                 empty database",
                has.number, known.name
            )));
        }
    }
    Ok(())
}

/// A migration that a database has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The checksum of its text.
    pub checksum: String,
}

/// The migrations that a database has, in order; none when it is empty.
///
/// # Errors
/// As [`Conn::query`].
pub fn applied(conn: &mut dyn Conn) -> Result<Vec<Applied>> {
    let there = match conn.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'",
        Engine::Postgres => "SELECT CAST(1 AS bigint) WHERE to_regclass('schema_migration') IS NOT NULL",
    };
    let mut applied = Vec::new();
    if one_int(conn, there, &[])?.is_some() {
        conn.query("SELECT number, name, checksum FROM schema_migration ORDER BY number", &[], &mut |row| {
            let text = |column| row.get(column).text().unwrap_or("").to_owned();
            applied.push(Applied { number: row.get(0).int().unwrap_or(0), name: text(1), checksum: text(2) });
            Ok(())
        })?;
    }
    Ok(applied)
}

/// The number of the newest migration that this program knows.
#[must_use]
pub fn latest() -> i64 {
    ALL.iter().map(|m| m.number).max().unwrap_or(0)
}

const fn text_of(migration: &Migration, engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => migration.sqlite,
        Engine::Postgres => migration.postgres,
    }
}

fn checksum_of(migration: &Migration, engine: Engine) -> String {
    let digest = Sha256::digest(text_of(migration, engine));
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
