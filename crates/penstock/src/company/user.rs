//! Users of a company and their tokens, as the operator makes them.

use std::sync::Arc;

use penstock_crm::{
    Crm,
    company::Company,
    rules::{company::root, user},
};
use penstock_model::{Access, CompanyId, Result, UserId, ValueRef};
use penstock_store::one_int;

use crate::failure::{Failure, Outcome};

/// The operator's rights in a company, under the company's clock.
fn operator(company: &Company) -> Access {
    root(company.id, "command").at_clock(company.clock_offset)
}

/// Adds a user and gives the number.
pub(crate) async fn add_user(crm: &Crm, company: &Company, name: &str, email: &str, admin: bool) -> Outcome<i64> {
    let (name, email, currency) = (name.trim().to_owned(), email.trim().to_owned(), company.currency.clone());
    let added = crm
        .write(Arc::new(operator(company)), move |tx| Ok(user::add(tx, &name, &email, admin, &currency)?.id()))
        .await?;
    Ok(added)
}

/// Makes a new token for the user that a person names by e-mail address or number, and gives it.
pub(crate) async fn issue_token(crm: &Crm, company: &Company, user: &str) -> Outcome<String> {
    let id = company.id;
    let asked = user.trim().to_owned();
    let number: i64 = asked.parse().unwrap_or(0);
    let find = "SELECT id FROM \"user\" WHERE company_id = ?1 AND (LOWER(email) = ?2 OR id = ?3)";
    let found = crm
        .database
        .read(move |conn| {
            let email = asked.to_lowercase();
            one_int(conn, find, &[id.into(), ValueRef::Text(&email), ValueRef::Int(number)])
        })
        .await?;
    let Some(found) = found else {
        let names = emails(crm, id).await?;
        return Err(Failure::new(format!("{} has no user {user}", company.name))
            .advise(format!("Its users: {}", names.join(", "))));
    };
    Ok(set(crm, id, UserId::new(found)).await?)
}

async fn set(crm: &Crm, company: CompanyId, user: UserId) -> Result<String> {
    let (token, now) = (crm.ids.hex40(), crm.clock.now());
    crm.database
        .write(company, move |conn| {
            penstock_auth::set_token(conn, company, user, &token, now)?;
            Ok(token)
        })
        .await
}

async fn emails(crm: &Crm, company: CompanyId) -> Result<Vec<String>> {
    let find = "SELECT email FROM \"user\" WHERE company_id = ?1 ORDER BY id LIMIT 20";
    crm.database
        .read(move |conn| {
            let mut found = Vec::new();
            conn.query(find, &[company.into()], &mut |row| {
                found.extend(row.get(0).text().map(str::to_owned));
                Ok(())
            })?;
            Ok(found)
        })
        .await
}
