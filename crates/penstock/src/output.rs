//! What commands say: results go to standard output, everything else to the log or standard error.

use std::io::{self, Write};

/// Writes a text and a line end to standard output. A reader that went away (`| head`) is no failure.
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Writes a text and a line end to standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
