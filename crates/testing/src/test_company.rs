//! A company with three users.

use std::sync::Arc;

use penstock_crm::{Crm, Ids, Patch, Reader, Tx, rules};
use penstock_model::{Access, Clock, Code, CompanyId, Object, Result, UserId, Value, objects};
use penstock_store::{Conn, Database, Engine, Faults, one, one_int, sql::Record};

use crate::{
    engine::{Home, engines},
    injected::{START, TestClock, TestIds},
};

/// The first user of every tenant, who sees and changes everything.
pub const ADMIN: UserId = UserId::FIRST;
/// A user.
pub const ANN: UserId = UserId::new(2);
/// Another user.
pub const BOB: UserId = UserId::new(3);

/// A company with the users [`ADMIN`], [`ANN`] and [`BOB`], each of whom has a token.
pub struct TestCompany {
    /// The rules over the records.
    pub crm: Crm,
    /// The clock, which stands at [`START`](crate::START) until a test sets it.
    pub clock: Arc<TestClock>,
    /// Faults that a test asks for.
    pub faults: Arc<Faults>,
    /// The company's number.
    pub company: CompanyId,
    ids: Arc<TestIds>,
    home: Arc<Home>,
}

/// A fresh tenant on every engine that is there.
pub async fn tenants() -> Vec<TestCompany> {
    let mut all = Vec::new();
    for engine in engines() {
        all.push(TestCompany::open(engine).await);
    }
    all
}

impl TestCompany {
    /// An tenant in a database of its own.
    ///
    /// # Panics
    /// When the engine can't be used.
    pub async fn open(engine: Engine) -> Self {
        let home = Arc::new(tokio::task::spawn_blocking(move || Home::new(engine)).await.unwrap());
        let (faults, clock) = (Arc::<Faults>::default(), Arc::<TestClock>::default());
        let (settings, opened) = (home.settings(), Arc::clone(&faults));
        let open = move || Database::open_with(&settings, opened).unwrap();
        let database = tokio::task::spawn_blocking(open).await.unwrap();
        let ids = Arc::<TestIds>::default();
        let crm = Crm::new(database, Arc::clone(&clock) as Arc<dyn Clock>, Arc::clone(&ids) as Arc<dyn Ids>);
        let company = found(&crm, "Acme").await;
        Self { crm, clock, faults, company, ids, home }
    }

    /// Another company, with users of its own, in the same database.
    ///
    /// # Panics
    /// When the engine can't be used.
    pub async fn other_tenant(&self, name: &str) -> Self {
        let company = found(&self.crm, name).await;
        let (clock, faults) = (Arc::clone(&self.clock), Arc::clone(&self.faults));
        Self { crm: self.crm.clone(), clock, faults, company, ids: Arc::clone(&self.ids), home: Arc::clone(&self.home) }
    }

    /// The same records as another process sees them: over connections of its own.
    ///
    /// # Panics
    /// When the engine can't be used.
    pub async fn elsewhere(&self) -> Crm {
        let settings = self.home.settings();
        let database = tokio::task::spawn_blocking(move || Database::open(&settings).unwrap()).await.unwrap();
        Crm::new(database, Arc::clone(&self.crm.clock), Arc::clone(&self.crm.ids))
    }

    /// Makes the company what it was at first: no record is left, numbers, random digits and the clock begin anew.
    ///
    /// # Panics
    /// When the engine can't be used.
    pub async fn reset(&self) {
        self.ids.restart();
        self.clock.set(START);
        let (crm, company) = (self.crm.clone(), self.company);
        let work = move |conn: &mut dyn Conn| {
            penstock_crm::company::clear(conn, company)?;
            rules::company::establish(&crm, conn, company, &new_company(), crm.clock.now())?;
            staff(&crm, conn, company)
        };
        self.crm.database.write(self.company, work).await.unwrap();
    }

