//! Jobs, as whoever enqueued them looks at them.

use penstock_model::{CompanyId, Result, ValueRef};
use penstock_store::Conn;

use crate::job::{COLUMNS, Job, read};

/// A job, if there is one of that number.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn find(conn: &mut dyn Conn, company: CompanyId, id: i64) -> Result<Option<Job>> {
    let text = format!("SELECT {COLUMNS} FROM job WHERE company_id = ?1 AND id = ?2");
    let mut found = None;
    conn.query(&text, &[company.into(), ValueRef::Int(id)], &mut |row| {
        found = Some(read(row));
        Ok(())
    })?;
    Ok(found)
}

/// The jobs of a kind in a company, newest first.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn of_kind(conn: &mut dyn Conn, company: CompanyId, kind: &str) -> Result<Vec<Job>> {
    let text = format!("SELECT {COLUMNS} FROM job WHERE company_id = ?1 AND kind = ?2 ORDER BY id DESC");
    let mut found = Vec::new();
    conn.query(&text, &[company.into(), ValueRef::Text(kind)], &mut |row| {
        found.push(read(row));
        Ok(())
    })?;
    Ok(found)
}
