//! The executable, run in a place of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread::JoinHandle,
    time::Duration,
};

use penstock_testing::{Engine, Home, engines};
use tempfile::TempDir;

use super::{Answer, TOKEN, ask};

/// How long a server may take to come up, demo records included.
const TIMEOUT: Duration = Duration::from_mins(2);

/// A folder and a database, for one run after the other.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) home: Home,
}

/// An empty place on every engine that is there.
pub(crate) fn places() -> Vec<Place> {
    engines().into_iter().map(Place::new).collect()
}

impl Place {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), home: Home::new(engine) }
    }

    /// A command with the place's database and nothing of the caller's environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_penstock"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear();
        match self.home.settings() {
            penstock_store::Settings::Sqlite { file, .. } => {
                command.env("PENSTOCK_DATA", file.parent().expect("a folder"))
            }
            penstock_store::Settings::Postgres { url } => command.env("PENSTOCK_DATABASE_URL", url),
        };
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("it runs")
    }

    /// What a command that must succeed says.
    pub(crate) fn say(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What a command that must fail complains of.
    pub(crate) fn complaint(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(!output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        String::from_utf8(output.stderr).expect("text")
    }

    /// Serves on a free port; the admin of the first company has [`TOKEN`].
    pub(crate) fn serve(&self, args: &[&str]) -> Running {
        let mut command = self.command(&["serve"]);
        command.args(args).env("PENSTOCK_TOKEN", TOKEN);
        Running::start(command)
    }

    /// As [`Place::serve`]; it is asked by the admin of an empty sandbox, the second company.
    pub(crate) fn serve_sandbox(&self, args: &[&str]) -> Running {
        let mut running = self.serve(args);
        running.token = token_in(&self.say(&["company", "create", "Play", "--sandbox"]));
        running
    }
}

/// The token that a command printed.
pub(crate) fn token_in(said: &str) -> String {
    let rest = said.split("token  ").nth(1).unwrap_or_else(|| panic!("no token in {said}"));
    rest[..40].to_owned()
}

/// A server that runs.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
    log: Option<JoinHandle<String>>,
    /// What it has said so far.
    pub(crate) said: String,
    pub(crate) address: String,
    /// The token with which it is asked.
    pub(crate) token: String,
}

impl Running {
    /// The process's number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Starts a server and waits until it listens.
    pub(crate) fn start(command: Command) -> Self {
        let mut running = Self::begin(command);
        running.wait_for("listening on http://");
        let after = running.said.split("listening on http://").nth(1).expect("an address");
        running.address = after.split([',', '\n', ' ']).next().expect("an address").to_owned();
        running
    }

    /// Starts a server that listens on a free port.
    pub(crate) fn begin(mut command: Command) -> Self {
        command.env("PENSTOCK_LISTEN", "127.0.0.1:0").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (stdout, stderr) = (child.stdout.take().expect("stdout"), child.stderr.take().expect("stderr"));
        let (sender, lines) = channel();
        let said = sender.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                log.push_str(&line);
                log.push('\n');
                // In JSON it is the log that says it.
                if line.contains("listening on") {
                    let _ = said.send(line);
                }
            }
            log
        });
        Self { child, lines, log: Some(log), said: String::new(), address: String::new(), token: TOKEN.to_owned() }
    }

    /// Waits until it has said something.
    pub(crate) fn wait_for(&mut self, words: &str) {
        while !self.said.contains(words) {
            let Ok(line) = self.lines.recv_timeout(TIMEOUT) else {
                let _ = self.child.kill();
                let log = self.log();
                panic!("it never said {words:?}, only {:?}, and logged {log}", self.said);
            };
            self.said.push_str(&line);
            self.said.push('\n');
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        ask(&self.address, method, path, &self.token, body)
    }
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }
    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path, body)
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Stops it by SIGTERM and gives how it ended and what it logged.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        self.signal("TERM");
        self.end()
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("it ends");
        (status, self.log())
    }

    fn log(&mut self) -> String {
        self.log.take().map_or_else(String::new, |log| log.join().unwrap_or_default())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
