//! Samples: processor time per request and requests per second, each the median of several. What is compared is
//! sampled in turn, so that a machine that grows slower is slower for all.

use crate::{Result, child::Server, load::Load, process};

/// How long and how often is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Samples of which the median counts.
    pub(crate) samples: usize,
    /// Seconds of a sample.
    pub(crate) seconds: f64,
}

impl Pace {
    /// For figures that are kept.
    pub(crate) const FULL: Self = Self { samples: 5, seconds: 3.0 };
    /// For every change of the project.
    pub(crate) const CI: Self = Self { samples: 5, seconds: 0.8 };
}

/// What requests of one kind cost a server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Processor time of a request in microseconds, user and system.
    pub(crate) micros: f64,
    /// Requests per second.
    pub(crate) rate: f64,
    /// Bytes of a body.
    pub(crate) bytes: f64,
}

/// What each load costs its server, after a warm-up.
pub(crate) fn costs(pace: Pace, pairs: &[(&Server, &Load<'_>)]) -> Result<Vec<Cost>> {
    for (server, load) in pairs {
        let warm_up = Load { seconds: pace.seconds / 3.0, ..**load };
        warm_up.send(server.address)?;
    }
    let mut taken: Vec<Vec<Cost>> = pairs.iter().map(|_| Vec::new()).collect();
    for _ in 0..pace.samples {
        for ((server, load), costs) in pairs.iter().zip(&mut taken) {
            costs.push(cost(server, &Load { seconds: pace.seconds, ..**load })?);
        }
    }
    Ok(taken.iter().map(|costs| typical(costs)).collect())
}

/// What one load costs a server.
pub(crate) fn cost(server: &Server, load: &Load<'_>) -> Result<Cost> {
    let before = process::cpu(server.pid())?;
    let outcome = load.send(server.address)?;
    let used = process::cpu(server.pid())?.saturating_sub(before);
    Ok(Cost {
        micros: used.as_secs_f64() * 1e6 / outcome.answered,
        rate: outcome.answered / outcome.seconds,
        bytes: outcome.bytes,
    })
}

/// The median of each figure.
pub(crate) fn typical(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| median(costs.iter().map(figure).collect());
    Cost { micros: of(|c| c.micros), rate: of(|c| c.rate), bytes: of(|c| c.bytes) }
}

/// The middle one of some figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_median_is_the_middle_one() {
        assert!((super::median(vec![9.0, 1.0, 5.0, 100.0, 2.0]) - 5.0).abs() < 1e-9);
    }
}
