//! The write-ahead log of a SQLite file under writes that never pause.

use penstock_model::CompanyId;
use penstock_store::{Database, Settings, one_int};

/// Tasks that write.
const WRITERS: i64 = 4;
/// Writes of each.
const WRITES: i64 = 90;
/// Bytes of a write's value.
const BYTES: i64 = 1 << 20;
/// Bytes that the log may have: those from which writes wait, and what a group adds.
const MOST: u64 = 160 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_without_a_pause_do_not_let_the_log_grow_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("penstock.db");
    let database = Database::open(&Settings::Sqlite { file: file.clone(), max_pages: None }).unwrap();
    database.write(CompanyId::SERVER, |conn| conn.batch("CREATE TABLE padding (bytes BLOB NOT NULL)")).await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..WRITES {
                    let insert = format!("INSERT INTO padding (bytes) VALUES (zeroblob({BYTES}))");
                    database.write(CompanyId::SERVER, move |conn| conn.execute(&insert, &[])).await.unwrap();
                }
            })
        })
        .collect();
    let log = folder.path().join("penstock.db-wal");
    let mut largest = 0;
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        largest = largest.max(std::fs::metadata(&log).unwrap().len());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let written = u64::try_from(WRITERS * WRITES * BYTES).unwrap();
    assert!(largest < MOST && MOST < written, "the log had {largest} bytes while {written} were written");
    database.close().await;
    assert!(std::fs::metadata(&file).unwrap().len() > written, "all of it is in the file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_quiet_while_the_file_alone_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("penstock.db");
    let settings = Settings::Sqlite { file: file.clone(), max_pages: None };
    let database = Database::open(&settings).unwrap();
    database.write(CompanyId::SERVER, |conn| conn.batch("CREATE TABLE counted (n INTEGER NOT NULL)")).await.unwrap();
    let log = folder.path().join("penstock.db-wal");
    for turn in 1..=2 {
        let insert = "INSERT INTO counted (n) VALUES (1)";
        database.write(CompanyId::SERVER, move |conn| conn.execute(insert, &[])).await.unwrap();
        assert!(std::fs::metadata(&log).unwrap().len() > 0);
        while std::fs::metadata(&log).unwrap().len() > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let copy = folder.path().join(format!("copy-{turn}.db"));
        std::fs::copy(&file, &copy).unwrap();
        let copied = Database::open(&Settings::Sqlite { file: copy, max_pages: None }).unwrap();
        let counted = copied.read(|conn| one_int(conn, "SELECT COUNT(*) FROM counted", &[])).await.unwrap();
        assert_eq!(counted, Some(turn));
        copied.close().await;
    }
    database.close().await;
}
