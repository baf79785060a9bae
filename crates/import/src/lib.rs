//! Import: rows of CSV files become records, as a mapping file says. `docs/guides/import.md` is for those who write one.
//!
//! The mapping ([`mapping`]) is bound to files, objects and the company's fields ([`plan`]). A row is first read for
//! itself ([`draft`]), then judged against what the company has ([`judge`]), and then written through the rules of the
//! CRM ([`live`]) in chunks ([`write`]), or only counted ([`check`]). What was done is kept in the transaction of the
//! rows ([`state`], [`ledger`]), so an interrupted import goes on where it stopped, or is undone ([`undo`]).

mod activity;
mod ask;
mod cells;
mod check;
mod chunk;
mod convert;
mod date;
mod deal;
mod decimal;
mod draft;
mod dry;
mod failure;
mod file;
mod hex;
mod judge;
mod ledger;
mod live;
mod mapping;
mod plan;
mod prepare;
mod reading;
mod state;
mod template;
mod undo;
mod walk;
mod watcher;
mod write;

use std::{path::PathBuf, sync::Arc};

use penstock_crm::{Crm, company::Company, rules::company::root};
use penstock_model::{Access, CompanySchema, Object};

pub use draft::Problem;
pub use failure::{Failure, Outcome};
pub use state::{Counts, Import, State};
pub use undo::Undone;
pub use watcher::Watcher;

use mapping::Mapping;
use plan::Plan;
use state::{Held, NewImport};

/// What is to be imported.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The mapping file.
    pub map: PathBuf,
    /// The folder of the files, or the files.
    pub paths: Vec<PathBuf>,
    /// The import that is begun or continued; unset: an interrupted one of the same files, else a new one.
    pub id: Option<String>,
}

/// An import that is finished.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its id.
    pub id: String,
    /// What became of its rows.
    pub counts: Counts,
    /// How many records of each object it made that are still its own.
    pub made: Vec<(&'static Object, i64)>,
}

/// Imports rows, those that are not done yet of an import that was interrupted.
///
/// # Errors
/// What is wrong with the mapping, the files or the import's id; what the engine says. What was written stays.
pub async fn import(crm: &Crm, company: &Company, wanted: &Wanted, watcher: &mut dyn Watcher) -> Outcome<Finished> {
    let access = acting(company, "import");
    let (plan, _) = bind(crm, &access, wanted).await?;
    let (import, held) = begin(crm, &access, &plan, wanted, watcher).await?;
    let (id, number) = (import.id.clone(), company.id);
    let access = access.correlated(&id);
    let counts = match held {
        Some(held) => write::write(crm, access, &plan, held, import.counts, watcher).await?,
        None => import.counts,
    };
    let of = id.clone();
    let made = crm.database.read(move |conn| ledger::made(conn, number, &of)).await?;
    Ok(Finished { id, counts, made })
}

/// Looks at every row without writing, and gives what would become of them.
///
/// # Errors
/// What is wrong with the mapping or the files; what the engine or the watcher says.
pub async fn check(crm: &Crm, company: &Company, wanted: &Wanted, watcher: &mut dyn Watcher) -> Outcome<Counts> {
    let access = acting(company, "import");
    let (plan, schema) = bind(crm, &access, wanted).await?;
    check::check(crm, &access, &plan, schema, watcher).await
}

/// Hands `each` why rows of an import were refused, in the order of rows, with the file.
///
/// # Errors
/// What the engine or `each` says.
pub async fn refusals(
    crm: &Crm,
    company: &Company,
    id: &str,
    each: &mut (dyn FnMut(&str, &Problem) -> Outcome + Send),
) -> Outcome {
    let (company, mut number) = (company.id, 0);
    loop {
        let of = id.to_owned();
        let some = crm.database.read(move |conn| ledger::refusals(conn, company, &of, number)).await?;
        if some.is_empty() {
            return Ok(());
        }
        number += i64::try_from(some.len()).unwrap_or(i64::MAX);
        some.iter().try_for_each(|(file, problem)| each(file, problem))?;
    }
}

