//! Filter expressions as conditions on the rows of an alias. Conditions on related records nest: each has an alias of
//! its own, and the visibility of what it asks about.

use penstock_model::{
    Kind, Object, Value,
    field::When,
    filter::{Expr, Link, Op, Operand, Test, Today},
    kind::{SqlType, ValueKey, fold, value_keys},
    object::Visibility,
    objects,
};

use super::{statement::Statement, visibility_scope::VisibilityScope};

/// Writes the conditions of one statement.
pub(super) struct Conditions<'a> {
    /// Where values are bound.
    pub(super) statement: &'a mut Statement,
    /// Which related records count.
    pub(super) scope: VisibilityScope,
    /// What relative dates count from.
    pub(super) today: Today<'a>,
    /// How many conditions on related records are around what is written.
    depth: usize,
}

/// The expression of a built-in column of `alias`, folded where a folded key stands beside it.
pub(super) fn column(alias: &str, operand: Operand) -> String {
    match operand {
        Operand::Column(field) if field.has_key_column() => format!("{alias}.{}_key", field.name),
        Operand::Column(field) => format!("{alias}.{}", field.name),
        // Custom fields have no column: conditions on them go through `field_value`, and nothing sorts by them.
        Operand::Custom(_) => "NULL".to_owned(),
    }
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

/// The rows of `field_value` that hold an object's values of a field, as `v`, giving `what`.
fn values_of(what: &str, object: &Object, field: u32) -> String {
    format!(
        "SELECT {what} FROM field_value v WHERE v.company_id = ?1 AND v.field = {field} AND v.object = {}",
        object.code
    )
}

const fn sign(op: Op) -> &'static str {
    match op {
        Op::Eq => "=",
        Op::Ne => "<>",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge | Op::StartsWith | Op::Contains => ">=",
    }
}

impl<'a> Conditions<'a> {
    pub(super) const fn new(statement: &'a mut Statement, scope: VisibilityScope, today: Today<'a>) -> Self {
        Self { statement, scope, today, depth: 0 }
    }

    /// The condition of a filter on the rows of `alias`, in parentheses where needed.
    pub(super) fn write(&mut self, object: &'static Object, alias: &str, expr: &Expr) -> String {
        match expr {
            Expr::All(parts) if parts.is_empty() => "TRUE".to_owned(),
            Expr::Any(parts) if parts.is_empty() => "FALSE".to_owned(),
            Expr::All(parts) => self.joined(object, alias, parts, " AND "),
            Expr::Any(parts) => self.joined(object, alias, parts, " OR "),
            Expr::Not(part) => format!("NOT COALESCE({}, FALSE)", self.write(object, alias, part)),
            Expr::Field(operand, test) => self.test(object, alias, *operand, test),
            Expr::Related(link, part) => self.related(object, alias, link, part),
        }
    }

    fn joined(&mut self, object: &'static Object, alias: &str, parts: &[Expr], glue: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|p| self.write(object, alias, p)).collect();
        format!("({})", parts.join(glue))
    }

    fn test(&mut self, object: &'static Object, alias: &str, operand: Operand, test: &Test) -> String {
        match test {
            Test::Is(op, value) => self.comparison(object, alias, operand, *op, value),
            Test::In(values) => self.membership(object, alias, operand, values),
            Test::Relative(op, date) => {
                let kind = if let Operand::Column(field) = operand { field.kind } else { Kind::Date };
                let resolved = date.resolve(*op, &operand, kind, self.today);
                self.write(object, alias, &resolved)
            }
            Test::Empty => match member_field(object, operand) {
                Some((field, _)) => format!("{alias}.id NOT IN ({})", values_of("v.record_id", object, field)),
                None => format!("{} IS NULL", column(alias, operand)),
            },
        }
    }

