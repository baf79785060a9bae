//! What a row says: values, and names of records that are still to be found. Nothing here asks the company.

use csv::StringRecord;
use penstock_model::{Kind, Micros, Object, Value, objects};

use super::{
    activity,
    ask::Ask,
    deal,
    file::Row,
    mapping::{By, WhenBlank},
    plan::{Bound, Step},
};

/// A row, as far as it says for itself.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: u64,
    /// What tells it apart from other rows.
    pub(super) key: Option<String>,
    /// What goes to the fields of the step, by their places.
    pub(super) fields: Vec<(usize, Wanted)>,
    /// When the deal was made, as its first stay says, where the row does not say it otherwise.
    pub(super) add_time: Option<Micros>,
    /// When the deal entered its stages.
    pub(super) stays: Vec<(Ask, Micros)>,
    /// What stands in the row for each field, for reports.
    pub(super) raw: Vec<String>,
}

/// What a field is to have.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// This value.
    Value(Value),
    /// The record that is found, or made with this name and e-mail address.
    Link { ask: Ask, name: String, email: Option<String> },
    /// The options with these labels.
    Options(Vec<String>),
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line on which the row begins; the header is 1.
    pub line: u64,
    /// The column or, where the mapping names none, the field; empty: the row as a whole.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why that can't be.
    pub reason: String,
}

impl Problem {
    /// A problem of a row as a whole.
    pub(super) fn of_row(line: u64, reason: impl Into<String>) -> Self {
        Self { line, column: String::new(), value: String::new(), reason: reason.into() }
    }
}

impl Draft {
    /// A problem with the field at a place of the step.
    pub(super) fn problem(&self, step: &Step, field: usize, reason: impl Into<String>) -> Problem {
        Problem {
            line: self.line,
            column: step.fields[field].reading.label.clone(),
            value: self.raw.get(field).cloned().unwrap_or_default(),
            reason: reason.into(),
        }
    }

    /// What goes to a field of the step.
    pub(super) fn wanted(&self, field: Option<usize>) -> Option<&Wanted> {
        let field = field?;
        self.fields.iter().find(|(at, _)| *at == field).map(|(_, wanted)| wanted)
    }

    /// The value that goes to a built-in field, if it is one that the row says for itself.
    pub(super) fn value(&self, step: &Step, name: &str) -> Option<&Value> {
        match self.wanted(step.built_in(name))? {
            Wanted::Value(value) if !value.is_null() => Some(value),
            _ => None,
        }
    }
}

/// What a row says; unset: it is passed over. Refuses with every reason.
pub(super) fn draft(step: &Step, row: &Row) -> Result<Option<Draft>, Vec<Problem>> {
    let line = row.line;
    let cells = row.cells.as_ref().map_err(|reason| vec![Problem::of_row(line, reason.as_str())])?;
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    let mut problems = Vec::new();
    if let Some(when) = &step.when {
        match when.text(cells) {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(None),
            Err(reason) => problems.push(problem(line, &when.label, when.raw(cells), reason)),
        }
    }
    let key = match step.key.as_ref().map(|key| (key, key.text(cells))) {
        None => None,
        Some((_, Ok(Some(text)))) if text.chars().count() <= 255 => Some(text),
        Some((key, found)) => {
            let reason = match found {
                Ok(None) => "the key of the row is blank".to_owned(),
                Ok(Some(_)) => "the key of the row is longer than 255 characters".to_owned(),
                Err(reason) => reason,
            };
            problems.push(problem(line, &key.label, key.raw(cells), reason));
            None
        }
    };
    let raw = step.fields.iter().map(|field| field.reading.raw(cells)).collect();
    let mut draft = Draft { line, key, fields: Vec::new(), add_time: None, stays: Vec::new(), raw };
    for (at, field) in step.fields.iter().enumerate() {
        match wanted(field, cells) {
            Ok(Some(wanted)) => draft.fields.push((at, wanted)),
            Ok(None) => {}
            Err(reason) => problems.push(draft.problem(step, at, reason)),
        }
    }
    match step.object.name {
        "deal" => problems.extend(deal::complete(step, &mut draft, cells)),
        "activity" => activity::complete(step, &mut draft),
        _ => {}
    }
    if problems.is_empty() { Ok(Some(draft)) } else { Err(problems) }
}

pub(super) fn problem(line: u64, column: &str, value: String, reason: String) -> Problem {
    Problem { line, column: column.to_owned(), value, reason }
}

fn wanted(field: &Bound, cells: &StringRecord) -> Result<Option<Wanted>, String> {
    let Some(text) = field.reading.text(cells)? else {
        return Ok((field.blank == WhenBlank::Clear).then_some(Wanted::Value(Value::Null)));
    };
    Ok(Some(match field.kind {
        Kind::Reference(to) => {
            let email = field.email.as_ref().map_or(Ok(None), |email| email.text(cells))?;
            link(objects::get(to), field.by, text, email)?
        }
        Kind::Choice => Wanted::Options(vec![text]),
        Kind::Choices => Wanted::Options(field.conversion.parts(&text)),
        kind => Wanted::Value(field.conversion.value(kind, built_in_name(field), &text)?),
    }))
}

/// The name by which rules know the field.
fn built_in_name(field: &Bound) -> &str {
    if matches!(field.target, super::plan::Target::BuiltIn(_)) { &field.name } else { "" }
}

fn link(object: &'static Object, by: By, text: String, email: Option<String>) -> Result<Wanted, String> {
    if by == By::Id && !text.parse::<i64>().is_ok_and(|id| id > 0) {
        return Err(format!("must be the number of the {}", object.name));
    }
    if by == By::Name && text.chars().count() > 255 {
        return Err("is longer than 255 characters".to_owned());
    }
    let ask =
        if object.name == "stage" && by == By::Name { Ask::stage(None, &text) } else { Ask::record(object, by, &text) };
    Ok(Wanted::Link { ask, name: text, email })
}
