//! Users added, let in and shut out. Mail invitations, roles and permission sets are for later.

use penstock_crm::{Tx, rules};
use penstock_model::{Code, Error, Result, UserId, objects};

use super::get::show;
use crate::{call::Call, envelope::Answer};

/// A new user: its name is the local part of the address until someone changes it.
pub(crate) fn add(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let body = call.map()?;
    let email = body.get("email").and_then(serde_json::Value::as_str).map(str::trim).filter(|e| !e.is_empty());
    let email = email.ok_or_else(|| Error::new(Code::FieldRequired, "email is required").at("email"))?;
    let name = email.split('@').next().unwrap_or(email);
    let access = body.get("access").and_then(serde_json::Value::as_array);
    let admin = access.is_some_and(|apps| apps.iter().any(|app| app["app"] == "global" && app["admin"] == true));
    let currency = tx.schema.currency.to_string();
    let user = rules::user::add(tx, name, email, admin, &currency)?;
    if body.get("active_flag").is_some_and(|flag| *flag == false || *flag == 0) {
        rules::user::set_active(tx, UserId::new(user.id()), false)?;
    }
    show(tx, call, user.id())
}

/// Whether a user may use the company's account.
pub(crate) fn set_active(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let id = call.id(tx.access.company())?;
    let flag = call.map()?.get("active_flag").cloned().unwrap_or_default();
    let active = match (flag.as_bool(), flag.as_i64(), flag.as_str()) {
        (Some(flag), _, _) => flag,
        (_, Some(number @ 0..=1), _) => number == 1,
        (_, _, Some(word @ ("0" | "1" | "true" | "false"))) => matches!(word, "1" | "true"),
        _ if flag.is_null() => return Err(Error::new(Code::FieldRequired, "active_flag is required").at("active_flag")),
        _ => return Err(Error::invalid("active_flag", "must be true or false")),
    };
    if !tx.can_see(&objects::USER, id)? {
        return Err(Error::not_found("user"));
    }
    rules::user::set_active(tx, UserId::new(id), active)?;
    show(tx, call, id)
}
