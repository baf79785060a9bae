//! Users of a company and their tokens, as the operator makes them.

use std::sync::Arc;

use penstock_crm::{
    Crm, Tx,
    company::Company,
    rules::{company::root, user},
};
use penstock_model::{Access, CompanyId, Result, UserId};

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

/// A user, as the operator sees them.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) admin: bool,
    pub(crate) active: bool,
}

/// Every user of a company, by number.
pub(crate) async fn all_users(crm: &Crm, company: CompanyId) -> Result<Vec<User>> {
    let find = "SELECT id, name, email, is_admin, is_active FROM \"user\" WHERE company_id = ?1 ORDER BY id";
    let read = crm.database.read(move |conn| {
        let mut found = Vec::new();
        conn.query(find, &[company.into()], &mut |row| {
            let text = |column| row.get(column).text().unwrap_or_default().to_owned();
            found.push(User {
                id: UserId::new(row.get(0).int().unwrap_or(0)),
                name: text(1),
                email: text(2),
                admin: row.get(3).truth(),
                active: row.get(4).truth(),
            });
            Ok(())
        })?;
        Ok(found)
    });
    read.await
}

/// The user that a person names by e-mail address (case does not count) or number.
async fn find(crm: &Crm, company: &Company, user: &str) -> Outcome<User> {
    let users = all_users(crm, company.id).await?;
    let asked = user.trim().to_lowercase();
    let found = users.iter().find(|user| user.email.to_lowercase() == asked || Ok(user.id.get()) == asked.parse());
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = users.iter().take(20).map(|user| &*user.email).collect();
        Failure::new(format!("{} has no user {}", company.name, user.trim()))
            .advise(format!("Its users: {}", names.join(", ")))
    })
}

/// Gives a user another name or address, and gives what they are then.
pub(crate) async fn edit_user(
    crm: &Crm,
    company: &Company,
    user: &str,
    name: Option<&str>,
    email: Option<&str>,
) -> Outcome<User> {
    let user = find(crm, company, user).await?;
    let [name, email] = [name, email].map(|text| text.map(|text| text.trim().to_owned()));
    let (id, new_name, new_email) = (user.id, name.clone(), email.clone());
    let edit = move |tx: &mut Tx<'_>| user::edit(tx, id, new_name.as_deref(), new_email.as_deref()).map(drop);
    crm.write(Arc::new(operator(company)), edit).await?;
    Ok(User { name: name.unwrap_or(user.name), email: email.unwrap_or(user.email), ..user })
}

/// Lets a user in or shuts them out.
pub(crate) async fn set_active(crm: &Crm, company: &Company, user: &str, active: bool) -> Outcome<User> {
    let user = find(crm, company, user).await?;
    let admins = all_users(crm, company.id).await?.into_iter().filter(|other| other.admin && other.active);
    // Nobody shuts themselves out, so it is done in the name of an admin who stays.
    let Some(by) = admins.map(|other| other.id).find(|id| active || *id != user.id) else {
        return Err(Failure::new(format!("{} is the only active admin of {}", user.email, company.name))
            .advise("Add another first: `penstock user add --admin`."));
    };
    let (access, id) = (operator(company).acting_as(by)?, user.id);
    crm.write(Arc::new(access), move |tx| user::set_active(tx, id, active).map(drop)).await?;
    Ok(user)
}

/// Makes a new token for the user that a person names by e-mail address or number, and gives it.
pub(crate) async fn issue_token(crm: &Crm, company: &Company, user: &str) -> Outcome<String> {
    let user = find(crm, company, user).await?;
    let (token, now, company) = (crm.ids.hex40(), crm.clock.now(), company.id);
    let set = crm.database.write(company, move |conn| {
        penstock_auth::set_token(conn, company, user.id, &token, now)?;
        Ok(token)
    });
    Ok(set.await?)
}
