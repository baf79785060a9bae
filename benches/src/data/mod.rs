//! The companies that are measured: made the same in every run, from their size alone.
//!
//! Everything but the deals goes through the rules of `crm`. A million deals would take those an hour, so
//! [`bulk`] writes the rows that the rules would have written; a test holds the two against each other.

mod bulk;
mod company;
mod deal;
mod field;
mod insert;
mod random;
mod rows;
mod tenants;
#[cfg(test)]
mod tests;

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use penstock_model::CustomField;
use penstock_store::{Engine, Settings, sql::ddl};

pub(crate) use self::{
    company::{Size, make},
    deal::Draft,
    insert::Inserts,
    random::Random,
    rows::{Event, Rows},
};
use crate::Result;

/// The company of every file.
pub(crate) const COMPANY: i64 = 1;
/// Its first user, an admin.
pub(crate) const ADMIN: i64 = 1;
/// The user who asks: no admin, so that visibility is on.
pub(crate) const READER: i64 = 2;

/// Counted up when the generator makes something else than before.
const EDITION: u32 = 1;

/// The name that `penstock serve` gives its file in its folder.
const NAME: &str = "penstock.db";

/// The API token of a user.
pub(crate) fn token(company: i64, user: i64) -> String {
    let mut random = Random::of(company * 1_000 + user);
    format!("{:016x}{:016x}{:08x}", random.next(), random.next(), random.next() >> 32)
}

/// A SQLite file as Penstock opens it.
pub(crate) fn sqlite(file: &Path) -> Settings {
    Settings::Sqlite { file: file.to_owned(), max_pages: None }
}

/// Makes a file with one company of that many deals, in the place of an earlier one.
pub(crate) fn generate(file: &Path, deals: i64) -> Result<()> {
    remove(file);
    let size = Size::of(deals);
    make(&sqlite(file), size)?;
    bulk::fill(file, size, &fields(&sqlite(file))?)
}

/// The file of a company of that many deals; it is made unless there is one of the present form.
pub(crate) fn ensure(folder: &Path, deals: i64) -> Result<PathBuf> {
    kept(folder, &format!("deals-{deals}"), |file| generate(file, deals))
}

/// The file of that many companies, each with fields and a few deals.
pub(crate) fn ensure_tenants(folder: &Path, companies: i64) -> Result<PathBuf> {
    kept(folder, &format!("companies-{companies}"), |file| tenants::generate(file, companies))
}

fn kept(folder: &Path, name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    (EDITION, ddl::schema(Engine::Sqlite)).hash(&mut hasher);
    let file = folder.join(format!("{name}-{:08x}", hasher.finish() >> 32)).join(NAME);
    if !file.exists() {
        eprintln!("making {}", file.display());
        let unfinished = file.with_extension("unfinished");
        fs::create_dir_all(unfinished.parent().unwrap_or(folder))?;
        make(&unfinished)?;
        // The file takes its new name alone: nothing of it may be left in a log.
        bulk::alone(&unfinished)?.execute_batch("PRAGMA journal_mode=WAL")?;
        fs::rename(&unfinished, &file)?;
        remove(&unfinished);
    }
    Ok(file)
}

/// A copy that may be written to.
pub(crate) fn copy(file: &Path, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let copied = folder.join(NAME);
    remove(&copied);
    fs::copy(file, &copied)?;
    Ok(copied)
}

/// Removes a SQLite file and what stands beside it.
pub(crate) fn remove(file: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

/// The custom fields of deals.
pub(crate) fn fields(settings: &Settings) -> Result<Vec<CustomField>> {
    company::fields(settings)
}
