//! Referenced records: the distinct ones of a page, in one statement per object, each with a visible bit (DESIGN 4).

use penstock_model::{Field, Kind, Object, Result, Source, ValueRef, object::Visibility, objects};
use penstock_store::{
    Engine,
    sql::{Sight, Statement, among, numbered},
};

use super::{Page, Reader};

/// Records by number.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    page: Page,
    columns: Vec<&'static str>,
    /// `(id, row)`, sorted by id.
    rows: Vec<(i64, usize)>,
}

/// A column of the record, or of one that it refers to in turn: of those that everyone sees.
fn column(engine: Engine, object: &Object, field: &Field) -> String {
    let Source::Joined { via, field: other } = field.source else { return format!("t.{}", field.name) };
    let Some(Kind::Reference(to)) = object.field(via).map(|f| f.kind) else { return "NULL".to_owned() };
    let to = objects::get(to);
    debug_assert!(to.visibility == Visibility::Company, "{}.{} may be hidden", object.name, field.name);
    let found = numbered(engine, "j", &format!("t.{via}"));
    format!("(SELECT j.{other} FROM {} j WHERE {found})", to.table())
}

impl Lookup {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        object: &'static Object,
        ids: &[i64],
        columns: &[&'static Field],
    ) -> Result<Self> {
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let engine = reader.conn.engine();
        let mut statement = Statement::new(engine, reader.access.company);
        statement.push("SELECT ");
        for field in columns {
            statement.push(&column(engine, object, field)).push(", ");
        }
        let seen = Sight::from(reader.access).condition(object, "t", &mut statement);
        statement.push(seen.as_deref().unwrap_or("TRUE")).push(", t.id FROM ").push(object.table());
        let list = statement.bind(penstock_model::kind::id_list(ids));
        statement.push(" t WHERE ").push(&among(engine, list));
        let page = Page::read(reader.conn, &statement, columns.len() + 2, i64::try_from(ids.len()).unwrap_or(0))?;
        let mut rows: Vec<(i64, usize)> = (0..page.len()).map(|row| (page.id(row), row)).collect();
        rows.sort_unstable();
        Ok(Self { page, columns: columns.iter().map(|f| f.name).collect(), rows })
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
