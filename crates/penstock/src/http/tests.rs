//! Every kind of reply over a real connection, with clients that ask for the head alone, for a part, or go away.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Arc, mpsc},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::HeaderValue;
use penstock_api::{BoxFuture, Content, Face, File, Outcome, Reply, Request};
use penstock_model::{Code, Error, Result};
use penstock_testing::{Engine, TestCompany};
use tokio::net::TcpListener;

use super::{App, Limits, Options, Origins, serve};

/// How long a test waits for what must come.
const TIMEOUT: Duration = Duration::from_secs(20);
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");
const PART: &[u8] = &[b'x'; 64 << 10];

/// A face with a path for each kind of reply.
struct Kinds {
    /// What happened to streams.
    seen: mpsc::Sender<&'static str>,
}

/// Says when it is dropped.
struct Dropped(mpsc::Sender<&'static str>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = self.0.send("dropped");
    }
}

impl Kinds {
    async fn answer(&self, request: Request) -> Result<Outcome> {
        let path = request.path.clone();
        let reply = match path.trim_start_matches("/kinds/") {
            "json" => Reply::json(200, r#"{"a":1}"#),
            "bytes" => Reply::new(200, Content::Bytes(TEXT, Bytes::from_static(b"some text"))),
            "empty" => Reply::new(204, Content::Empty),
            "redirect" => Reply::redirect(303, "/elsewhere"),
            "stream" => {
                let parts = stream::iter(["one ", "two ", "three"].map(|part| Ok(Bytes::from_static(part.as_bytes()))));
                Reply::new(200, Content::Stream { kind: TEXT, length: None, parts: parts.boxed() })
            }
            "broken" => {
                let parts = [Ok(Bytes::from_static(b"one")), Err(Error::internal("it breaks"))];
                Reply::new(200, Content::Stream { kind: TEXT, length: None, parts: stream::iter(parts).boxed() })
            }
            "endless" => {
                let guard = Dropped(self.seen.clone());
                let parts = stream::repeat_with(move || {
                    let _alive = &guard;
                    Ok(Bytes::from_static(PART))
                });
                Reply::new(200, Content::Stream { kind: TEXT, length: None, parts: parts.boxed() })
            }
            "file" => {
                let seen = self.seen.clone();
                let file = File::new(10, TEXT, move |range| {
                    let _ = seen.send("opened");
                    let [start, end] = [range.start, range.end].map(|n| usize::try_from(n).expect("a small number"));
                    stream::iter("0123456789"[start..end].bytes().map(|b| Ok(Bytes::from(vec![b])))).boxed()
                });
                Reply::new(200, Content::File(file))
            }
            "read" => Reply::json(200, request.body.read().await?.len().to_string()),
            "unread" => Reply::json(200, "0"),
            "declined" => return Ok(Outcome::Declined(request)),
            "panic" => panic!("on purpose"),
            "unavailable" => return Err(Error::unavailable("the database is away")),
            _ => return Err(Error::new(Code::RouteUnknown, "none of the kinds")),
        };
        Ok(reply.into())
    }
}

impl Face for Kinds {
    fn serves(&self, path: &str) -> bool {
        path.starts_with("/kinds/")
    }
    fn refuse(&self, _: &str, _: &str, error: Error) -> Reply {
        let mut reply = Reply::json(error.code.status(), format!("\"{}\"", error.code.word()));
        reply.notes.refused = Some(error);
        reply
    }
    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        Box::pin(async move { self.answer(request).await.unwrap_or_else(|error| self.refuse("", "", error).into()) })
    }
}

/// A server with the face, and what happens to its streams.
async fn server() -> (SocketAddr, mpsc::Receiver<&'static str>) {
    let (seen, happened) = mpsc::channel();
    let crm = TestCompany::open(Engine::Sqlite).await.crm.clone();
    let faces: Vec<Box<dyn Face>> = vec![Box::new(Kinds { seen: seen.clone() })];
    let limits = Limits { body: 1 << 20, bodies: 4 << 20, idle: TIMEOUT, write: TIMEOUT };
    let options = Options { limits, origins: Origins::All, log_refusals: false };
    let app = App::of(crm, faces, Box::new(Kinds { seen }), options);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(serve(listener, Arc::clone(&app), std::future::pending(), std::future::pending::<()>()));
    (address, happened)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(TIMEOUT)).expect("a timeout");
    stream
}

