//! Which part of a filter the provider tests itself (virtual-api 5.2, appendix B).

use penstock_connector::{Filter, operators};
use penstock_model::{Code, Error, Result};

use super::parser::{Atom, Expr};
use crate::{lens::Verdict, view::View};

/// What of an expression is pushed down, and which tests are not, or not exactly.
#[derive(Debug)]
struct Plan {
    /// Holds at least for the wanted records.
    pushed: Filter,
    /// The tests that would have to be made on what the provider gives.
    residual: Vec<String>,
    exactness: Exactness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    /// The pushed filter holds for no other records.
    Exact,
    /// It may hold for others.
    Inexact,
    /// Nothing is pushed.
    Nothing,
}

/// The provider's filter for an expression.
///
/// # Errors
/// `FilterNotPushable` naming each test that the provider can't make: what can't be filtered there is refused rather
/// than scanned for.
pub(crate) fn plan(expr: &Expr, view: &View) -> Result<Filter> {
    let plan = of(expr, view);
    if plan.exactness == Exactness::Exact {
        return Ok(plan.pushed);
    }
    let message = format!("filter: can't be answered by what keeps the records: {}", plan.residual.join("; "));
    Err(Error::new(Code::FilterNotPushable, message).at("filter"))
}

fn of(expr: &Expr, view: &View) -> Plan {
    match expr {
        Expr::Atom(atom) => of_atom(atom, view),
        Expr::And(parts) => {
            let plans = parts.iter().map(|part| of(part, view));
            plans.reduce(Plan::and).unwrap_or_else(|| Plan::exact(Filter::EVERYTHING))
        }
        Expr::Or(parts) => {
            let plans = parts.iter().map(|part| of(part, view));
            plans.reduce(Plan::or).unwrap_or_else(|| Plan::exact(Filter::NOTHING))
        }
        Expr::Not(part) => {
            let plan = of(part, view);
            // The complement of a superset is a subset: only what is exact can be turned around.
            match plan.exactness {
                Exactness::Exact => Plan::exact(Filter::Not(Box::new(plan.pushed))),
                _ => Plan { pushed: Filter::EVERYTHING, exactness: Exactness::Nothing, ..plan },
            }
        }
    }
}

impl Plan {
    const fn exact(pushed: Filter) -> Self {
        Self { pushed, residual: Vec::new(), exactness: Exactness::Exact }
    }

    fn and(mut self, other: Self) -> Self {
        self.residual.extend(other.residual);
        // A side that can't be pushed does not keep the other from being pushed.
        let exactness = match (self.exactness, other.exactness) {
            (Exactness::Exact, Exactness::Exact) => Exactness::Exact,
            (Exactness::Nothing, Exactness::Nothing) => Exactness::Nothing,
            _ => Exactness::Inexact,
        };
        Self { pushed: self.pushed.and(other.pushed), residual: self.residual, exactness }
    }

    fn or(mut self, other: Self) -> Self {
        self.residual.extend(other.residual);
        let exactness = self.exactness.max(other.exactness);
        let pushed = match exactness {
            Exactness::Nothing => Filter::EVERYTHING,
            _ => Filter::Any(vec![self.pushed, other.pushed]),
        };
        Self { pushed, residual: self.residual, exactness }
    }
}

fn of_atom(atom: &Atom, view: &View) -> Plan {
    let field = &view.fields[atom.field];
    let refused = || {
        let known: Vec<&str> = field.about.operators.iter().map(|o| o.word()).collect();
        let known =
            if known.is_empty() { "can't be filtered".to_owned() } else { format!("takes {}", known.join(", ")) };
        let residual = vec![format!("{} ({} {known})", atom.text, field.name())];
        Plan { pushed: Filter::EVERYTHING, residual, exactness: Exactness::Nothing }
    };
    let (Some(test), Some(lens)) = (&atom.test, field.lens()) else { return refused() };
    let verdict = match &atom.part {
        Some(_) if !operators::EQUALITY.contains(&test.operator()) => Verdict::None,
        Some(part) => lens.translate_part(part, test),
        None if !field.about.operators.contains(&test.operator()) => Verdict::None,
        None => lens.translate(test),
    };
    match verdict {
        Verdict::Exact(pushed) => Plan::exact(pushed),
        Verdict::Inexact(pushed) => Plan { pushed, residual: vec![atom.text.clone()], exactness: Exactness::Inexact },
        Verdict::None => refused(),
    }
}
