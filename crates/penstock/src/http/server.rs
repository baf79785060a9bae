//! Connections: accepted, served, and drained when the server stops.

use std::{convert::Infallible, future::Future, pin::pin, sync::Arc, time::Duration};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulConnection, GracefulShutdown},
};
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
    time::{sleep, timeout},
};

use super::{App, metrics::Metrics, observe::observe};

/// How long a connection may take to send a request's head, and how long it may stay idle.
const HEAD: Duration = Duration::from_secs(75);
/// Bytes that a connection holds of what has come and what is to go: a head is not longer, nor is more read of a body
/// before it is wanted.
const BUFFER: usize = 64 << 10;
/// The pause after a connection could not be accepted: most likely there are too many.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` comes, then waits for requests that are under way, but no longer than `drain`.
/// Gives whether all of them were answered.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
    drain: Duration,
) -> bool {
    raise_file_limit();
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let connection = connection(stream, Arc::clone(&app));
                    let (watched, counted) = (connections.watch(connection), Metrics::connection(&app));
                    tokio::spawn(async move {
                        if let Err(e) = watched.await {
                            tracing::debug!(error = %e, "a connection broke");
                        }
                        drop(counted);
                    });
                }
                Err(e) => {
                    tracing::warn!(error = %e, "can't accept a connection");
                    sleep(PAUSE).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    timeout(drain, connections.shutdown()).await.is_ok()
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

fn connection(stream: TcpStream, app: Arc<App>) -> impl GracefulConnection<Error = hyper::Error> {
    // An answer is written whole: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let answer = move |request: Request<Incoming>| {
        let app = Arc::clone(&app);
        async move { Ok::<_, Infallible>(observe(&app, request).await) }
    };
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service_fn(answer))
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
