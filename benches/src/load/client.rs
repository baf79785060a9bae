//! One keep-alive connection of HTTP/1.1. It reads what a measurement needs: the status, and where the body ends.

use std::{io, net::SocketAddr, rc::Rc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What came back.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) answered: u64,
    pub(super) refused: u64,
    pub(super) bytes: u64,
    /// The beginning of the first answer that was an error.
    pub(super) first_refusal: Option<String>,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.refused += other.refused;
        self.bytes += other.bytes;
        self.first_refusal = self.first_refusal.take().or(other.first_refusal);
    }
}

/// Sends one request after the other while `more` says so.
pub(super) async fn drive(
    address: SocketAddr,
    requests: Rc<Vec<Vec<u8>>>,
    first: usize,
    more: impl Fn() -> bool,
) -> io::Result<Tally> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 512 * 1024];
    let mut tally = Tally::default();
    let mut next = first % requests.len();
    while more() {
        stream.write_all(&requests[next]).await?;
        next = (next + 1) % requests.len();
        receive(&mut stream, &mut buffer, &mut tally).await?;
    }
    Ok(tally)
}

async fn receive(stream: &mut TcpStream, buffer: &mut [u8], tally: &mut Tally) -> io::Result<()> {
    let mut filled = 0;
    let head = loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection"));
        }
        filled += read;
        if let Some(head) = Head::find(&buffer[..filled])? {
            break head;
        }
    };
    if head.status < 300 {
        tally.answered += 1;
    } else {
        tally.refused += 1;
        tally.first_refusal.get_or_insert_with(|| String::from_utf8_lossy(&buffer[..filled.min(2000)]).into_owned());
    }
    tally.bytes += head.body as u64;
    let mut left = (head.size + head.body).saturating_sub(filled);
    while left > 0 {
        let read = stream.read(buffer).await?;
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection"));
        }
        left = left.saturating_sub(read);
    }
    Ok(())
}

/// What the head of an answer says.
struct Head {
    status: u16,
    /// Bytes of the head.
    size: usize,
    /// Bytes of the body.
    body: usize,
}

impl Head {
    /// The head, when all of it has come.
    fn find(bytes: &[u8]) -> io::Result<Option<Self>> {
        let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else { return Ok(None) };
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let text = std::str::from_utf8(&bytes[..end]).map_err(|_| wrong("a head that is no text"))?;
        let status = text.get(9..12).and_then(|s| s.parse().ok()).ok_or_else(|| wrong("no status"))?;
        let length = text.lines().skip(1).filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
        });
        // The servers know how long their answers are; chunks would cost the generator more.
        let body = length.ok_or_else(|| wrong("an answer without a content-length"))?;
        Ok(Some(Self { status, size: end + 4, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_found_when_all_of_it_is_there() {
        let text = b"HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\nContent-Length: 5\r\n\r\nhe";
        for short in 0..text.len() - 2 {
            assert!(Head::find(&text[..short]).unwrap().is_none());
        }
        let head = Head::find(text).unwrap().unwrap();
        assert_eq!((head.status, head.size, head.body), (201, text.len() - 2, 5));
    }
}
