//! Lists: of an object, under a record, and v1's collections.

use penstock_api::{Envelope, Reply};
use penstock_crm::{Page, Reader, distribution};
use penstock_model::{
    CompanySchema, Error, Kind, Result, field,
    field::Shown,
    filter::{Expr, Link, Operand},
    objects,
};
use serde_json::{Map, Value as Json, json};

use crate::{
    call::Call,
    cursor::Place,
    envelope::write,
    operations::{Empty, Paging, Parent, Version},
    query::{self, ListRequest},
    wire::{Plan, Writer, plan, reference, scalar},
};

/// The records that the query selects; deleted and archived ones only when a parameter asks for them
/// (pipedrive-contract 12.8, 12.22). Those of a parent, when the operation hangs under one.
pub(crate) fn list(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let base = under(reader, call)?;
    list_of(reader, call, base)
}

/// The open deals of a pipeline or stage.
pub(crate) fn open_deals(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let object = call.object();
    let open = Expr::eq(object.known("status")?, "open");
    let base = under(reader, call)?.and(open);
    list_of(reader, call, base)
}

/// The deals of an organization: its own, those of its people, and those that name it in a custom field.
pub(crate) fn deals_of_organization(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
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
            if field.kind == Kind::Reference("organization") {
                any.push(Expr::eq(Operand::Custom(field.number), id));
            }
        }
    }
    list_of(reader, call, Expr::Any(any))
}

/// The activities under a record; v1 tells how they are spread over users.
pub(crate) fn activities_under(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let base = under(reader, call)?;
    listed(reader, call, base, distribution)
}

/// The records of a base that the query selects.
pub(super) fn list_of(reader: &mut Reader<'_>, call: &Call, base: Expr) -> Result<Reply> {
    listed(reader, call, base, |_, _, _| Ok(()))
}

