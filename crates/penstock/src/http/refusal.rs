//! What is said of a head that the HTTP server can't read.

use bytes::Bytes;
use penstock_model::{Code, Error};

use super::{App, server::BUFFER};
use crate::system::correlation;

/// The answer to a head that can't be read, from hyper's own, which is a status and no body: its status line and its
/// headers, with a body that says why.
pub(super) fn explained(app: &App, bare: &[u8]) -> Bytes {
    let bare = String::from_utf8_lossy(bare);
    let mut lines = bare.split("\r\n").filter(|line| !line.is_empty());
    let status_line = lines.next().unwrap_or("HTTP/1.1 400 Bad Request");
    let status = status_line.split(' ').nth(1).unwrap_or_default();
    let why = match status {
        "414" => "the URL is too long".to_owned(),
        "431" => format!("the head of the request is too long: it may have {BUFFER} bytes and 100 headers"),
        _ => "the head of the request is not HTTP/1.1".to_owned(),
    };
    let correlation = correlation();
    let reply = app.refuse("/", &correlation, Error::new(Code::ParameterInvalid, why.clone()));
    tracing::debug!(correlation, status, why, "a head was refused");
    let body = reply.bytes().cloned().unwrap_or_default();
    let mut answer = format!("{status_line}\r\n");
    for line in lines.filter(|line| !line.to_ascii_lowercase().starts_with("content-length:")) {
        answer.push_str(line);
        answer.push_str("\r\n");
    }
    let head = format!(
        "content-type: application/json\r\ncontent-length: {}\r\nx-correlation-id: {correlation}\r\n\
         x-content-type-options: nosniff\r\ncache-control: no-store\r\n\r\n",
        body.len()
    );
    answer.push_str(&head);
    let mut answer = answer.into_bytes();
    answer.extend_from_slice(&body);
    answer.into()
}
