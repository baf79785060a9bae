//! Filter expressions as conditions on the row `t`.

use penstock_model::{
    Kind, Object, Value,
    field::When,
    filter::{Expr, Op, Operand},
    kind::{ValueKey, fold, value_keys},
    object::Visibility,
    objects,
};

use super::statement::Statement;

/// The condition of a filter, in parentheses where needed.
pub(super) fn condition(object: &'static Object, expr: &Expr, statement: &mut Statement) -> String {
    match expr {
        Expr::All(parts) if parts.is_empty() => "TRUE".to_owned(),
        Expr::Any(parts) if parts.is_empty() => "FALSE".to_owned(),
        Expr::All(parts) => joined(object, parts, " AND ", statement),
        Expr::Any(parts) => joined(object, parts, " OR ", statement),
        Expr::Not(part) => format!("NOT COALESCE({}, FALSE)", condition(object, part, statement)),
        Expr::Is(operand, op, value) => comparison(object, *operand, *op, value, statement),
        Expr::In(operand, values) => membership(object, *operand, values, statement),
        Expr::Null(operand) => match member_field(object, *operand) {
            Some((field, _)) => format!(
                "t.id NOT IN (SELECT v.record_id FROM field_value v WHERE v.company_id = ?1 AND v.field = {field} \
                 AND v.object = {})",
                object.code
            ),
            None => format!("{} IS NULL", column(*operand)),
        },
        Expr::Within { link, object: other, column, value } => {
            let table = objects::get(other).table();
            let value = statement.bind(*value);
            format!("t.{} IN (SELECT w.id FROM {table} w WHERE w.company_id = ?1 AND w.{column} = ?{value})", link.name)
        }
        Expr::Linked { object: by, record, column, value } => {
            let table = objects::get(by).table();
            let value = statement.bind(*value);
            let of_object = match objects::get(by).visibility {
                Visibility::Parent if objects::get(by).field("object").is_some() => {
                    format!(" AND l.object = {}", object.code)
                }
                _ => String::new(),
            };
            format!(
                "t.id IN (SELECT l.{record} FROM {table} l WHERE l.company_id = ?1 AND l.{column} = ?{value}{of_object})"
            )
        }
    }
}

fn joined(object: &'static Object, parts: &[Expr], glue: &str, statement: &mut Statement) -> String {
    let parts: Vec<String> = parts.iter().map(|p| condition(object, p, statement)).collect();
    format!("({})", parts.join(glue))
}

/// The number and kind of an operand whose values are found in `field_value`.
fn member_field(object: &'static Object, operand: Operand) -> Option<(u32, Option<Kind>)> {
    match operand {
        Operand::Custom(number) => Some((number, None)),
        Operand::Column(field) if field.is_indexed_by_value() => {
            Some((object.field_base + u32::from(field.number), Some(field.kind)))
        }
        Operand::Column(_) => None,
    }
}

/// The expression of a built-in column, folded where a folded key stands beside it.
pub(super) fn column(operand: Operand) -> String {
    match operand {
        Operand::Column(field) if field.has_key_column() => format!("t.{}_key", field.name),
        Operand::Column(field) => format!("t.{}", field.name),
        // Custom fields have no column: conditions on them go through `field_value`, and nothing sorts by them.
        Operand::Custom(_) => "NULL".to_owned(),
    }
}

const fn sign(op: Op) -> &'static str {
    match op {
        Op::Eq => "=",
        Op::Ne => "<>",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge | Op::StartsWith => ">=",
    }
}

fn comparison(object: &'static Object, operand: Operand, op: Op, value: &Value, statement: &mut Statement) -> String {
    if let Some((field, kind)) = member_field(object, operand) {
        let key = match value {
            Value::Text(t) => Some(ValueKey::Text(fold(t))),
            other => value_keys(kind.unwrap_or(Kind::Number), other).into_iter().next(),
        };
        let Some(key) = key else { return "FALSE".to_owned() };
        let inner = match key {
            ValueKey::Number(number) => {
                let bound = statement.bind(Value::Real(number));
                format!("v.number {} ?{bound} AND v.text_key = ''", sign(op))
            }
            ValueKey::Text(text) => format!("v.number = 0 AND {}", text_condition("v.text_key", op, text, statement)),
        };
        return format!(
            "t.id IN (SELECT v.record_id FROM field_value v WHERE v.company_id = ?1 AND v.field = {field} \
             AND v.object = {} AND {inner})",
            object.code
        );
    }
    let column = column(operand);
    match (operand, value) {
        (Operand::Column(field), Value::Int(id)) if field.name == "id" && op == Op::Eq => {
            let id = statement.bind(*id);
            super::numbered(statement.engine, "t", &format!("?{id}"))
        }
        (Operand::Column(field), Value::Text(text)) if field.has_key_column() => {
            text_condition(&column, op, fold(text), statement)
        }
        (_, Value::Text(text)) if op == Op::StartsWith => text_condition(&column, op, text.to_string(), statement),
        (Operand::Column(field), Value::Bool(flag)) if field.kind == Kind::Boolean => {
            format!("{column} {} {}", sign(op), if *flag { "TRUE" } else { "FALSE" })
        }
        _ => {
            let bound = statement.bind(value.clone());
            format!("{column} {} ?{bound}", sign(op))
        }
    }
}

fn text_condition(column: &str, op: Op, text: String, statement: &mut Statement) -> String {
    if op == Op::StartsWith {
        // A range instead of LIKE: it walks the index on both engines, and nothing has to be escaped.
        let end = format!("{text}\u{10FFFF}");
        let (from, until) = (statement.bind(text), statement.bind(end));
        return format!("({column} >= ?{from} AND {column} < ?{until})");
    }
    let bound = statement.bind(text);
    format!("{column} {} ?{bound}", sign(op))
}

fn membership(object: &'static Object, operand: Operand, values: &[Value], statement: &mut Statement) -> String {
    let whole: Option<Vec<i64>> = values.iter().map(Value::int).collect();
    if let (None, Some(ids)) = (member_field(object, operand), whole) {
        let list = statement.bind(penstock_model::kind::id_list(&ids));
        return super::in_ids(statement.engine, &column(operand), list);
    }
    let parts: Vec<Expr> = values.iter().map(|v| Expr::Is(operand, Op::Eq, v.clone())).collect();
    condition(object, &Expr::Any(parts), statement)
}

/// The condition of a counting state on the rows of `alias`. Deleted records never count.
#[must_use]
pub fn when(object: &'static Object, when: When, alias: &str) -> String {
    let state = match when {
        When::Any => "TRUE".to_owned(),
        When::Open => format!("{alias}.status = 'open'"),
        When::Closed => format!("{alias}.status <> 'open'"),
        When::Won => format!("{alias}.status = 'won'"),
        When::Lost => format!("{alias}.status = 'lost'"),
        When::Done => format!("{alias}.done = TRUE"),
        When::Undone => format!("{alias}.done = FALSE"),
        When::Follows(followed) => format!("{alias}.object = {}", objects::get(followed).code),
    };
    if object.is_marked() { format!("({state} AND {alias}.is_deleted = FALSE)") } else { state }
}
