//! Reading: everything that an access may see, as pages of copied cells.

mod lookup;
mod page;
mod single;
mod walk;

use std::sync::Arc;

use penstock_model::{
    Access, CompanySchema, Error, Field, Micros, Object, Result, Value, ValueRef,
    field::Source,
    filter::{Expr, Today},
    time::DAY,
};
use penstock_store::{
    Conn,
    sql::{self, Column, Deleted, Direction, Key, Record, Select, Statement, VisibilityScope},
};

pub use lookup::Lookup;
pub use page::Page;
use single::Reading;
pub use single::Single;
pub(crate) use walk::Walks;

/// Days for which a deleted record can still be read alone (pipedrive-contract 12.8).
pub const DELETED_DAYS: i64 = 30;

/// Whether what was deleted then is past reading and bringing back.
pub(crate) fn has_lapsed(deleted: Option<Micros>, now: Micros) -> bool {
    deleted.is_some_and(|time| time + DELETED_DAYS * DAY < now)
}

/// Reads for one user inside one snapshot.
pub struct Reader<'a> {
    /// The connection.
    pub conn: &'a mut dyn Conn,
    /// For whom.
    pub access: &'a Access,
    /// The company's schema.
    pub schema: Arc<CompanySchema>,
    /// Now, by the company's clock.
    pub now: Micros,
    /// Where pages ended that were given before.
    pub(crate) walks: Arc<Walks>,
}

/// A list to be read.
pub struct List<'a> {
    /// What is listed.
    pub object: &'static Object,
    /// The columns of the answer.
    pub columns: &'a [Column],
    /// Which records.
    pub filter: Expr,
    /// What becomes of deleted ones.
    pub deleted: Deleted,
    /// The order; the id is the last key.
    pub order: Vec<(Key, Direction)>,
    /// The sort key and id of the last record that the caller has.
    pub after: Option<(Value, i64)>,
    /// Records to skip.
    pub offset: i64,
    /// Records to give.
    pub limit: i64,
}

impl<'a> List<'a> {
    /// Every record of an object by number, at most `limit`.
    #[must_use]
    pub fn all(object: &'static Object, columns: &'a [Column], limit: i64) -> Self {
        Self {
            object,
            columns,
            filter: Expr::everything(),
            deleted: Deleted::Hidden,
            order: Vec::new(),
            after: None,
            offset: 0,
            limit,
        }
    }

    fn select<'b>(&'b self, scope: VisibilityScope, today: Today<'b>) -> Select<'b> {
        Select {
            object: self.object,
            columns: self.columns,
            filter: &self.filter,
            deleted: self.deleted,
            scope,
            today,
            order: &self.order,
            after: self.after.as_ref().map(|(key, id)| (key, *id)),
            offset: self.offset,
            limit: self.limit,
        }
    }
}

