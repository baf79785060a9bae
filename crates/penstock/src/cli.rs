//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::settings::Flags;

/// A self-hosted CRM that speaks Pipedrive's API.
#[derive(Parser)]
#[command(
    name = "penstock",
    version,
    about = "A self-hosted CRM that speaks Pipedrive's API",
    after_help = "Without a command, penstock serves. Settings can stand before and after a command."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) flags: Flags,
    #[command(flatten)]
    pub(crate) serve: Serve,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run the server; the first run makes a company, an admin and a token
    Serve(Serve),
    /// Make, list, rename and reset companies
    #[command(subcommand)]
    Company(Company),
    /// Add, list, change and deactivate a company's users
    #[command(subcommand)]
    User(User),
    /// Make a new API token for a user; the old one stops working
    Token(Who),
    /// Import records from files
    #[command(subcommand)]
    Import(Import),
    /// Copy the records into a new file, also while a server runs (SQLite)
    Backup {
        /// The new file
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Bring the database's schema up to date, without serving
    Migrate,
    /// Look at configuration, database, records, disk and clock, and say what to do
    Doctor,
    /// Print generated documentation
    #[command(subcommand, hide = true)]
    Docs(Docs),
}

/// What the first run makes.
#[derive(Clone, Copy, Default, Args)]
pub(crate) struct Serve {
    /// Make the first company a sandbox full of demo records
    #[arg(long)]
    pub(crate) demo: bool,
    /// Which demo: the same number gives the same records [default: 1]
    #[arg(long, value_name = "N", requires = "demo")]
    pub(crate) seed: Option<u32>,
}

#[derive(Subcommand)]
pub(crate) enum Company {
    /// Make a company with an admin, and print the admin's token
    Create(NewCompany),
    /// List the companies
    List,
    /// Give a company another name; its domain stays
    Edit {
        /// The company's name or number
        company: String,
        /// Its new name
        #[arg(long)]
        name: String,
    },
    /// Put a sandbox back to its seed: every record is replaced, tokens of users of the seed stay
    Reset {
        /// The company's name or number
        name: String,
    },
}

#[derive(Args)]
pub(crate) struct NewCompany {
    /// The company's name
    pub(crate) name: String,
    /// Make it a sandbox: it can be reset, put under a set clock and told to fail
    #[arg(long)]
    pub(crate) sandbox: bool,
    /// Fill it with demo records
    #[arg(long)]
    pub(crate) demo: bool,
    /// Which demo: the same number gives the same records [default: 1]
    #[arg(long, value_name = "N", requires = "demo")]
    pub(crate) seed: Option<u32>,
}

#[derive(Subcommand)]
pub(crate) enum User {
    /// Add a user; `penstock token` gives them a token
    Add {
        /// The company's name or number
        #[arg(long)]
        company: String,
        /// The user's name
        #[arg(long)]
        name: String,
        /// The user's e-mail address
        #[arg(long)]
        email: String,
        /// Let the user see and change everything in the company
        #[arg(long)]
        admin: bool,
    },
    /// List the users of a company
    List {
        /// The company's name or number
        #[arg(long)]
        company: String,
    },
    /// Give a user another name or e-mail address
    #[command(group = clap::ArgGroup::new("what").args(["name", "email"]).required(true).multiple(true))]
    Edit {
        #[command(flatten)]
        who: Who,
        /// The user's new name
        #[arg(long)]
        name: Option<String>,
        /// The user's new e-mail address
        #[arg(long)]
        email: Option<String>,
    },
    /// Shut a user out: no token of theirs works, their records stay
    Deactivate(Who),
    /// Let a user in again who was deactivated
    Activate(Who),
}

/// A user of a company.
#[derive(Args)]
pub(crate) struct Who {
    /// The company's name or number
    #[arg(long)]
    pub(crate) company: String,
    /// The user's e-mail address or number
    #[arg(long)]
    pub(crate) user: String,
}

#[derive(Subcommand)]
pub(crate) enum Import {
    /// Import rows of CSV files, as a mapping file says (docs/guides/import.md)
    #[command(
        after_help = "It ends with 3 when some rows were refused. The same command goes on with an interrupted import."
    )]
    Csv(Csv),
}

#[derive(Args)]
pub(crate) struct Csv {
    /// The mapping file: which column goes to which field
    #[arg(long, value_name = "FILE", required_unless_present = "undo")]
    pub(crate) map: Option<PathBuf>,
    /// The company's name or number; needed when there are several
    #[arg(long, value_name = "NAME")]
    pub(crate) company: Option<String>,
    /// Look at every row and say what would be refused; write nothing
    #[arg(long)]
    pub(crate) check: bool,
    /// The id of the import that is begun or continued
    #[arg(long, value_name = "ID")]
    pub(crate) import_id: Option<String>,
    /// Delete what an import made
    #[arg(long, value_name = "ID", conflicts_with_all = ["map", "check", "import_id", "paths", "report"])]
    pub(crate) undo: Option<String>,
    /// Where refused rows are reported [default: import-ID-refused.csv]
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// The folder of the files, or the files
    #[arg(value_name = "FOLDER|FILES", required_unless_present = "undo")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Docs {
    /// docs/configuration.md
    Configuration,
}

/// The seed of a demo: what was asked for, or the first.
pub(crate) fn seed(demo: bool, seed: Option<u32>) -> Option<i64> {
    demo.then(|| i64::from(seed.unwrap_or(1)))
}
