//! Serves the pages alone, for whoever works on them: `cargo run -p penstock-web --example preview -- 127.0.0.1:8090`.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
};

use penstock_web::Site;

fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8090".to_owned());
    let listener = TcpListener::bind(&address)?;
    let site = Site::new(format!("http://{address}"));
    for stream in listener.incoming() {
        // A browser that went away is no reason to stop.
        let _ = answer(&site, stream?);
    }
    Ok(())
}

fn answer(site: &Site, mut stream: TcpStream) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = line.split(' ').nth(1).unwrap_or("/");
    let Some(page) = site.respond(path) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    };
    write!(stream, "HTTP/1.1 {} .\r\ncontent-type: {}\r\n", page.status, page.content_type)?;
    for (name, value) in &page.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    write!(stream, "content-length: {}\r\nconnection: close\r\n\r\n", page.body.len())?;
    stream.write_all(&page.body)
}
