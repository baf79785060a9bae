//! Referenced records: the distinct ones of a page, in one statement per object, each with a visible bit (DESIGN 4).

use penstock_model::{Field, Kind, Object, Result, Source, ValueRef, object::Visibility, objects};
use penstock_store::sql::{Statement, VisibilityScope, listed, numbered};

use super::{Page, Reader};

/// Records by number.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    page: Page,
    columns: Vec<&'static str>,
    /// `(id, row)`, sorted by id.
    rows: Vec<(i64, usize)>,
}

/// Writes the columns of the records, and gives the joins for those of records that they refer to in turn: of objects
/// that everyone sees.
fn columns(statement: &mut Statement, object: &Object, fields: &[&'static Field]) -> String {
    let mut joins = String::new();
    for (position, field) in fields.iter().enumerate() {
        let Source::Joined { via, field: other } = field.source else {
            statement.push("t.").push(field.name).push(", ");
            continue;
        };
        let Some(Kind::Reference(to)) = object.field(via).map(|f| f.kind) else {
            statement.push("NULL, ");
            continue;
        };
        let to = objects::get(to);
        debug_assert!(to.visibility == Visibility::Company, "{}.{} may be hidden", object.name, field.name);
        let joined = format!("j{position}");
        let found = numbered(statement.engine, &joined, &format!("t.{via}"));
        statement.push(&joined).push(".").push(other).push(", ");
        for part in [" LEFT JOIN ", to.table(), " ", &joined, " ON ", &found] {
            joins.push_str(part);
        }
    }
    joins
}

impl Lookup {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        object: &'static Object,
        ids: &[i64],
        fields: &[&'static Field],
    ) -> Result<Self> {
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let engine = reader.conn.engine();
        let mut statement = Statement::new(engine, reader.access.company());
        statement.push("SELECT ");
        let joins = columns(&mut statement, object, fields);
        let seen = VisibilityScope::from(reader.access).flag(object, &mut statement);
        let list = statement.bind(penstock_model::kind::id_list(&ids));
        statement.push(&seen).push(", t.id ").push(&listed(engine, object.table(), &joins, list));
        let rows = i64::try_from(ids.len()).unwrap_or(0);
        let page = Page::read(reader.conn, &statement.text, &statement.bound(), fields.len() + 2, rows)?;
        let mut rows: Vec<(i64, usize)> = (0..page.len()).map(|row| (page.id(row), row)).collect();
        rows.sort_unstable();
        Ok(Self { page, columns: fields.iter().map(|f| f.name).collect(), rows })
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// The row of a record, if it exists.
    #[must_use]
    pub fn row(&self, id: i64) -> Option<usize> {
        self.rows.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| self.rows[at].1)
    }
    /// Whether the user may see the record of a row.
    #[must_use]
    pub fn visible(&self, row: usize) -> bool {
        self.page.get(row, self.columns.len()).truth()
    }
    /// The place of a column, for [`Lookup::at`].
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| *c == column)
    }
    /// A column of a row, by its place.
    #[must_use]
    pub fn at(&self, row: usize, position: Option<usize>) -> ValueRef<'_> {
        position.map_or(ValueRef::Null, |at| self.page.get(row, at))
    }
    /// A column of a row.
    #[must_use]
    pub fn get(&self, row: usize, column: &str) -> ValueRef<'_> {
        self.at(row, self.position(column))
    }
    /// The ids and rows, by id.
    pub fn rows(&self) -> impl Iterator<Item = (i64, usize)> {
        self.rows.iter().copied()
    }
}
