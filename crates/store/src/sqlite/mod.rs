//! SQLite: one file, one writer thread with group commit, reads inline on the caller's thread.

mod backup;
mod checkpoint;
mod conn;
mod files;
mod readers;
mod turnstile;
mod writer;

use std::{path::Path, sync::Arc};

pub(crate) use backup::backup;

use penstock_model::Result;

use crate::{Conn, Faults, Queued, database::gone, job::Waiting, last_write::LastWrite};

/// The file and its connections.
pub(crate) struct Database {
    readers: Arc<readers::Readers>,
    writer: writer::Writer,
}

impl Database {
    pub(crate) fn open(
        file: &Path,
        max_pages: Option<u32>,
        faults: Arc<Faults>,
        last_write: Arc<LastWrite>,
    ) -> Result<Self> {
        files::prepare(file)?;
        let connection = conn::open_writer(file, max_pages)?;
        let files = Arc::new(files::Files::of(file, &connection)?);
        let readers = Arc::new(readers::Readers::new(file, Arc::clone(&files), Arc::clone(&faults)));
        let writer = writer::Writer::start(connection, file, files, faults, last_write)?;
        Ok(Self { readers, writer })
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
