//! Counters of this process, as Prometheus reads them.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use http::{HeaderValue, Method, StatusCode};
use penstock_api::{Content, Reply};
use penstock_model::{Micros, time::SECOND};

use super::App;

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "other"];
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];
/// Upper bounds of the histogram in microseconds.
const BOUNDS: [u64; 12] =
    [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 2_500_000, 10_000_000];

pub(super) struct Metrics {
    started: Micros,
    requests: [[AtomicU64; CLASSES.len()]; METHODS.len()],
    /// How many took up to each bound and no less than the one before; the last is beyond all bounds.
    took: [AtomicU64; BOUNDS.len() + 1],
    took_micros: AtomicU64,
    writes: AtomicU64,
    panics: AtomicU64,
    connections: AtomicI64,
}

impl Metrics {
    pub(super) fn new(started: Micros) -> Self {
        Self {
            started,
            requests: Default::default(),
            took: Default::default(),
            took_micros: AtomicU64::new(0),
            writes: AtomicU64::new(0),
            panics: AtomicU64::new(0),
            connections: AtomicI64::new(0),
        }
    }

    pub(super) fn request(&self, method: &Method, status: StatusCode, took: Duration) {
        let known = METHODS.iter().position(|m| *m == method.as_str()).unwrap_or(METHODS.len() - 1);
        let class = usize::from(status.as_u16() / 100).saturating_sub(2).min(CLASSES.len() - 1);
        self.requests[known][class].fetch_add(1, Relaxed);
        if status.is_success() && matches!(METHODS[known], "POST" | "PUT" | "PATCH" | "DELETE") {
            self.writes.fetch_add(1, Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        self.took[bucket].fetch_add(1, Relaxed);
        self.took_micros.fetch_add(micros, Relaxed);
    }

    pub(super) fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    /// Counts a connection for as long as the guard lives.
    pub(super) fn connection(app: &Arc<App>) -> Connection {
        app.metrics.connections.fetch_add(1, Relaxed);
        Connection(Arc::clone(app))
    }

    fn text(&self) -> String {
        let mut out = String::with_capacity(4096);
        let head = |out: &mut String, name: &str, kind: &str, help: &str| {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
        };
        head(&mut out, "penstock_requests_total", "counter", "Requests that were answered.");
        for (method, classes) in METHODS.iter().zip(&self.requests) {
            for (class, count) in CLASSES.iter().zip(classes) {
                let count = count.load(Relaxed);
                let _ = writeln!(out, "penstock_requests_total{{method=\"{method}\",status=\"{class}\"}} {count}");
            }
        }
        head(&mut out, "penstock_request_duration_seconds", "histogram", "Time until an answer was ready.");
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.took) {
            sum += count.load(Relaxed);
            let le = seconds(*bound);
            let _ = writeln!(out, "penstock_request_duration_seconds_bucket{{le=\"{le}\"}} {sum}");
        }
        sum += self.took[BOUNDS.len()].load(Relaxed);
        let _ = writeln!(out, "penstock_request_duration_seconds_bucket{{le=\"+Inf\"}} {sum}");
        let total = seconds(self.took_micros.load(Relaxed));
        let _ = writeln!(out, "penstock_request_duration_seconds_sum {total}");
        let _ = writeln!(out, "penstock_request_duration_seconds_count {sum}");
        for (name, kind, help, value) in [
            ("penstock_writes_total", "counter", "Changing requests that succeeded.", self.writes.load(Relaxed)),
            (
                "penstock_panics_total",
                "counter",
                "Requests that met a fault in the program.",
                self.panics.load(Relaxed),
            ),
        ] {
            head(&mut out, name, kind, help);
            let _ = writeln!(out, "{name} {value}");
        }
        head(&mut out, "penstock_connections", "gauge", "Connections that are open.");
        let _ = writeln!(out, "penstock_connections {}", self.connections.load(Relaxed));
        head(&mut out, "penstock_info", "gauge", "The version of this program.");
        let _ = writeln!(out, "penstock_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        head(&mut out, "process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.");
        let _ = writeln!(out, "process_start_time_seconds {}", self.started / SECOND);
        out
    }
}

/// Microseconds as seconds, exactly.
fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An open connection.
pub(super) struct Connection(Arc<App>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.metrics.connections.fetch_sub(1, Relaxed);
    }
}

pub(super) fn metrics(app: &App) -> Reply {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Reply::new(200, Content::Bytes(kind, app.metrics.text().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_method_status_and_time() {
        let metrics = Metrics::new(1_700_000_000 * SECOND);
        metrics.request(&Method::GET, StatusCode::OK, Duration::from_micros(700));
        metrics.request(&Method::POST, StatusCode::CREATED, Duration::from_millis(30));
        metrics.request(&Method::POST, StatusCode::BAD_REQUEST, Duration::from_mins(1));
        let text = metrics.text();
        for line in [
            "penstock_requests_total{method=\"GET\",status=\"2xx\"} 1",
            "penstock_requests_total{method=\"POST\",status=\"4xx\"} 1",
            "penstock_request_duration_seconds_bucket{le=\"0.0005\"} 0",
            "penstock_request_duration_seconds_bucket{le=\"0.001\"} 1",
            "penstock_request_duration_seconds_bucket{le=\"10\"} 2",
            "penstock_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "penstock_request_duration_seconds_sum 60.0307",
            "penstock_request_duration_seconds_count 3",
            "penstock_writes_total 1",
            "process_start_time_seconds 1700000000",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
