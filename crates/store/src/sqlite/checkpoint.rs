//! Checkpoints: the write-ahead log is copied into the file on a connection and thread of their own, so that no write
//! waits for one. Only when writes come faster than a checkpoint can catch up with them do they wait, or the log would
//! grow without end: it starts over only at a moment at which all of it is copied, and under writes without a pause there
//! is none. So the log's space on the disk is written over and over, and nothing grows without end.
//!
//! When nobody has written for a few seconds the log is copied and emptied, so that the file alone is whole: a person may
//! copy it without knowing of the log. That is given up at once when somebody reads or writes, and tried again later.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use penstock_model::{Error, Result};
use rusqlite::{Connection, OpenFlags, hooks::Wal};

use super::conn::explain;

/// Pages by which the log grows until it is copied.
const WORTH_IT: u64 = 4096;
/// Pages of a log that writes wait for. With what one group adds it stays below [`LOG_SIZE`], so that its space on the
/// disk is written over and over.
const FULL: u64 = 14_336;
/// Bytes of the log that are kept when it begins anew.
pub(super) const LOG_SIZE: u64 = 128 << 20;
/// Without a write for so long, the log is emptied.
const QUIET: Duration = Duration::from_secs(3);

/// What the thread that copies is asked for.
enum Wish {
    /// The log has grown: copy it.
    Copy,
    /// Copy it, and say when that is done.
    CopyAndSay(SyncSender<()>),
    /// The log is no longer empty: empty it when all is quiet.
    Watch,
}

/// What the writer and the thread that copies both know.
#[derive(Default)]
struct Log {
    /// Its pages after the last commit.
    pages: AtomicU64,
    /// Groups that were committed.
    commits: AtomicU64,
    /// Whether it was emptied and not written since.
    empty: AtomicBool,
}

/// Says when the log is to be copied. Dropping it ends the thread that copies.
pub(super) struct Checkpointer {
    wake: SyncSender<Wish>,
    log: Arc<Log>,
    /// The pages that the log had when it was copied for the last time.
    copied_at: u64,
}

impl Checkpointer {
    /// Watches what a connection commits.
    pub(super) fn start(file: &Path, writer: &mut Connection) -> Result<Self> {
        let log = Arc::<Log>::default();
        let counted = Arc::clone(&log);
        let count = move |_: &mut Wal, pages| {
            counted.pages.store(u64::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        };
        writer.wal_hook(Some(count)).map_err(explain)?;
        let (wake, wishes) = sync_channel(1);
        let copier = Copier::open(file, Arc::clone(&log)).map_err(explain)?;
        // What an earlier process left.
        let _ = wake.try_send(Wish::Watch);
        std::thread::Builder::new()
            .name("sqlite-checkpoint".to_owned())
            .spawn(move || copier.work(&wishes))
            .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")).caused_by(e))?;
        Ok(Self { wake, log, copied_at: 0 })
    }

    /// A group was committed and answered.
    pub(super) fn committed(&mut self) {
        self.log.commits.fetch_add(1, Ordering::SeqCst);
        let pages = self.log.pages.load(Ordering::Relaxed);
        if pages < self.copied_at {
            // It began anew.
            self.copied_at = 0;
        }
        if pages >= FULL {
            self.catch_up();
        } else if pages >= self.copied_at + WORTH_IT && self.wake.try_send(Wish::Copy).is_ok() {
            self.copied_at = pages;
        } else if self.log.empty.swap(false, Ordering::SeqCst) {
            // If this finds no room, the thread is about to look anyway.
            let _ = self.wake.try_send(Wish::Watch);
        }
    }

    /// Copies the log and waits for it: the next write begins it anew, unless somebody still reads what it was.
    pub(super) fn catch_up(&mut self) {
        let (done, caught_up) = sync_channel(1);
        if self.wake.send(Wish::CopyAndSay(done)).is_ok() {
            let _ = caught_up.recv();
        }
        self.copied_at = self.log.pages.load(Ordering::Relaxed);
    }
}

/// The thread that copies, with its connection: it never waits for anybody.
struct Copier {
    connection: Connection,
    log: Arc<Log>,
}

impl Copier {
    fn open(file: &Path, log: Arc<Log>) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.execute_batch("PRAGMA busy_timeout=0; PRAGMA synchronous=NORMAL")?;
        Ok(Self { connection, log })
    }

    fn work(&self, wishes: &Receiver<Wish>) {
        let mut watching = false;
        let mut seen = 0;
        loop {
            let wish = if watching {
                wishes.recv_timeout(QUIET)
            } else {
                wishes.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match wish {
                Ok(Wish::Watch) => {}
                Ok(Wish::Copy) => self.copy(),
                Ok(Wish::CopyAndSay(done)) => {
                    self.copy();
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => {
                    let commits = self.log.commits.load(Ordering::SeqCst);
                    if commits == seen && self.empty() {
                        watching = false;
                        continue;
                    }
                    seen = commits;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            watching = true;
        }
    }

    fn copy(&self) {
        if let Err(e) = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::warn!(error = %e, "a checkpoint failed");
        }
    }

    /// Copies the log and empties it. Says whether it is empty now: not when somebody reads or writes.
    fn empty(&self) -> bool {
        self.copy();
        // Before it is: whoever writes from now on says so.
        self.log.empty.store(true, Ordering::SeqCst);
        let busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        let done = matches!(busy, Ok(0));
        if !done {
            self.log.empty.store(false, Ordering::SeqCst);
        }
        done
    }
}
