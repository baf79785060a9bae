//! `penstock import csv`: rows of CSV files become records, as a mapping file says. `docs/guides/import.md` is for those
//! who write one.
//!
//! The mapping ([`mapping`]) is bound to files, objects and the company's fields ([`plan`]). A row is first read for
//! itself ([`draft`]), then judged against what the company has ([`judge`]), and then written through the rules of the
//! CRM ([`live`]) in chunks ([`write`]), or only counted ([`check`]). What was done is kept in the transaction of the
//! rows ([`state`], [`ledger`]), so an interrupted import goes on where it stopped, or is undone ([`undo`]).

mod ask;
mod check;
mod chunk;
mod convert;
mod date;
mod deal;
mod decimal;
mod draft;
mod dry;
mod file;
mod judge;
mod ledger;
mod live;
mod mapping;
mod plan;
mod prepare;
mod progress;
mod reading;
mod report;
mod state;
mod template;
mod undo;
mod walk;
mod write;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use penstock_crm::{Crm, company::Company, rules::company::root};
use penstock_model::{Access, CompanySchema};

use crate::{
    failure::{Failure, Outcome},
    output::say,
};
use mapping::Mapping;
use plan::Plan;
use report::Refused;
use state::{Counts, FINISHED, Import, RUNNING, UNDONE};

/// What is to be imported.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The mapping file.
    pub(crate) map: PathBuf,
    /// The folder of the files, or the files.
    pub(crate) paths: Vec<PathBuf>,
    /// Whether rows are only looked at.
    pub(crate) check: bool,
    /// The import that is begun or continued; unset: an interrupted one of the same files, else a new one.
    pub(crate) id: Option<String>,
    /// Where refused rows are reported; unset: a file in the current folder.
    pub(crate) report: Option<PathBuf>,
}

/// How the command ends when some rows were refused.
const SOME_REFUSED: u8 = 3;

/// Imports rows, or looks at them.
pub(crate) async fn run(crm: &Crm, company: &Company, wanted: &Wanted) -> Outcome<ExitCode> {
    let (mapping, text) = Mapping::read(&wanted.map)?;
    let access = acting(company, "import");
    let (reader, asking) = (crm.clone(), access.clone());
    let schema = crm.database.read(move |conn| reader.schema(conn, &asking)).await?;
    let plan = Arc::new(Plan::bind(&mapping, &text, &wanted.paths, &schema)?);
    if wanted.check {
        look(crm, &access, &plan, schema, wanted).await
    } else {
        import(crm, &access, &plan, wanted).await
    }
}

/// Deletes what an import made.
pub(crate) async fn undo(crm: &Crm, company: &Company, id: &str) -> Outcome {
    let access = acting(company, id);
    let (number, of) = (company.id, id.to_owned());
    let (import, others) =
        crm.database.read(move |conn| Ok((state::find(conn, number, &of)?, state::latest(conn, number)?))).await?;
    let Some(import) = import else {
        let others =
            if others.is_empty() { "It has none.".to_owned() } else { format!("It has: {}", others.join(", ")) };
        return Err(Failure::new(format!("{} has no import {id}", company.name)).advise(others));
    };
    if import.state == UNDONE {
        say(&format!("import {id} is undone already"));
        return Ok(());
    }
    let undone = undo::undo(crm, access, id).await?;
    say(&format!("import {id} is undone\n  deleted: {}", report::records(&undone.deleted)));
    for kept in &undone.kept {
        say(&format!("  stays: {kept}"));
    }
    if import.counts.changed > 0 {
        say("  what it changed in records that were there before stays changed");
    }
    Ok(())
}

/// The rights of an import, under the company's clock; its events carry its id.
fn acting(company: &Company, id: &str) -> Access {
    Access { clock_offset: company.clock_offset, correlation: id.into(), ..root(company.id, "import") }
}

async fn look(
    crm: &Crm,
    access: &Access,
    plan: &Arc<Plan>,
    schema: Arc<CompanySchema>,
    wanted: &Wanted,
) -> Outcome<ExitCode> {
    let path = wanted.report.clone().unwrap_or_else(|| PathBuf::from("import-check-refused.csv"));
    let mut refused = Refused::new(&path);
    let counts = check::check(crm, access, plan, schema, &mut |file, problem| refused.add(file, problem)).await?;
    say(&report::prospects(&counts));
    refused.end()?;
    Ok(code(&counts))
}

async fn import(crm: &Crm, access: &Access, plan: &Arc<Plan>, wanted: &Wanted) -> Outcome<ExitCode> {
    let import = begin(crm, access, plan, wanted).await?;
    let id = import.id.clone();
    let company = access.company;
    let access = Access { correlation: id.as_str().into(), ..access.clone() };
    let counts = match &*import.state {
        RUNNING => write::write(crm, access, plan, &import).await?,
        _ => import.counts,
    };
    let of = id.clone();
    let made = crm.database.read(move |conn| ledger::made(conn, company, &of)).await?;
    say(&format!("import {id} is finished\n  {}", report::counts(&counts)));
    if !made.is_empty() {
        say(&format!("  made: {}", report::records(&made)));
    }
    let path = wanted.report.clone().unwrap_or_else(|| PathBuf::from(format!("import-{id}-refused.csv")));
    let mut refused = Refused::new(&path);
    let mut number = 0;
    loop {
        let of = id.clone();
        let some = crm.database.read(move |conn| ledger::refusals(conn, company, &of, number)).await?;
        if some.is_empty() {
            break;
        }
        number += i64::try_from(some.len()).unwrap_or(i64::MAX);
        some.iter().try_for_each(|(file, problem)| refused.add(file, problem))?;
    }
    refused.end()?;
    say(&format!("`penstock import csv --company {company} --undo {id}` undoes it"));
    Ok(code(&counts))
}

fn code(counts: &Counts) -> ExitCode {
    if counts.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REFUSED) }
}

/// The import that is asked for: an interrupted one, or a new one.
async fn begin(crm: &Crm, access: &Access, plan: &Arc<Plan>, wanted: &Wanted) -> Outcome<Import> {
    let (company, asked, fingerprint) = (access.company, wanted.id.clone(), plan.fingerprint.clone());
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
        if there.state != RUNNING && there.state != FINISHED {
            return Err(Failure::new(format!("import {id} is {}", there.state)).advise("Take another id, or none."));
        }
        if there.fingerprint != plan.fingerprint {
            return Err(Failure::new(format!("import {id} was begun with another mapping or other files"))
                .advise(format!("Give it the same ones, undo it with --undo {id}, or take another id.")));
        }
        if there.state == RUNNING {
            say(&format!("import {id} goes on behind row {} of {}", there.done, there.rows));
        }
        return Ok(there);
    }
    let now = crm.clock.now() + access.clock_offset;
    let id = wanted.id.clone().unwrap_or_else(|| {
        let day = penstock_model::time::local_date(now, "UTC").replace('-', "");
        format!("{day}-{}", &crm.ids.hex40()[..6])
    });
    let mapping = wanted.map.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let new = Import {
        id,
        state: RUNNING.to_owned(),
        mapping,
        fingerprint: plan.fingerprint.clone(),
        rows: plan.rows,
        add_time: now,
        ..Import::default()
    };
    let begun = new.clone();
    crm.database.write(company, move |conn| state::begin(conn, company, &begun)).await?;
    say(&format!("import {} begins", new.id));
    Ok(new)
}
