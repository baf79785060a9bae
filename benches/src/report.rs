//! The figures as a table with verdicts.

use std::fmt::Write;

/// What a figure must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// Only told.
    Reported,
}

impl Target {
    /// Whether a figure is what it must be, or not worse than that by a factor.
    fn met(self, figure: f64, margin: f64) -> Option<bool> {
        match self {
            Self::AtMost(most) => Some(figure <= most * margin),
            Self::AtLeast(least) => Some(figure >= least / margin),
            Self::Reported => None,
        }
    }
}

/// One row of the table.
pub(crate) struct Line {
    /// What was asked.
    pub(crate) what: String,
    /// What Penstock is held against, with its figures.
    pub(crate) base: String,
    /// Penstock's figures.
    pub(crate) ours: String,
    /// The figure that counts.
    pub(crate) figure: f64,
    /// Behind the figure: `x` for a ratio, ` MB`.
    pub(crate) unit: &'static str,
    pub(crate) target: Target,
}

/// All rows.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
    notes: Vec<String>,
    /// How much worse than its target a figure may be.
    margin: f64,
}

impl Report {
    pub(crate) fn new(margin: f64) -> Self {
        Self { margin, ..Self::default() }
    }

    pub(crate) fn add(&mut self, line: Line) {
        eprintln!("{}", self.row(&line));
        self.lines.push(line);
    }

    /// Something that a reader of the figures must know.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Whether every target is met, within the margin.
    pub(crate) fn holds(&self) -> bool {
        self.lines.iter().all(|line| self.met(line) != Some(false))
    }

    fn met(&self, line: &Line) -> Option<bool> {
        line.target.met(line.figure, self.margin)
    }

    fn strictly(line: &Line) -> bool {
        line.target.met(line.figure, 1.0) == Some(true)
    }

    fn row(&self, line: &Line) -> String {
        let target = match line.target {
            Target::AtMost(most) => format!("at most {most}{}", line.unit),
            Target::AtLeast(least) => format!("at least {least}{}", line.unit),
            Target::Reported => "reported".to_owned(),
        };
        let verdict = match self.met(line) {
            Some(true) if Self::strictly(line) => "met",
            Some(true) => "within the margin",
            Some(false) => "**missed**",
            None => "",
        };
        let Line { what, base, ours, figure, unit, .. } = line;
        format!("| {what} | {base} | {ours} | {figure:.2}{unit} | {target} | {verdict} |")
    }

    /// The table in Markdown, with the facts before it and the notes behind.
    pub(crate) fn markdown(&self, facts: &[String]) -> String {
        let mut out = String::new();
        for fact in facts {
            let _ = writeln!(out, "- {fact}");
        }
        if self.margin > 1.0 {
            let _ = writeln!(out, "- targets with a margin of {}", self.margin);
        }
        out.push_str(
            "\n| scenario | held against | Penstock | figure | target | verdict |\n|---|---|---|---|---|---|\n",
        );
        for line in &self.lines {
            let _ = writeln!(out, "{}", self.row(line));
        }
        for note in &self.notes {
            let _ = write!(out, "\n{note}\n");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(figure: f64, target: Target) -> Line {
        Line { what: "a page".into(), base: "1".into(), ours: "2".into(), figure, unit: "x", target }
    }

    #[test]
    fn a_margin_forgives_in_both_directions() {
        for (figure, target, strict, forgiving) in [
            (2.0, Target::AtMost(2.0), true, true),
            (2.9, Target::AtMost(2.0), false, true),
            (3.1, Target::AtMost(2.0), false, false),
            (0.3, Target::AtLeast(0.4), false, true),
            (0.2, Target::AtLeast(0.4), false, false),
            (99.0, Target::Reported, true, true),
        ] {
            for (margin, expected) in [(1.0, strict), (1.5, forgiving)] {
                let mut report = Report::new(margin);
                report.add(line(figure, target));
                assert_eq!(report.holds(), expected, "{figure} {target:?} {margin}");
            }
        }
    }

    #[test]
    fn the_table_says_what_was_missed() {
        for (margin, verdict) in [(1.0, "**missed**"), (1.5, "within the margin")] {
            let mut report = Report::new(margin);
            report.add(line(2.345, Target::AtMost(2.0)));
            report.add(line(1.0, Target::AtMost(2.0)));
            let text = report.markdown(&["a machine".to_owned()]);
            assert!(text.contains(&format!("| a page | 1 | 2 | 2.35x | at most 2x | {verdict} |")), "{text}");
            assert!(text.contains("| a page | 1 | 2 | 1.00x | at most 2x | met |"), "{text}");
        }
    }
}
