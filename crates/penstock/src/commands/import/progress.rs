//! How far an import is: a bar when somebody looks, plain lines otherwise.

use std::io::{self, IsTerminal, Write};

/// How many plain lines there are at most, besides those that begin a file.
const LINES: i64 = 20;
/// Characters of the bar.
const WIDTH: usize = 30;

/// The progress of an import, on standard error.
pub(super) struct Progress {
    is_terminal: bool,
    /// What was shown last: the file, and in which of [`LINES`] parts of the whole it was.
    shown: (String, i64),
}

impl Default for Progress {
    fn default() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), shown: (String::new(), -1) }
    }
}

impl Progress {
    /// Shows how far it is.
    pub(super) fn show(&mut self, what: &str, done: i64, all: i64, refused: i64) {
        if self.is_terminal {
            bar(what, done, all, refused);
            return;
        }
        let part = done * LINES / all.max(1);
        if self.shown != (what.to_owned(), part) {
            self.shown = (what.to_owned(), part);
            say(&format!("{what}: {}", words(done, all, refused)));
        }
    }

    /// Shows that it is at its end.
    pub(super) fn end(&self, done: i64, all: i64, refused: i64) {
        if self.is_terminal {
            bar("done", done, all, refused);
            say("");
        } else {
            say(&format!("done: {}", words(done, all, refused)));
        }
    }
}

fn bar(what: &str, done: i64, all: i64, refused: i64) {
    let share = usize::try_from(done.max(0)).unwrap_or(0) * WIDTH / usize::try_from(all).unwrap_or(1).max(1);
    let full = "#".repeat(share.min(WIDTH));
    let _ = write!(io::stderr().lock(), "\r\x1b[K[{full:-<WIDTH$}] {what}: {}", words(done, all, refused));
}

fn words(done: i64, all: i64, refused: i64) -> String {
    let percent = (done * 100).checked_div(all).unwrap_or(100);
    let refused = if refused == 0 { String::new() } else { format!(", {refused} refused") };
    format!("{done} of {all} rows, {percent}%{refused}")
}

fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
