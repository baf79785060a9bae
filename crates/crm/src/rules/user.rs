//! Users: how one is added and changed. Invitations, roles and rights are for later.

use penstock_model::{Code, Error, Result, UserId, ValueRef, at, objects::USER};
use penstock_store::{one_int, sql::Record};

use crate::{Patch, Tx, create, update};

/// The most characters of a name or an address.
const LONGEST: usize = 255;

/// Adds a user and gives its record.
///
/// # Errors
/// `Forbidden` when the acting user lacks the right; `Conflict` when the e-mail address is taken in this company, `FieldInvalid` when it is none.
pub fn add(tx: &mut Tx<'_>, name: &str, email: &str, admin: bool, currency: &str) -> Result<Record> {
    super::permitted(tx.access, &USER)?;
    check_name(name)?;
    check_email(tx, email, 0)?;
    let object = &USER;
    let mut patch = Patch::default();
    patch.put(at!(USER, "name"), name).put(at!(USER, "email"), email).put(at!(USER, "is_admin"), admin);
    patch.put(at!(USER, "currency"), currency).put(at!(USER, "locale"), "en_US").put(at!(USER, "language"), 1);
    patch.put(at!(USER, "activated"), true).put(at!(USER, "is_active"), true).put(at!(USER, "timezone"), "UTC");
    patch.put(at!(USER, "role_id"), 1).put(at!(USER, "rights_version"), 1);
    patch.put(at!(USER, "has_created_company"), admin);
    create(tx, object, &patch)
}

/// Gives a user another name or address.
///
/// # Errors
/// As [`add`]; `NotFound` when there is no such user.
pub fn edit(tx: &mut Tx<'_>, id: UserId, name: Option<&str>, email: Option<&str>) -> Result<Record> {
    super::permitted(tx.access, &USER)?;
    let mut patch = Patch::default();
    if let Some(name) = name {
        check_name(name)?;
        patch.put(at!(USER, "name"), name);
    }
    if let Some(email) = email {
        check_email(tx, email, id.get())?;
        patch.put(at!(USER, "email"), email);
    }
    update(tx, &USER, id.get(), &patch, None)
}

fn check_name(name: &str) -> Result<()> {
    if name.trim().is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(Error::invalid("name", "must have 1 to 255 characters"));
    }
    Ok(())
}

/// An address that nobody but the user of that number has.
fn check_email(tx: &mut Tx<'_>, email: &str, id: i64) -> Result<()> {
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !email.contains('@') || email.contains(odd) || email.chars().count() > LONGEST {
        return Err(Error::invalid("email", "must be an e-mail address"));
    }
    let company = tx.access.company().into();
    let taken = "SELECT id FROM \"user\" WHERE company_id = ?1 AND email = ?2 AND id <> ?3";
    if one_int(tx.conn, taken, &[company, ValueRef::Text(email), ValueRef::Int(id)])?.is_some() {
        return Err(Error::new(Code::Conflict, format!("the e-mail address {email} is taken")).at("email"));
    }
    Ok(())
}

/// Lets a user in or shuts it out. Shut out, its tokens open nothing; what it owns stays.
///
/// # Errors
/// `Forbidden` when the acting user lacks the right; `NotFound` when there is no such user, `RuleViolated` when the acting user would shut itself out.
pub fn set_active(tx: &mut Tx<'_>, id: UserId, active: bool) -> Result<Record> {
    super::permitted(tx.access, &USER)?;
    if id == tx.access.user() && !active {
        return Err(Error::new(Code::RuleViolated, "you can't deactivate yourself").at("active_flag"));
    }
    let mut patch = Patch::default();
    patch.put(at!(USER, "is_active"), active);
    update(tx, &USER, id.get(), &patch, None)
}
