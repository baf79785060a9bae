//! Lists and single records.

use penstock_connector::{Direction, Key, Name, Page as Answer, Query, Record};
use penstock_crm::{List, Page, Reader, external_ids, read::DELETED_DAYS};
use penstock_model::{
    Code, Error, Field, Object, Result, Value, ValueRef,
    filter::{Expr, Op},
    time::DAY,
};
use penstock_store::sql::{self, Column, Deleted};

use super::{
    beside::Beside,
    filter, ids,
    layout::{Layout, Row, find},
    place,
};

/// The records that a query selects, as far as the user sees them.
pub(super) fn list(reader: &mut Reader<'_>, object: &'static Object, query: &Query) -> Result<Answer> {
    let layout = Layout::new(object, &reader.schema, &query.fields);
    let columns = layout.needed();
    let mut expression = filter::expression(reader, object, &query.filter)?;
    if query.deleted {
        expression = expression.and(readable(object, reader.now));
    }
    let order = order(object, query)?;
    let mut list = List {
        filter: expression,
        deleted: if query.deleted { Deleted::Shown } else { Deleted::Hidden },
        order: order.iter().map(|(key, direction)| ((*key).into(), *direction)).collect(),
        limit: i64::from(query.limit) + 1,
        ..List::all(object, &columns, 0)
    };
    if let Some(text) = &query.after {
        let foreign = "the page token was not made by this list: start again without it";
        let end = place::read(text, object, &order).ok_or_else(|| Error::new(Code::CursorInvalid, foreign))?;
        match <[_; 1]>::try_from(end.keys) {
            Ok([key]) => list.after = Some((key, end.id)),
            Err(keys) => list.filter = list.filter.and(place::beyond(object, &order, &keys, end.id)),
        }
    }
    let mut page = reader.list(&list)?;
    let limit = query.limit as usize;
    let next = (page.len() > limit && limit > 0).then(|| {
        page.truncate(limit);
        let keys = columns.len()..columns.len() + order.len().max(1);
        let keys: Vec<Value> = keys.map(|key| page.get(limit - 1, key).to_value()).collect();
        place::write(object, &order, &keys, page.id(limit - 1))
    });
    let records = records(reader, object, &layout, &columns, &page)?;
    Ok(Answer { records, next })
}

/// Those that are deleted can be read for as long as a single one can.
fn readable(object: &'static Object, now: i64) -> Expr {
    let (Some(deleted), Some(time)) = (object.field("is_deleted"), object.field("delete_time")) else {
        return Expr::everything();
    };
    let since = now - DELETED_DAYS * DAY;
    Expr::Any(vec![Expr::eq(deleted, false), Expr::is(time, Op::Ge, since)])
}

/// The fields that the list is ordered by, before the id.
fn order(object: &'static Object, query: &Query) -> Result<Vec<(&'static Field, sql::Direction)>> {
    let key = |(name, direction): &(Name, Direction)| {
        let field = find(object, name).ok_or_else(|| Error::parameter("sort", "names no field with a column"))?;
        let direction = match direction {
            Direction::Ascending => sql::Direction::Ascending,
            Direction::Descending => sql::Direction::Descending,
        };
        Ok((field, direction))
    };
    query.order.iter().map(key).collect()
}

/// One record with all its fields.
pub(super) fn get(reader: &mut Reader<'_>, object: &'static Object, key: &Key, deleted: bool) -> Result<Record> {
    let id = match key {
        Key::Id(id) => ids::record(reader.access.company(), object, id)?,
        Key::External { source, key } => {
            external_ids::find(reader, object, source, key)?.ok_or_else(|| Error::not_found(object.name))?
        }
    };
    let layout = Layout::whole(object, &reader.schema);
    let columns = layout.needed();
    let mut wanted = Expr::eq(object.id(), id);
    if deleted {
        wanted = wanted.and(readable(object, reader.now));
    }
    let list = List {
        filter: wanted,
        deleted: if deleted { Deleted::Shown } else { Deleted::Hidden },
        ..List::all(object, &columns, 1)
    };
    let page = reader.list_by_condition(&list)?;
    let found = records(reader, object, &layout, &columns, &page)?.pop();
    found.ok_or_else(|| Error::not_found(object.name))
}

fn records(
    reader: &mut Reader<'_>,
    object: &'static Object,
    layout: &Layout,
    columns: &[Column],
    page: &Page,
) -> Result<Vec<Record>> {
    let rows: Vec<PageRow<'_>> = (0..page.len()).map(|row| PageRow { page, columns, row }).collect();
    let named: Vec<(i64, &dyn Row)> = rows.iter().map(|row| (page.id(row.row), row as &dyn Row)).collect();
    let beside = Beside::read(reader, object, layout, &named)?;
    let company = reader.access.company();
    Ok(rows.iter().map(|row| layout.record(company, row, &beside)).collect())
}

/// A row of a page whose columns are those of a layout.
struct PageRow<'a> {
    page: &'a Page,
    columns: &'a [Column],
    row: usize,
}

impl PageRow<'_> {
    fn cell(&self, is: impl Fn(&Column) -> bool) -> ValueRef<'_> {
        self.columns.iter().position(is).map_or(ValueRef::Null, |at| self.page.get(self.row, at))
    }
}

impl Row for PageRow<'_> {
    fn field(&self, field: &'static Field) -> ValueRef<'_> {
        self.cell(|c| matches!(c, Column::Field(f) if f.number == field.number))
    }
    fn custom(&self) -> ValueRef<'_> {
        self.cell(|c| matches!(c, Column::Custom))
    }
    fn version(&self) -> i64 {
        self.cell(|c| matches!(c, Column::Version)).int().unwrap_or(0)
    }
}
