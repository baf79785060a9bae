//! Making a company, its admin and the admin's token. Demo records are filled in afterwards.

use penstock_crm::{
    Crm,
    company::{checked_name, is_first},
    rules::company::{NewCompany, found},
};
use penstock_demo as demo;
use penstock_model::{CompanyId, Error, Result, UserId};
use penstock_work::Lease;

use super::CURRENCY;

/// What a company is to be.
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) sandbox: bool,
    /// The seed of its demo records; unset: none.
    pub(crate) seed: Option<i64>,
    pub(crate) admin: Admin,
    /// The admin's token; unset: a random one.
    pub(crate) token: Option<String>,
}

/// What is known of a company's first user.
#[derive(Clone, Debug, Default)]
pub(crate) struct Admin {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
}

/// A company that was made. The token is nowhere else.
pub(crate) struct Made {
    pub(crate) company: CompanyId,
    pub(crate) name: String,
    /// The admin's name and e-mail address.
    pub(crate) admin: String,
    pub(crate) token: String,
    pub(crate) seed: Option<i64>,
    /// The job that fills in its demo records, if it is to have some.
    pub(crate) demo: Option<Lease>,
}

/// Makes a company, all but its demo records.
pub(crate) async fn create(crm: &Crm, wanted: &Wanted) -> Result<Made> {
    let made = establish(crm, wanted, false).await?;
    made.ok_or_else(|| Error::internal("a company was not made"))
}

/// Makes a company, all but its demo records. With `only_first`, only when there is none yet.
pub(super) async fn establish(crm: &Crm, wanted: &Wanted, only_first: bool) -> Result<Option<Made>> {
    let new = new_company(wanted)?;
    // What a company's demo tells begins before today, and the company with it.
    let writer = if wanted.seed.is_some() { demo::past(crm) } else { crm.clone() };
    let token = wanted.token.clone().unwrap_or_else(|| crm.ids.hex40());
    let name = wanted.name.clone();
    let seed = wanted.seed;
    let (now, filler) = (crm.clock.now(), crm.clone());
    crm.database
        .write(CompanyId::SERVER, move |conn| {
            if only_first && !is_first(conn)? {
                return Ok(None);
            }
            let company = found(&writer, conn, &new)?;
            penstock_auth::set_token(conn, company, UserId::FIRST, &token, now)?;
            let admin = format!("{} <{}>", new.admin_name, new.admin_email);
            let demo = seed.map(|_| demo::begin(&filler, conn, company)).transpose()?;
            Ok(Some(Made { company, name, admin, token, seed, demo }))
        })
        .await
}

fn new_company(wanted: &Wanted) -> Result<NewCompany> {
    let name = checked_name(&wanted.name)?;
    let (admin_name, admin_email) = match wanted.seed {
        Some(seed) => demo::admin(seed),
        None => ("Admin".to_owned(), "admin@example.com".to_owned()),
    };
    let given = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    Ok(NewCompany {
        name: name.to_owned(),
        sandbox: wanted.sandbox,
        seed: wanted.seed,
        currency: CURRENCY.to_owned(),
        admin_name: given(&wanted.admin.name).unwrap_or(admin_name),
        admin_email: given(&wanted.admin.email).unwrap_or(admin_email),
    })
}
