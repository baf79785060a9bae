//! What the figures were measured on.

use std::{fs, process::Command};

/// Facts of the machine and of the build, each a line.
pub(crate) fn facts() -> Vec<String> {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|m| m.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kib| kib / 1024 / 1024);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    vec![
        format!("{processor}, {cores} virtual cores, {memory} GiB, Linux {}", kernel.trim()),
        format!(
            "{}, {} build, SQLite {}, commit {}",
            said("rustc", &["--version"]).unwrap_or_else(|| "rustc unknown".to_owned()),
            if cfg!(debug_assertions) { "debug" } else { "release" },
            rusqlite::version(),
            said("git", &["describe", "--always", "--dirty"]).unwrap_or_else(|| "unknown".to_owned())
        ),
    ]
}

/// The first value of a name in a file of `name : value` lines.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|l| l.split(':').next().map(str::trim) == Some(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
