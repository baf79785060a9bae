//! One request at a time, for looking at answers rather than timing them.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use crate::Result;

/// The body of a `GET`; anything but 200 is a failure.
pub(crate) fn get(address: SocketAddr, path: &str, token: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nx-api-token: {token}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head = answer.windows(4).position(|w| w == b"\r\n\r\n").ok_or("an answer without a head")?;
    if answer.get(9..12) != Some(b"200") {
        return Err(format!("GET {path}: {}", String::from_utf8_lossy(&answer[..answer.len().min(1000)])).into());
    }
    Ok(answer.split_off(head + 4))
}
