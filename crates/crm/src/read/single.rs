//! Single records by number: the columns, and the texts of the statements that read them, each made once.

use std::sync::OnceLock;

use penstock_model::{
    Error, Object, Result, ValueRef,
    object::{Deletion, Visibility},
};
use penstock_store::sql::{Column, Deleted, single};

use super::{Page, Reader, has_lapsed};

/// How single records of an object are read. A page of one has the columns that were asked for first.
pub struct Single {
    object: &'static Object,
    columns: Vec<Column>,
    /// By engine, then by reading.
    texts: [[OnceLock<String>; 3]; 2],
}

/// Who reads a single record, and for what.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    /// A user, who must see it.
    User,
    /// An admin, who sees all.
    Admin,
    /// Whoever wrote it, for the answer.
    Writer,
}

impl Single {
    /// Reads these columns of an object.
    #[must_use]
    pub fn new(object: &'static Object, columns: &[Column]) -> Self {
        let mut columns = columns.to_vec();
        if object.deletion == Deletion::Soft {
            columns.extend(["is_deleted", "delete_time"].iter().filter_map(|n| object.field(n)).map(Column::Field));
        }
        Self { object, columns, texts: Default::default() }
    }

    /// The record as a page of one row.
    pub(super) fn read(&self, reader: &mut Reader<'_>, reading: Reading, id: i64) -> Result<Page> {
        let engine = reader.conn.engine();
        let asks_who = matches!(reading, Reading::User) && self.object.visibility != Visibility::Company;
        let text = self.texts[engine as usize][reading as usize].get_or_init(|| {
            // What is softly deleted can be read for a while.
            let shown = matches!(reading, Reading::Writer) || self.object.deletion == Deletion::Soft;
            let deleted = if shown { Deleted::Shown } else { Deleted::Hidden };
            single(engine, self.object, &self.columns, deleted, asks_who)
        });
        let params = [reader.access.company().get(), id, reader.access.user().get()].map(ValueRef::Int);
        let params = if asks_who { &params[..] } else { &params[..2] };
        let page = Page::read(reader.conn, text, params, self.columns.len() + 1, 1)?;
        let gone = !matches!(reading, Reading::Writer) && self.has_lapsed(&page, reader.now);
        if page.is_empty() || gone { Err(Error::not_found(self.object.name)) } else { Ok(page) }
    }

    /// Whether the record was deleted so long ago that it can't be read any more.
    fn has_lapsed(&self, page: &Page, now: i64) -> bool {
        let [deleted, since] = [2, 1].map(|back| page.get(0, self.columns.len().saturating_sub(back)));
        self.object.deletion == Deletion::Soft && deleted.truth() && has_lapsed(since.int(), now)
    }
}
