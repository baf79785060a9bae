//! The bounds that hold while somebody attacks: the server's memory, the size of a refusal, and how long a user of
//! another company waits.
//!
//! [`withstand`] measures them. The other user asks by a timetable, so that one long standstill counts for every request
//! that fell into it, and not once. What is compared was measured in the same run on the same machine; since others
//! compute there too, the best of a few rounds under attack counts against the worst on the quiet server. A fault breaks the
//! bound in each.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use penstock_testing::say;
use serde_json::json;

use crate::{
    support::{Answer, Place, Running, token_in},
    wire::Wire,
    world::engine_of,
};

/// Bytes that an attack may take beyond what the server has at rest.
const MEMORY: usize = 64 << 20;
/// Bytes that a refusal may have.
const REFUSAL: usize = 100_000;
/// How much longer than on the quiet server the slowest hundredth of another company's requests may take.
const SLOWER: u32 = 5;
/// Requests of the other company in a round, quiet and under attack each, and the time between two.
const ASKED: usize = 150;
const PACE: Duration = Duration::from_millis(20);
/// The pause after an attack: what one does is looked at, not how many a second can be borne.
const PAUSE: Duration = Duration::from_millis(40);
/// Users who ask at the same time before anything is measured, and how often each.
const WARMING: usize = 24;
const WARM: usize = 10;
/// Rounds until the bound on waiting is held.
const ROUNDS: usize = 4;

/// One attack at a time: another's would not be quiet.
static ALONE: Mutex<()> = Mutex::new(());

/// Fails when the server does not withstand an attack that is made again and again: when it takes more memory than
/// [`MEMORY`] above rest, or makes a user of another company wait more than [`SLOWER`] times as long. What the attack
/// prepares is made before; the attack itself looks at its answers, with [`is_refused`] for instance.
pub(crate) fn withstand(what: &str, place: &Place, server: &Running, attack: impl FnMut()) {
    let name = format!("Beside {what}");
    let other = Other::of(&server.address, token_in(&place.say(&["company", "create", &name])));
    withstand_beside(other, what, place, server, attack);
}

/// As [`withstand`], with somebody particular as the user of the other company.
pub(crate) fn withstand_beside(
    mut other: Other,
    what: &str,
    place: &Place,
    server: &Running,
    mut attack: impl FnMut(),
) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let asked = other.asked;
    // Code, caches and connections are there before rest is measured: those to Postgres, of which each request that runs at
    // the same time as others takes one, as well.
    other.warm(&server.address);
    other.ask(asked / 4);
    let (rest, mapped) = (memory(server, "VmRSS"), memory(server, "RssFile"));
    forget_most_memory(server);
    let (mut quiet, mut attacked) = (Duration::ZERO, Duration::MAX);
    for _ in 0..ROUNDS {
        quiet = quiet.max(other.ask(asked));
        attacked = attacked.min(other.ask_during(&mut attack));
        if attacked <= quiet * SLOWER {
            break;
        }
    }
    // Pages of the database file that are mapped are the system's, which takes them back when it needs them.
    let mapped_more = memory(server, "RssFile").saturating_sub(mapped);
    let taken = memory(server, "VmHWM").saturating_sub(rest + mapped_more);
    let said = format!(
        "{what}, {}: {} MB above rest of {} MB; others wait {attacked:?}, on the quiet server {quiet:?} (p99)",
        engine_of(place),
        mb(taken),
        mb(rest)
    );
    say(&format!("attack: {said}"));
    assert!(taken <= MEMORY, "{said}");
    assert!(attacked <= quiet * SLOWER, "{said}");
}

/// Fails when an answer is no refusal, is too long for one, or does not say the words that tell what to change.
pub(crate) fn is_refused(answer: &Answer, status: u16, words: &str) {
    let start: String = answer.text().chars().take(500).collect();
    assert_eq!(answer.status, status, "{start}");
    assert!(start.contains(words), "{words:?} is not in {start}");
    is_short(answer);
}

/// Fails when an answer is longer than a refusal may be.
pub(crate) fn is_short(answer: &Answer) {
    assert!(answer.body.len() <= REFUSAL, "{} bytes", answer.body.len());
}

