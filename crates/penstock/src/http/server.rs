//! Connections: accepted, served, and drained when the server stops.

use std::{convert::Infallible, future::Future, pin::pin, sync::Arc, time::Duration};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::sleep,
};

use super::{
    App,
    connection::{Answer, Progress, Watched},
    metrics::Metrics,
    observe::observe,
    refusal,
};

/// Bytes that a connection holds of what has come and what is to go: a head is not longer, nor is more read of a body
/// before it is wanted, nor of requests that are sent before the answer to the one before.
pub(super) const BUFFER: usize = 64 << 10;
/// The pause after a connection could not be accepted: most likely there are too many.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a stop waits for a client that takes nothing of its answer.
const STALLED: Duration = Duration::from_secs(1);

/// Serves until `stop` comes, then waits for requests that are under way, but only until `enough` comes. Gives what that
/// gave, or nothing when all of them were answered.
pub(crate) async fn serve<T>(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
    enough: impl Future<Output = T>,
) -> Option<T> {
    raise_file_limit();
    // Each connection holds a receiver as long as it lives.
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    tokio::spawn(connection(stream, Arc::clone(&app), stopped.clone()));
                }
                Err(e) => {
                    tracing::warn!(error = %e, "can't accept a connection");
                    sleep(PAUSE).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop((listener, stopped));
    stopping.send_replace(());
    tokio::select! {
        () = stopping.closed() => None,
        enough = enough => Some(enough),
    }
}

/// Lets this process have as many connections as the system allows: most systems begin with 1024 open files, which
/// idle clients alone can use up, and without a free one no record can be read.
fn raise_file_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(e) = setrlimit(Resource::Nofile, limit) {
        tracing::debug!(error = %e, "the limit of open files stays as it is");
    }
}

/// Serves a connection until it ends, or until the server stops and all that it was asked is answered.
async fn connection(stream: TcpStream, app: Arc<App>, mut stopping: watch::Receiver<()>) {
    let _counted = Metrics::connection(&app);
    // An answer is written whole: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let progress = Arc::<Progress>::default();
    let explaining = Arc::clone(&app);
    let explain = Box::new(move |bare: &[u8]| refusal::explained(&explaining, bare));
    let stream = Watched::new(stream, Arc::clone(&progress), app.options.limits.write, explain);
    let answer = |request: Request<Incoming>| {
        let (app, answering) = (Arc::clone(&app), progress.answering());
        async move {
            let response = observe(&app, request).await;
            Ok::<_, Infallible>(response.map(|body| Answer::new(body, answering)))
        }
    };
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.options.limits.idle)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = &mut served => Some(ended),
        _ = stopping.changed() => None,
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        served.as_mut().graceful_shutdown();
        tokio::select! {
            ended = &mut served => ended,
            () = nothing_left(&progress) => Ok(()),
        }
    };
    if let Err(e) = ended {
        tracing::debug!(error = %e, "a connection broke");
    }
}

/// Comes when there is nothing more to wait for: no request is being answered, or the client takes nothing.
async fn nothing_left(progress: &Progress) {
    let mut before = None;
    while !progress.is_idle() {
        sleep(STALLED).await;
        let blocked = progress.blocked_at();
        if blocked.is_some() && blocked == before {
            return;
        }
        before = blocked;
    }
}

/// Comes when the process is asked to stop: by SIGTERM or SIGINT.
pub(crate) async fn stopped() {
    let (mut terminate, mut interrupt) = match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(terminate), Ok(interrupt)) => (terminate, interrupt),
        (Err(e), _) | (_, Err(e)) => {
            tracing::error!(error = %e, "can't listen to signals: the server stops only when it is killed");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
