//! `penstock import csv`: rows of files become records.

use std::process::ExitCode;

use penstock_crm::company::Company;

use super::open_existing;
use crate::{
    cli::Csv,
    company,
    failure::{Failure, Outcome},
    import::{self, Wanted},
    settings::Settings,
};

pub(super) async fn run(settings: &Settings, command: &Csv) -> Outcome<ExitCode> {
    let crm = open_existing(settings).await?;
    let done = async {
        let company = chosen(&crm, command.company.as_deref()).await?;
        if let Some(id) = &command.undo {
            return import::undo(&crm, &company, id).await.map(|()| ExitCode::SUCCESS);
        }
        let Some(map) = command.map.clone() else { return Err(Failure::new("--map names the mapping file")) };
        let wanted = Wanted {
            map,
            paths: command.paths.clone(),
            check: command.check,
            id: command.import_id.clone(),
            report: command.report.clone(),
        };
        import::run(&crm, &company, &wanted).await
    };
    let done: Outcome<ExitCode> = done.await;
    crm.database.close().await;
    done
}

/// The company that is named, or the only one.
async fn chosen(crm: &penstock_crm::Crm, name: Option<&str>) -> Outcome<Company> {
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