/// The records of a base that the query selects; `add` may add to what stands alongside them.
fn listed(
    reader: &mut Reader<'_>,
    call: &Call,
    base: Expr,
    add: impl FnOnce(&mut Envelope, &mut Reader<'_>, &Expr) -> Result<()>,
) -> Result<Reply> {
    let row = call.operation;
    let plan = Plan::of(call.object(), call.version(), row.answer.shape, row.references, &wishes(call)?);
    let asked = query::list(call, reader, &plan.columns, base)?;
    let mut page = match call.operation.paging {
        Paging::Offset | Paging::OffsetIfAsked => reader.list_by_offset(&asked.list)?,
        Paging::None | Paging::Cursor => reader.list(&asked.list)?,
    };
    let next = cut(&mut page, &asked, call, &reader.schema, plan.columns.len());
    let mut envelope = Envelope::new();
    let mut writer = Writer::read(reader, &plan, &page)?;
    if page.is_empty() && call.operation.empty == Empty::Null {
        scalar::null(envelope.data());
    } else {
        writer.list(envelope.data(), reader, &page);
    }
    additional(&mut envelope, call, &asked, next.as_ref());
    add(&mut envelope, reader, &asked.list.filter)?;
    if call.version() == Version::V1 && plan.wanted.iter().any(|w| w.related) && !page.is_empty() {
        writer.related(envelope.related(), reader);
    }
    Ok(envelope.finish(call.operation.success))
}

/// The filter of a list under a record, which must be one that the user sees.
fn under(reader: &mut Reader<'_>, call: &Call) -> Result<Expr> {
    let Some(Parent { object: parent, link }) = call.operation.parent else {
        return Ok(Expr::everything());
    };
    let id = call.path_id("id", parent, reader.access.company())?;
    if !reader.can_see(parent, id)? {
        return Err(Error::not_found(parent.name));
    }
    let object = call.object();
    Ok(Expr::eq(object.known(link)?, id))
}

/// What the query asks to see: `include_fields` and `custom_fields` on v2, a selector on v1.
pub(crate) fn wishes(call: &Call) -> Result<plan::Projection> {
    let has = |name: &str| call.operation.params.iter().any(|p| p.name == name);
    let mut asked = plan::Projection { selector: call.selector.clone(), ..plan::Projection::default() };
    if has("include_fields") {
        asked.include = call.words("include_fields")?.unwrap_or_default();
        let known = |key: &str| call.object().fields.iter().any(|f| f.v2.shown == Shown::Asked && f.v2.key == key);
        if let Some(unknown) = asked.include.iter().find(|key| !known(key)) {
            return Err(Error::parameter("include_fields", &format!("can't include {}", query::short(unknown))));
        }
    }
    if has("custom_fields") {
        asked.custom = call.words("custom_fields")?;
        if asked.custom.as_ref().is_some_and(|keys| keys.len() > 15) {
            return Err(Error::parameter("custom_fields", "must name at most 15 fields"));
        }
    }
    let flag = |name: &str| if has(name) { Ok(call.flag(name)?.unwrap_or(false)) } else { Ok(false) };
    (asked.option_labels, asked.labels) = (flag("include_option_labels")?, flag("include_labels")?);
    Ok(asked)
}

/// Where the next page begins.
enum Next {
    Start(i64),
    Cursor(String),
}

/// Drops the record that was read ahead and says where the next page begins.
fn cut(page: &mut Page, asked: &ListRequest<'_>, call: &Call, schema: &CompanySchema, width: usize) -> Option<Next> {
    let limit = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    if call.operation.paging == Paging::None || page.len() <= limit {
        return None;
    }
    page.truncate(limit);
    if call.operation.paging != Paging::Cursor {
        return Some(Next::Start(asked.start + asked.limit));
    }
    let (field, direction) = query::first_key(&asked.list);
    let key = page.get(limit - 1, width).to_value();
    Some(Next::Cursor(Place::new(call, schema, field, direction).write(&key, page.id(limit - 1))))
}

fn additional(envelope: &mut Envelope, call: &Call, asked: &ListRequest<'_>, next: Option<&Next>) {
    match call.operation.paging {
        Paging::None => {}
        Paging::Offset | Paging::OffsetIfAsked => {
            let out = envelope.additional("pagination");
            out.extend_from_slice(b"{\"start\":");
            scalar::int(out, asked.start);
            scalar::key(out, "limit");
            // A list that is given as a whole says that it is a page of the usual size.
            scalar::int(out, if asked.limit > query::LARGEST { query::LIMIT } else { asked.limit });
            scalar::key(out, "more_items_in_collection");
            scalar::flag(out, next.is_some());
            if let Some(Next::Start(start)) = next {
                scalar::key(out, "next_start");
                scalar::int(out, *start);
            }
            out.push(b'}');
        }
        Paging::Cursor => {
            let out = envelope.additional("next_cursor");
            match next {
                Some(Next::Cursor(cursor)) => scalar::string(out, cursor),
                _ => scalar::null(out),
            }
        }
    }
}

/// Adds `activity_distribution` to what stands beside the list: by user, of which type how many, on all of its pages.
fn distribution(envelope: &mut Envelope, reader: &mut Reader<'_>, filter: &Expr) -> Result<()> {
    let shares = distribution::activities(reader, filter)?;
    let users: Vec<i64> = shares.iter().map(|share| share.user.get()).collect();
    let names = reference::find(reader, &objects::USER, &users)?;
    let total: i64 = shares.iter().map(|share| share.count).sum();
    let mut by_user = Map::new();
    for of_user in shares.chunk_by(|a, b| a.user == b.user) {
        let user = of_user[0].user;
        let count: i64 = of_user.iter().map(|share| share.count).sum();
        let name = names.row(user.get()).and_then(|row| names.get(row, "name").text()).unwrap_or_default();
        let types: Map<String, Json> = of_user.iter().map(|share| (share.kind.clone(), share.count.into())).collect();
        // Whole percents, rounded.
        let percent = (count * 200 + total) / (total * 2).max(1);
        let entry = json!({ "activities": types, "name": name, "activity_count": count, "share": percent });
        by_user.insert(user.to_string(), entry);
    }
    write(envelope.additional("activity_distribution"), &by_user.into());
    Ok(())
}
