//! A sandbox that is emptied and founded again under its number.

use penstock_model::{Code, CompanyId, Error, Result};
use penstock_store::{Conn, one};

use super::Company;
use crate::{
    Crm,
    rules::company::{NewCompany, clear, establish},
};

/// Empties a sandbox and gives it what a new company starts with, in a write closure of it: ids from 1, the clock as
/// everyone's. Its first user is `admin`, by name and e-mail address, or as before where that is unset. The tokens of
/// its users stay: whoever keeps them has to end those of users who are gone, in the same closure.
///
/// # Errors
/// `RuleViolated` when it is no sandbox; `Unavailable` when the engine can't work now.
pub fn reset(crm: &Crm, conn: &mut dyn Conn, old: Company, admin: Option<(String, String)>) -> Result<()> {
    if !old.sandbox {
        let message = format!("{} is no sandbox: only a sandbox can be reset", old.name);
        return Err(Error::new(Code::RuleViolated, message));
    }
    let (admin_name, admin_email) = match admin {
        Some(admin) => admin,
        None => first_user(conn, old.id)?,
    };
    let new =
        NewCompany { name: old.name, sandbox: true, seed: old.seed, currency: old.currency, admin_name, admin_email };
    clear(conn, old.id)?;
    establish(crm, conn, old.id, &new, crm.clock.now())
}

/// The name and e-mail address of a company's first user.
fn first_user(conn: &mut dyn Conn, company: CompanyId) -> Result<(String, String)> {
    let text = "SELECT name, email FROM \"user\" WHERE company_id = ?1 AND id = 1";
    let user = one(conn, text, &[company.into()], 2)?.unwrap_or_default();
    let text = |at: usize| user.get(at).and_then(|v| v.text()).unwrap_or("Admin").to_owned();
    Ok((text(0), text(1)))
}
