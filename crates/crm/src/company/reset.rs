//! A sandbox that is emptied and founded again under its number: the job that does it, and its last write.

use penstock_model::{Code, CompanyId, Error, Result, ValueRef};
use penstock_store::{Conn, one, one_int};
use penstock_work::{Lease, New, enqueue_unless_open, of_kind, take_over};
use serde_json::Value as Json;

use super::{Company, by_id, clear::clear};
use crate::{
    Crm, jobs,
    rules::company::{NewCompany, establish},
};

/// The kind of the job that resets a sandbox. While it is open, the sandbox is closed.
pub const KIND: &str = "reset";

/// Closes a sandbox for as long as it takes to reset it, in a write closure of it. Gives the job that does that and, if
/// nobody else is at it, the lease of it.
///
/// # Errors
/// `RuleViolated` when it is no sandbox; `Unavailable` when the engine can't work now.
pub fn begin_reset(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<(i64, Option<Lease>)> {
    by_id(conn, company).and_then(refuse_others)?;
    let now = crm.clock.now();
    let new = New { company, kind: KIND, payload: &Json::Null, run_at: now };
    if let Some(id) = enqueue_unless_open(conn, &new, now)? {
        return Ok((id, take_over(conn, company, id, &jobs::owner(), now)?));
    }
    let open = of_kind(conn, company, KIND)?.into_iter().find(|job| job.state.is_open());
    open.map(|job| (job.id, None)).ok_or_else(|| Error::internal("a reset is neither open nor new"))
}

/// Whether a sandbox is closed because it is being reset.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn is_closed(conn: &mut dyn Conn, company: CompanyId) -> Result<bool> {
    let open = "SELECT id FROM job WHERE company_id = ?1 AND kind = ?2 AND due IS NOT NULL LIMIT 1";
    Ok(one_int(conn, open, &[company.into(), ValueRef::Text(KIND)])?.is_some())
}

/// Takes what is left of a sandbox away and gives it what a new company starts with, in a write closure of it: ids from
/// 1, the clock as everyone's. Its first user is `admin`, by name and e-mail address, or as before where that is unset.
/// The tokens of its users stay: whoever keeps them has to end those of users who are gone, in the same closure.
///
/// # Errors
/// `RuleViolated` when it is no sandbox; `Unavailable` when the engine can't work now.
pub fn found_again(crm: &Crm, conn: &mut dyn Conn, old: Company, admin: Option<(String, String)>) -> Result<()> {
    let old = refuse_others(old)?;
    let (admin_name, admin_email) = match admin {
        Some(admin) => admin,
        None => first_user(conn, old.id)?,
    };
    let new =
        NewCompany { name: old.name, sandbox: true, seed: old.seed, currency: old.currency, admin_name, admin_email };
    clear(conn, old.id)?;
    establish(crm, conn, old.id, &new, crm.clock.now())
}

fn refuse_others(company: Company) -> Result<Company> {
    if company.sandbox {
        return Ok(company);
    }
    let message = format!("{} is no sandbox: only a sandbox can be reset", company.name);
    Err(Error::new(Code::RuleViolated, message))
}

/// The name and e-mail address of a company's first user.
fn first_user(conn: &mut dyn Conn, company: CompanyId) -> Result<(String, String)> {
    let text = "SELECT name, email FROM \"user\" WHERE company_id = ?1 AND id = 1";
    let user = one(conn, text, &[company.into()], 2)?.unwrap_or_default();
    let text = |at: usize| user.get(at).and_then(|v| v.text()).unwrap_or("Admin").to_owned();
    Ok((text(0), text(1)))
}
