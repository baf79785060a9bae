//! The load generator: keep-alive connections on one thread, bounded in time and number. It runs as a process of its
//! own, so that it can be kept off the server's processor and its work is not counted.

mod client;
mod line;

use std::{
    cell::Cell,
    io::Write,
    net::SocketAddr,
    path::Path,
    process::Command,
    rc::Rc,
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};
use tokio::task::LocalSet;

use self::client::{Tally, drive};
pub(crate) use self::line::LoadLine;
use crate::{Result, options, process::Core};

/// When the connections stop.
struct Bounds {
    end: Instant,
    left: Cell<u64>,
}

impl Bounds {
    /// Whether another request may be begun.
    fn take(&self) -> bool {
        let left = self.left.get();
        if left == 0 || Instant::now() >= self.end {
            return false;
        }
        self.left.set(left - 1);
        true
    }
}

/// Sends the requests of a file and prints the outcome as JSON.
pub(crate) fn run(asked: &options::Load) -> Result<()> {
    let requests = Rc::new(line::read(&asked.requests, &asked.token)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = LocalSet::new();
    let begun = Instant::now();
    let bounds = Rc::new(Bounds { end: begun + Duration::from_secs_f64(asked.seconds), left: Cell::new(asked.most) });
    let tally = local.block_on(&runtime, async {
        let connections: Vec<_> = (0..asked.connections)
            .map(|number| {
                // Each connection begins elsewhere in the list.
                let first = number * requests.len() / asked.connections.max(1);
                let (requests, bounds) = (Rc::clone(&requests), Rc::clone(&bounds));
                tokio::task::spawn_local(drive(asked.address, requests, first, move || bounds.take()))
            })
            .collect();
        let mut sum = Tally::default();
        for connection in connections {
            sum.add(connection.await??);
        }
        Ok::<_, crate::Failure>(sum)
    })?;
    let outcome = json!({
        "answered": tally.answered, "refused": tally.refused, "bytes": tally.bytes, "first_refusal": tally.first_refusal,
        "seconds": begun.elapsed().as_secs_f64(),
    });
    writeln!(std::io::stdout(), "{outcome}")?;
    Ok(())
}

/// What a load did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// Requests that were answered with a status below 300.
    pub(crate) answered: f64,
    /// Seconds from the first to the last.
    pub(crate) seconds: f64,
    /// Bytes of a body, on average.
    pub(crate) bytes: f64,
}

/// A load as it is asked for.
pub(crate) struct Load<'a> {
    /// The file of requests.
    pub(crate) requests: &'a Path,
    /// The token that they carry.
    pub(crate) token: &'a str,
    /// Keep-alive connections.
    pub(crate) connections: usize,
    /// Seconds after which no request is begun.
    pub(crate) seconds: f64,
    /// Requests after which no other is begun.
    pub(crate) most: u64,
    /// Where the generator runs.
    pub(crate) core: Core,
}

impl Load<'_> {
    /// Runs the load in a process of its own. A request that is refused is a failure: nothing is to be learned from
    /// the time that errors take.
    pub(crate) fn send(&self, address: SocketAddr) -> Result<Outcome> {
        let mut command: Command = self.core.command(&std::env::current_exe()?);
        command.arg("load").arg("--address").arg(address.to_string()).arg("--requests").arg(self.requests);
        command.arg("--connections").arg(self.connections.to_string()).arg("--seconds").arg(self.seconds.to_string());
        command.arg("--most").arg(self.most.to_string());
        if !self.token.is_empty() {
            command.arg("--token").arg(self.token);
        }
        let done = command.output()?;
        if !done.status.success() {
            return Err(format!("the load failed: {}", String::from_utf8_lossy(&done.stderr).trim()).into());
        }
        let outcome: Json = serde_json::from_slice(&done.stdout)?;
        let number = |name: &str| outcome[name].as_f64().unwrap_or(0.0);
        if number("refused") > 0.0 {
            return Err(format!("{} requests were refused: {}", outcome["refused"], outcome["first_refusal"]).into());
        }
        let answered = number("answered");
        Ok(Outcome { answered, seconds: number("seconds"), bytes: number("bytes") / answered.max(1.0) })
    }
}
