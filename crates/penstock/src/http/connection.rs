//! A connection beneath the HTTP server: what hyper leaves to others.
//!
//! A write that makes no progress ends the connection, since hyper waits for ever for a client that does not read. What a
//! stop has to wait for is known: a request that is being answered, not a head of which half was sent. And where hyper
//! refuses a head that it can't read, with a bare status, a body says why.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// What is known of a connection.
#[derive(Default)]
pub(super) struct Progress {
    /// Requests whose answers are not yet taken by the connection.
    open: AtomicUsize,
    /// Whether nothing of an answer is left to be sent.
    is_sent: AtomicBool,
    /// Whether the client takes nothing at the moment.
    is_blocked: AtomicBool,
    /// Bytes that were sent.
    sent: AtomicU64,
}

impl Progress {
    /// Says that a request is being answered, until the guard is dropped.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.open.fetch_add(1, Relaxed);
        self.is_sent.store(false, Relaxed);
        Answering(Arc::clone(self))
    }

    /// Whether no request is being answered and all answers are sent.
    pub(super) fn is_idle(&self) -> bool {
        self.open.load(Relaxed) == 0 && self.is_sent.load(Relaxed)
    }

    /// Bytes that were sent, if the client takes no more at the moment.
    pub(super) fn blocked_at(&self) -> Option<u64> {
        self.is_blocked.load(Relaxed).then(|| self.sent.load(Relaxed))
    }
}

/// A request that is being answered.
pub(super) struct Answering(Arc<Progress>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Relaxed);
    }
}

/// The body of an answer; its request counts as being answered until the connection has taken all of it.
pub(super) struct Answer<B> {
    body: B,
    _answering: Answering,
}

impl<B> Answer<B> {
    pub(super) const fn new(body: B, answering: Answering) -> Self {
        Self { body, _answering: answering }
    }
}

impl<B: Body + Unpin> Body for Answer<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Gives the answer to a head that can't be read, from the one that hyper would send.
type Explain = Box<dyn Fn(&[u8]) -> Bytes + Send>;

/// The bytes of a connection.
pub(super) struct Watched<S> {
    stream: S,
    progress: Arc<Progress>,
    /// How long a write may make no progress.
    patience: Duration,
    /// Runs while the client takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
    explain: Explain,
    /// What is sent in place of hyper's own refusal.
    refusal: Option<Bytes>,
}

impl<S: AsyncWrite + Unpin> Watched<S> {
    pub(super) fn new(stream: S, progress: Arc<Progress>, patience: Duration, explain: Explain) -> Self {
        // Nothing is left to be sent before the first request.
        progress.is_sent.store(true, Relaxed);
        Self { stream, progress, patience, stalled: None, explain, refusal: None }
    }

    /// Notes what became of a write.
    fn noted(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Pending => {
                self.progress.is_blocked.store(true, Relaxed);
                let patience = self.patience;
                let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + patience)));
                ready!(stalled.as_mut().poll(cx));
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client did not read its answer")))
            }
            Poll::Ready(written) => {
                self.stalled = None;
                self.progress.is_blocked.store(false, Relaxed);
                if let Ok(bytes) = written {
                    self.progress.sent.fetch_add(bytes as u64, Relaxed);
                }
                Poll::Ready(written)
            }
        }
    }

    /// Sends a refusal in place of hyper's own, which is `given`: no request is being answered and nothing of an answer is
    /// left, so that nobody else can be writing.
    fn refuse(&mut self, cx: &mut Context<'_>, given: &[u8]) -> Poll<io::Result<usize>> {
        let mut refusal = self.refusal.take().unwrap_or_else(|| (self.explain)(given));
        while !refusal.is_empty() {
            let written = Pin::new(&mut self.stream).poll_write(cx, &refusal);
            match self.noted(cx, written) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                Poll::Ready(Ok(bytes)) => refusal.advance(bytes),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.refusal = Some(refusal);
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(given.len()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.progress.is_idle() {
            return self.refuse(cx, buf);
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.noted(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.progress.is_idle() {
            return self.refuse(cx, &bufs.iter().flat_map(|buf| buf.iter().copied()).collect::<Vec<u8>>());
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.noted(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Asked only when all has been written.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.progress.open.load(Relaxed) == 0 {
            self.progress.is_sent.store(true, Relaxed);
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn watched(room: usize) -> (Watched<tokio::io::DuplexStream>, Arc<Progress>, tokio::io::DuplexStream) {
        let (server, client) = duplex(room);
        let progress = Arc::<Progress>::default();
        let explain: Explain = Box::new(|given| Bytes::from([b"explained: ", given].concat()));
        (Watched::new(server, Arc::clone(&progress), PATIENCE, explain), progress, client)
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_makes_no_progress_ends_the_connection() {
        let (mut server, progress, mut client) = watched(8);
        let _answering = progress.answering();
        let started = Instant::now();
        let error = server.write_all(&[1; 9]).await.expect_err("nobody reads");
        assert_eq!((error.kind(), started.elapsed()), (io::ErrorKind::TimedOut, PATIENCE));
        assert_eq!(progress.blocked_at(), Some(8));
        // Who reads slowly, but reads, is waited for.
        client.read_exact(&mut [0; 8]).await.expect("the first of it");
        let reading = tokio::spawn(async move {
            for _ in 0..10 {
                tokio::time::sleep(PATIENCE / 2).await;
                client.read_exact(&mut [0; 8]).await.expect("some of it");
            }
        });
        server.write_all(&[1; 80]).await.expect("it is read");
        reading.await.expect("a client");
        assert_eq!(progress.blocked_at(), None);
    }

    #[tokio::test]
    async fn what_is_written_while_nothing_is_answered_is_explained() {
        let (mut server, progress, mut client) = watched(1000);
        assert!(progress.is_idle());
        let answering = progress.answering();
        server.write_all(b"an answer;").await.expect("written");
        assert!(!progress.is_idle());
        drop(answering);
        // The end of the answer comes after its body was taken.
        server.write_all(b"its end;").await.expect("written");
        server.flush().await.expect("flushed");
        assert!(progress.is_idle());
        assert_eq!(server.write(b"bare").await.expect("written"), 4);
        drop(server);
        let mut seen = String::new();
        client.read_to_string(&mut seen).await.expect("all of it");
        assert_eq!(seen, "an answer;its end;explained: bare");
    }
}
