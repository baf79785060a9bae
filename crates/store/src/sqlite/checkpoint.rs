//! Checkpoints on a connection and thread of their own, so that no write waits for one.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use penstock_model::{Error, Result};
use rusqlite::Connection;

/// The write-ahead log's size in bytes from which it is copied into the file.
const WORTH_IT: u64 = 8 << 20;

/// Wakes the thread; dropping it ends the thread.
pub(super) struct Checkpointer(SyncSender<()>);

impl Checkpointer {
    pub(super) fn start(file: &Path) -> Result<Self> {
        let (wake, woken) = sync_channel(1);
        let file = file.to_owned();
        std::thread::Builder::new()
            .name("sqlite-checkpoint".to_owned())
            .spawn(move || checkpoint_when_woken(&file, &woken))
            .map_err(|e| Error::unavailable(format!("can't start a thread: {e}")))?;
        Ok(Self(wake))
    }

    /// A group was committed.
    pub(super) fn wake(&self) {
        let _ = self.0.try_send(());
    }
}

fn checkpoint_when_woken(file: &Path, woken: &Receiver<()>) {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let log = PathBuf::from(log);
    let mut connection = None;
    while woken.recv().is_ok() {
        if std::fs::metadata(&log).is_ok_and(|m| m.len() >= WORTH_IT) {
            let open = || {
                let opened = Connection::open(file)?;
                opened.execute_batch("PRAGMA busy_timeout=100; PRAGMA synchronous=NORMAL")?;
                Ok::<_, rusqlite::Error>(opened)
            };
            if connection.is_none() {
                connection = open().ok();
            }
            if let Some(connection) = &connection
                && let Err(e) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            {
                tracing::warn!(error = %e, "a checkpoint failed");
            }
        }
    }
}
