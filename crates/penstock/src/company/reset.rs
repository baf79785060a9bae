//! Putting a sandbox back to its seed.

use penstock_crm::{
    Crm,
    rules::company::{NewCompany, clear, establish},
};
use penstock_model::{Code, Error, Result, ValueRef};
use penstock_store::{Conn, one};

use super::find::by_id;
use crate::demo;

/// Puts a sandbox back to its seed: ids from 1, the clock as everyone's. The tokens of users that are part of the
/// seed stay, those of others end.
///
/// The company is cleared and founded anew in one transaction; its demo records follow in smaller ones, so for a
/// moment a reader sees a part of them.
pub(crate) async fn reset(crm: &Crm, company: i64) -> Result<()> {
    let writer = crm.clone();
    crm.database.write(company, move |conn| found_anew(&writer, conn, company)).await?;
    demo::fill(crm, company).await?;
    crm.database.write(company, move |conn| end_tokens(conn, company)).await
}

fn found_anew(crm: &Crm, conn: &mut dyn Conn, company: i64) -> Result<()> {
    let old = by_id(conn, company)?;
    if !old.sandbox {
        let message = format!("{} is no sandbox: only a sandbox can be reset", old.name);
        return Err(Error::new(Code::RuleViolated, message));
    }
    let admin = "SELECT name, email FROM \"user\" WHERE company_id = ?1 AND id = 1";
    let admin = one(conn, admin, &[ValueRef::Int(company)], 2)?.unwrap_or_default();
    let text = |at: usize| admin.get(at).and_then(|v| v.text()).unwrap_or("Admin").to_owned();
    let (admin_name, admin_email) = old.seed.map_or_else(|| (text(0), text(1)), demo::admin);
    let new =
        NewCompany { name: old.name, sandbox: true, seed: old.seed, currency: old.currency, admin_name, admin_email };
    let writer = if old.seed.is_some() { demo::past(crm) } else { crm.clone() };
    clear(conn, company)?;
    establish(&writer, conn, company, &new, writer.clock.now())
}

/// A token must not pass to whoever gets its user's number next.
fn end_tokens(conn: &mut dyn Conn, company: i64) -> Result<()> {
    conn.execute(
        "DELETE FROM token WHERE company_id = ?1 AND user_id NOT IN \
         (SELECT u.id FROM \"user\" u WHERE u.company_id = ?1)",
        &[ValueRef::Int(company)],
    )?;
    Ok(())
}