/// An answer as it came: status, headers in small letters, body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Sends a request on a connection of its own and gives all that comes until its end.
fn raw(address: SocketAddr, method: &str, path: &str, more: &str) -> Vec<u8> {
    let mut stream = connect(address);
    let request = format!("{method} {path} HTTP/1.1\r\nhost: t\r\nconnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut whole = Vec::new();
    let _ = stream.read_to_end(&mut whole);
    whole
}

/// As [`raw`], read as an answer.
fn ask(address: SocketAddr, method: &str, path: &str, more: &str) -> Answer {
    let whole = raw(address, method, path, more);
    let end = whole.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&whole[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    Answer { status, head, body: whole[end + 4..].to_vec() }
}

/// One answer of a connection that stays: its status and its body of known length.
fn next(stream: &mut TcpStream) -> (u16, Vec<u8>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")?.parse().ok()).expect("a length");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    (head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status"), body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_reply_comes_over_a_connection() {
    let (address, _happened) = server().await;
    for (path, status, kind, length, body) in [
        ("json", 200, Some("application/json"), Some("7"), &br#"{"a":1}"#[..]),
        ("bytes", 200, Some("text/plain"), Some("9"), b"some text"),
        ("empty", 204, None, None, b""),
        ("redirect", 303, None, Some("0"), b""),
        ("file", 200, Some("text/plain"), Some("10"), b"0123456789"),
        ("stream", 200, Some("text/plain"), None, b"4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n"),
    ] {
        let path = format!("/kinds/{path}");
        let whole = ask(address, "GET", &path, "");
        assert_eq!((whole.status, whole.header("content-type")), (status, kind), "{path}");
        assert_eq!((whole.header("content-length"), &*whole.body), (length, body), "{path}");
        assert!(whole.header("x-correlation-id").is_some(), "{path}");
        let head = ask(address, "HEAD", &path, "");
        assert_eq!((head.status, head.header("content-type"), &*head.body), (status, kind, &b""[..]), "HEAD {path}");
        let length = length.filter(|length| *length != "0");
        assert_eq!(head.header("content-length"), length, "HEAD {path}");
    }
    assert_eq!(ask(address, "GET", "/kinds/redirect", "").header("location"), Some("/elsewhere"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_served_in_parts() {
    let (address, happened) = server().await;
    let part = |range: &str| ask(address, "GET", "/kinds/file", &format!("range: {range}\r\n"));
    let two = part("bytes=2-4");
    assert_eq!((two.status, &*two.body), (206, &b"234"[..]));
    assert_eq!((two.header("content-range"), two.header("content-length")), (Some("bytes 2-4/10"), Some("3")));
    assert_eq!(part("bytes=-3").body, b"789");
    assert_eq!(happened.try_iter().count(), 2);
    let beyond = part("bytes=10-");
    assert_eq!((beyond.status, beyond.header("content-range"), &*beyond.body), (416, Some("bytes */10"), &b""[..]));
    let head = ask(address, "HEAD", "/kinds/file", "range: bytes=2-4\r\n");
    assert_eq!((head.status, head.header("content-length")), (200, Some("10")));
    assert_eq!(head.header("accept-ranges"), Some("bytes"));
    assert_eq!(happened.try_iter().count(), 0, "no byte was wanted, so it was not opened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_goes_away_ends_its_stream() {
    let (address, happened) = server().await;
    let mut client = connect(address);
    client.write_all(b"GET /kinds/endless HTTP/1.1\r\nhost: t\r\n\r\n").expect("sent");
    let mut some = vec![0; 1 << 20];
    client.read_exact(&mut some).expect("a megabyte of it");
    drop(client);
    assert_eq!(happened.recv_timeout(TIMEOUT), Ok("dropped"));
    let head = ask(address, "HEAD", "/kinds/endless", "");
    assert_eq!((head.status, &*head.body), (200, &b""[..]));
    assert_eq!(happened.recv_timeout(TIMEOUT), Ok("dropped"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_breaks_is_not_taken_for_a_whole_one() {
    let (address, _happened) = server().await;
    let broken = raw(address, "GET", "/kinds/broken", "");
    assert!(!broken.ends_with(b"0\r\n\r\n"), "{}", String::from_utf8_lossy(&broken));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_nobody_reads_breaks_no_connection() {
    let (address, _happened) = server().await;
    let body = vec![b'x'; 900 << 10];
    let mut client = connect(address);
    for (path, answer) in [("unread", "0"), ("read", "921600"), ("unread", "0"), ("nothing", "\"route.unknown\"")] {
        let head = format!("POST /kinds/{path} HTTP/1.1\r\nhost: t\r\ncontent-length: {}\r\n\r\n", body.len());
        client.write_all(head.as_bytes()).expect("sent");
        client.write_all(&body).expect("sent");
        assert_eq!(String::from_utf8_lossy(&next(&mut client).1), answer, "{path}");
    }
    // One that waits for leave to send is answered, and gets no leave.
    let waits = "POST /kinds/unread HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n";
    client.write_all(waits.as_bytes()).expect("sent");
    assert_eq!(next(&mut client), (200, b"0".to_vec()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_has_a_limit_only_for_who_reads_it() {
    let (address, _happened) = server().await;
    let body = vec![b'x'; (1 << 20) + 1];
    for chunked in [false, true] {
        for (path, status) in [("read", 413), ("unread", 200)] {
            let mut client = connect(address);
            let how = if chunked {
                "transfer-encoding: chunked".to_owned()
            } else {
                format!("content-length: {}", body.len())
            };
            let head = format!("POST /kinds/{path} HTTP/1.1\r\nhost: t\r\n{how}\r\n\r\n");
            client.write_all(head.as_bytes()).expect("sent");
            if chunked {
                client.write_all(format!("{:x}\r\n", body.len()).as_bytes()).expect("sent");
            }
            client.write_all(&body).expect("sent");
            if chunked {
                client.write_all(b"\r\n0\r\n\r\n").expect("sent");
            }
            assert_eq!(next(&mut client).0, status, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_cannot_be_read_is_refused_with_a_body_that_says_why() {
    let (address, _happened) = server().await;
    let many = "x: 1\r\n".repeat(200);
    let before = "GET /kinds/json HTTP/1.1\r\nhost: t\r\n\r\n";
    for (sent, status) in [
        ("GET\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n".to_owned(), 400),
        ("\0\0\0\0\r\n\r\n".to_owned(), 400),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(300_000)), 431),
        (format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(300_000)), 431),
        (format!("{before}{before}GET\r\n\r\n"), 400),
    ] {
        let mut stream = connect(address);
        let _ = stream.write_all(sent.as_bytes());
        let shown = &sent[..sent.len().min(80)];
        if sent.starts_with(before) {
            assert_eq!((next(&mut stream).0, next(&mut stream).0), (200, 200));
        }
        let mut whole = Vec::new();
        let _ = stream.read_to_end(&mut whole);
        let whole = String::from_utf8_lossy(&whole).into_owned();
        let (head, body) = whole.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{whole} to {shown}"));
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{head} to {shown}");
        assert_eq!(body, "\"parameter.invalid\"", "{shown}");
        let head = head.to_lowercase();
        let length = format!("content-length: {}", body.len());
        for line in ["content-type: application/json", "connection: close", &*length] {
            assert!(head.lines().any(|l| l == line), "{line} is not in {head}");
        }
        assert_eq!(head.matches("content-length").count(), 1, "{head}");
        assert!(head.contains("x-correlation-id: "), "{head}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_correlation_id_of_the_client_is_taken_if_it_is_one() {
    let (address, _happened) = server().await;
    let given = |id: &str| {
        let answer = ask(address, "GET", "/kinds/json", &format!("x-correlation-id: {id}\r\n"));
        answer.header("x-correlation-id").expect("an id").to_owned()
    };
    let longest = "z".repeat(64);
    for id in ["a", "order-7.b_c", &longest] {
        assert_eq!(given(id), id);
    }
    // A token is not repeated.
    for id in ["", "a b", "a/b", "a\"b", &"g".repeat(65), &"0123456789".repeat(4)] {
        assert!(given(id) != id && given(id).len() == 36, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_face_declines_is_answered_as_any_path_that_is_not_there() {
    let (address, _happened) = server().await;
    let declined = ask(address, "GET", "/kinds/declined", "");
    assert_eq!((declined.status, &*declined.body), (404, &b"\"route.unknown\""[..]));
    let faulty = ask(address, "GET", "/kinds/panic", "");
    assert_eq!((faulty.status, &*faulty.body), (500, &b"\"internal\""[..]));
    assert_eq!(ask(address, "GET", "/kinds/json", "").status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_refused_for_now_is_told_when_to_try_again() {
    let (address, _happened) = server().await;
    let refused = ask(address, "GET", "/kinds/unavailable", "");
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")));
    assert_eq!(ask(address, "GET", "/kinds/panic", "").header("retry-after"), None, "trying again is no help");
}
