//! Counters of this process, as Prometheus reads them.

use std::{
    collections::HashMap,
    fmt::Write,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use http::{HeaderValue, Method, StatusCode};
use penstock_api::{Content, Notes, Reply};
use penstock_model::{Micros, time::SECOND};
use penstock_store::Queued;

use super::{App, histogram::Histogram};
use crate::jobs::longest_wait;

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "other"];
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// The durations of an operation, by class of status.
type Durations = [Histogram; CLASSES.len()];

pub(super) struct Metrics {
    started: Micros,
    requests: [[AtomicU64; CLASSES.len()]; METHODS.len()],
    took: Histogram,
    /// By version and operation, those that were asked for so far.
    operations: RwLock<HashMap<(&'static str, &'static str), Arc<Durations>>>,
    writes: AtomicU64,
    panics: AtomicU64,
    connections: AtomicI64,
}

impl Metrics {
    pub(super) fn new(started: Micros) -> Self {
        Self {
            started,
            requests: Default::default(),
            took: Histogram::default(),
            operations: RwLock::default(),
            writes: AtomicU64::new(0),
            panics: AtomicU64::new(0),
            connections: AtomicI64::new(0),
        }
    }

    pub(super) fn request(&self, method: &Method, status: StatusCode, notes: &Notes, took: Duration) {
        let known = METHODS.iter().position(|m| *m == method.as_str()).unwrap_or(METHODS.len() - 1);
        let class = usize::from(status.as_u16() / 100).saturating_sub(2).min(CLASSES.len() - 1);
        self.requests[known][class].fetch_add(1, Relaxed);
        if status.is_success() && matches!(METHODS[known], "POST" | "PUT" | "PATCH" | "DELETE") {
            self.writes.fetch_add(1, Relaxed);
        }
        self.took.add(took);
        let named = |word: &'static str| if word.is_empty() { "other" } else { word };
        self.durations((named(notes.version), named(notes.operation)))[class].add(took);
    }

    fn durations(&self, of: (&'static str, &'static str)) -> Arc<Durations> {
        let known = self.operations.read().unwrap_or_else(PoisonError::into_inner).get(&of).map(Arc::clone);
        known.unwrap_or_else(|| {
            let mut operations = self.operations.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(operations.entry(of).or_default())
        })
    }

    pub(super) fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    /// Counts a connection for as long as the guard lives.
    pub(super) fn connection(app: &Arc<App>) -> Connection {
        app.metrics.connections.fetch_add(1, Relaxed);
        Connection(Arc::clone(app))
    }

    fn text(&self, queued: Queued, longest_wait: Option<Micros>) -> String {
        let mut out = String::with_capacity(4096);
        head(&mut out, "penstock_requests_total", "counter", "Requests that were answered.");
        for (method, classes) in METHODS.iter().zip(&self.requests) {
            for (class, count) in CLASSES.iter().zip(classes) {
                let count = count.load(Relaxed);
                let _ = writeln!(out, "penstock_requests_total{{method=\"{method}\",status=\"{class}\"}} {count}");
            }
        }
        head(&mut out, "penstock_request_duration_seconds", "histogram", "Time until an answer was ready.");
        self.took.write(&mut out, "penstock_request_duration_seconds", "");
        self.write_operations(&mut out);
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
        head(&mut out, "penstock_queue_depth", "gauge", "Writes and reads that wait for the database.");
        for (queue, depth) in [("writes", queued.writes), ("reads", queued.reads)] {
            let _ = writeln!(out, "penstock_queue_depth{{queue=\"{queue}\"}} {depth}");
        }
        if let Some(wait) = longest_wait {
            let name = "penstock_oldest_work_seconds";
            head(&mut out, name, "gauge", "How long the job has waited that has waited longest of those that are due.");
            let _ = writeln!(out, "{name} {}", wait / SECOND);
        }
        head(&mut out, "penstock_connections", "gauge", "Connections that are open.");
        let _ = writeln!(out, "penstock_connections {}", self.connections.load(Relaxed));
        head(&mut out, "penstock_info", "gauge", "The version of this program.");
        let _ = writeln!(out, "penstock_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        head(&mut out, "process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.");
        let _ = writeln!(out, "process_start_time_seconds {}", self.started / SECOND);
        out
    }

    fn write_operations(&self, out: &mut String) {
        const NAME: &str = "penstock_operation_duration_seconds";
        head(out, NAME, "histogram", "Time until an answer was ready, by operation.");
        let operations = self.operations.read().unwrap_or_else(PoisonError::into_inner);
        let mut sorted: Vec<_> = operations.iter().collect();
        sorted.sort_unstable_by_key(|(of, _)| **of);
        for ((version, operation), durations) in sorted {
            for (class, histogram) in CLASSES.iter().zip(&**durations).filter(|(_, histogram)| !histogram.is_empty()) {
                let labels = format!("version=\"{version}\",operation=\"{operation}\",status=\"{class}\",");
                histogram.write(out, NAME, &labels);
            }
        }
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// An open connection.
pub(super) struct Connection(Arc<App>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.metrics.connections.fetch_sub(1, Relaxed);
    }
}

pub(super) async fn metrics(app: &App) -> Reply {
    // Without the records the rest can still be told.
    let longest_wait = longest_wait(&app.crm).await.ok();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Reply::new(200, Content::Bytes(kind, app.metrics.text(app.crm.database.queued(), longest_wait).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_method_status_and_time() {
        let metrics = Metrics::new(1_700_000_000 * SECOND);
        let notes = Notes { version: "v1", operation: "getDeals", ..Notes::default() };
        metrics.request(&Method::GET, StatusCode::OK, &notes, Duration::from_micros(700));
        metrics.request(&Method::POST, StatusCode::CREATED, &Notes::default(), Duration::from_millis(30));
        metrics.request(&Method::POST, StatusCode::BAD_REQUEST, &Notes::default(), Duration::from_mins(1));
        let text = metrics.text(Queued { writes: 3, reads: 0 }, Some(7 * SECOND));
        for line in [
            "penstock_requests_total{method=\"GET\",status=\"2xx\"} 1",
            "penstock_requests_total{method=\"POST\",status=\"4xx\"} 1",
            "penstock_request_duration_seconds_bucket{le=\"0.0005\"} 0",
            "penstock_request_duration_seconds_bucket{le=\"0.001\"} 1",
            "penstock_request_duration_seconds_bucket{le=\"10\"} 2",
            "penstock_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "penstock_request_duration_seconds_sum 60.0307",
            "penstock_request_duration_seconds_count 3",
            "penstock_operation_duration_seconds_bucket{version=\"v1\",operation=\"getDeals\",status=\"2xx\",le=\"0.001\"} 1",
            "penstock_operation_duration_seconds_count{version=\"v1\",operation=\"getDeals\",status=\"2xx\"} 1",
            "penstock_operation_duration_seconds_sum{version=\"other\",operation=\"other\",status=\"4xx\"} 60",
            "penstock_queue_depth{queue=\"writes\"} 3",
            "penstock_oldest_work_seconds 7",
            "penstock_writes_total 1",
            "process_start_time_seconds 1700000000",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
