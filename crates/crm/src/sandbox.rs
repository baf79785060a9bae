//! What sandboxes were told to do with requests: rows, since several processes may answer them.

use std::time::Duration;

use penstock_model::{Code, CompanyId, Error, Result, ValueRef};
use penstock_store::{Conn, one_int};

use crate::company::is_closed;

/// How many faults may wait in a sandbox.
const MOST_FAULTS: i64 = 100;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injection {
    /// It is refused with this code, and nothing else is done.
    Fail(Code),
    /// It is done later.
    Delay(Duration),
    /// It is done, and its answer breaks off in the middle.
    Cut,
}

/// What the next requests to matching paths meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A path; `*` stands for any characters.
    pub path: String,
    /// What happens to the requests.
    pub injection: Injection,
    /// How many requests that are still.
    pub left: i64,
}

/// The codes with which a request can be refused.
const CODES: [Code; 3] = [Code::TooManyRequests, Code::Internal, Code::Unavailable];

impl Injection {
    /// How it stands in a row: a word, and the status or the milliseconds.
    fn row(self) -> (&'static str, i64) {
        match self {
            Self::Fail(code) => ("fail", code.status().into()),
            Self::Delay(time) => ("delay", i64::try_from(time.as_millis()).unwrap_or(i64::MAX)),
            Self::Cut => ("cut", 0),
        }
    }

    fn of_row(word: &str, value: i64) -> Option<Self> {
        Some(match word {
            "fail" => Self::Fail(*CODES.iter().find(|code| i64::from(code.status()) == value)?),
            "delay" => Self::Delay(Duration::from_millis(u64::try_from(value).ok()?)),
            "cut" => Self::Cut,
            _ => return None,
        })
    }
}

/// Adds a fault behind those of a sandbox that are left. With the count 0 those of its path end instead. Runs in a write
/// closure of it.
///
/// # Errors
/// `RuleViolated` when there are a hundred already; `Unavailable` when the engine can't work now.
pub fn add_fault(conn: &mut dyn Conn, company: CompanyId, fault: &Fault) -> Result<()> {
    let (company, path): (ValueRef<'_>, _) = (company.into(), ValueRef::Text(&fault.path));
    if fault.left == 0 {
        return conn.defer("DELETE FROM sandbox_fault WHERE company_id = ?1 AND path = ?2", &[company, path]);
    }
    let waiting = one_int(conn, "SELECT COUNT(*) FROM sandbox_fault WHERE company_id = ?1", &[company])?;
    if waiting.unwrap_or(0) >= MOST_FAULTS {
        let message = format!("there are {MOST_FAULTS} faults already: a fault of the same path with count 0 ends it");
        return Err(Error::new(Code::RuleViolated, message));
    }
    let next = "INSERT INTO counter (company_id, name, last) VALUES (?1, 'fault', 1) \
                ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last";
    let number = one_int(conn, next, &[company])?.unwrap_or(1);
    let (effect, value) = fault.injection.row();
    conn.defer(
        "INSERT INTO sandbox_fault (company_id, number, path, effect, value, remaining) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[company, ValueRef::Int(number), path, ValueRef::Text(effect), ValueRef::Int(value), ValueRef::Int(fault.left)],
    )
}

/// The faults of a sandbox that are left, in the order in which they were added.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn faults(conn: &mut dyn Conn, company: CompanyId) -> Result<Vec<Fault>> {
    Ok(numbered(conn, company)?.into_iter().map(|(_, fault)| fault).collect())
}

/// What a request to a path of a sandbox is to meet: nothing is used up by looking.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn is_disturbed(conn: &mut dyn Conn, company: CompanyId, path: &str) -> Result<bool> {
    Ok(is_closed(conn, company)? || matching(conn, company, path)?.is_some())
}

/// What a request to a path of a sandbox meets, if anything; that fault is then used up once. Runs in a write closure
/// of it. A sandbox that is being reset is closed.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn take_fault(conn: &mut dyn Conn, company: CompanyId, path: &str) -> Result<Option<Injection>> {
    if is_closed(conn, company)? {
        return Ok(Some(Injection::Fail(Code::Unavailable)));
    }
    let Some((number, fault)) = matching(conn, company, path)? else { return Ok(None) };
    let key = [company.into(), ValueRef::Int(number)];
    conn.defer("UPDATE sandbox_fault SET remaining = remaining - 1 WHERE company_id = ?1 AND number = ?2", &key)?;
    conn.defer("DELETE FROM sandbox_fault WHERE company_id = ?1 AND number = ?2 AND remaining <= 0", &key)?;
    Ok(Some(fault.injection))
}

fn matching(conn: &mut dyn Conn, company: CompanyId, path: &str) -> Result<Option<(i64, Fault)>> {
    Ok(numbered(conn, company)?.into_iter().find(|(_, fault)| matches(&fault.path, path)))
}

fn numbered(conn: &mut dyn Conn, company: CompanyId) -> Result<Vec<(i64, Fault)>> {
    let text = "SELECT number, path, effect, value, remaining FROM sandbox_fault WHERE company_id = ?1 ORDER BY number";
    let mut found = Vec::new();
    conn.query(text, &[company.into()], &mut |row| {
        let int = |at| row.get(at).int().unwrap_or(0);
        let text = |at| row.get(at).text().unwrap_or_default();
        if let Some(injection) = Injection::of_row(text(2), int(3)) {
            found.push((int(0), Fault { path: text(1).to_owned(), injection, left: int(4) }));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether a pattern in which `*` stands for any characters matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| text.strip_prefix(head)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path, expected) in [
            ("/v1/deals", "/v1/deals", true),
            ("/v1/deals", "/v1/deals/5", false),
            ("/v1/deals/*", "/v1/deals/5/followers", true),
            ("/v1/*/5", "/v1/deals/5", true),
            ("/v1/*/5", "/v1/deals/6", false),
            ("*", "/anything", true),
            ("/v1/deals*/f*s", "/v1/deals/5/followers", true),
            ("/a*a", "/a", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn what_stands_in_a_row_reads_back() {
        let all = CODES.map(Injection::Fail).into_iter();
        for injection in all.chain([Injection::Delay(Duration::from_millis(7)), Injection::Cut]) {
            let (word, value) = injection.row();
            assert_eq!(Injection::of_row(word, value), Some(injection));
        }
    }
}
