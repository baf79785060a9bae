//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// What Penstock costs beside a server that only reads and writes rows.
#[derive(Debug, Parser)]
#[command(name = "penstock-bench", version)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Measures every scenario and prints a table.
    Run(Run),
    /// Measures an earlier build and the present one in turn, and prints how they differ.
    Compare(Compare),
    /// Makes a SQLite file with one company of many deals.
    Generate(Generate),
    /// Serves the yardstick over such a file until it is stopped.
    Yardstick(Yardstick),
    /// Serves Penstock's Pipedrive face until it is stopped.
    Serve(Serve),
    /// Sends requests from a file over keep-alive connections and prints how many were answered.
    Load(Load),
}

#[derive(Args, Debug)]
pub(crate) struct Run {
    /// Deals of the large company; the small one has a tenth.
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) deals: i64,
    /// 20,000 deals, short samples, every target with a margin of 1.5; exits 1 when one is missed.
    #[arg(long)]
    pub(crate) ci: bool,
    /// The executable to measure; the default is `penstock` beside this program, or this program's own `serve`.
    #[arg(long)]
    pub(crate) server: Option<PathBuf>,
    /// A Postgres server whose user may create databases; without it that scenario is left out.
    #[arg(long, env = "PENSTOCK_TEST_POSTGRES", hide_env_values = true)]
    pub(crate) postgres: Option<String>,
    /// Where the generated files are kept.
    #[arg(long, default_value = "target/bench")]
    pub(crate) data: PathBuf,
    /// Only these scenarios.
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<Scenario>,
    /// Puts the table into the marked section of this file.
    #[arg(long)]
    pub(crate) write: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// The folder of the earlier build's `penstock` and `penstock-bench`. Each build makes its own files: their schemas
    /// may differ.
    #[arg(long)]
    pub(crate) before: PathBuf,
    /// Deals of the company.
    #[arg(long, default_value_t = 20_000)]
    pub(crate) deals: i64,
    /// Samples of each build, taken in turn.
    #[arg(long, default_value_t = 15)]
    pub(crate) samples: usize,
    /// Seconds of a sample.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) seconds: f64,
    /// A Postgres server whose user may create databases; without it that scenario is left out.
    #[arg(long, env = "PENSTOCK_TEST_POSTGRES", hide_env_values = true)]
    pub(crate) postgres: Option<String>,
    /// Where the generated files are kept.
    #[arg(long, default_value = "target/bench")]
    pub(crate) data: PathBuf,
}

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Scenario {
    /// One deal, a page, v1's page: processor time beside the yardstick.
    Reads,
    /// A page of ten times the deals, at every depth.
    Growth,
    /// Creates through HTTP beside raw inserts.
    Creates,
    /// Creates on Postgres, grouped and not.
    Postgres,
    /// Memory at rest, and after many companies were touched.
    Memory,
}

#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The file to make.
    #[arg(long)]
    pub(crate) file: PathBuf,
    /// How many deals.
    #[arg(long, default_value_t = 20_000)]
    pub(crate) deals: i64,
}

#[derive(Args, Debug)]
pub(crate) struct Yardstick {
    /// The SQLite file.
    #[arg(long)]
    pub(crate) file: PathBuf,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8091")]
    pub(crate) listen: SocketAddr,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The SQLite file.
    #[arg(long, required_unless_present = "database_url")]
    pub(crate) file: Option<PathBuf>,
    /// A Postgres database instead.
    #[arg(long)]
    pub(crate) database_url: Option<String>,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub(crate) listen: SocketAddr,
}

#[derive(Args, Debug)]
pub(crate) struct Load {
    /// The server.
    #[arg(long)]
    pub(crate) address: SocketAddr,
    /// Requests, one a line: method, path, and a JSON body if there is one.
    #[arg(long)]
    pub(crate) requests: PathBuf,
    /// The token that every request carries.
    #[arg(long, default_value = "")]
    pub(crate) token: String,
    /// Keep-alive connections.
    #[arg(long, default_value_t = 32)]
    pub(crate) connections: usize,
    /// Seconds after which no request is begun.
    #[arg(long, default_value_t = 5.0)]
    pub(crate) seconds: f64,
    /// Requests after which no other is begun.
    #[arg(long, default_value_t = 10_000_000)]
    pub(crate) most: u64,
}
