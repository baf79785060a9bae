//! A page: the cells of an answer, copied into two buffers, so that the snapshot can end before anything is written.

use penstock_model::{Result, Source, ValueRef};
use penstock_store::{
    Conn,
    sql::{Column, Record},
};

/// Rows of cells. The last columns are the sort keys and the id, as the statement gave them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    width: usize,
    cells: Vec<Cell>,
    text: String,
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text { start: u32, end: u32 },
}

impl Page {
    /// Runs a statement whose rows have `width` columns; about `rows` of them are expected.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn read(conn: &mut dyn Conn, text: &str, params: &[ValueRef<'_>], width: usize, rows: i64) -> Result<Self> {
        // Growing a large buffer costs more than a guess: some 400 bytes of text a row.
        let rows = usize::try_from(rows).unwrap_or(0).min(512);
        let mut page = Self { width, cells: Vec::with_capacity(width * rows), text: String::with_capacity(400 * rows) };
        conn.query(text, params, &mut |row| {
            for column in 0..width {
                page.push(row.get(column));
            }
            Ok(())
        })?;
        Ok(page)
    }

    /// A record as a page of one row, as if it were read with these columns; nothing when one of them is worked out by
    /// the engine.
    #[must_use]
    pub fn of(record: &Record, columns: &[Column]) -> Option<Self> {
        let mut page = Self { width: columns.len() + 1, ..Self::default() };
        for column in columns {
            match column {
                Column::Field(field) if field.source == Source::Column => page.push(record.get(field.name).as_ref()),
                Column::Field(_) => return None,
                Column::Custom => page.push(record.custom.as_ref()),
                Column::Version => page.push(ValueRef::Int(record.version)),
            }
        }
        page.push(ValueRef::Int(record.id()));
        Some(page)
    }

    fn push(&mut self, value: ValueRef<'_>) {
        let cell = match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Bool(b) => Cell::Bool(b),
            ValueRef::Int(i) => Cell::Int(i),
            ValueRef::Real(r) => Cell::Real(r),
            ValueRef::Text(t) => {
                let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                self.text.push_str(t);
                Cell::Text { start, end: u32::try_from(self.text.len()).unwrap_or(u32::MAX) }
            }
        };
        self.cells.push(cell);
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }
    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
    /// A cell.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> ValueRef<'_> {
        match self.cells.get(row * self.width + column) {
            None | Some(Cell::Null) => ValueRef::Null,
            Some(Cell::Bool(b)) => ValueRef::Bool(*b),
            Some(Cell::Int(i)) => ValueRef::Int(*i),
            Some(Cell::Real(r)) => ValueRef::Real(*r),
            Some(Cell::Text { start, end }) => {
                ValueRef::Text(self.text.get(*start as usize..*end as usize).unwrap_or(""))
            }
        }
    }
    /// The id of a row: the last column of a list.
    #[must_use]
    pub fn id(&self, row: usize) -> i64 {
        self.get(row, self.width - 1).int().unwrap_or(0)
    }
    /// Drops the rows from `rows` on: the one that was read ahead to see whether there are more.
    pub fn truncate(&mut self, rows: usize) {
        self.cells.truncate(rows * self.width);
    }
    /// The numbers in a column, in order of appearance.
    pub fn numbers(&self, column: usize) -> impl Iterator<Item = i64> {
        (0..self.len()).filter_map(move |row| self.get(row, column).int())
    }
}
