//! What Penstock costs.
//!
//! One run makes a company of many deals, starts a yardstick (axum and rusqlite alone) and Penstock over the same
//! file, sends both the same requests, and compares the processor time that each request took. `docs/performance.md`
//! says what each scenario asks and how to read the figures. The other commands are the parts of a run, which starts
//! them as processes of their own; they are also of use alone, under a profiler.

mod child;
mod clock;
mod compare;
mod data;
mod document;
mod fetch;
mod load;
mod machine;
mod measure;
mod options;
mod process;
mod raw;
mod report;
mod run;
mod scenario;
mod serve;
mod yardstick;

use std::process::ExitCode;

use clap::Parser;

use crate::options::{Command, Options};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What went wrong, for the person who runs the benches.
type Failure = Box<dyn std::error::Error + Send + Sync>;
/// The result of everything here.
type Result<T> = std::result::Result<T, Failure>;

fn main() -> ExitCode {
    let done = match Options::parse().command {
        Command::Run(asked) => run::run(&asked),
        Command::Compare(asked) => compare::run(&asked),
        Command::Generate(asked) => data::generate(&asked.file, asked.deals).map(|()| true),
        Command::Yardstick(asked) => yardstick::serve(&asked.file, asked.listen).map(|()| true),
        Command::Serve(asked) => serve::serve(&asked).map(|()| true),
        Command::Load(asked) => load::run(&asked).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("penstock-bench: {why}");
            ExitCode::from(2)
        }
    }
}
