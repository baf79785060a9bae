//! The floor of a create: the same rows of deal, event, values and search, inserted by prepared statements in groups
//! that are committed durably, and nothing else. The connection is set up as Penstock's writer is, and checkpoints
//! run on a thread of their own as its do.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use penstock_model::{CustomField, objects};
use rusqlite::Connection;

use crate::{
    Result,
    data::{COMPANY, Draft, Event, Inserts, Rows, Size},
    measure::Cost,
    process,
};

/// Rows that one commit takes.
const GROUP: i64 = 64;
/// Bytes of the log from which it is copied into the file.
const WORTH_IT: u64 = 8 << 20;

/// A company that rows are inserted into.
pub(crate) struct Raw<'a> {
    connection: Connection,
    size: Size,
    fields: &'a [CustomField],
    /// The last deal and the last event.
    deal: i64,
    seq: i64,
    checkpoints: Checkpoints,
}

impl<'a> Raw<'a> {
    pub(crate) fn open(file: &Path, size: Size, fields: &'a [CustomField]) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;
             PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864;",
        )?;
        let seq = connection.query_row("SELECT event_seq FROM company WHERE id = ?1", [COMPANY], |row| row.get(0))?;
        let checkpoints = Checkpoints::start(file)?;
        Ok(Self { connection, size, fields, deal: size.deals, seq, checkpoints })
    }

    /// What inserting costs for some seconds. Making the rows is not counted, nor the checkpoints' processor time.
    pub(crate) fn cost(&mut self, seconds: f64) -> Result<Cost> {
        let mut inserts = Inserts::prepare(&self.connection)?;
        let (mut spent, mut used, mut groups) = (Duration::ZERO, Duration::ZERO, 0_u32);
        while spent.as_secs_f64() < seconds {
            let mut group = Vec::new();
            for _ in 0..GROUP {
                self.deal += 1;
                self.seq += 1;
                let draft = Draft::of(self.deal, self.size, self.fields);
                group.push(Rows::of(&draft, self.deal, self.seq, self.fields)?);
            }
            let (begun, before) = (Instant::now(), process::own_cpu()?);
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            for rows in &group {
                inserts.deal(rows)?;
                let (seq, record) = (rows.deal.version, rows.deal.id());
                inserts.event(Event { seq, object: &objects::DEAL, record, user: 1, time: seq })?;
            }
            self.connection.execute_batch("COMMIT")?;
            spent += begun.elapsed();
            used += process::own_cpu()?.saturating_sub(before);
            groups += 1;
        }
        let deals = f64::from(groups) * 64.0;
        Ok(Cost { micros: used.as_secs_f64() * 1e6 / deals, rate: deals / spent.as_secs_f64(), bytes: 0.0 })
    }
}

impl Drop for Raw<'_> {
    fn drop(&mut self) {
        self.checkpoints.stop();
    }
}

/// The thread that copies the log into the file.
struct Checkpoints {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    fn start(file: &Path) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch("PRAGMA busy_timeout=100; PRAGMA synchronous=NORMAL")?;
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let (log, ended) = (PathBuf::from(log), Arc::new(AtomicBool::new(false)));
        let until = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            while !until.load(Ordering::Relaxed) {
                if std::fs::metadata(&log).is_ok_and(|m| m.len() >= WORTH_IT) {
                    // A checkpoint that finds the file busy is made up for by the next.
                    let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        Ok(Self { ended, thread: Some(thread) })
    }

    fn stop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