    fn comparison(&mut self, object: &'static Object, alias: &str, operand: Operand, op: Op, value: &Value) -> String {
        if let Some((field, kind)) = member_field(object, operand) {
            let key = match value {
                Value::Text(t) => Some(ValueKey::Text(fold(t))),
                other => value_keys(kind.unwrap_or(Kind::Number), other).into_iter().next(),
            };
            let inner = match key {
                Some(ValueKey::Number(number)) if !matches!(op, Op::StartsWith | Op::Contains) => {
                    let bound = self.statement.bind(Value::Real(number));
                    format!("v.number {} ?{bound} AND v.text_key = ''", sign(op))
                }
                Some(ValueKey::Text(text)) => format!("v.number = 0 AND {}", self.text("v.text_key", op, text)),
                _ => return "FALSE".to_owned(),
            };
            return format!("{alias}.id IN ({} AND {inner})", values_of("v.record_id", object, field));
        }
        let column = column(alias, operand);
        match (operand, op, value) {
            (Operand::Column(field), Op::Eq, Value::Int(id)) if field.name == "id" => {
                let id = self.statement.bind(*id);
                super::numbered(self.statement.engine, alias, &format!("?{id}"))
            }
            (Operand::Column(field), _, Value::Text(text)) if field.has_key_column() => {
                self.text(&column, op, fold(text))
            }
            (Operand::Column(field), Op::StartsWith | Op::Contains, _) if field.kind.sql_type() != SqlType::Text => {
                "FALSE".to_owned()
            }
            (_, Op::Contains, Value::Text(text)) => {
                // Both engines know the case of these letters alone: the texts stand under a binary collation.
                self.text(&format!("LOWER({column})"), op, text.to_ascii_lowercase())
            }
            (_, Op::StartsWith, Value::Text(text)) => self.text(&column, op, text.to_string()),
            (_, Op::StartsWith | Op::Contains, _) => "FALSE".to_owned(),
            (Operand::Column(field), _, Value::Bool(flag)) if field.kind == Kind::Boolean => {
                format!("{column} {} {}", sign(op), if *flag { "TRUE" } else { "FALSE" })
            }
            _ => {
                let bound = self.statement.bind(value.clone());
                format!("{column} {} ?{bound}", sign(op))
            }
        }
    }

    fn text(&mut self, column: &str, op: Op, text: String) -> String {
        if op == Op::StartsWith {
            // A range instead of LIKE: it walks the index on both engines, and nothing has to be escaped.
            let end = format!("{text}\u{10FFFF}");
            let (from, until) = (self.statement.bind(text), self.statement.bind(end));
            return format!("({column} >= ?{from} AND {column} < ?{until})");
        }
        let bound = self.statement.bind(text);
        match op {
            Op::Contains => super::contains(self.statement.engine, column, bound),
            _ => format!("{column} {} ?{bound}", sign(op)),
        }
    }

    fn membership(&mut self, object: &'static Object, alias: &str, operand: Operand, values: &[Value]) -> String {
        if values.is_empty() {
            return "FALSE".to_owned();
        }
        let whole: Option<Vec<i64>> = values.iter().map(Value::int).collect();
        if let (None, Some(ids)) = (member_field(object, operand), whole) {
            let list = self.statement.bind(penstock_model::kind::id_list(&ids));
            return super::in_ids(self.statement.engine, &column(alias, operand), list);
        }
        let parts: Vec<Expr> = values.iter().map(|v| Expr::is(operand, Op::Eq, v.clone())).collect();
        self.write(object, alias, &Expr::Any(parts))
    }

    /// The related records are found first, by what is asked of them: few lists of them are long, and both engines look
    /// the list up per row where it is.
    fn related(&mut self, object: &'static Object, alias: &str, link: &Link, part: &Expr) -> String {
        let (Link::To { field, object: name } | Link::From { field, object: name }) = link;
        let Some(other) = objects::find(name) else { return "FALSE".to_owned() };
        match (link, member_field(object, *field), member_field(other, *field)) {
            (Link::To { .. }, Some((number, _)), _) => format!(
                "{alias}.id IN ({} AND v.text_key = '' AND v.number IN ({}))",
                values_of("v.record_id", object, number),
                self.records(object, other, "id", part)
            ),
            (Link::To { .. }, None, _) => {
                format!("{} IN ({})", column(alias, *field), self.records(object, other, "id", part))
            }
            (Link::From { .. }, _, Some((number, _))) => format!(
                "{alias}.id IN ({} AND v.text_key = '' AND v.record_id IN ({}))",
                values_of("CAST(v.number AS BIGINT)", other, number),
                self.records(object, other, "id", part)
            ),
            (Link::From { .. }, _, None) => {
                let Operand::Column(field) = field else { return "FALSE".to_owned() };
                format!("{alias}.id IN ({})", self.records(object, other, field.name, part))
            }
        }
    }

    /// A column of the records of `other` for which a condition holds and that the reader may see.
    fn records(&mut self, object: &Object, other: &'static Object, column: &str, part: &Expr) -> String {
        self.depth += 1;
        let alias = format!("r{}", self.depth);
        let mut text = format!("SELECT {alias}.{column} FROM {} {alias} WHERE {alias}.company_id = ?1", other.table());
        let mut add = |condition: &str| {
            text.push_str(" AND ");
            text.push_str(condition);
        };
        add(&self.write(other, &alias, part));
        if column == "record_id" && other.visibility == Visibility::Parent {
            // Its numbers are those of several objects.
            add(&format!("{alias}.object = {}", object.code));
        }
        if let Some(seen) = self.scope.condition(other, &alias, self.statement) {
            add(&seen);
        }
        self.depth -= 1;
        text
    }
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
