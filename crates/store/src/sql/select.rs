//! Lists: columns, filter, visibility, order and page, as one statement.

use std::fmt::Write;

use penstock_model::{
    CompanyId, Field, Object, Value,
    field::{Source, Subquery, When},
    filter::{Expr, Operand, Today},
    objects,
};

use super::{
    filter::{self, Conditions},
    numbered,
    statement::Statement,
    visibility_scope::{self, VisibilityScope},
};
use crate::Engine;

/// A column of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// A field with a column or a subquery of its own.
    Field(&'static Field),
    /// The stored custom values.
    Custom,
    /// The sequence of the record's last event.
    Version,
}

/// Which way a list is sorted. Unset values come first when ascending, last when descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// A built-in field with a column.
    Field(&'static Field),
    /// A custom field by number, and the column of `field_value` that holds the keys of its kind: the smallest of a
    /// record's values counts.
    Custom(u32, &'static str),
}

impl Key {
    /// The built-in field; nothing for a custom one.
    #[must_use]
    pub const fn field(self) -> Option<&'static Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Custom(..) => None,
        }
    }
    fn is_id(self) -> bool {
        self.field().is_some_and(|f| f.name == "id")
    }
    /// The expression of the key at a position of the order.
    fn expression(self, position: usize) -> String {
        match self {
            Self::Field(field) => filter::column("t", Operand::Column(field)),
            Self::Custom(..) => format!("o{position}.sort_key"),
        }
    }
}

impl From<&'static Field> for Key {
    fn from(field: &'static Field) -> Self {
        Self::Field(field)
    }
}

/// What becomes of records that are marked as deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// They are left out.
    Hidden,
    /// They are treated like the others.
    Shown,
    /// Only they are given.
    Only,
}

impl Deleted {
    /// What follows the other conditions on the rows of `t`.
    fn condition(self, object: &Object) -> &'static str {
        match self {
            Self::Hidden if object.is_marked() => " AND t.is_deleted = FALSE",
            Self::Only if object.is_marked() => " AND t.is_deleted = TRUE",
            _ => "",
        }
    }
}

/// A list. The rows carry the asked columns, then the sort keys, then the id.
#[derive(Clone, Debug)]
pub struct Select<'a> {
    /// What is listed.
    pub object: &'static Object,
    /// The columns of the answer.
    pub columns: &'a [Column],
    /// Which records.
    pub filter: &'a Expr,
    /// What becomes of deleted ones.
    pub deleted: Deleted,
    /// For whom.
    pub scope: VisibilityScope,
    /// What relative dates count from.
    pub today: Today<'a>,
    /// The order; the id is added as the last key, in the direction of the first.
    pub order: &'a [(Key, Direction)],
    /// The sort key and id of the last record that the reader has.
    pub after: Option<(&'a Value, i64)>,
    /// Records to skip.
    pub offset: i64,
    /// Records to give.
    pub limit: i64,
}

