//! The built-in CRM as a connector: its description is the registry, and each call is one closure on the records.
//!
//! A provider's field name is the column's name for what is built in, and the field's key for custom fields. Money is
//! one value here, although amount and currency stand in two columns.

mod beside;
mod concerned;
mod describe;
mod external;
mod filter;
mod ids;
mod layout;
mod normal;
mod place;
mod read;
mod stored;
mod write;

use std::sync::Arc;

use penstock_connector::{Accounts, Answer, Caller, Connector, Edits, Key, Object as Described, Page, Query, Record};
use penstock_crm::{Crm, Reader, Tx};
use penstock_model::{Access, CompanyId, CompanySchema, Error, Object, Result, objects};
use penstock_store::Conn;

/// How a token is turned into rights: `auth`'s own function, which this crate may not name.
pub type Authenticate = fn(&mut dyn Conn, &str, &str) -> Result<Access>;

/// The most records of a page.
const MAX_PAGE: u32 = 500;

/// The built-in CRM's accounts: each company is one.
#[derive(Clone)]
pub struct Builtin {
    crm: Crm,
    authenticate: Authenticate,
}

impl Builtin {
    /// The accounts of a CRM.
    #[must_use]
    pub fn new(crm: Crm, authenticate: Authenticate) -> Self {
        Self { crm, authenticate }
    }
}

impl Accounts for Builtin {
    fn open<'a>(&'a self, caller: &'a Caller, configuration: &'a str) -> Answer<'a, Arc<dyn Connector>> {
        Box::pin(async move {
            let (accounts, caller) = (self.clone(), caller.clone());
            let account = self.crm.database.read(move |conn| accounts.account(conn, &caller)).await?;
            if configuration != "default" {
                return Err(Error::not_found("configuration"));
            }
            Ok(Arc::new(account) as Arc<dyn Connector>)
        })
    }
}

impl Builtin {
    fn account(&self, conn: &mut dyn Conn, caller: &Caller) -> Result<Account> {
        let access = (self.authenticate)(conn, &caller.token, &caller.correlation)?;
        let schema = self.crm.schema(conn, &access)?;
        Ok(Account { crm: self.crm.clone(), access: Arc::new(access), schema })
    }
}

/// One company, for one user and one request.
#[derive(Clone)]
struct Account {
    crm: Crm,
    access: Arc<Access>,
    schema: Arc<CompanySchema>,
}

impl Account {
    /// Runs a read of an object in one snapshot.
    async fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let account = self.clone();
        let run = move |conn: &mut dyn Conn| work(&mut account.crm.reader(conn, &account.access)?);
        self.crm.database.read(run).await
    }
}

/// The object of a name, if it is one that is offered.
fn offered(name: &str) -> Result<&'static Object> {
    objects::find(name).filter(|o| !o.virtual_name.is_empty()).ok_or_else(|| Error::not_found("object"))
}

impl Connector for Account {
    fn company(&self) -> CompanyId {
        self.access.company()
    }

    fn secret(&self) -> &str {
        &self.schema.secret
    }

    fn max_page(&self) -> u32 {
        MAX_PAGE
    }

    fn describe<'a>(&'a self, object: &'a str) -> Answer<'a, Arc<Described>> {
        Box::pin(async move {
            let object = offered(object)?;
            let labels =
                if describe::has_lead_labels(object) { self.read(describe::lead_labels).await? } else { Vec::new() };
            Ok(Arc::new(describe::object(object, &self.schema, &self.access, &labels)))
        })
    }

    fn list(&self, query: Query) -> Answer<'_, Page> {
        Box::pin(async move {
            let object = offered(&query.object)?;
            self.read(move |reader| read::list(reader, object, &query)).await
        })
    }

    fn get<'a>(&'a self, object: &'a str, key: &'a Key, deleted: bool) -> Answer<'a, Record> {
        Box::pin(async move {
            let (object, key) = (offered(object)?, key.clone());
            self.read(move |reader| read::get(reader, object, &key, deleted)).await
        })
    }

    fn create<'a>(&'a self, object: &'a str, edits: Edits) -> Answer<'a, Record> {
        Box::pin(async move {
            let object = offered(object)?;
            let prepare = move |schema: &CompanySchema| write::patch(schema, object, &edits);
            let work = move |tx: &mut Tx<'_>, patch| write::create(tx, object, &patch);
            let saved = self.crm.save(Arc::clone(&self.access), object, prepare, work);
            saved.await.map_err(|e| layout::blame(object, e))
        })
    }

    fn update<'a>(
        &'a self,
        object: &'a str,
        id: &'a str,
        expected: Option<&'a str>,
        edits: Edits,
    ) -> Answer<'a, Record> {
        Box::pin(async move {
            let object = offered(object)?;
            let id = ids::record(self.access.company(), object, id)?;
            let expected = write::version(expected)?;
            let prepare = move |schema: &CompanySchema| write::patch(schema, object, &edits);
            let work = move |tx: &mut Tx<'_>, patch| write::update(tx, object, id, expected, &patch);
            let saved = self.crm.save(Arc::clone(&self.access), object, prepare, work);
            saved.await.map_err(|e| layout::blame(object, e))
        })
    }

    fn delete<'a>(&'a self, object: &'a str, id: &'a str, expected: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move {
            let object = offered(object)?;
            let id = ids::record(self.access.company(), object, id)?;
            let expected = write::version(expected)?;
            self.crm.write(Arc::clone(&self.access), move |tx| write::delete(tx, object, id, expected)).await
        })
    }
}
