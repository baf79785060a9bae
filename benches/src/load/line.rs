//! Requests as a file of lines, and as the bytes that are sent.

use std::{
    fmt::{self, Write},
    fs,
    path::{Path, PathBuf},
};

use crate::Result;

/// A request: one line of the file.
pub(crate) struct LoadLine {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// JSON on one line, or nothing.
    pub(crate) body: String,
}

impl LoadLine {
    /// A request without a body.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), body: String::new() }
    }

    /// A request with a JSON body.
    pub(crate) fn post(path: &str, body: &serde_json::Value) -> Self {
        Self { method: "POST", path: path.to_owned(), body: body.to_string() }
    }

    /// Writes the file of a load.
    pub(crate) fn write_all(requests: &[Self], folder: &Path, name: &str) -> Result<PathBuf> {
        let file = folder.join(format!("{name}.requests"));
        let mut text = String::new();
        for request in requests {
            writeln!(text, "{request}")?;
        }
        fs::write(&file, text)?;
        Ok(file)
    }
}

impl fmt::Display for LoadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.method, self.path, self.body)
    }
}

/// Reads a file of requests as the bytes of HTTP.
pub(super) fn read(file: &Path, token: &str) -> Result<Vec<Vec<u8>>> {
    let requests: Vec<Vec<u8>> = fs::read_to_string(file)?.lines().map(|line| bytes(line, token)).collect();
    if requests.is_empty() { Err(format!("{} holds no request", file.display()).into()) } else { Ok(requests) }
}

fn bytes(line: &str, token: &str) -> Vec<u8> {
    let mut parts = line.splitn(3, ' ');
    let (method, path, body) = (parts.next().unwrap_or("GET"), parts.next().unwrap_or("/"), parts.next().unwrap_or(""));
    let mut out = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
    if !token.is_empty() {
        out.push_str("x-api-token: ");
        out.push_str(token);
        out.push_str("\r\n");
    }
    if !body.is_empty() {
        out.push_str("content-type: application/json\r\ncontent-length: ");
        out.push_str(&body.len().to_string());
        out.push_str("\r\n");
    }
    out.push_str("\r\n");
    out.push_str(body);
    out.into_bytes()
}
