//! Checkpoints: the write-ahead log is copied into the file on a connection and thread of their own, so that no write
//! waits for one. Only when writes come faster than a checkpoint can catch up with them do they wait, or the log would
//! grow without end: it starts over only at a moment at which all of it is copied, and under writes without a pause there
//! is none. So the log's space on the disk is written over and over, and nothing grows without end.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use penstock_model::{Error, Result};
use rusqlite::{Connection, hooks::Wal};

use super::conn::explain;

/// Pages by which the log grows until it is copied.
const WORTH_IT: u64 = 4096;
/// Pages of a log that writes wait for. With what one group adds it stays below [`LOG_SIZE`], so that its space on the
/// disk is written over and over.
const FULL: u64 = 14_336;
/// Bytes of the log that are kept when it begins anew.
pub(super) const LOG_SIZE: u64 = 128 << 20;

/// Says when the log is to be copied. Dropping it ends the thread that copies.
pub(super) struct Checkpointer {
    wake: SyncSender<Option<SyncSender<()>>>,
    /// The pages of the log after the last commit.
    log: Arc<AtomicU64>,
    /// Those that it had when it was copied for the last time.
    copied_at: u64,
}

impl Checkpointer {
    /// Watches what a connection commits.
    pub(super) fn start(file: &Path, writer: &mut Connection) -> Result<Self> {
        let log = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&log);
        let count = move |_: &mut Wal, pages| {
            counted.store(u64::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        };
        writer.wal_hook(Some(count)).map_err(explain)?;
        let (wake, woken) = sync_channel(1);
        let file = file.to_owned();
        std::thread::Builder::new()
            .name("sqlite-checkpoint".to_owned())
            .spawn(move || checkpoint_when_woken(&file, &woken))
            .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")).caused_by(e))?;
        Ok(Self { wake, log, copied_at: 0 })
    }

    /// A group was committed and answered.
    pub(super) fn committed(&mut self) {
        let pages = self.log.load(Ordering::Relaxed);
        if pages < self.copied_at {
            // It began anew.
            self.copied_at = 0;
        }
        if pages >= FULL {
            self.catch_up();
        } else if pages >= self.copied_at + WORTH_IT && self.wake.try_send(None).is_ok() {
            self.copied_at = pages;
        }
    }

    /// Copies the log and waits for it: the next write begins it anew, unless somebody still reads what it was.
    pub(super) fn catch_up(&mut self) {
        let (done, caught_up) = sync_channel(1);
        if self.wake.send(Some(done)).is_ok() {
            let _ = caught_up.recv();
        }
        self.copied_at = self.log.load(Ordering::Relaxed);
    }
}

fn checkpoint_when_woken(file: &Path, woken: &Receiver<Option<SyncSender<()>>>) {
    let open = || {
        let opened = Connection::open(file)?;
        opened.execute_batch("PRAGMA busy_timeout=100; PRAGMA synchronous=NORMAL")?;
        Ok::<_, rusqlite::Error>(opened)
    };
    let mut connection = None;
    while let Ok(waiting) = woken.recv() {
        if connection.is_none() {
            connection = open().ok();
        }
        if let Some(connection) = &connection
            && let Err(e) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
        {
            tracing::warn!(error = %e, "a checkpoint failed");
        }
        if let Some(waiting) = waiting {
            let _ = waiting.send(());
        }
    }
}
