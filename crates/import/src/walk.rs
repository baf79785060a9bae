//! The rows of a step, in order, each as far as it says for itself.

use std::collections::HashMap;

use super::failure::Outcome;
use super::{
    draft::{Draft, Problem, draft},
    file::Row,
    plan::Step,
};

/// What a row says; unset: it is passed over; else why it is refused.
pub(super) type Looked = Result<Option<Draft>, Vec<Problem>>;

/// The rows of a step that are still to come.
pub(super) struct Walk<'s> {
    step: &'s Step,
    rows: Box<dyn Iterator<Item = Outcome<Row>> + Send + 's>,
    /// The keys that there were, and their lines.
    seen: HashMap<String, u64>,
}

impl<'s> Walk<'s> {
    /// The rows of a step behind the first `done`.
    pub(super) fn new(step: &'s Step, done: i64) -> Outcome<Self> {
        let mut walk = Self { step, rows: Box::new(step.file.rows()?), seen: HashMap::new() };
        for _ in 0..done {
            walk.next()?;
        }
        Ok(walk)
    }

    /// The next rows, at most so many; none at the end.
    pub(super) fn take(&mut self, most: usize) -> Outcome<Vec<Looked>> {
        let mut taken = Vec::with_capacity(most);
        while taken.len() < most
            && let Some(row) = self.next()?
        {
            taken.push(row);
        }
        Ok(taken)
    }

    fn next(&mut self) -> Outcome<Option<Looked>> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        let mut looked = draft(self.step, &row?);
        if let Ok(Some(draft)) = &looked
            && let (Some(key), Some(reading)) = (&draft.key, &self.step.key)
            && let Some(line) = self.seen.insert(key.clone(), draft.line)
        {
            self.seen.insert(key.clone(), line);
            looked = Err(vec![Problem {
                line: draft.line,
                column: reading.label.clone(),
                value: key.clone(),
                reason: format!("line {line} has the same key"),
            }]);
        }
        Ok(Some(looked))
    }
}
