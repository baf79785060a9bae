//! How far an import is: a bar when somebody looks, plain lines otherwise.

use std::io::{self, IsTerminal, Write};

/// How many plain lines there are at most, besides those that begin a file.
const LINES: i64 = 20;
/// Characters of the bar.
const WIDTH: usize = 30;

/// The progress of an import, on standard error.
pub(super) struct Progress {
    all: i64,
    is_terminal: bool,
    /// What was shown last: the file, and in which of [`LINES`] parts of the whole it was.
    shown: (String, i64),
}

impl Progress {
    pub(super) fn new(all: i64) -> Self {
        Self { all, is_terminal: io::stderr().is_terminal(), shown: (String::new(), -1) }
    }

    /// Shows how far it is.
    pub(super) fn show(&mut self, what: &str, done: i64, refused: i64) {
        if self.is_terminal {
            self.bar(what, done, refused);
            return;
        }
        let part = done * LINES / self.all.max(1);
        if self.shown != (what.to_owned(), part) {
            self.shown = (what.to_owned(), part);
            Self::say(&format!("{what}: {}", self.words(done, refused)));
        }
    }

    /// Shows that it is at its end.
    pub(super) fn end(&mut self, done: i64, refused: i64) {
        if self.is_terminal {
            self.bar("done", done, refused);
            Self::say("");
        } else {
            Self::say(&format!("done: {}", self.words(done, refused)));
        }
    }

    fn bar(&self, what: &str, done: i64, refused: i64) {
        let share = usize::try_from(done.max(0)).unwrap_or(0) * WIDTH / usize::try_from(self.all).unwrap_or(1).max(1);
        let full = "#".repeat(share.min(WIDTH));
        let _ = write!(io::stderr().lock(), "\r\x1b[K[{full:-<WIDTH$}] {what}: {}", self.words(done, refused));
    }

    fn words(&self, done: i64, refused: i64) -> String {
        let percent = (done * 100).checked_div(self.all).unwrap_or(100);
        let refused = if refused == 0 { String::new() } else { format!(", {refused} refused") };
        format!("{done} of {} rows, {percent}%{refused}", self.all)
    }

    fn say(line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}
