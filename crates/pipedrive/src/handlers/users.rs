//! Users: the asking one, users by name, and how admins add, activate and deactivate them. Mail invitations, roles and
//! permission sets are for later.

use penstock_api::{Envelope, Reply};
use penstock_crm::{List, Reader, Tx, rules};
use penstock_model::{
    Code, Error, Result, UserId, field,
    filter::{Expr, Op},
    kind::fold,
    objects,
};
use serde_json::{Map, Value as Json, json};

use super::get::{show, show_with};
use crate::{
    call::Call,
    envelope::write,
    operations::Empty,
    wire::{Plan, Shape, Writer, plan, scalar},
};

/// The asking user, with the facts of the company that clients build host names from (pipedrive-contract 3.9).
pub(crate) fn me(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let id = reader.access.user();
    let schema = std::sync::Arc::clone(&reader.schema);
    let locale = locale(reader, id.get())?;
    show_with(reader, call, id.get(), |out| {
        for (key, value) in [
            ("company_id", json!(schema.company)),
            ("company_name", json!(schema.name)),
            ("company_domain", json!(schema.domain)),
            ("company_country", json!(schema.country)),
            ("company_industry", Json::Null),
            ("language", language(&locale)),
        ] {
            scalar::key(out, key);
            write(out, &value);
        }
    })
}

/// The locale of a user: `en_US`.
fn locale(reader: &mut Reader<'_>, user: i64) -> Result<String> {
    let users = reader.lookup(&objects::USER, &[user], &[field!(objects::USER, "locale")])?;
    Ok(users.row(user).and_then(|row| users.get(row, "locale").text()).unwrap_or_default().to_owned())
}

/// The language and the country of a locale, unset where it names none.
fn language(locale: &str) -> Json {
    let (language, country) = locale.split_once('_').map_or((locale, None), |(l, c)| (l, Some(c)));
    json!({ "language_code": Some(language).filter(|l| !l.is_empty()), "country_code": country })
}

/// Users whose name, or with `search_by_email` whose address, contains the term.
pub(crate) fn find(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let term = call.param("term").ok_or_else(|| Error::parameter("term", "is required"))?;
    let by_email = call.flag("search_by_email")?.unwrap_or(false);
    let object = &objects::USER;
    let plan = Plan::of(object, call.version(), Shape::Listed, call.operation.references, &plan::Projection::default());
    let searched = if by_email { field!(objects::USER, "email") } else { field!(objects::USER, "name") };
    let filter = Expr::is(searched, Op::Contains, fold(term));
    let found = reader.list(&List { filter, ..List::all(object, &plan.columns, 10_000) })?;
    let mut envelope = Envelope::new();
    if found.is_empty() && call.operation.empty == Empty::Null {
        scalar::null(envelope.data());
    } else {
        Writer::read(reader, &plan, &found)?.list(envelope.data(), reader, &found);
    }
    Ok(envelope.finish(call.operation.success))
}

/// A new user: its name is the local part of the address until someone changes it.
pub(crate) fn add(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let body = only(call, &["email", "access", "active_flag"])?;
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

/// The body, if it asks for nothing but these keys: what an admin asks of a user and is not done must not look done
/// (pipedrive-contract 3.9).
fn only<'a>(call: &'a Call, keys: &[&str]) -> Result<&'a Map<String, Json>> {
    let body = call.map()?;
    match body.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(other) => Err(Error::invalid(other, &format!("can't be set here, only {}", keys.join(", ")))),
        None => Ok(body),
    }
}

/// Whether a user may use the company's account.
pub(crate) fn set_active(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let id = call.id(tx.access.company())?;
    let flag = only(call, &["active_flag"])?.get("active_flag").cloned().unwrap_or_default();
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
