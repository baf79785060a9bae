//! What is no record: the asking user, users by name, currencies, lead sources.

use penstock_crm::{List, Reader};
use penstock_model::{
    Error, Result, currency, field,
    filter::{Expr, Link, Op, Operand},
    kind::fold,
    objects,
    operation::Empty,
};
use serde_json::{Value as Json, json};

use super::{get::show, list::list_of};
use crate::{
    call::Call,
    envelope::{Answer, data},
    wire::{Plan, Shape, Writer, plan, scalar},
};

/// The asking user, with the facts of the company that clients build host names from (pipedrive-contract 3.9).
pub(crate) fn me(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let id = reader.access.user();
    let mut answer = show(reader, call, id.get())?;
    // The record is the last value of the envelope: its brace and the envelope's close the answer.
    answer.body.truncate(answer.body.len() - 2);
    let schema = std::sync::Arc::clone(&reader.schema);
    let out = &mut answer.body;
    for (key, value) in [
        ("company_id", json!(schema.company)),
        ("company_name", json!(schema.name)),
        ("company_domain", json!(schema.domain)),
        ("company_country", json!("US")),
        ("company_industry", Json::Null),
        ("language", json!({ "language_code": "en", "country_code": "US" })),
    ] {
        scalar::key(out, key);
        let _ = serde_json::to_writer(&mut *out, &value);
    }
    out.extend_from_slice(b"}}");
    Ok(answer)
}

/// Users whose name, or with `search_by_email` whose address, contains the term.
pub(crate) fn find_users(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let term = call.param("term").ok_or_else(|| Error::parameter("term", "is required"))?;
    let by_email = call.flag("search_by_email")?.unwrap_or(false);
    let object = &objects::USER;
    let plan = Plan::of(object, call.version(), Shape::Listed, call.operation.references, &plan::Projection::default());
    let searched = if by_email { field!(objects::USER, "email") } else { field!(objects::USER, "name") };
    let filter = Expr::is(searched, Op::Contains, fold(term));
    let found = reader.list(&List { filter, ..List::all(object, &plan.columns, 10_000) })?;
    let mut out = crate::envelope::begin();
    if found.is_empty() && call.operation.empty == Empty::Null {
        scalar::null(&mut out);
    } else {
        Writer::read(reader, &plan, &found)?.list(&mut out, reader, &found);
    }
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// The currencies, all or those whose name or code contains the term.
#[expect(clippy::unnecessary_wraps, reason = "it is an act like the others")]
pub(crate) fn currencies(_: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let term = call.param("term").map(str::to_lowercase).unwrap_or_default();
    let found =
        |c: &&currency::Currency| c.name.to_lowercase().contains(&term) || c.code.to_lowercase().contains(&term);
    let list: Vec<Json> = currency::ALL
        .iter()
        .filter(found)
        .map(|c| {
            json!({
                "id": c.id, "code": c.code, "name": c.name, "decimal_points": c.decimals, "symbol": c.symbol,
                "active_flag": true, "is_custom_flag": false,
            })
        })
        .collect();
    let list = if list.is_empty() && call.operation.empty == Empty::Null { Json::Null } else { Json::Array(list) };
    Ok(data(call.operation.success, &list))
}

/// The sources that leads can have (pipedrive-contract 3.5).
#[expect(clippy::unnecessary_wraps, reason = "it is an act like the others")]
pub(crate) fn lead_sources(_: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    const SOURCES: [&str; 10] = [
        "Manually created",
        "Deal",
        "Web forms",
        "Prospector",
        "Leadbooster",
        "Live chat",
        "Import",
        "Website visitors",
        "Workflow automation",
        "API",
    ];
    let list: Vec<Json> = SOURCES.iter().map(|name| json!({ "name": name })).collect();
    Ok(data(call.operation.success, &Json::Array(list)))
}

/// The open deals of a pipeline or stage.
pub(crate) fn open_under(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let object = call.object();
    let open = Expr::eq(object.known("status")?, "open");
    let base = super::list::under(reader, call)?.and(open);
    list_of(reader, call, base)
}

/// The deals of an organization: its own, those of its people, and those that name it in a custom field.
pub(crate) fn deals_of_organization(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let organization = &objects::ORGANIZATION;
    let id = call.path_id("id", organization, reader.access.company())?;
    if !reader.can_see(organization, id)? {
        return Err(Error::not_found(organization.name));
    }
    let object = call.object();
    let mut any = vec![Expr::eq(object.known("org_id")?, id)];
    if call.flag("only_primary_association")? != Some(true) {
        let of_person = Expr::eq(field!(objects::PERSON, "org_id"), id);
        any.push(Expr::related(Link::to(object.known("person_id")?), of_person));
        for field in reader.schema.custom(object) {
            if field.kind == penstock_model::Kind::Reference("organization") {
                any.push(Expr::eq(Operand::Custom(field.number), id));
            }
        }
    }
    list_of(reader, call, Expr::Any(any))
}
