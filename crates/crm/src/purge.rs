//! Purging: what was deleted thirty days ago goes for good, with everything that hangs on it
//! (pipedrive-contract 12.8). It is no event: whoever followed heard of the deletion. The events of what goes keep
//! their numbers and lose their values (DESIGN 7); records that refer to it lose the reference, which is an event of
//! theirs.
//!
//! It is done in small writes, the chunks of a job. Each finds what is left to do in the records themselves.

use penstock_model::{
    CompanyId, Kind, Micros, Object, Result, Value, ValueRef,
    field::{Field, Writable},
    object::Visibility,
    objects,
    time::DAY,
};
use penstock_store::{
    Conn, ints, one_int, search,
    sql::{self, Record},
};

use crate::{
    Crm, Patch, Tx, custom, delete,
    field_value_index::FieldValueIndex,
    jobs::at_its_time,
    read::DELETED_DAYS,
    rules::{self, company::root},
    update,
};

/// Rows that one write changes at most, with room for what follows from its last act (DESIGN 5).
const ROWS: u64 = 400;
/// Rows that change when a record loses a reference: its own, its values, its event, counters and agendas of others.
const ACT: u64 = 20;
/// Records that are looked at in one write.
const RECORDS: i64 = 100;

/// The objects whose records are purged.
fn purged() -> impl Iterator<Item = &'static Object> {
    objects::ALL.iter().copied().filter(|o| o.is_purged())
}

/// The companies that have something to purge, by their own clocks.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn due(conn: &mut dyn Conn, now: Micros) -> Result<Vec<CompanyId>> {
    let text = format!("SELECT c.id FROM company c WHERE {} ORDER BY c.id", has_some());
    let due = ints(conn, &text, &[ValueRef::Int(now - DELETED_DAYS * DAY)])?;
    Ok(due.into_iter().map(CompanyId::new).collect())
}

/// Whether a company has something to purge, by its own clock.
pub(crate) fn is_due(conn: &mut dyn Conn, company: CompanyId, now: Micros) -> Result<bool> {
    let text = format!("SELECT c.id FROM company c WHERE c.id = ?2 AND ({})", has_some());
    Ok(one_int(conn, &text, &[ValueRef::Int(now - DELETED_DAYS * DAY), company.into()])?.is_some())
}

/// Whether something of company `c` was deleted before `?1`.
fn has_some() -> String {
    let some: Vec<String> = purged()
        .map(|object| {
            format!(
                "EXISTS (SELECT 1 FROM {} t WHERE t.company_id = c.id AND t.is_deleted = TRUE \
                 AND t.delete_time < ?1 + c.clock_offset)",
                object.table()
            )
        })
        .collect();
    some.join(" OR ")
}

/// Purges some of what is due in a company, in a write closure of it. Gives whether there may be more.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn some(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<bool> {
    let access = at_its_time(conn, &root(company, "purge"))?;
    crm.change(conn, &access, |tx| {
        let mut purge = Purge { tx, left: ROWS };
        let more = purge.run()?;
        if purge.left < ROWS {
            purge.tx.revise();
        }
        Ok(more)
    })
}

struct Purge<'a, 'b> {
    tx: &'a mut Tx<'b>,
    /// Rows that may still change.
    left: u64,
}

