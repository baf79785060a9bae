//! A Postgres server of a test's own, for what the one that tests share can't be put through: certificates, a standby.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::engine::did_not_run;

/// Users who may run the server when this process is root's, which the server refuses.
const USERS: [&str; 2] = ["penstock-test", "nobody"];

/// A server that runs until it is dropped.
pub struct OwnPostgres {
    folder: TempDir,
    /// The user who runs it, if not the one of this process.
    user: Option<&'static str>,
    port: u16,
}

impl OwnPostgres {
    /// Starts a server on a free port of 127.0.0.1. `configure` may put more into its folder, which it is given; what it
    /// gives is added to `postgresql.conf`. `None`, said loudly, when there is no Postgres to be started.
    ///
    /// # Panics
    /// When the server does not start, or when it must and is not there.
    #[must_use]
    pub fn start(what: &str, configure: impl FnOnce(&Path) -> String) -> Option<Self> {
        if Command::new("initdb").arg("--version").output().is_err() {
            did_not_run(what, "initdb is not on the PATH");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let user = is_root().then(|| USERS.into_iter().find(|user| exists(user)).unwrap());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, user, port };
        server.give_to_user();
        server.run("initdb", &["-U", "penstock", "--auth=trust", "-E", "UTF8", "--locale=C", "-N"]);
        let more = configure(&server.data());
        let config = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n{more}\n"
        );
        let file = server.data().join("postgresql.conf");
        let given = fs::read_to_string(&file).unwrap();
        fs::write(&file, given + &config).unwrap();
        server.give_to_user();
        server.pg_ctl("start");
        Some(server)
    }

    /// The server's folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of its first database, without parameters.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://penstock@127.0.0.1:{}/postgres", self.port)
    }

    /// Lets it start anew as one that follows another server, and takes no writes.
    ///
    /// # Panics
    /// When it does not start.
    pub fn demote(&self) {
        fs::write(self.data().join("standby.signal"), "").unwrap();
        self.give_to_user();
        self.pg_ctl("restart");
    }

    /// Ends its following: it takes writes again.
    ///
    /// # Panics
    /// When it can't.
    pub fn promote(&self) {
        self.pg_ctl("promote");
    }

    /// Gives the files to the user who runs the server.
    fn give_to_user(&self) {
        if let Some(user) = self.user {
            let done = Command::new("chown").args(["-R", user]).arg(self.folder.path()).status().unwrap();
            assert!(done.success());
        }
    }

    fn pg_ctl(&self, what: &str) {
        let log = self.folder.path().join("log");
        self.run("pg_ctl", &["-w", "-m", "fast", "-l", log.to_str().unwrap(), what][..]);
    }

    fn run(&self, program: &str, args: &[&str]) {
        let output = self.try_run(program, args);
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        assert!(output.status.success(), "{program} {args:?}: {}\n{log}", String::from_utf8_lossy(&output.stderr));
    }

    fn try_run(&self, program: &str, args: &[&str]) -> Output {
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", user_group(user), "--clear-groups", program]);
                command
            }
            None => Command::new(program),
        };
        command.arg("-D").arg(self.data()).args(args).env("HOME", self.folder.path()).current_dir(self.folder.path());
        // What stays behind must not hold pipes of this process.
        let said = self.folder.path().join("said");
        let file = fs::File::create(&said).unwrap();
        let status = command.stdin(std::process::Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file).status();
        Output { status: status.unwrap(), stdout: Vec::new(), stderr: fs::read(&said).unwrap_or_default() }
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        let _ = self.try_run("pg_ctl", &["-w", "-m", "immediate", "stop"]);
    }
}

fn exists(user: &str) -> bool {
    Command::new("id").arg(user).output().is_ok_and(|output| output.status.success())
}

/// The group of a user, which not every system calls alike.
fn user_group(user: &str) -> &str {
    if user == "nobody" { "65534" } else { user }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
