//! Node, npm, and the packages of `e2e/`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    time::Instant,
};

use penstock_testing::{did_not_run, variable};

use crate::support::{Running, TOKEN};

/// Node and the installed clients.
pub(crate) struct Node {
    folder: PathBuf,
}

/// How a program ended, and what it said.
pub(crate) struct Run {
    pub(crate) succeeded: bool,
    /// How many tests passed.
    pub(crate) passed: usize,
    /// How long it took.
    pub(crate) seconds: f64,
    pub(crate) output: String,
}

/// The workspace's folder.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("a workspace")
}

/// Whether there is such a program.
pub(crate) fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Where a program is, by its name or path; nothing when there is none.
pub(crate) fn path_of(program: &str) -> Option<String> {
    let folders = variable("PATH").unwrap_or_default();
    // Behind a folder, an absolute path is itself.
    let found = std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())?;
    found.to_str().map(str::to_owned)
}

impl Node {
    /// Node with the clients installed. Without Node, or when they can't be fetched, it says loudly what did not run.
    ///
    /// # Panics
    /// When they are not there and the environment says `CI=true`: what is not run there is not tested.
    pub(crate) fn find(what: &str) -> Option<Self> {
        static INSTALLING: Mutex<()> = Mutex::new(());
        if !is_there("node") || !is_there("npm") {
            did_not_run(what, "node or npm is missing");
            return None;
        }
        let found = Self { folder: workspace().join("e2e") };
        let _one_at_a_time = INSTALLING.lock().expect("the other test installed them");
        if !found.is_installed() {
            let mut install = found.command("npm");
            install.args(["ci", "--no-audit", "--no-fund"]);
            let run = Run::of(install);
            if !run.succeeded {
                did_not_run(what, &format!("npm ci failed: {}", run.output.trim()));
                return None;
            }
        }
        Some(found)
    }

    /// Whether the packages are what the lock file says: npm leaves its own copy of it beside them.
    fn is_installed(&self) -> bool {
        let changed = |file: &str| self.folder.join(file).metadata().and_then(|m| m.modified()).ok();
        changed("node_modules/.package-lock.json") >= changed("package-lock.json")
    }

    /// The version of an installed package.
    pub(crate) fn version_of(&self, package: &str) -> String {
        let text = std::fs::read_to_string(self.folder.join("node_modules").join(package).join("package.json"));
        let json: serde_json::Value = serde_json::from_str(&text.expect("it is installed")).expect("JSON");
        json["version"].as_str().expect("a version").to_owned()
    }

    /// A program, run in `e2e/`.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        for name in [
            "PENSTOCK_URL",
            "PENSTOCK_TOKEN",
            "PENSTOCK_RECORD",
            "PENSTOCK_TOTALS",
            "NODE_OPTIONS",
            "NODE_TEST_CONTEXT",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// A program, run in `e2e/`, that is told which server to ask.
    pub(crate) fn toward(&self, server: &Running, program: &str) -> Command {
        let mut command = self.command(program);
        command.env("PENSTOCK_URL", format!("http://{}", server.address)).env("PENSTOCK_TOKEN", TOKEN);
        command
    }

    /// Runs a program that must succeed.
    pub(crate) fn must(&self, program: &str, args: &[&str]) -> Run {
        let mut command = self.command(program);
        command.args(args);
        let run = Run::of(command);
        assert!(run.succeeded, "{program} {args:?} failed:\n{}", run.output);
        run
    }
}

impl Run {
    /// Runs a program to its end.
    pub(crate) fn of(mut command: Command) -> Self {
        let begun = Instant::now();
        let done = command.output().expect("it runs");
        let seconds = begun.elapsed().as_secs_f64();
        let output = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        // `# pass 5`, or with another sign, as the version of Node has it.
        let count =
            |line: &str| line.split_once(" pass ").filter(|(sign, _)| sign.chars().count() == 1)?.1.trim().parse().ok();
        let passed = output.lines().find_map(count).unwrap_or(0);
        Self { succeeded: done.status.success(), passed, seconds, output }
    }

    /// What TAP says of the tests that failed, without those that passed.
    pub(crate) fn failures(&self) -> String {
        let mut shown = Vec::new();
        let mut failing = false;
        for line in self.output.lines() {
            let start = line.trim_start();
            if ["ok ", "# ", "1.."].iter().any(|passing| start.starts_with(passing)) {
                failing = false;
            } else if start.starts_with("not ok ") {
                failing = true;
            }
            if failing {
                shown.push(line);
            }
        }
        if shown.is_empty() { self.output.clone() } else { shown.join("\n") }
    }
}
