//! Whether the records are whole: a quick check of the whole SQLite file; on Postgres, which keeps its own files, what
//! it knows of damage, and whether every table can be read.

use std::time::{Duration, Instant};

use penstock_model::{Code, Error, Result, ValueRef, objects};
use penstock_store::{Conn, Database, Engine, one_int};

use super::Finding;

const ABOUT: &str = "records";
/// Faults that are told; one says as much as a thousand.
const MOST: usize = 3;

/// Checks records that have a schema.
pub(super) async fn look(database: &Database) -> Finding {
    let begun = Instant::now();
    let outcome = database.read(check).await;
    finding(database.engine(), outcome, begun.elapsed())
}

/// What is wrong with the records.
fn check(conn: &mut dyn Conn) -> Result<Vec<String>> {
    match conn.engine() {
        Engine::Sqlite => sqlite(conn),
        Engine::Postgres => postgres(conn),
    }
}

fn sqlite(conn: &mut dyn Conn) -> Result<Vec<String>> {
    texts(conn, "PRAGMA quick_check(3)").map(|said| said.into_iter().filter(|line| line != "ok").collect())
}

fn postgres(conn: &mut dyn Conn) -> Result<Vec<String>> {
    let mut faults = texts(
        conn,
        "SELECT CAST(i.indexrelid::regclass AS TEXT) || ' is not valid' FROM pg_index i JOIN pg_class c \
         ON c.oid = i.indexrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) \
         AND NOT (i.indisvalid AND i.indisready) ORDER BY 1",
    )?;
    let checksums = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()";
    let failures = one_int(conn, checksums, &[])?.unwrap_or(0);
    if failures > 0 {
        faults.push(format!("{failures} pages had a wrong checksum"));
    }
    // The engine refuses all else of a transaction in which one statement failed, so the first fault is the last.
    for table in objects::ALL.iter().map(|o| o.table()).chain(["event", "field_value"]) {
        if let Err(error) = one_int(conn, &format!("SELECT 1 FROM {table} LIMIT 1"), &[]) {
            faults.push(format!("{table} can't be read: {}", error.message));
            break;
        }
    }
    Ok(faults)
}

/// The texts in the first column.
fn texts(conn: &mut dyn Conn, sql: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    conn.query(sql, &[] as &[ValueRef<'_>], &mut |row| {
        found.extend(row.get(0).text().map(str::to_owned));
        Ok(())
    })?;
    Ok(found)
}

fn finding(engine: Engine, outcome: Result<Vec<String>>, took: Duration) -> Finding {
    let seconds = took.as_secs_f64();
    let advice = match engine {
        Engine::Sqlite => "stop Penstock, keep a copy of the file, and restore a backup",
        Engine::Postgres => "look at the server's log; an index is mended by REINDEX, anything else by a backup",
    };
    match outcome {
        Ok(faults) if faults.is_empty() => Finding::fine(ABOUT, format!("whole: checked in {seconds:.1} s")),
        Ok(faults) => {
            let told: Vec<String> = faults.iter().take(MOST).map(|fault| fault.replace('\n', " ")).collect();
            Finding::broken(ABOUT, format!("damaged: {}", told.join("; ")), advice)
        }
        Err(Error { code: Code::Unavailable, message, .. }) => Finding::warning(
            ABOUT,
            format!("not checked to the end within {seconds:.1} s: {message}"),
            "when the machine has less to do, try again; or check with the engine's own tools",
        ),
        Err(error) => Finding::broken(ABOUT, format!("damaged: {}", error.message), advice),
    }
}
