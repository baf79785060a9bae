//! The next and the last activity of a record: the earliest that is to be done, and the latest that was
//! (pipedrive-contract 12.6).

use penstock_model::{Object, Result, Value, ValueRef};
use penstock_store::{one, sql::Statement};

use crate::Tx;

/// Computes both anew from the activities that `link` ties to the record. Derived values: no event, no new version.
pub(super) fn refresh(tx: &mut Tx<'_>, object: &'static Object, link: &str, id: i64) -> Result<()> {
    let key = [tx.access.company().into(), ValueRef::Int(id)];
    let of_record = format!("FROM activity WHERE company_id = ?1 AND {link} = ?2 AND is_deleted = FALSE");
    // A day without a time is the whole day and comes before its hours; no day at all comes after every day.
    let next = format!(
        "SELECT id, due_date, due_time {of_record} AND done = FALSE \
         ORDER BY due_date IS NULL, due_date, due_time NULLS FIRST, id LIMIT 1"
    );
    let next = one(tx.conn, &next, &key, 3)?.unwrap_or_else(|| vec![Value::Null; 3]);
    let mut values = vec![
        ("next_activity_id", next[0].clone()),
        ("next_activity_date", next[1].clone()),
        ("next_activity_time", next[2].clone()),
    ];
    if object.field("last_activity_id").is_some() {
        let last = format!(
            "SELECT id, due_date {of_record} AND done = TRUE \
             ORDER BY due_date IS NULL, due_date DESC, due_time DESC NULLS LAST, id DESC LIMIT 1"
        );
        let last = one(tx.conn, &last, &key, 2)?.unwrap_or_else(|| vec![Value::Null; 2]);
        values.extend([("last_activity_id", last[0].clone()), ("last_activity_date", last[1].clone())]);
    }
    let mut statement = Statement::new(tx.conn.engine(), tx.access.company());
    statement.push("UPDATE ").push(object.table()).push(" SET ");
    let columns = values.into_iter().filter(|(name, _)| object.field(name).is_some());
    for (position, (name, value)) in columns.enumerate() {
        statement.push(if position == 0 { "" } else { ", " }).push(name).push(" = ").push_bound(value);
    }
    statement.push(" WHERE company_id = ?1 AND id = ").push_bound(id);
    tx.conn.defer(&statement.text, &statement.bound())?;
    Ok(())
}
