//! From a connector's filter to the records' own: names become columns, ids become numbers.

use penstock_connector::{Filter, Operator, Test, composite};
use penstock_crm::{Reader, external_ids};
use penstock_model::{
    CompanyId, Error, Kind, Object, Result, Value,
    filter::{Expr, Op, Operand},
    objects,
};

use super::{
    external, ids,
    layout::{currency, find},
};

/// A filter as an expression on an object's rows.
pub(super) fn expression(reader: &mut Reader<'_>, object: &'static Object, filter: &Filter) -> Result<Expr> {
    match filter {
        Filter::All(parts) => Ok(Expr::All(each(reader, object, parts)?)),
        Filter::Any(parts) => Ok(Expr::Any(each(reader, object, parts)?)),
        Filter::Not(part) => Ok(Expr::Not(Box::new(expression(reader, object, part)?))),
        Filter::Field(name, test) if *name == external::NAME => keyed(reader, object, test),
        Filter::Field(name, test) => {
            let (operand, kind) = operand(reader, object, name)
                .ok_or_else(|| Error::parameter("filter", &format!("{name} was deleted meanwhile")))?;
            Ok(tested(reader.access.company(), object, operand, kind, test))
        }
    }
}

fn each(reader: &mut Reader<'_>, object: &'static Object, parts: &[Filter]) -> Result<Vec<Expr>> {
    parts.iter().map(|part| expression(reader, object, part)).collect()
}

fn operand(reader: &Reader<'_>, object: &'static Object, name: &str) -> Option<(Operand, Kind)> {
    let part = name.strip_suffix(".currency").and_then(|of| find(object, of)).and_then(|_| currency(object));
    if let Some(field) = part.or_else(|| find(object, name)) {
        return Some((Operand::Column(field), field.kind));
    }
    let field = reader.schema.custom_by_key(object, name)?;
    Some((Operand::Custom(field.number), field.kind))
}

/// The records that have one of the keys.
fn keyed(reader: &mut Reader<'_>, object: &'static Object, test: &Test) -> Result<Expr> {
    let members = match test {
        Test::Is(Operator::Eq, value) => std::slice::from_ref(value),
        Test::In(values) => values,
        _ => return Err(Error::parameter("filter", "external_ids can be compared by = and in only")),
    };
    let mut found = Vec::new();
    for (source, key) in members.iter().flat_map(composite::external_members) {
        found.extend(external_ids::find(reader, object, &source, &key)?.map(Value::Int));
    }
    Ok(Expr::In(Operand::Column(object.id()), found))
}

fn tested(company: CompanyId, object: &Object, operand: Operand, kind: Kind, test: &Test) -> Expr {
    let stored = |value: &Value| stored(company, object, kind, value);
    match test {
        Test::Null => Expr::Null(operand),
        Test::In(values) => Expr::In(operand, values.iter().filter_map(stored).collect()),
        Test::Is(operator, value) => match (operation(*operator), stored(value)) {
            (Some(op), Some(value)) => Expr::Is(operand, op, value),
            // What can't stand there is not what stands there, if anything does.
            (Some(Op::Ne), None) => Expr::Not(Box::new(Expr::Null(operand))),
            _ => Expr::Any(Vec::new()),
        },
    }
}

const fn operation(operator: Operator) -> Option<Op> {
    Some(match operator {
        Operator::Eq => Op::Eq,
        Operator::Ne => Op::Ne,
        Operator::Lt => Op::Lt,
        Operator::Le => Op::Le,
        Operator::Gt => Op::Gt,
        Operator::Ge => Op::Ge,
        Operator::StartsWith => Op::StartsWith,
        Operator::Null => return None,
    })
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