impl Reader<'_> {
    /// What relative dates count from.
    #[must_use]
    pub fn today(&self) -> Today<'_> {
        Today { now: self.now, zone: &self.schema.timezone }
    }

    /// The records of a list that the user may see.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn list(&mut self, list: &List<'_>) -> Result<Page> {
        let scope = VisibilityScope::of_list(self.conn, self.access, list.object)?;
        let statement = list.select(scope, self.today()).statement(self.conn.engine(), self.access.company());
        self.page(list, &statement)
    }

    /// As [`Reader::list`], for a list that is given in pages by offset, of which each but the last is full: `list.limit`
    /// counts one record more than the page shows, and the next page is asked for with that one as its first.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn list_by_offset(&mut self, list: &List<'_>) -> Result<Page> {
        let scope = VisibilityScope::of_list(self.conn, self.access, list.object)?;
        let (engine, company) = (self.conn.engine(), self.access.company());
        let select = list.select(scope, self.today());
        let whole = Select { offset: 0, limit: 0, ..select.clone() }.statement(engine, company);
        let spot = self.walks.spot(self.access, list, &whole);
        let end = spot.as_ref().filter(|_| list.offset > 0).and_then(|spot| self.walks.end(spot, self.access));
        let select = match &end {
            Some((key, id)) => Select { after: Some((key, *id)), offset: 0, ..select },
            None => select,
        };
        let statement = select.statement(engine, company);
        let page = self.page(list, &statement)?;
        if let Some(spot) = spot {
            self.walks.remember(spot, self.access, list, &page);
        }
        Ok(page)
    }

    fn page(&mut self, list: &List<'_>, statement: &Statement) -> Result<Page> {
        let keys = list.order.len().max(1) + 1;
        Page::read(self.conn, &statement.text, &statement.bound(), list.columns.len() + keys, list.limit)
    }

    /// One record as a page of one row, if the user may see it; deleted ones for thirty days.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when the engine can't work now.
    pub fn one(&mut self, single: &Single, id: i64) -> Result<Page> {
        single.read(self, if self.access.is_admin() { Reading::Admin } else { Reading::User }, id)
    }

    /// One record as a page of one row, whoever may see it: for the answer to a write, which may have hidden or deleted
    /// the record from its writer.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when the engine can't work now.
    pub fn written(&mut self, single: &Single, id: i64) -> Result<Page> {
        single.read(self, Reading::Writer, id)
    }

    /// As [`Reader::list`], with visibility as one condition per row: for few records that are named by number.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn list_by_condition(&mut self, list: &List<'_>) -> Result<Page> {
        let scope = VisibilityScope::from(self.access);
        let statement = list.select(scope, self.today()).statement_seen(self.conn.engine(), self.access.company());
        self.page(list, &statement)
    }

    /// Records by number with the asked columns, each with whether the user may see it: for references.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn lookup(&mut self, object: &'static Object, ids: &[i64], columns: &[&'static Field]) -> Result<Lookup> {
        Lookup::read(self, object, ids, columns)
    }

    /// A record as a whole, if the user may see it, deleted or not.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when the engine can't work now.
    pub fn visible_record(&mut self, object: &'static Object, id: i64) -> Result<Record> {
        if !self.can_see(object, id)? {
            return Err(Error::not_found(object.name));
        }
        self.record(object, id)
    }

    /// A record as a whole, whoever asks: for the rules.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when the engine can't work now.
    pub(crate) fn record(&mut self, object: &'static Object, id: i64) -> Result<Record> {
        let record = sql::find(self.conn, object, self.access.company(), id)?;
        record.ok_or_else(|| Error::not_found(object.name))
    }

    /// Whether the record exists, deleted or not, and the user may see it.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn can_see(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        self.exists(object, id, false)
    }

    /// Whether the record exists, is not deleted, and the user may see it.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub fn can_see_alive(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        self.exists(object, id, true)
    }

    fn exists(&mut self, object: &'static Object, id: i64, alive: bool) -> Result<bool> {
        let mut statement = Statement::new(self.conn.engine(), self.access.company());
        statement.push("SELECT 1 FROM ").push(object.table()).push(" t WHERE t.company_id = ?1 AND t.id = ");
        statement.push_bound(id);
        if alive && object.is_marked() {
            statement.push(" AND t.is_deleted = FALSE");
        }
        if let Some(condition) = VisibilityScope::from(self.access).condition(object, "t", &mut statement) {
            statement.push(" AND ").push(&condition);
        }
        let mut found = false;
        self.conn.query(&statement.text, &statement.bound(), &mut |_| {
            found = true;
            Ok(())
        })?;
        Ok(found)
    }

    /// One value of a record of this company, whoever asks: for the rules.
    ///
    /// # Errors
    /// `Unavailable` when the engine can't work now.
    pub(crate) fn value(&mut self, object: &'static Object, id: i64, column: &str) -> Result<Option<Value>> {
        let text = format!("SELECT {column} FROM {} WHERE company_id = ?1 AND id = ?2", object.table());
        let key = [self.access.company().into(), ValueRef::Int(id)];
        Ok(penstock_store::one(self.conn, &text, &key, 1)?.and_then(|mut row| row.pop()))
    }
}

/// The columns that a field's output needs: its own, or those that it is made from.
pub fn needed(object: &'static Object, field: &'static Field, into: &mut Vec<Column>) {
    let mut add = |name: &str| {
        if let Some(field) = object.field(name)
            && !into.iter().any(|c| matches!(c, Column::Field(f) if f.name == field.name))
        {
            into.push(Column::Field(field));
        }
    };
    match field.source {
        Source::Column | Source::Subquery(_) => add(field.name),
        Source::Alias(name) => add(name),
        Source::Joined { via, .. } => add(via),
        Source::Computed(how) => how.inputs().into_iter().for_each(add),
    }
}
