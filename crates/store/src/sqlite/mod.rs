//! SQLite: one file, one writer thread with group commit, reads inline on the caller's thread.

mod checkpoint;
mod conn;
mod readers;
mod writer;

use std::{path::Path, sync::Arc};

use penstock_model::{Error, Result};

use crate::{Conn, Faults, Queued, database::gone, job::Waiting};

/// The file and its connections.
pub(crate) struct Database {
    readers: Arc<readers::Readers>,
    writer: writer::Writer,
}

impl Database {
    pub(crate) fn open(file: &Path, max_pages: Option<u32>, faults: Arc<Faults>) -> Result<Self> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|e| Error::unavailable(format!("can't create the folder {}: {e}", folder.display())))?;
        }
        let connection = conn::open_writer(file, max_pages)?;
        let writer = writer::Writer::start(connection, file, Arc::clone(&faults))?;
        Ok(Self { readers: Arc::new(readers::Readers::new(file, faults)), writer })
    }

    pub(crate) fn setup(&self, work: &mut dyn FnMut(&mut dyn Conn) -> Result<()>) -> Result<()> {
        self.writer.setup(work)
    }

    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        readers::read(&self.readers, work).await
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        let (answer, waiting) = tokio::sync::oneshot::channel();
        self.writer.send(Box::new(Waiting::new(work, answer))).await?;
        waiting.await.unwrap_or_else(|_| Err(gone()))
    }

    pub(crate) fn queued(&self) -> Queued {
        Queued { writes: self.writer.queued(), reads: self.readers.queued() }
    }

    pub(crate) async fn close(&self) {
        self.writer.close().await;
        self.readers.close();
    }
}