impl Purge<'_, '_> {
    fn run(&mut self) -> Result<bool> {
        let (company, since) = (self.tx.access.company(), self.tx.now - DELETED_DAYS * DAY);
        for object in purged() {
            let due = format!(
                "SELECT id FROM {} WHERE company_id = ?1 AND is_deleted = TRUE AND delete_time < ?2 \
                 ORDER BY delete_time, id LIMIT ?3",
                object.table()
            );
            let due = ints(self.tx.conn, &due, &[company.get(), since, RECORDS].map(ValueRef::Int))?;
            let many = i64::try_from(due.len()).is_ok_and(|found| found == RECORDS);
            for id in due {
                if !self.record(object, id)? {
                    return Ok(true);
                }
            }
            if many {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many acts of so many rows there is room for.
    fn room(&self, rows: u64) -> usize {
        usize::try_from(self.left / rows).unwrap_or(0)
    }

    fn spend(&mut self, rows: u64) {
        self.left = self.left.saturating_sub(rows);
    }

    /// Purges a record. Gives whether it is gone: if not, there was no room for all of it.
    fn record(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        let company = self.tx.access.company();
        let Some(record) = sql::find(self.tx.conn, object, company, id)? else { return Ok(true) };
        let done = self.release(&record)?
            && self.release_participants(object, id)?
            && self.release_custom(object, id)?
            && self.satellites(object, id)?
            && self.former_links(object, id)?
            && self.events(object, id)?;
        if !done {
            return Ok(false);
        }
        let mut index = FieldValueIndex::default();
        index.built_in(object, Some(&record), &Record::empty(object));
        let stored = custom::parse(&record.custom);
        let schema = std::sync::Arc::clone(&self.tx.schema);
        for field in schema.custom(object) {
            let value = custom::value_of(stored.get(&field.number.to_string()), field.kind);
            index.change(field.number, field.kind, &value, &Value::Null);
        }
        // Its own row, its search document, its values. What does not fit into a whole write must fit into one.
        let rows = 3 + u64::try_from(index.len()).unwrap_or(ROWS);
        if rows > self.left && self.left < ROWS {
            return Ok(false);
        }
        self.spend(rows);
        index.write(self.tx.conn, company, object, id)?;
        search::remove(self.tx.conn, object, company, id)?;
        sql::delete(self.tx.conn, object, company, id)?;
        Ok(true)
    }

    /// Releases everything that refers to the record by a built-in field.
    fn release(&mut self, record: &Record) -> Result<bool> {
        let (object, id) = (record.object, record.id());
        for other in objects::ALL.iter().copied() {
            for (_, field, to) in other.references() {
                if to != object.name || (field.writable == Writable::Never && other.visibility != Visibility::Parent) {
                    continue;
                }
                let Some(text) = holding(other, field, record) else { continue };
                let room = self.room(ACT);
                let limit = i64::try_from(room + 1).unwrap_or(i64::MAX);
                let key = [self.tx.access.company().get(), id, limit].map(ValueRef::Int);
                let found = ints(self.tx.conn, &text, &key)?;
                for holder in found.iter().take(room) {
                    self.spend(ACT);
                    if !self.let_go(other, field, *holder, id)? {
                        return Ok(false);
                    }
                }
                if found.len() > room {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Takes a reference out of a record, or the record away with what it belongs to.
    fn let_go(&mut self, other: &'static Object, field: &'static Field, holder: i64, id: i64) -> Result<bool> {
        if belongs(other, field) {
            return self.record(other, holder);
        }
        let row = self.tx.record(other, holder)?;
        if other.visibility == Visibility::Parent {
            delete::remove(self.tx, &row)?;
        } else if is_alone(&row, field) {
            delete::mark(self.tx, row)?;
        } else {
            let mut patch = Patch::default();
            (rules::of(other).release)(&row, field, id, &mut patch);
            update::let_go(self.tx, &row, &patch)?;
        }
        Ok(true)
    }

    /// Releases everything that refers to the record by a custom field.
    fn release_custom(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        let schema = std::sync::Arc::clone(&self.tx.schema);
        let fields = schema.fields.iter().filter(|f| !f.built_in && f.kind == target(object));
        for field in fields {
            for carrier in objects::ALL.iter().copied().filter(|o| o.custom == Some(&*field.object)) {
                let room = self.room(ACT);
                let limit = i64::try_from(room + 1).unwrap_or(i64::MAX);
                let found = self.naming(field.number, carrier, id, limit)?;
                for holder in found.iter().take(room) {
                    self.spend(ACT);
                    let row = self.tx.record(carrier, *holder)?;
                    let patch = Patch { custom: vec![(field.number, Value::Null)], ..Patch::default() };
                    update::let_go(self.tx, &row, &patch)?;
                }
                if found.len() > room {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Takes a person out of the records in which it takes part, though others may be the main one.
    fn release_participants(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        for other in objects::ALL.iter().copied() {
            let names = |f: &Field| f.kind == Kind::Participants && f.kind.refers_to() == Some(object.name);
            for (_, field) in other.columns().filter(|(_, f)| names(f)) {
                if !self.release_part(other, field, id)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn release_part(&mut self, other: &'static Object, field: &'static Field, id: i64) -> Result<bool> {
        let room = self.room(ACT);
        let limit = i64::try_from(room + 1).unwrap_or(i64::MAX);
        let found = self.naming(other.field_base + u32::from(field.number), other, id, limit)?;
        for holder in found.iter().take(room) {
            self.spend(ACT);
            let row = self.tx.record(other, *holder)?;
            let mut patch = Patch::default();
            (rules::of(other).release)(&row, field, id, &mut patch);
            update::let_go(self.tx, &row, &patch)?;
        }
        Ok(found.len() <= room)
    }

    /// The records of an object that name one in a field by a row of `field_value`.
    fn naming(&mut self, field: u32, carrier: &Object, id: i64, limit: i64) -> Result<Vec<i64>> {
        let key = [self.tx.access.company().get(), field.into(), carrier.code.into()].map(ValueRef::Int);
        #[expect(clippy::cast_precision_loss, reason = "ids stay below 2^53")]
        let key = [key[0], key[1], key[2], ValueRef::Real(id as f64), ValueRef::Int(limit)];
        let text = "SELECT record_id FROM field_value WHERE company_id = ?1 AND field = ?2 AND object = ?3 \
                    AND number = ?4 AND text_key = '' ORDER BY record_id LIMIT ?5";
        ints(self.tx.conn, text, &key)
    }

    /// Removes followers and external ids.
    fn satellites(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        for other in [&objects::FOLLOWER, &objects::EXTERNAL_ID] {
            let text = format!(
                "SELECT id FROM {} WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 LIMIT ?4",
                other.table()
            );
            let room = self.room(ACT);
            let limit = i64::try_from(room + 1).unwrap_or(i64::MAX);
            let key = [self.tx.access.company().get(), object.code.into(), id, limit].map(ValueRef::Int);
            let found = ints(self.tx.conn, &text, &key)?;
            for satellite in found.iter().take(room) {
                self.spend(2);
                if !self.events(other, *satellite)? {
                    return Ok(false);
                }
                let company = self.tx.access.company();
                sql::delete(self.tx.conn, other, company, *satellite)?;
            }
            if found.len() > room {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes what is remembered of links that ended before, and empties their events.
    fn former_links(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        let of_link = "company_id = ?1 AND object = ?2 AND record_id = ?3 AND link = ?4";
        for other in [&objects::FOLLOWER, &objects::PARTICIPANT, &objects::EXTERNAL_ID] {
            let room = self.room(ACT);
            let limit = i64::try_from(room + 1).unwrap_or(i64::MAX);
            let key =
                [self.tx.access.company().get(), object.code.into(), id, other.code.into(), limit].map(ValueRef::Int);
            let text = format!("SELECT link_id FROM former_link WHERE {of_link} ORDER BY link_id LIMIT ?5");
            let found = ints(self.tx.conn, &text, &key)?;
            for link in found.iter().take(room) {
                self.spend(1);
                if !self.events(other, *link)? {
                    return Ok(false);
                }
                let key = [key[0], key[1], key[2], key[3], ValueRef::Int(*link)];
                let text = format!("DELETE FROM former_link WHERE {of_link} AND link_id = ?5");
                self.tx.conn.execute(&text, &key)?;
            }
            if found.len() > room {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Empties the values of a record's events. Gives whether those were all.
    fn events(&mut self, object: &'static Object, id: i64) -> Result<bool> {
        let text = "UPDATE event SET changes = NULL WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 \
                    AND seq IN (SELECT seq FROM event WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 \
                    AND changes IS NOT NULL ORDER BY seq LIMIT ?4)";
        let room = i64::try_from(self.left).unwrap_or(0);
        let key = [self.tx.access.company().get(), object.code.into(), id, room].map(ValueRef::Int);
        let rows = self.tx.conn.execute(text, &key)?;
        self.spend(rows);
        Ok(self.left > 0)
    }
}

/// Whether records of an object are parts of the one that a field of theirs names, and go with it.
fn belongs(other: &Object, field: &Field) -> bool {
    let first = other.references().find(|(_, f, _)| f.required);
    other.visibility == Visibility::Parent && first.is_some_and(|(_, f, _)| f.name == field.name)
}

/// The records that refer to one by a field and must let go of it: `?2` is its number, `?3` how many are asked for.
///
/// Deleted ones keep what they refer to, as they go themselves, but for those that may come back. A note or activity
/// at a record that not everyone saw keeps it as well: without, it would be shown to those who did not see it. Only a
/// note that stands nowhere else goes in either case.
fn holding(other: &'static Object, field: &Field, record: &Record) -> Option<String> {
    let mut text = format!("SELECT id FROM {} WHERE company_id = ?1 AND {} = ?2", other.table(), field.name);
    if other.is_marked() && !rules::of(other).can_restore && !belongs(other, field) {
        text.push_str(" AND is_deleted = FALSE");
    }
    let hidden = record.object.is_owned() && !sql::is_shared(record);
    if hidden && matches!(other.visibility, Visibility::Linked(_)) {
        let places = rules::of(other).needs_one_of;
        if places.is_empty() {
            return None;
        }
        for place in places.iter().filter(|place| **place != field.name) {
            text.push_str(" AND ");
            text.push_str(place);
            text.push_str(" IS NULL");
        }
    }
    text.push_str(" ORDER BY id LIMIT ?3");
    Some(text)
}

/// Whether a record stands nowhere but at what a field of it names, though it must stand somewhere.
fn is_alone(row: &Record, field: &Field) -> bool {
    let places = rules::of(row.object).needs_one_of;
    !places.is_empty() && places.iter().all(|place| *place == field.name || row.get(place).is_null())
}

/// The kind of custom fields that refer to an object.
fn target(object: &Object) -> Kind {
    Kind::Reference(object.name)
}