impl Select<'_> {
    /// The statement for a company.
    #[must_use]
    pub fn statement(&self, engine: Engine, company: CompanyId) -> Statement {
        let mut statement = Statement::new(engine, company);
        let conditions = self.conditions(&mut statement);
        let branches = self.scope.branches(self.object, &mut statement);
        if branches.is_empty() {
            self.head(&mut statement.text, "");
            statement.push(&conditions);
        }
        for (position, branch) in branches.iter().enumerate() {
            statement.push(if position == 0 { "" } else { " UNION ALL " });
            self.head(&mut statement.text, &branch.hint(engine, self.object));
            statement.push(&conditions).push(" AND ").push(&branch.condition);
        }
        self.tail(&mut statement);
        statement
    }

    /// The statement with visibility as one condition per row instead of branches: for few records that the filter
    /// names by number.
    #[must_use]
    pub fn statement_seen(&self, engine: Engine, company: CompanyId) -> Statement {
        let mut statement = Statement::new(engine, company);
        let conditions = self.conditions(&mut statement);
        let seen = self.scope.condition(self.object, "t", &mut statement);
        self.head(&mut statement.text, "");
        statement.push(&conditions);
        if let Some(seen) = seen {
            statement.push(" AND ").push(&seen);
        }
        self.tail(&mut statement);
        statement
    }

    /// One row per group instead of rows: `columns` are expressions on `t` and on what `joins` names; the last of
    /// them are the groups, as `groups` numbers them. Visibility is one condition; order and page are not used.
    #[must_use]
    pub fn grouped(&self, engine: Engine, company: CompanyId, columns: &str, joins: &str, groups: &str) -> Statement {
        let mut statement = Statement::new(engine, company);
        let conditions = self.conditions(&mut statement);
        let seen = self.scope.condition(self.object, "t", &mut statement);
        let table = self.object.table();
        statement.push(&format!("SELECT {columns} FROM {table} t {joins} WHERE t.company_id = ?1{conditions}"));
        if let Some(seen) = seen {
            statement.push(" AND ").push(&seen);
        }
        statement.push(" GROUP BY ").push(groups).push(" ORDER BY ").push(groups);
        statement
    }

    fn id(&self) -> &'static Field {
        self.object.id()
    }

    fn first_key(&self) -> (Key, Direction) {
        self.order.first().copied().unwrap_or((self.id().into(), Direction::Ascending))
    }

    /// Writes what is selected from where; `hint` stands behind the table's name.
    fn head(&self, text: &mut String, hint: &str) {
        text.push_str("SELECT ");
        for column in self.columns {
            push_expression(text, *column);
            text.push_str(", ");
        }
        let single = [self.first_key()];
        let keys = if self.order.is_empty() { &single } else { self.order };
        for (position, (key, _)) in keys.iter().enumerate() {
            let _ = write!(text, "{} AS s{position}, ", key.expression(position));
        }
        for part in ["t.id AS s_id FROM ", self.object.table(), " t", hint] {
            text.push_str(part);
        }
        for (position, (key, _)) in keys.iter().enumerate() {
            if let Key::Custom(number, column) = key {
                let _ = write!(
                    text,
                    " LEFT JOIN (SELECT v.record_id, MIN(v.{column}) AS sort_key FROM field_value v \
                     WHERE v.company_id = ?1 AND v.field = {number} AND v.object = {} GROUP BY v.record_id) o{position} \
                     ON o{position}.record_id = t.id",
                    self.object.code
                );
            }
        }
        text.push_str(" WHERE t.company_id = ?1");
    }

    fn conditions(&self, statement: &mut Statement) -> String {
        let mut text = self.deleted.condition(self.object).to_owned();
        if !self.filter.is_everything() {
            text.push_str(" AND ");
            let mut conditions = Conditions::new(statement, self.scope, self.today);
            text.push_str(&conditions.write(self.object, "t", self.filter));
        }
        if let Some((key, id)) = self.after {
            text.push_str(" AND ");
            text.push_str(&self.beyond(key, id, statement));
        }
        text
    }

    /// Rows behind the last one of the previous page, in the list's order.
    fn beyond(&self, key: &Value, id: i64, statement: &mut Statement) -> String {
        let (first, direction) = self.first_key();
        let column = first.expression(0);
        let sign = if direction == Direction::Ascending { '>' } else { '<' };
        if first.is_id() {
            let id = statement.bind(id);
            return format!("t.id {sign} ?{id}");
        }
        let id = statement.bind(id);
        if key.is_null() {
            let same = format!("{column} IS NULL AND t.id {sign} ?{id}");
            return if direction == Direction::Ascending {
                format!("({column} IS NOT NULL OR ({same}))")
            } else {
                format!("({same})")
            };
        }
        let key = statement.bind(key.clone());
        let behind = format!("({column}, t.id) {sign} (?{key}, ?{id})");
        if direction == Direction::Descending && !first.field().is_some_and(|f| f.never_null) {
            format!("({behind} OR {column} IS NULL)")
        } else {
            behind
        }
    }

    /// Writes the order and the page.
    fn tail(&self, statement: &mut Statement) {
        let spelled = match statement.engine {
            Engine::Sqlite => ["", " DESC"],
            Engine::Postgres => [" ASC NULLS FIRST", " DESC NULLS LAST"],
        };
        let spelled = |direction| spelled[usize::from(direction == Direction::Descending)];
        statement.push(" ORDER BY ");
        for (position, (_, direction)) in self.order.iter().enumerate() {
            let comma = if position == 0 { "" } else { ", " };
            let _ = write!(statement.text, "{comma}s{position}{}", spelled(*direction));
        }
        if !self.order.iter().any(|(key, _)| key.is_id()) {
            statement.push(if self.order.is_empty() { "s_id" } else { ", s_id" }).push(spelled(self.first_key().1));
        }
        statement.push(" LIMIT ").push_bound(self.limit);
        if self.offset > 0 {
            statement.push(" OFFSET ").push_bound(self.offset);
        }
    }
}

/// The text that reads one record: `?1` is the company, `?2` the record's number, and, when `seen`, `?3` the user who
/// must see it. The row carries the columns, then the id.
#[must_use]
pub fn single(engine: Engine, object: &'static Object, columns: &[Column], deleted: Deleted, seen: bool) -> String {
    let mut text = String::with_capacity(2048);
    text.push_str("SELECT ");
    for column in columns {
        push_expression(&mut text, *column);
        text.push_str(", ");
    }
    // A number that is too large leads to another company's rowid, so the company is asked for, too.
    for part in ["t.id FROM ", object.table(), " t WHERE t.company_id = ?1 AND ", &numbered(engine, "t", "?2")] {
        text.push_str(part);
    }
    text.push_str(deleted.condition(object));
    if seen && let Some(seen) = visibility_scope::seen_by(object, "t", 3) {
        text.push_str(" AND ");
        text.push_str(&seen);
    }
    text
}

/// Writes the expression of a column in a select list.
fn push_expression(text: &mut String, column: Column) {
    let Column::Field(field) = column else {
        return text.push_str(if matches!(column, Column::Custom) { "t.custom" } else { "t.version" });
    };
    // Writing to a text can't fail.
    let _ = match field.source {
        Source::Subquery(Subquery::Sum { object, link, field: sum }) => write!(
            text,
            "(SELECT CAST(COALESCE(SUM(s.{sum}), 0) AS BIGINT) FROM {table} s WHERE s.company_id = t.company_id \
             AND s.{link} = t.id AND {alive})",
            table = objects::get(object).table(),
            alive = filter::when(objects::get(object), When::Any, "s")
        ),
        Source::Subquery(Subquery::ParticipantDeals(when)) => write!(
            text,
            "(SELECT COUNT(*) FROM participant p JOIN deal d ON d.company_id = p.company_id AND d.id = p.deal_id \
             WHERE p.company_id = t.company_id AND p.person_id = t.id AND d.company_id = t.company_id \
             AND {state} AND (d.person_id IS NULL OR d.person_id <> t.id))",
            state = filter::when(&objects::DEAL, when, "d")
        ),
        _ => {
            text.push_str("t.");
            text.push_str(field.name);
            Ok(())
        }
    };
}
