//! `penstock doctor`: looks at what Penstock stands on, and says what to do. It changes nothing.

mod clock;
mod database;
mod disk;
mod integrity;

use std::process::ExitCode;

use tokio::net::TcpListener;

use crate::{
    failure::Outcome,
    output::say,
    settings::{Settings, Source},
};

/// What was found about one thing.
struct Finding {
    state: State,
    about: &'static str,
    what: String,
    advice: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    Warning,
    Broken,
}

impl Finding {
    fn fine(about: &'static str, what: impl Into<String>) -> Self {
        Self { state: State::Fine, about, what: what.into(), advice: None }
    }
    fn warning(about: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: State::Warning, about, what: what.into(), advice: Some(advice.into()) }
    }
    fn broken(about: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: State::Broken, ..Self::warning(about, what, advice) }
    }
    fn say(&self) {
        let state = match self.state {
            State::Fine => "ok",
            State::Warning => "warning",
            State::Broken => "BROKEN",
        };
        say(&format!("{state:<8} {:<14} {}", self.about, self.what));
        if let Some(advice) = &self.advice {
            say(&format!("{:<23} -> {advice}", ""));
        }
    }
}

pub(super) async fn run(settings: &Settings) -> Outcome<ExitCode> {
    say(&format!("Penstock {}\n", env!("CARGO_PKG_VERSION")));
    configuration(settings);
    let mut findings = vec![address(settings).await, disk::look(settings)];
    findings.extend(database::look(settings).await);
    findings.iter().for_each(Finding::say);
    let count = |state| findings.iter().filter(|f| f.state == state).count();
    let (broken, warnings) = (count(State::Broken), count(State::Warning));
    say(&match (broken, warnings) {
        (0, 0) => "\nAll is well.".to_owned(),
        (0, n) => format!("\nPenstock can run; {n} to look at."),
        (n, _) => format!("\n{n} to mend before Penstock can run."),
    });
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn configuration(settings: &Settings) {
    for given in &settings.given {
        let source = match &given.source {
            Source::Flag => "flag".to_owned(),
            Source::Environment => given.setting.env.to_owned(),
            Source::File(file) => file.clone(),
            Source::Default => "default".to_owned(),
        };
        say(&format!("         {:<14} {} ({source})", given.setting.name, given.shown()));
    }
    say("");
}

async fn address(settings: &Settings) -> Finding {
    match TcpListener::bind(&settings.listen).await {
        Ok(_) => Finding::fine("address", format!("{} is free", settings.listen)),
        Err(e) if e.kind() == std::io::ErrorKind::AddrInUse => {
            Finding::fine("address", format!("{} is in use: by Penstock, if it is running", settings.listen))
        }
        Err(e) => Finding::broken(
            "address",
            format!("{} can't be used: {e}", settings.listen),
            "set --listen to an address of this machine",
        ),
    }
}
