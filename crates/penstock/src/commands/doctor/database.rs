//! Whether the database answers, in which version, with which schema.

use penstock_model::{Error, Result, Value};
use penstock_store::{Conn, Database, Engine, Settings as Records, migrate, one, one_int};

use super::{Finding, clock, integrity};
use crate::{settings::Settings, system::SystemClock};

/// What one look at the database gave.
struct Seen {
    version: String,
    applied: Vec<migrate::Applied>,
    /// What is wrong with them.
    strange: Option<Error>,
    companies: Option<i64>,
}

pub(super) async fn look(settings: &Settings) -> Vec<Finding> {
    if let Records::Sqlite { file, .. } = &settings.database
        && !file.exists()
    {
        let what = format!("{} is not there yet: the first `penstock serve` makes it", file.display());
        return vec![Finding::fine("database", what), clock::alone(&SystemClock)];
    }
    match Database::connect(&settings.database) {
        Ok(database) => {
            let seen = database.read(see).await;
            let mut findings = match &seen {
                Ok(seen) => reported(settings, &database, seen),
                Err(error) => vec![unreachable(settings, error)],
            };
            let has_schema = seen.is_ok_and(|s| s.companies.is_some());
            if has_schema {
                findings.push(integrity::look(&database).await);
            }
            findings.push(clock::look(&database, has_schema, &SystemClock).await);
            database.close().await;
            findings
        }
        Err(error) => vec![unreachable(settings, &error), clock::alone(&SystemClock)],
    }
}

fn see(conn: &mut dyn Conn) -> Result<Seen> {
    let version = match conn.engine() {
        Engine::Sqlite => "SELECT sqlite_version()",
        Engine::Postgres => "SELECT current_setting('server_version')",
    };
    let version = one(conn, version, &[], 1)?.and_then(|row| row.first().and_then(Value::text).map(str::to_owned));
    let applied = migrate::applied(conn)?;
    let companies = if applied.is_empty() { None } else { one_int(conn, "SELECT COUNT(*) FROM company", &[])? };
    let strange = if applied.is_empty() { None } else { migrate::check(conn).err() };
    Ok(Seen { version: version.unwrap_or_default(), applied, strange, companies })
}

fn reported(settings: &Settings, database: &Database, seen: &Seen) -> Vec<Finding> {
    let engine = match (database.engine(), &settings.database) {
        (Engine::Sqlite, Records::Sqlite { file, .. }) => {
            let bytes = std::fs::metadata(file).map_or(0, |m| m.len());
            format!("SQLite {}, {} ({} KiB)", seen.version, file.display(), bytes / 1024)
        }
        _ => format!("Postgres {}", seen.version),
    };
    vec![Finding::fine("database", engine), schema(seen), companies(seen)]
}

fn schema(seen: &Seen) -> Finding {
    let (has, knows) = (seen.applied.last().map_or(0, |m| m.number), migrate::latest());
    match has {
        0 => Finding::fine("schema", "none yet: the first `penstock serve` makes it"),
        _ if has < knows => Finding::warning(
            "schema",
            format!("migration {has}, this program knows {knows}"),
            "back up, then `penstock migrate`; serving does it, too",
        ),
        _ if has > knows => Finding::broken(
            "schema",
            format!("migration {has}, this program knows only {knows}"),
            "start a newer version of Penstock",
        ),
        _ if let Some(error) = &seen.strange => {
            let (what, advice) = error.message.split_once(": ").unwrap_or((&error.message, "restore a backup"));
            Finding::broken("schema", what, advice)
        }
        _ => Finding::fine("schema", format!("migration {has}, up to date")),
    }
}

fn companies(seen: &Seen) -> Finding {
    match seen.companies {
        None | Some(0) => Finding::fine("companies", "none yet: the first `penstock serve` makes one"),
        Some(n) => Finding::fine("companies", n.to_string()),
    }
}

fn unreachable(settings: &Settings, error: &Error) -> Finding {
    let advice = match &settings.database {
        Records::Sqlite { file, .. } => format!(
            "check that {} is a database of Penstock and that this user may read and write it and its folder; \
             when it was one, restore a backup",
            file.display()
        ),
        Records::Postgres { .. } => {
            "check that the server runs, that the URL names an existing database, and that user and password are right"
                .to_owned()
        }
    };
    Finding::broken("database", error.message.clone(), advice)
}
