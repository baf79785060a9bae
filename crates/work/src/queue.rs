//! What waits: for those who run jobs, and for those who watch the server.

use penstock_model::{CompanyId, Micros, Result, ValueRef};
use penstock_store::{Conn, one_int};

/// A job that may be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its company.
    pub company: CompanyId,
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub kind: Box<str>,
}

/// Jobs of some kinds that may be taken now, those that have waited longest first, at most so many.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn due(conn: &mut dyn Conn, kinds: &[&str], now: Micros, most: i64) -> Result<Vec<Due>> {
    let text = format!(
        "SELECT company_id, id, kind FROM job WHERE due <= ?1 AND {} ORDER BY due, company_id, id LIMIT ?2",
        among(kinds, 3)
    );
    let params = bound(&[now, most], kinds);
    let mut found = Vec::new();
    conn.query(&text, &params, &mut |row| {
        let int = |at| row.get(at).int().unwrap_or(0);
        found.push(Due {
            company: CompanyId::new(int(0)),
            id: int(1),
            kind: row.get(2).text().unwrap_or_default().into(),
        });
        Ok(())
    })?;
    Ok(found)
}

/// Since when the job of some kinds waits that has waited longest; unset when none is due. One whose lease has expired
/// waits since then.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn oldest_waiting(conn: &mut dyn Conn, kinds: &[&str], now: Micros) -> Result<Option<Micros>> {
    let text = format!("SELECT MIN(due) FROM job WHERE due <= ?1 AND {}", among(kinds, 2));
    one_int(conn, &text, &bound(&[now], kinds))
}

/// Whether a job is of some kinds, which are bound from `first` on.
fn among(kinds: &[&str], first: usize) -> String {
    let marks: Vec<String> = (first..kinds.len() + first).map(|n| format!("?{n}")).collect();
    format!("kind IN ({})", marks.join(", "))
}

fn bound<'a>(numbers: &[i64], kinds: &[&'a str]) -> Vec<ValueRef<'a>> {
    numbers.iter().copied().map(ValueRef::Int).chain(kinds.iter().map(|kind| ValueRef::Text(kind))).collect()
}
