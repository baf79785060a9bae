//! Node, npm, and the packages of `e2e/`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use penstock_testing::{everything_must_run, say};

/// Node and the installed clients.
pub(crate) struct Node {
    version: String,
    folder: PathBuf,
}

/// How a program ended, and what it said.
pub(crate) struct Run {
    pub(crate) succeeded: bool,
    /// How many tests passed.
    pub(crate) passed: usize,
    pub(crate) output: String,
}

/// The workspace's folder.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("a workspace")
}

/// The version of a program; nothing when it is not there.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

impl Node {
    /// Node with the clients installed. Without Node it says so loudly.
    ///
    /// # Panics
    /// When there is no Node and the environment says `CI=true`: what is not run there is not tested.
    pub(crate) fn find() -> Option<Self> {
        static INSTALLING: Mutex<()> = Mutex::new(());
        let (Some(node), Some(_)) = (version("node"), version("npm")) else {
            assert!(!everything_must_run(), "CI must have node and npm");
            say("!!! THE OFFICIAL CLIENTS DID NOT RUN: node or npm is missing !!!");
            return None;
        };
        let found = Self { version: node, folder: workspace().join("e2e") };
        let _one_at_a_time = INSTALLING.lock().expect("the other test installed them");
        if !found.is_installed() {
            found.must("npm", &["ci", "--no-audit", "--no-fund"]);
        }
        Some(found)
    }

    /// Whether the packages are what the lock file says: npm leaves its own copy of it beside them.
    fn is_installed(&self) -> bool {
        let changed = |file: &str| self.folder.join(file).metadata().and_then(|m| m.modified()).ok();
        changed("node_modules/.package-lock.json") >= changed("package-lock.json")
    }

    /// The clients and their versions, for people.
    pub(crate) fn clients(&self) -> String {
        let of = |folder: &str| {
            let text = std::fs::read_to_string(self.folder.join("node_modules").join(folder).join("package.json"));
            let json: serde_json::Value = serde_json::from_str(&text.expect("it is installed")).expect("JSON");
            format!("{} {}", json["name"].as_str().unwrap_or("?"), json["version"].as_str().unwrap_or("?"))
        };
        format!("{} and {} (node {})", of("pipedrive"), of("pipedrive22"), self.version)
    }

    /// A program, run in `e2e/`.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        for name in ["PENSTOCK_URL", "PENSTOCK_TOKEN", "PENSTOCK_RECORD", "NODE_OPTIONS", "NODE_TEST_CONTEXT"] {
            command.env_remove(name);
        }
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
        let done = command.output().expect("it runs");
        let output = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        // `# pass 5`, or with another sign, as the version of Node has it.
        let count =
            |line: &str| line.split_once(" pass ").filter(|(sign, _)| sign.chars().count() == 1)?.1.trim().parse().ok();
        let passed = output.lines().find_map(count).unwrap_or(0);
        Self { succeeded: done.status.success(), passed, output }
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
