//! Servers under measurement: processes of their own, on ports of their own, ended when they are dropped.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Result, process::Core};

/// How long a server may take until it accepts connections.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// The program that is measured as Penstock.
#[derive(Clone, Debug)]
pub(crate) enum Program {
    /// The executable `penstock`.
    Penstock(PathBuf),
    /// This program's own `serve`: the Pipedrive face behind axum, without what the executable adds.
    Own,
}

/// Where its records are.
pub(crate) enum Records<'a> {
    /// In a SQLite file, named as `penstock serve` names its own.
    File(&'a Path),
    /// In a Postgres database.
    Url(&'a str),
}

impl Program {
    /// The executable that was asked for, or the one beside this program, or this program itself.
    pub(crate) fn find(asked: Option<&Path>) -> Result<Self> {
        if let Some(path) = asked {
            return if path.is_file() {
                Ok(Self::Penstock(path.to_owned()))
            } else {
                Err(format!("{} is no file: build it with cargo build --release -p penstock", path.display()).into())
            };
        }
        let beside = std::env::current_exe()?.with_file_name("penstock");
        Ok(if beside.is_file() { Self::Penstock(beside) } else { Self::Own })
    }

    /// How the report names it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Penstock(path) => {
                format!("`{} serve`", path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
            }
            Self::Own => "`penstock-bench serve` (the executable was not there)".to_owned(),
        }
    }

    /// Starts it over some records.
    pub(crate) fn start(&self, records: &Records<'_>, core: Core) -> Result<Server> {
        let address = free_address()?;
        let mut command = match self {
            Self::Penstock(path) => core.command(path),
            Self::Own => core.command(&std::env::current_exe()?),
        };
        command.arg("serve").arg("--listen").arg(address.to_string());
        match (self, records) {
            (Self::Own, Records::File(file)) => command.arg("--file").arg(file),
            (Self::Penstock(_), Records::File(file)) => command.arg("--data").arg(file.parent().unwrap_or(file)),
            (_, Records::Url(url)) => command.arg("--database-url").arg(url),
        };
        Server::start(command, address)
    }
}

impl Program {
    /// Makes a company in a Postgres database; gives its admin's token.
    pub(crate) fn make_company(&self, url: &str) -> Result<String> {
        let Self::Penstock(path) = self else { return Err("a company is made by the executable penstock".into()) };
        let mut command = Command::new(path);
        command.args(["company", "create", "Pumps and Sons", "--database-url", url, "--log", "error"]);
        let printed = String::from_utf8(command.output()?.stdout)?;
        let is_token = |word: &&str| word.len() == 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let token = printed.split_whitespace().find(is_token);
        Ok(token.ok_or_else(|| format!("{command:?} printed no token: {printed}"))?.to_owned())
    }
}

impl Server {
    /// Starts the yardstick over a file.
    pub(crate) fn yardstick(file: &Path, core: Core) -> Result<Self> {
        let address = free_address()?;
        let mut command = core.command(&std::env::current_exe()?);
        command.arg("yardstick").arg("--file").arg(file).arg("--listen").arg(address.to_string());
        Self::start(command, address)
    }

    fn start(mut command: Command, address: SocketAddr) -> Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
        let mut server = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("{command:?} ended: {status}").into());
            }
            if begun.elapsed() > TIMEOUT {
                return Err(format!("{command:?} did not listen within {} s", TIMEOUT.as_secs()).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody listens on just now.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
