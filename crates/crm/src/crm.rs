//! The service that faces hold: the records, the clock, and the cached schemas.

use std::sync::Arc;

use penstock_model::{Access, Clock, CompanySchema, Object, Result};
use penstock_store::{Conn, Database};

use crate::{
    Patch,
    company_write_state::CompanyWriteState,
    jobs::Begun,
    read::{Reader, Walks},
    schema::Schemas,
    tx::Tx,
};

/// Where random identifiers come from.
pub trait Ids: Send + Sync {
    /// Random hexadecimal digits, 40 of them: tokens and keys of custom fields.
    fn hex40(&self) -> String;
    /// A secret of a company: as many random digits.
    fn secret(&self) -> String {
        self.hex40()
    }
}

/// The rules over the records. Cheap to clone.
#[derive(Clone)]
pub struct Crm {
    /// The records.
    pub database: Database,
    /// Where the time comes from; a company's own offset is added.
    pub clock: Arc<dyn Clock>,
    /// Where random identifiers come from.
    pub ids: Arc<dyn Ids>,
    schemas: Arc<Schemas>,
    walks: Arc<Walks>,
}

impl Crm {
    /// The rules over a database.
    #[must_use]
    pub fn new(database: Database, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { database, clock, ids, schemas: Arc::default(), walks: Arc::default() }
    }

    /// The company's schema, from the cache when it is still of that version.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn schema(&self, conn: &mut dyn Conn, access: &Access) -> Result<Arc<CompanySchema>> {
        self.schemas.get(conn, access.company(), access.schema_version())
    }

    /// A reader inside a snapshot, for the asking user.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now, or as [`Conn::of_company`] gives it.
    pub fn reader<'a>(&self, conn: &'a mut dyn Conn, access: &'a Access) -> Result<Reader<'a>> {
        conn.of_company(access.company())?;
        let schema = self.schema(conn, access)?;
        let now = self.clock.now() + access.clock_offset();
        Ok(Reader { conn, access, schema, now, walks: Arc::clone(&self.walks) })
    }

    /// Runs changes of one company in one transaction and answers when they are durable, with what jobs have to finish
    /// of them.
    ///
    /// # Errors
    /// What the closure gives, with nothing changed; `Unavailable` when the engine can't work now. Where a job can't
    /// finish now, it goes on later.
    pub async fn write<T, F>(&self, access: Arc<Access>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        // What a write reads of the schema may never be committed, so only a read can fill the cache.
        if access.schema_version() > 0 {
            self.known_schema(&access).await?;
        }
        let crm = self.clone();
        let (done, jobs) = self.database.write(access.company(), move |conn| crm.begin(conn, &access, work)).await?;
        for job in jobs {
            job.finish(self).await?;
        }
        Ok(done)
    }

    /// As [`Crm::write`], of a patch that is made before the write begins: all that depends on the caller's input and
    /// the company's schema alone keeps nobody waiting. The patch's marked-up texts are cleaned.
    ///
    /// # Errors
    /// As [`Crm::write`], and what `prepare` gives. It runs again when the schema has changed meanwhile.
    pub async fn save<T, P, F>(&self, access: Arc<Access>, object: &'static Object, prepare: P, work: F) -> Result<T>
    where
        T: Send + 'static,
        P: Fn(&CompanySchema) -> Result<Patch> + Send + 'static,
        F: FnOnce(&mut Tx<'_>, Patch) -> Result<T> + Send + 'static,
    {
        let prepared = move |schema: &CompanySchema| {
            let mut patch = prepare(schema)?;
            patch.clean(object)?;
            Ok(patch)
        };
        let schema = self.known_schema(&access).await?;
        let (version, patch) = (schema.version, prepared(&schema)?);
        let work = move |tx: &mut Tx<'_>| {
            let patch = if tx.schema.version == version { patch } else { prepared(&tx.schema)? };
            work(tx, patch)
        };
        self.write(access, work).await
    }

    /// The company's schema as the caller's access knows it, or a newer one.
    async fn known_schema(&self, access: &Arc<Access>) -> Result<Arc<CompanySchema>> {
        if let Some(schema) = self.schemas.kept(access.company(), access.schema_version()) {
            return Ok(schema);
        }
        let (crm, access) = (self.clone(), Arc::clone(access));
        self.database.read(move |conn| crm.schema(conn, &access)).await
    }

    /// As [`Crm::write`], inside a write closure that is already running. What jobs have to finish, nobody waits for.
    ///
    /// # Errors
    /// As [`Crm::write`].
    pub fn change<T>(
        &self,
        conn: &mut dyn Conn,
        access: &Access,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.begin(conn, access, work).map(|(done, _)| done)
    }

    /// Runs changes in a write closure. Gives the jobs that finish them as well.
    fn begin<T>(
        &self,
        conn: &mut dyn Conn,
        access: &Access,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<(T, Vec<Begun>)> {
        // The company's row is locked, so its write state stands still; the versions that the request was read under may
        // be older.
        let state = CompanyWriteState::open(conn, access.company())?;
        let schema = self.schemas.inside_write(conn, access.company(), state.schema_version)?;
        let now = self.clock.now() + access.clock_offset();
        let reader = Reader { conn, access, schema, now, walks: Arc::clone(&self.walks) };
        let mut tx = Tx::new(reader, Arc::clone(&self.ids), state);
        let result = work(&mut tx)?;
        Ok((result, tx.finish()?))
    }
}
