//! From a connector's filter to the records' own: names become columns, ids become numbers.

use penstock_connector::{Name, composite};
use penstock_crm::{Reader, external_ids};
use penstock_model::{
    CompanyId, Error, Kind, Object, Result, Value,
    filter::{Expr, Link, Op, Operand, Test},
    objects,
};

use super::{
    external, ids,
    layout::{currency, find},
    offered,
};

/// A filter as an expression on an object's rows.
pub(super) fn expression(reader: &mut Reader<'_>, object: &'static Object, filter: &Expr<Name>) -> Result<Expr> {
    match filter {
        Expr::All(parts) => Ok(Expr::All(each(reader, object, parts)?)),
        Expr::Any(parts) => Ok(Expr::Any(each(reader, object, parts)?)),
        Expr::Not(part) => Ok(expression(reader, object, part)?.negated()),
        Expr::Field(name, test) if *name == external::NAME => keyed(reader, object, test),
        Expr::Field(name, test) => {
            let (operand, kind) = operand(reader, object, name)?;
            Ok(tested(reader.access.company(), object, operand, kind, test))
        }
        Expr::Related(Link::To { field, object: to }, part) => {
            let (field, to) = (operand(reader, object, field)?.0, offered(to)?);
            let part = expression(reader, to, part)?;
            Ok(Expr::Related(Link::To { field, object: to.name.into() }, Box::new(part)))
        }
        Expr::Related(Link::From { object: from, field }, part) => {
            let from = offered(from)?;
            let (field, part) = (operand(reader, from, field)?.0, expression(reader, from, part)?);
            Ok(Expr::Related(Link::From { object: from.name.into(), field }, Box::new(part)))
        }
    }
}

fn each(reader: &mut Reader<'_>, object: &'static Object, parts: &[Expr<Name>]) -> Result<Vec<Expr>> {
    parts.iter().map(|part| expression(reader, object, part)).collect()
}

fn operand(reader: &Reader<'_>, object: &'static Object, name: &str) -> Result<(Operand, Kind)> {
    let part = name.strip_suffix(".currency").and_then(|of| find(object, of)).and_then(|_| currency(object));
    if let Some(field) = part.or_else(|| find(object, name)) {
        return Ok((field.into(), field.kind));
    }
    let field = reader.schema.custom_by_key(object, name);
    let field = field.ok_or_else(|| Error::parameter("filter", &format!("{name} was deleted meanwhile")))?;
    Ok((Operand::Custom(field.number), field.kind))
}

/// The records that have one of the keys.
fn keyed(reader: &mut Reader<'_>, object: &'static Object, test: &Test) -> Result<Expr> {
    let members = match test {
        Test::Is(Op::Eq, value) => std::slice::from_ref(value),
        Test::In(values) => values,
        _ => return Err(Error::parameter("filter", "external_ids can be compared by = and in only")),
    };
    let mut found = Vec::new();
    for (source, key) in members.iter().flat_map(composite::external_members) {
        found.extend(external_ids::find(reader, object, &source, &key)?);
    }
    Ok(Expr::one_of(object.id(), found))
}

fn tested(company: CompanyId, object: &Object, operand: Operand, kind: Kind, test: &Test) -> Expr {
    let stored = |value: &Value| stored(company, object, kind, value);
    match test {
        Test::Empty | Test::Relative(..) => Expr::Field(operand, test.clone()),
        Test::In(values) => Expr::one_of(operand, values.iter().filter_map(stored)),
        Test::Is(op, value) => match stored(value) {
            Some(value) => Expr::is(operand, *op, value),
            // What can't stand there is not what stands there, if anything does.
            None if *op == Op::Ne => Expr::empty(operand).negated(),
            None => Expr::nothing(),
        },
    }
}

/// The stored form of what a field, or a member of a list, is compared with.
fn stored(company: CompanyId, object: &Object, kind: Kind, value: &Value) -> Option<Value> {
    match kind {
        Kind::Id => ids::parse(company, object, value.text()?).map(Value::Int),
        Kind::Reference(to) | Kind::References(to) => {
            ids::parse(company, objects::get(to), value.text()?).map(Value::Int)
        }
        Kind::Choice | Kind::Choices | Kind::VisibleTo => value.text()?.parse().map(Value::Int).ok(),
        Kind::Money => composite::units(value).map(Value::Int),
        Kind::Amount => composite::money_parts(value)?.0.parse().map(Value::Real).ok(),
        _ => Some(value.clone()),
    }
}
