//! What each command does.

mod backup;
mod company;
mod docs;
mod doctor;
mod import;
mod migrate;
mod serve;
mod token;
mod user;

use std::{process::ExitCode, sync::Arc};

use penstock_crm::Crm;
use penstock_store::Database;

use crate::{
    cli::{Cli, Command},
    failure::{Failure, Outcome},
    log,
    settings::Settings,
    system::{RandomIds, SystemClock},
};

/// Runs the command of a command line.
pub(crate) fn run(cli: &Cli) -> Outcome<ExitCode> {
    if let Some(Command::Docs(docs)) = &cli.command {
        docs::print(docs);
        return Ok(ExitCode::SUCCESS);
    }
    let serves = matches!(cli.command, None | Some(Command::Serve(_)));
    if !serves && cli.serve.demo {
        return Err(Failure::new("--demo before a command is for serving").advise("Put it behind `company create`."));
    }
    let settings = Settings::read(&cli.flags)?;
    log::start(&settings);
    // One worker per core is the runtime's default; threads that block come only when they are needed.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("can't start threads: {e}")))?;
    let code = runtime.block_on(dispatch(cli, &settings))?;
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    Ok(code)
}

async fn dispatch(cli: &Cli, settings: &Settings) -> Outcome<ExitCode> {
    let done = |(): ()| ExitCode::SUCCESS;
    match &cli.command {
        None => serve::run(settings, cli.serve).await.map(done),
        Some(Command::Serve(serve)) => {
            let demo = serve.demo || cli.serve.demo;
            let seed = serve.seed.or(cli.serve.seed);
            serve::run(settings, crate::cli::Serve { demo, seed }).await.map(done)
        }
        Some(Command::Company(command)) => company::run(settings, command).await.map(done),
        Some(Command::User(command)) => user::run(settings, command).await.map(done),
        Some(Command::Token(command)) => token::run(settings, command).await.map(done),
        Some(Command::Import(crate::cli::Import::Csv(command))) => import::run(settings, command).await,
        Some(Command::Backup { to }) => backup::run(settings, to).map(done),
        Some(Command::Migrate) => migrate::run(settings).await.map(done),
        Some(Command::Doctor) => doctor::run(settings).await,
        Some(Command::Docs(_)) => Ok(ExitCode::SUCCESS),
    }
}

/// Opens the records, brings their schema up to date, and puts the rules over them.
fn open(settings: &Settings) -> Outcome<Crm> {
    let database = Database::open(&settings.database)
        .map_err(|e| Failure::from(e).advise("`penstock doctor` looks closer and says what to do."))?;
    Ok(Crm::new(database, Arc::new(SystemClock), Arc::new(RandomIds)))
}

/// Opens the records for a command that looks after companies: there must be some. A demo whose making was interrupted
/// is finished first, so that no command meets a half of one.
async fn open_existing(settings: &Settings) -> Outcome<Crm> {
    if let penstock_store::Settings::Sqlite { file, .. } = &settings.database
        && !file.exists()
    {
        return Err(Failure::new(format!("there are no records at {}", file.display()))
            .advise("Start `penstock serve` once, or name another folder with --data."));
    }
    let crm = open(settings)?;
    crate::jobs::finish_interrupted(&crm).await?;
    Ok(crm)
}