/// Bytes of memory of the server: `VmRSS` now, `RssFile` of it in files, `VmHWM` at most so far.
pub(crate) fn memory(server: &Running, which: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':')).expect("its memory");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") << 10
}

/// Has `VmHWM` counted from now on.
fn forget_most_memory(server: &Running) {
    std::fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").expect("its own child's");
}

fn mb(bytes: usize) -> usize {
    bytes >> 20
}

/// A user of another company, who asks on a connection that is kept.
pub(crate) struct Other {
    wire: Wire,
    token: String,
    /// What is read.
    path: String,
    /// Whether it is written in turn.
    writes: bool,
    /// Requests in a round, and the time between two.
    asked: usize,
    pace: Duration,
}

impl Other {
    fn of(address: &str, token: String) -> Self {
        let mut other = Self::reading(address, token, "/v1/persons", ASKED, PACE);
        let made = other.request("POST", "/v1/persons", r#"{"name":"Other"}"#);
        other.path = format!("/v1/persons/{}", made.data()["id"].as_i64().expect("a number"));
        other.writes = true;
        other
    }

    /// Somebody who reads one thing again and again.
    pub(crate) fn reading(address: &str, token: String, path: &str, asked: usize, pace: Duration) -> Self {
        let wire = Wire::connect(address).expect("a connection");
        Self { wire, token, path: path.to_owned(), writes: false, asked, pace }
    }

    fn request(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: penstock\r\nx-api-token: {}\r\n", self.token);
        let rest = format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        self.wire.send(format!("{head}{rest}").as_bytes()).expect("sent");
        let answer = self.wire.answer().expect("an answer");
        assert_eq!(answer.status / 100, 2, "{method} {path}: {}", answer.text());
        answer
    }

    /// Has the server answer as many at once as it ever will, each by a thread and a connection to its database.
    fn warm(&self, address: &str) {
        std::thread::scope(|scope| {
            for _ in 0..WARMING {
                scope.spawn(|| {
                    let mut user = Self::reading(address, self.token.clone(), &self.path, 1, PACE);
                    for _ in 0..WARM {
                        user.request("GET", &self.path, "");
                    }
                });
            }
        });
    }

    /// Asks so often by the timetable. Gives how long the slowest hundredth waits.
    fn ask(&mut self, times: usize) -> Duration {
        let mut left = times;
        self.ask_while(|| {
            left = left.saturating_sub(1);
            left > 0
        })
    }

    /// Asks while an attack is made again and again, from the beginning of the first to the end of the last.
    fn ask_during(&mut self, attack: &mut impl FnMut()) -> Duration {
        let (over, enough) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let (over, enough) = (OnDrop(&over), &enough);
            let seen = over.0;
            let wanted = self.asked;
            let asking = scope.spawn(move || {
                let mut asked = 0;
                self.ask_while(|| {
                    asked += 1;
                    enough.store(asked >= wanted, Ordering::Relaxed);
                    !seen.load(Ordering::Relaxed)
                })
            });
            while !enough.load(Ordering::Relaxed) && !asking.is_finished() {
                attack();
                std::thread::sleep(PAUSE);
            }
            drop(over);
            asking.join().expect("the other user is answered")
        })
    }

    fn ask_while(&mut self, mut on: impl FnMut() -> bool) -> Duration {
        let path = self.path.clone();
        let mut waited = Vec::new();
        let mut due = Instant::now();
        loop {
            // The timetable is what is asked by, so this sleep can't be a condition.
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if !self.writes || waited.len() % 2 == 0 {
                self.request("GET", &path, "");
            } else {
                self.request("PUT", &path, &json!({"name": format!("Other {}", waited.len())}).to_string());
            }
            waited.push(due.elapsed());
            due += self.pace;
            if !on() {
                break;
            }
        }
        waited.sort_unstable();
        waited[(waited.len() - 1) * 99 / 100]
    }
}

/// Sets a flag at the end, even at that of a panic.
struct OnDrop<'a>(&'a AtomicBool);

impl Drop for OnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
