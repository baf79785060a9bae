//! Users: how one is added. Invitations, roles and rights are for later.

use penstock_model::{Code, Error, Result, UserId, ValueRef, objects};
use penstock_store::{one_int, sql::Record};

use crate::{Patch, Tx, create, update};

/// The most characters of a name or an address.
const LONGEST: usize = 255;

/// Adds a user and gives its record.
///
/// # Errors
/// `Forbidden` when the acting user lacks the right; `Conflict` when the e-mail address is taken in this company, `FieldInvalid` when it is none.
pub fn add(tx: &mut Tx<'_>, name: &str, email: &str, admin: bool, currency: &str) -> Result<Record> {
    super::permitted(tx.access, &objects::USER)?;
    if name.trim().is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(Error::invalid("name", "must have 1 to 255 characters"));
    }
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !email.contains('@') || email.contains(odd) || email.chars().count() > LONGEST {
        return Err(Error::invalid("email", "must be an e-mail address"));
    }
    let company = tx.access.company().into();
    let taken = "SELECT id FROM \"user\" WHERE company_id = ?1 AND email = ?2";
    if one_int(tx.conn, taken, &[company, ValueRef::Text(email)])?.is_some() {
        return Err(Error::new(Code::Conflict, format!("the e-mail address {email} is taken")).at("email"));
    }
    let object = &objects::USER;
    let mut patch = Patch::default();
    patch.set(object, "name", name).set(object, "email", email).set(object, "is_admin", admin);
    patch.set(object, "currency", currency).set(object, "locale", "en_US").set(object, "language", 1);
    patch.set(object, "activated", true).set(object, "is_active", true).set(object, "timezone", "UTC");
    patch.set(object, "role_id", 1).set(object, "rights_version", 1);
    patch.set(object, "has_created_company", admin);
    create(tx, object, &patch)
}

/// Lets a user in or shuts it out. Shut out, its tokens open nothing; what it owns stays.
///
/// # Errors
/// `Forbidden` when the acting user lacks the right; `NotFound` when there is no such user, `RuleViolated` when the acting user would shut itself out.
pub fn set_active(tx: &mut Tx<'_>, id: UserId, active: bool) -> Result<Record> {
    super::permitted(tx.access, &objects::USER)?;
    if id == tx.access.user() && !active {
        return Err(Error::new(Code::RuleViolated, "you can't deactivate yourself").at("active_flag"));
    }
    let mut patch = Patch::default();
    patch.set(&objects::USER, "is_active", active);
    update(tx, &objects::USER, id.get(), &patch, None)
}
