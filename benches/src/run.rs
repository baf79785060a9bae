//! One run: the scenarios in turn, then the table.

use std::{io::Write, path::PathBuf};

use crate::{
    Result,
    child::Program,
    data::{self, Size},
    document, machine,
    measure::Pace,
    options::{self, Scenario},
    process::Core,
    report::Report,
    scenario,
};

/// Deals of a run in CI.
const FEW: i64 = 20_000;

/// What every scenario needs to know.
pub(crate) struct Setting {
    pub(crate) program: Program,
    pub(crate) pace: Pace,
    /// The size of the large company.
    pub(crate) size: Size,
    /// The folder of generated files.
    pub(crate) folder: PathBuf,
    /// Where servers run whose time is counted, and where the load is made.
    pub(crate) cores: (Core, Core),
    pub(crate) postgres: Option<String>,
}

/// Runs what is asked, prints the table, and says whether every target was met.
pub(crate) fn run(asked: &options::Run) -> Result<bool> {
    let deals = if asked.ci { FEW } else { asked.deals };
    let setting = Setting {
        program: Program::find(asked.server.as_deref())?,
        pace: if asked.ci { Pace::CI } else { Pace::FULL },
        size: Size::of(deals),
        folder: asked.data.clone(),
        cores: Core::apart(),
        postgres: asked.postgres.clone(),
    };
    std::fs::create_dir_all(&setting.folder)?;
    let mut report = Report::new(if asked.ci { 1.5 } else { 1.0 });
    let wanted = |scenario| asked.only.is_empty() || asked.only.contains(&scenario);
    if wanted(Scenario::Reads) {
        scenario::reads(&setting, &mut report)?;
    }
    if wanted(Scenario::Growth) {
        scenario::growth(&setting, &mut report)?;
    }
    if wanted(Scenario::Creates) {
        scenario::creates(&setting, &mut report)?;
    }
    if wanted(Scenario::Postgres) {
        scenario::postgres(&setting, &mut report)?;
    }
    if wanted(Scenario::Memory) {
        scenario::memory(&setting, &mut report)?;
    }
    let figures = report.markdown(&facts(&setting, deals));
    writeln!(std::io::stdout(), "{figures}")?;
    if let Some(file) = &asked.write {
        document::write(file, &figures)?;
    }
    Ok(report.holds())
}

fn facts(setting: &Setting, deals: i64) -> Vec<String> {
    let mut facts = machine::facts();
    let command: Vec<String> = std::env::args().collect();
    facts.push(format!("`{}`", command.join(" ")));
    facts.push(format!(
        "{deals} deals with 20 custom fields, 8 of them set; {} users; 5 % of the deals are private; whoever asks is no \
         admin; served by {}",
        Size::USERS,
        setting.program.name()
    ));
    let Pace { samples, seconds } = setting.pace;
    let cores = match setting.cores {
        (Core::Only(server), Core::Only(load)) => {
            format!("reads: the server is pinned to processor {server}, the load to {load}; writes: neither is pinned")
        }
        _ => "no process is pinned to a processor".to_owned(),
    };
    facts.push(format!("the median of {samples} samples of {seconds} s each, taken in turn; {cores}; files are warm"));
    facts
}

/// Reads a file once, so that every measurement finds it in memory.
pub(crate) fn warm(file: &std::path::Path) -> Result<()> {
    std::io::copy(&mut std::fs::File::open(file)?, &mut std::io::sink())?;
    Ok(())
}

/// The file of the large company, and of the one with a tenth of its deals.
pub(crate) fn companies(setting: &Setting) -> Result<(PathBuf, PathBuf)> {
    let large = data::ensure(&setting.folder, setting.size.deals)?;
    let small = data::ensure(&setting.folder, setting.size.deals / 10)?;
    Ok((large, small))
}
