//! Which part of a filter the provider tests itself (virtual-api 5.2, appendix B).

use penstock_connector::{Name, Operator, operators};
use penstock_model::{
    Code, Error, Result,
    filter::{Expr, Test},
};

use super::parser::Target;
use crate::{
    lens::Verdict,
    view::{Field, View},
};

/// What of an expression is pushed down, and which tests are not, or not exactly.
#[derive(Debug)]
struct Plan {
    /// Holds at least for the wanted records.
    pushed: Expr<Name>,
    /// For each test that would have to be made on what the provider gives, what to write instead.
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
pub(crate) fn plan(expr: &Expr<Target>, view: &View) -> Result<Expr<Name>> {
    let plan = of(expr, view);
    if plan.exactness == Exactness::Exact {
        return Ok(plan.pushed);
    }
    let message = format!("filter: {}", plan.residual.join("; "));
    Err(Error::new(Code::FilterNotPushable, message).at("filter"))
}

fn of(expr: &Expr<Target>, view: &View) -> Plan {
    match expr {
        Expr::Field(target, test) => of_test(target, test, view),
        // The language has no words for what is related.
        Expr::Related(..) => {
            let residual = vec!["related records".to_owned()];
            Plan { pushed: Expr::everything(), residual, exactness: Exactness::Nothing }
        }
        Expr::All(parts) => {
            let plans = parts.iter().map(|part| of(part, view));
            plans.reduce(Plan::and).unwrap_or_else(|| Plan::exact(Expr::everything()))
        }
        Expr::Any(parts) => {
            let plans = parts.iter().map(|part| of(part, view));
            plans.reduce(Plan::or).unwrap_or_else(|| Plan::exact(Expr::nothing()))
        }
        Expr::Not(part) => {
            let plan = of(part, view);
            // The complement of a superset is a subset: only what is exact can be turned around.
            match plan.exactness {
                Exactness::Exact => Plan::exact(plan.pushed.negated()),
                _ => Plan { pushed: Expr::everything(), exactness: Exactness::Nothing, ..plan },
            }
        }
    }
}

impl Plan {
    const fn exact(pushed: Expr<Name>) -> Self {
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
            Exactness::Nothing => Expr::everything(),
            _ => Expr::Any(vec![self.pushed, other.pushed]),
        };
        Self { pushed, residual: self.residual, exactness }
    }
}

/// What to write instead of a test that can't be made.
fn advice(target: &Target, field: &Field, view: &View) -> String {
    let (text, name) = (&target.text, field.name());
    if target.part.is_some() {
        let part = target.part.as_deref().unwrap_or_default();
        return format!("{text}: compare {name}.{part} by = or !=, or ask with in or is null");
    }
    let mut known: Vec<&str> = field.about.operators.iter().map(|o| o.word()).collect();
    if known.contains(&"=") {
        known.push("in");
    }
    if known.is_empty() {
        let others = view.fields.iter().filter(|other| !other.about.operators.is_empty()).map(Field::name);
        let others: Vec<&str> = others.take(60).collect();
        return format!("{text}: {name} can't stand in a filter, these fields can: {}", others.join(", "));
    }
    format!("{text}: ask of {name} with {}", known.join(", "))
}

fn of_test(target: &Target, test: &Test, view: &View) -> Plan {
    let field = &view.fields[target.field];
    let refused = || {
        let residual = vec![advice(target, field, view)];
        Plan { pushed: Expr::everything(), residual, exactness: Exactness::Nothing }
    };
    let Some(lens) = field.lens() else { return refused() };
    let operator = Operator::of(test);
    let verdict = match &target.part {
        Some(_) if !operators::EQUALITY.contains(&operator) => Verdict::None,
        Some(part) => lens.translate_part(part, test),
        None if !field.about.operators.contains(&operator) => Verdict::None,
        None => lens.translate(test),
    };
    match verdict {
        Verdict::Exact(pushed) => Plan::exact(pushed),
        Verdict::Inexact(pushed) => {
            Plan { pushed, residual: vec![advice(target, field, view)], exactness: Exactness::Inexact }
        }
        Verdict::None => refused(),
    }
}
