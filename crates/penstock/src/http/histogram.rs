//! Durations, counted by how long they were, as Prometheus reads them.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Upper bounds in microseconds.
const BOUNDS: [u64; 12] =
    [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 2_500_000, 10_000_000];

#[derive(Default)]
pub(super) struct Histogram {
    /// How many took up to each bound and longer than the one before; the last is beyond all bounds.
    took: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Histogram {
    pub(super) fn add(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        self.took[bucket].fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.took.iter().all(|count| count.load(Relaxed) == 0)
    }

    /// Writes its lines under a name. `labels` are empty, or end with a comma.
    pub(super) fn write(&self, out: &mut String, name: &str, labels: &str) {
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.took) {
            sum += count.load(Relaxed);
            let _ = writeln!(out, "{name}_bucket{{{labels}le=\"{}\"}} {sum}", seconds(*bound));
        }
        sum += self.took[BOUNDS.len()].load(Relaxed);
        let _ = writeln!(out, "{name}_bucket{{{labels}le=\"+Inf\"}} {sum}");
        let labels = match labels.strip_suffix(',') {
            Some(labels) => format!("{{{labels}}}"),
            None => String::new(),
        };
        let _ = writeln!(out, "{name}_sum{labels} {}", seconds(self.micros.load(Relaxed)));
        let _ = writeln!(out, "{name}_count{labels} {sum}");
    }
}

/// Microseconds as seconds, exactly.
fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