    /// The engine that holds the records.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.crm.database.engine()
    }

    /// The API token of a user.
    #[must_use]
    pub fn token(&self, user: UserId) -> String {
        token(self.company, user)
    }

    /// What a user may see and do.
    ///
    /// # Panics
    /// Never: the access of the company itself may act as each of its users.
    #[must_use]
    pub fn access(&self, user: UserId) -> Access {
        let access = rules::company::root(self.company, "api").correlated("test").acting_as(user).unwrap();
        if user == ADMIN { access } else { access.without_admin() }
    }

    /// Changes something for a user.
    pub async fn write<T: Send + 'static>(
        &self,
        user: UserId,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.crm.write(Arc::new(self.access(user)), work).await
    }

    /// Reads something for a user.
    ///
    /// # Panics
    /// When the company is gone.
    pub async fn read<T: Send + 'static>(
        &self,
        user: UserId,
        mut work: impl FnMut(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (crm, access) = (self.crm.clone(), self.access(user));
        self.crm
            .database
            .read(move |conn| {
                let versions = "SELECT schema_version, event_seq FROM company WHERE id = ?1";
                let versions = one(conn, versions, &[access.company().into()], 2)?.unwrap();
                let [schema, event] = [0, 1].map(|at: usize| versions[at].int().unwrap());
                let access = access.at_schema(schema).at_event(event);
                work(&mut crm.reader(conn, &access)?)
            })
            .await
    }

    /// Creates a record for a user.
    pub async fn create(&self, user: UserId, object: &'static Object, patch: Patch) -> Result<Record> {
        self.write(user, move |tx| penstock_crm::create(tx, object, &patch)).await
    }

    /// Changes a record for a user.
    pub async fn update(&self, user: UserId, object: &'static Object, id: i64, patch: Patch) -> Result<Record> {
        self.write(user, move |tx| penstock_crm::update(tx, object, id, &patch, None)).await
    }

    /// Deletes a record for a user.
    pub async fn delete(&self, user: UserId, object: &'static Object, id: i64) -> Result<()> {
        self.write(user, move |tx| penstock_crm::delete(tx, object, id)).await
    }

    /// A record as it stands, whoever may see it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn get(&self, object: &'static Object, id: i64) -> Record {
        self.read(ADMIN, move |reader| reader.visible_record(object, id)).await.unwrap()
    }

    /// The whole number that a statement gives; `?1` is the company.
    ///
    /// # Panics
    /// When the statement fails.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let company = self.company;
        let work = move |reader: &mut Reader<'_>| one_int(reader.conn, sql, &[company.into()]);
        self.read(ADMIN, work).await.unwrap().unwrap_or(0)
    }

    /// A deal with nothing but a title.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn deal(&self, user: UserId, title: &str) -> Record {
        self.create(user, &objects::DEAL, patch(&objects::DEAL, [("title", title.into())])).await.unwrap()
    }

    /// A person with nothing but a name.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn person(&self, user: UserId, name: &str) -> Record {
        self.create(user, &objects::PERSON, patch(&objects::PERSON, [("name", name.into())])).await.unwrap()
    }

    /// An organization with nothing but a name.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn organization(&self, user: UserId, name: &str) -> Record {
        let object = &objects::ORGANIZATION;
        self.create(user, object, patch(object, [("name", name.into())])).await.unwrap()
    }
}

fn token(company: CompanyId, user: UserId) -> String {
    format!("{:020x}{:020x}", company.get(), user.get())
}

/// Founds a company with its three users and their tokens.
async fn found(crm: &Crm, name: &str) -> CompanyId {
    let new = rules::company::NewCompany { name: name.to_owned(), ..new_company() };
    let founder = crm.clone();
    let work = move |conn: &mut dyn Conn| {
        let company = rules::company::found(&founder, conn, &new)?;
        staff(&founder, conn, company)?;
        Ok(company)
    };
    crm.database.write(CompanyId::SERVER, work).await.unwrap()
}

/// Adds Ann and Bob to a company that has its first user, and gives each of the three a token.
fn staff(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<()> {
    crm.change(conn, &rules::company::root(company, "test"), |tx| {
        for (name, id) in [("Ann", ANN), ("Bob", BOB)] {
            let email = format!("{}@example.com", name.to_lowercase());
            assert_eq!(rules::user::add(tx, name, &email, false, "EUR")?.id(), id.get());
        }
        let now = tx.now;
        for user in [ADMIN, ANN, BOB] {
            penstock_auth::set_token(tx.conn, company, user, &token(company, user), now)?;
        }
        Ok(())
    })
}

/// The company that every tenant is.
#[must_use]
pub fn new_company() -> rules::company::NewCompany {
    rules::company::NewCompany {
        name: "Acme".to_owned(),
        sandbox: true,
        seed: None,
        currency: "EUR".to_owned(),
        admin_name: "Ada".to_owned(),
        admin_email: "ada@example.com".to_owned(),
    }
}

/// A patch of an object's fields.
#[must_use]
pub fn patch<const N: usize>(object: &'static Object, fields: [(&str, Value); N]) -> Patch {
    let mut patch = Patch::default();
    for (name, value) in fields {
        patch.set(object, name, value);
    }
    patch
}

/// The code with which something was refused.
///
/// # Panics
/// When it was not.
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> Code {
    result.unwrap_err().code
}
