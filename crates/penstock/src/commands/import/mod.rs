//! `penstock import csv`: rows of files become records. What it says while it does stands here, what it does in
//! `penstock-import`.

mod progress;
mod report;

use std::{path::PathBuf, process::ExitCode};

use penstock_crm::{Crm, company::Company};
use penstock_import::{self as import, Counts, Import, Outcome as Imported, Problem, Wanted, Watcher};

use super::open_existing;
use crate::{
    cli::Csv,
    company,
    failure::{Failure, Outcome},
    output::say,
    settings::Settings,
};
use progress::Progress;
use report::Refused;

/// How the command ends when some rows were refused.
const SOME_REFUSED: u8 = 3;

pub(super) async fn run(settings: &Settings, command: &Csv) -> Outcome<ExitCode> {
    let crm = open_existing(settings).await?;
    let done = async {
        let company = chosen(&crm, command.company.as_deref()).await?;
        if let Some(id) = &command.undo {
            return undo(&crm, &company, id).await.map(|()| ExitCode::SUCCESS);
        }
        let Some(map) = command.map.clone() else { return Err(Failure::new("--map names the mapping file")) };
        let wanted = Wanted { map, paths: command.paths.clone(), id: command.import_id.clone() };
        let report = command.report.clone();
        let counts = if command.check {
            check(&crm, &company, &wanted, report).await?
        } else {
            write(&crm, &company, &wanted, report).await?
        };
        Ok(if counts.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REFUSED) })
    };
    let done: Outcome<ExitCode> = done.await;
    crm.database.close().await;
    done
}

async fn check(crm: &Crm, company: &Company, wanted: &Wanted, report: Option<PathBuf>) -> Outcome<Counts> {
    let path = report.unwrap_or_else(|| PathBuf::from("import-check-refused.csv"));
    let mut teller = Teller { progress: Progress::default(), refused: Some(Refused::new(&path)) };
    let counts = import::check(crm, company, wanted, &mut teller).await?;
    say(&report::prospects(&counts));
    teller.refused.map_or(Ok(()), Refused::end)?;
    Ok(counts)
}

async fn write(crm: &Crm, company: &Company, wanted: &Wanted, report: Option<PathBuf>) -> Outcome<Counts> {
    let done = import::import(crm, company, wanted, &mut Teller::default()).await?;
    let id = &done.id;
    say(&format!("import {id} is finished\n  {}", report::counts(&done.counts)));
    if !done.made.is_empty() {
        say(&format!("  made: {}", report::records(&done.made)));
    }
    let path = report.unwrap_or_else(|| PathBuf::from(format!("import-{id}-refused.csv")));
    let mut refused = Refused::new(&path);
    import::refusals(crm, company, id, &mut |file, problem| refused.add(file, problem)).await?;
    refused.end()?;
    say(&format!("`penstock import csv --company {} --undo {id}` undoes it", company.id));
    Ok(done.counts)
}

async fn undo(crm: &Crm, company: &Company, id: &str) -> Outcome {
    let Some(undone) = import::undo(crm, company, id, &mut Teller::default()).await? else {
        say(&format!("import {id} is undone already"));
        return Ok(());
    };
    say(&format!("import {id} is undone\n  deleted: {}", report::records(&undone.deleted)));
    for kept in &undone.kept {
        say(&format!("  stays: {kept}"));
    }
    if undone.changed > 0 {
        say("  what it changed in records that were there before stays changed");
    }
    Ok(())
}

/// Tells whoever runs the command how far it is.
#[derive(Default)]
struct Teller<'p> {
    progress: Progress,
    /// Where rows that would be refused go.
    refused: Option<Refused<'p>>,
}

impl Watcher for Teller<'_> {
    fn begun(&mut self, import: &Import) {
        say(&format!("import {} begins", import.id));
    }

    fn resumed(&mut self, import: &Import) {
        say(&format!("import {} goes on behind row {} of {}", import.id, import.done(), import.rows));
    }

    fn progress(&mut self, what: &str, done: i64, all: i64, refused: i64) {
        self.progress.show(what, done, all, refused);
    }

    fn end(&mut self, done: i64, all: i64, refused: i64) {
        self.progress.end(done, all, refused);
    }

    fn refused(&mut self, file: &str, problem: &Problem) -> Imported {
        self.refused.as_mut().map_or(Ok(()), |refused| refused.add(file, problem))
    }
}

/// The company that is named, or the only one.
async fn chosen(crm: &Crm, name: Option<&str>) -> Outcome<Company> {
    if let Some(name) = name {
        return company::find(crm, name).await;
    }
    let mut all = penstock_crm::company::all(crm).await?;
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(Failure::new("there is no company yet").advise("`penstock company create NAME` makes one.")),
        (Some(last), false) => {
            let names: Vec<String> =
                all.iter().chain([&last]).take(20).map(|c| format!("{} {}", c.id, c.name)).collect();
            Err(Failure::new("there are several companies")
                .advise(format!("Name one with --company: {}", names.join(", "))))
        }
    }
}
