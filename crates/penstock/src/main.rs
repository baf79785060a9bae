//! Penstock's executable: the command line, the configuration, the wiring of crates, the HTTP server.
//!
//! What a command does stands in [`commands`]; what a request meets, in [`http`]. Rules of a CRM are in
//! `penstock-crm`, a face's answers in its own crate.

mod cli;
mod commands;
mod company;
mod failure;
mod http;
mod jobs;
mod log;
mod output;
mod sandbox;
mod settings;
mod system;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(&cli::Cli::parse()) {
        Ok(code) => code,
        Err(failure) => {
            output::complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}
