//! The name of a company.

use penstock_model::{CompanyId, Error, Result, ValueRef};
use penstock_store::{Conn, flush};

/// A company's name, as it is kept.
///
/// # Errors
/// `FieldInvalid` when it is none.
pub fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 255 || name.contains(char::is_control) {
        return Err(Error::invalid("name", "must have 1 to 255 characters"));
    }
    Ok(name)
}

/// Gives a company another name; its domain stays, since clients build addresses of it. Runs in a write closure of the
/// company.
///
/// # Errors
/// `FieldInvalid` when it is no name, `NotFound` when there is no such company.
pub fn rename(conn: &mut dyn Conn, company: CompanyId, name: &str) -> Result<()> {
    let name = checked_name(name)?;
    flush(conn)?;
    let text = "UPDATE company SET name = ?2, schema_version = schema_version + 1 WHERE id = ?1";
    match conn.execute(text, &[company.into(), ValueRef::Text(name)])? {
        0 => Err(Error::not_found("company")),
        _ => Ok(()),
    }
}
