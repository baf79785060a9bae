//! What Linux says of a process: processor time and memory; and which processor it may use.

use std::{ffi::OsStr, fs, path::Path, process::Command, time::Duration};

use crate::Result;

/// Clock ticks a second in `/proc/<pid>/stat`: 100 on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// The processor time that a process has used, its threads that ended included. Ticks are ten milliseconds, so
/// samples must be long.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold anything; user and system time are the 12th and 13th word behind it.
    let behind = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = behind.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 1000 / TICKS))
}

/// The processor time that this thread has used, to the nanosecond.
pub(crate) fn own_cpu() -> Result<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos = stat.split_whitespace().next().and_then(|n| n.parse().ok());
    Ok(Duration::from_nanos(nanos.ok_or("/proc/thread-self/schedstat has no figures")?))
}

/// Memory of a process, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    /// Its share of everything that is resident.
    pub(crate) pss: u64,
    /// Resident pages that no file backs: the heap, and stacks.
    pub(crate) anonymous: u64,
}

/// The memory of a process.
pub(crate) fn memory(pid: u32) -> Result<Memory> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let of = |name: &str| {
        let line = rollup.lines().find(|l| l.split(':').next() == Some(name));
        line.and_then(|l| l.split_whitespace().nth(1)).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 1024
    };
    Ok(Memory { pss: of("Pss"), anonymous: of("Anonymous") })
}

/// Where a process may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Core {
    /// Anywhere.
    Any,
    /// Only on the processor of that number.
    Only(u8),
}

impl Core {
    /// The processors of a server and of those who load it: one each, where there are two and `taskset` is installed.
    pub(crate) fn apart() -> (Self, Self) {
        let two = std::thread::available_parallelism().is_ok_and(|n| n.get() >= 2);
        let pins = Command::new("taskset").arg("--version").output().is_ok_and(|o| o.status.success());
        if two && pins { (Self::Only(0), Self::Only(1)) } else { (Self::Any, Self::Any) }
    }

    /// A command that runs a program there.
    pub(crate) fn command(self, program: &Path) -> Command {
        match self {
            Self::Any => Command::new(program),
            Self::Only(number) => {
                let mut command = Command::new("taskset");
                command.args([OsStr::new("--cpu-list"), OsStr::new(&number.to_string()), program.as_os_str()]);
                command
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_used_time_and_memory() {
        let mut sum = 0_u64;
        while cpu(std::process::id()).unwrap() < Duration::from_millis(30) {
            sum = (0..100_000_u64).fold(sum, |s, n| s.wrapping_mul(31).wrapping_add(n));
        }
        let memory = memory(std::process::id()).unwrap();
        assert!(memory.pss > 100_000 && memory.anonymous > 10_000, "{memory:?} {sum}");
    }
}
