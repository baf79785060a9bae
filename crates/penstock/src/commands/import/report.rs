//! What an import came to, in words; and the rows that were refused, as a file.

use std::path::Path;

use penstock_import::{Counts, Failure, Outcome, Problem};
use penstock_model::Object;

use crate::output::{complain, say};

/// Refused rows that are shown; the report has them all.
const SHOWN: usize = 10;

/// The rows that were refused, as they become known: the first ones shown, all of them in a file.
pub(super) struct Refused<'p> {
    path: &'p Path,
    report: Option<Report>,
    count: usize,
}

impl<'p> Refused<'p> {
    /// None so far.
    pub(super) const fn new(path: &'p Path) -> Self {
        Self { path, report: None, count: 0 }
    }

    /// Adds why a row of a file is refused.
    pub(super) fn add(&mut self, file: &str, problem: &Problem) -> Outcome {
        if self.count < SHOWN {
            complain(&in_words(file, problem));
        }
        self.count += 1;
        if self.report.is_none() {
            self.report = Some(Report::begin(self.path)?);
        }
        self.report.as_mut().map_or(Ok(()), |report| report.add(file, problem))
    }

    /// Ends the file, if there is one, and says where it is.
    pub(super) fn end(self) -> Outcome {
        let Some(report) = self.report else { return Ok(()) };
        report.end()?;
        say(&format!("  why rows were refused: {}", self.path.display()));
        Ok(())
    }
}

/// The file of refused rows.
struct Report {
    path: String,
    file: csv::Writer<std::fs::File>,
}

impl Report {
    /// Begins a file.
    fn begin(path: &Path) -> Outcome<Self> {
        let shown = path.display().to_string();
        let failed = |e: csv::Error| Failure::new(format!("can't write the report {shown}: {e}"));
        let mut file = csv::Writer::from_path(path).map_err(failed)?;
        file.write_record(["file", "line", "column", "value", "reason"]).map_err(failed)?;
        Ok(Self { path: shown, file })
    }

    /// Adds why a row of a file is refused.
    fn add(&mut self, name: &str, problem: &Problem) -> Outcome {
        let line = problem.line.to_string();
        let record = [name, &line, &problem.column, &problem.value, &problem.reason];
        self.file.write_record(record).map_err(|e| Failure::new(format!("can't write the report {}: {e}", self.path)))
    }

    /// Ends the file.
    fn end(mut self) -> Outcome {
        self.file.flush().map_err(|e| Failure::new(format!("can't write the report {}: {e}", self.path)))
    }
}

/// A problem in one line.
fn in_words(name: &str, problem: &Problem) -> String {
    let Problem { line, column, value, reason } = problem;
    match (column.as_str(), value.as_str()) {
        ("", _) => format!("{name} line {line}: {reason}"),
        (column, "") => format!("{name} line {line}, {column}: {reason}"),
        (column, value) => format!("{name} line {line}, {column} {value:?}: {reason}"),
    }
}

/// What became of rows, in words.
pub(super) fn counts(counts: &Counts) -> String {
    let Counts { made, changed, same, passed, refused } = *counts;
    words(
        counts.all(),
        &[(made, "made"), (changed, "changed"), (same, "as they were"), (passed, "passed over"), (refused, "refused")],
    )
}

/// What would become of rows, in words.
pub(super) fn prospects(counts: &Counts) -> String {
    let Counts { made, changed, same, passed, refused } = *counts;
    words(
        counts.all(),
        &[
            (made, "would be made"),
            (changed + same, "have a record, which would be updated where it differs"),
            (passed, "would be passed over"),
            (refused, "would be refused"),
        ],
    )
}

fn words(all: i64, parts: &[(i64, &str)]) -> String {
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    format!("{all} rows: {}", if parts.is_empty() { "nothing to do".to_owned() } else { parts.join(", ") })
}

/// How many records of each object, in words.
pub(super) fn records(made: &[(&'static Object, i64)]) -> String {
    let parts: Vec<String> = made
        .iter()
        .map(|(object, count)| {
            let name = if *count == 1 { object.name } else { object.plural };
            format!("{count} {}", name.replace('_', " "))
        })
        .collect();
    parts.join(", ")
}