/// Deletes what an import made. Gives nothing when that was done before.
///
/// # Errors
/// When there is no such import; what the engine says.
pub async fn undo(crm: &Crm, company: &Company, id: &str, watcher: &mut dyn Watcher) -> Outcome<Option<Undone>> {
    let access = acting(company, id);
    let (number, of) = (company.id, id.to_owned());
    let (import, others) =
        crm.database.read(move |conn| Ok((state::find(conn, number, &of)?, state::latest(conn, number)?))).await?;
    let Some(import) = import else {
        let others =
            if others.is_empty() { "It has none.".to_owned() } else { format!("It has: {}", others.join(", ")) };
        return Err(Failure::new(format!("{} has no import {id}", company.name)).advise(others));
    };
    if import.state == State::Undone {
        return Ok(None);
    }
    undo::undo(crm, access, import, watcher).await.map(Some)
}

/// The mapping bound to the files and to what the company has.
async fn bind(crm: &Crm, access: &Access, wanted: &Wanted) -> Outcome<(Arc<Plan>, Arc<CompanySchema>)> {
    let (mapping, text) = Mapping::read(&wanted.map)?;
    let (reader, asking) = (crm.clone(), access.clone());
    let schema = crm.database.read(move |conn| reader.schema(conn, &asking)).await?;
    let plan = Arc::new(Plan::bind(&mapping, &text, &wanted.paths, &schema)?);
    Ok((plan, schema))
}

/// The rights of an import, under the company's clock; its events carry its id.
fn acting(company: &Company, id: &str) -> Access {
    root(company.id, "import").at_clock(company.clock_offset).correlated(id)
}

/// The import that is asked for: an interrupted one, or a new one; and its job, unless it is finished.
async fn begin(
    crm: &Crm,
    access: &Access,
    plan: &Arc<Plan>,
    wanted: &Wanted,
    watcher: &mut dyn Watcher,
) -> Outcome<(Import, Option<Held>)> {
    let (company, asked, fingerprint) = (access.company(), wanted.id.clone(), plan.fingerprint.clone());
    if let Some(id) = &asked
        && (id.is_empty() || id.len() > 60 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)))
    {
        return Err(Failure::new(format!("{id:?} can't be the id of an import"))
            .advise("Take up to 60 letters, digits, points, hyphens and underscores."));
    }
    let find = move |conn: &mut dyn penstock_store::Conn| match &asked {
        Some(id) => state::find(conn, company, id),
        None => state::interrupted(conn, company, &fingerprint),
    };
    if let Some(there) = crm.database.read(find).await? {
        let id = &there.id;
        if matches!(there.state, State::Undoing | State::Undone) {
            return Err(
                Failure::new(format!("import {id} is {}", there.state.word())).advise("Take another id, or none.")
            );
        }
        if there.fingerprint != plan.fingerprint {
            return Err(Failure::new(format!("import {id} was begun with another mapping or other files"))
                .advise(format!("Give it the same ones, undo it with --undo {id}, or take another id.")));
        }
        if there.state == State::Finished {
            return Ok((there, None));
        }
        watcher.resumed(&there);
        let (now, import) = (crm.clock.now(), there.clone());
        let lease = crm.database.write(company, move |conn| state::resume(conn, company, &import, now)).await?;
        let held = Held::new(crm, &there.id, lease);
        return Ok((there, Some(held)));
    }
    let now = crm.clock.now();
    let id = wanted.id.clone().unwrap_or_else(|| {
        let day = penstock_model::time::local_date(now + access.clock_offset(), "UTC").replace('-', "");
        format!("{day}-{}", &crm.ids.hex40()[..6])
    });
    let mapping = wanted.map.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (plan, named) = (Arc::clone(plan), id.clone());
    let begin = move |conn: &mut dyn penstock_store::Conn| {
        let (fingerprint, rows) = (&*plan.fingerprint, plan.rows);
        state::begin(conn, company, &NewImport { id: &named, mapping: &mapping, fingerprint, rows }, now)
    };
    let (import, lease) = crm.database.write(company, begin).await?;
    watcher.begun(&import);
    Ok((import, Some(Held::new(crm, &id, lease))))
}
