//! A company on an engine, with a clock that tests set and random digits that repeat.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering},
};

use penstock_crm::{Crm, Ids, Patch, Reader, Tx, rules};
use penstock_model::{Access, Clock, Code, Micros, Object, Result, Value, ValueRef, objects, time};
use penstock_store::{Database, Faults, Settings, one_int, sql::Record};
use tempfile::TempDir;

/// Monday morning.
pub(crate) const START: &str = "2026-03-02 09:00:00";

pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn set(&self, text: &str) {
        self.0.store(moment(text), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Micros {
        self.0.load(Ordering::SeqCst)
    }
}

/// A clock text as microseconds.
pub(crate) fn moment(text: &str) -> i64 {
    time::parse(text).unwrap()
}

struct TestIds(AtomicU64);

impl Ids for TestIds {
    fn hex40(&self) -> String {
        format!("{:040x}", self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// A company with three users: the admin 1, Ann 2 and Bob 3.
pub(crate) struct Office {
    pub(crate) crm: Crm,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) faults: Arc<Faults>,
    pub(crate) company: i64,
    _home: Home,
}

/// Where the records are; they go with it.
enum Home {
    Folder(#[expect(dead_code, reason = "held until the test ends")] TempDir),
    Server { url: String, name: String },
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Server { url, name } = self {
            administer(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

pub(crate) const ADMIN: i64 = 1;
pub(crate) const ANN: i64 = 2;
pub(crate) const BOB: i64 = 3;

#[expect(clippy::disallowed_methods, reason = "the one place where tests read the environment")]
fn server() -> Option<String> {
    let url = std::env::var("PENSTOCK_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        eprintln!("!!! POSTGRES DID NOT RUN: PENSTOCK_TEST_POSTGRES is not set !!!");
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "PENSTOCK_TEST_POSTGRES must be set in CI");
    }
    url
}

/// Runs a statement on the server itself. The client blocks, so it gets a thread of its own.
fn administer(url: &str, sql: &str) {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    let work = move || {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
        client.batch_execute(&sql).unwrap();
    };
    std::thread::spawn(work).join().unwrap();
}

/// The URL of another database on the same server.
fn sibling(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, String::new()), |(b, q)| (b, format!("?{q}")));
    let (server, _) = base.rsplit_once('/').unwrap();
    format!("{server}/{name}{query}")
}

/// A fresh company on every engine that is there.
pub(crate) async fn offices() -> Vec<Office> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::Sqlite { file: folder.path().join("penstock.db"), max_pages: None };
    let mut all = vec![Office::found(settings, Home::Folder(folder)).await];
    if let Some(url) = server() {
        let name = format!("penstock_crm_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        administer(&url, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        let settings = Settings::Postgres { url: sibling(&url, &name) };
        all.push(Office::found(settings, Home::Server { url, name }).await);
    }
    all
}

impl Office {
    async fn found(settings: Settings, home: Home) -> Self {
        let faults = Arc::<Faults>::default();
        let clock = Arc::new(TestClock(AtomicI64::new(moment(START))));
        let opened = Arc::clone(&faults);
        let database =
            tokio::task::spawn_blocking(move || Database::open_with(&settings, opened)).await.unwrap().unwrap();
        let crm = Crm::new(database, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(TestIds(AtomicU64::new(1))));
        let founder = crm.clone();
        let company =
            crm.database.write(0, move |conn| rules::company::found(&founder, conn, &new_company())).await.unwrap();
        let office = Self { crm, clock, faults, company, _home: home };
        for (name, id) in [("Ann", ANN), ("Bob", BOB)] {
            let email = format!("{}@example.com", name.to_lowercase());
            let user = office.write(ADMIN, move |tx| rules::user::add(tx, name, &email, false, "EUR")).await.unwrap();
            assert_eq!(user.id(), id);
        }
        office
    }

    pub(crate) fn access(&self, user: i64) -> Access {
        Access { user, admin: user == ADMIN, source: "api", ..rules::company::root(self.company, "test") }
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        user: i64,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.crm.write(Arc::new(self.access(user)), work).await
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        user: i64,
        mut work: impl FnMut(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (crm, mut access) = (self.crm.clone(), self.access(user));
        self.crm
            .database
            .read(move |conn| {
                let version = "SELECT schema_version FROM company WHERE id = ?1";
                access.schema_version = one_int(conn, version, &[ValueRef::Int(access.company)])?.unwrap();
                work(&mut crm.reader(conn, &access)?)
            })
            .await
    }

    pub(crate) async fn create(&self, user: i64, object: &'static Object, patch: Patch) -> Result<Record> {
        self.write(user, move |tx| penstock_crm::create(tx, object, &patch)).await
    }

    pub(crate) async fn update(&self, user: i64, object: &'static Object, id: i64, patch: Patch) -> Result<Record> {
        self.write(user, move |tx| penstock_crm::update(tx, object, id, &patch, None)).await
    }

    pub(crate) async fn delete(&self, user: i64, object: &'static Object, id: i64) -> Result<()> {
        self.write(user, move |tx| penstock_crm::delete(tx, object, id)).await
    }

    /// A record as it stands, whoever may see it.
    pub(crate) async fn get(&self, object: &'static Object, id: i64) -> Record {
        self.read(ADMIN, move |reader| reader.visible_record(object, id)).await.unwrap()
    }

    /// The whole number that a statement gives; `?1` is the company.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        let company = self.company;
        let work = move |reader: &mut Reader<'_>| one_int(reader.conn, sql, &[ValueRef::Int(company)]);
        self.read(ADMIN, work).await.unwrap().unwrap_or(0)
    }

    pub(crate) async fn deal(&self, user: i64, title: &str) -> Record {
        self.create(user, &objects::DEAL, patch(&objects::DEAL, [("title", title.into())])).await.unwrap()
    }
    pub(crate) async fn person(&self, user: i64, name: &str) -> Record {
        self.create(user, &objects::PERSON, patch(&objects::PERSON, [("name", name.into())])).await.unwrap()
    }
    pub(crate) async fn organization(&self, user: i64, name: &str) -> Record {
        let object = &objects::ORGANIZATION;
        self.create(user, object, patch(object, [("name", name.into())])).await.unwrap()
    }
}

pub(crate) fn new_company() -> rules::company::NewCompany {
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
pub(crate) fn patch<const N: usize>(object: &'static Object, fields: [(&str, Value); N]) -> Patch {
    let mut patch = Patch::default();
    for (name, value) in fields {
        patch.set(object, name, value);
    }
    patch
}

/// The code with which something was refused.
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T>) -> Code {
    result.unwrap_err().code
}
