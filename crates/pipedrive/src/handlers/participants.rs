//! Who takes part in a deal: as participant records, and as persons (pipedrive-contract 3.11).

use penstock_api::{Envelope, Reply};
use penstock_crm::{List, Page, Reader, Tx, participants};
use penstock_model::{Object, Result, field, filter::Expr, objects};
use serde_json::json;

use super::list::list_of;
use crate::{
    call::Call,
    envelope::{data, write},
    operations::{References, Version},
    wire::{
        Plan, Shape, Writer, plan,
        reference::{self, Facts},
        scalar,
    },
};

/// The deal's people as persons, its main person among them.
pub(crate) fn persons(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let deal = call.path_id("id", &objects::DEAL, reader.access.company())?;
    if !reader.can_see(&objects::DEAL, deal)? {
        return Err(penstock_model::Error::not_found("deal"));
    }
    let base = crate::query::linked("participant", "person_id", "deal_id", deal)?;
    list_of(reader, call, base)
}

/// The deal's participants.
pub(crate) fn list(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let deal = call.path_id("id", &objects::DEAL, reader.access.company())?;
    let (start, limit) = crate::query::window(call)?;
    let mut page = participants::list(reader, deal, start, limit + 1)?;
    let more = i64::try_from(page.len()).unwrap_or(0) > limit;
    page.truncate(usize::try_from(limit).unwrap_or(0));
    let mut envelope = Envelope::new();
    let ids: Vec<i64> = (0..page.len()).map(|row| page.id(row)).collect();
    let mentioned = render(reader, &ids, Rendered::List, envelope.data())?;
    let mut pagination = json!({ "start": start, "limit": limit, "more_items_in_collection": more });
    if more {
        pagination["next_start"] = (start + limit).into();
    }
    write(envelope.additional("pagination"), &pagination);
    if !page.is_empty() {
        mentioned.write(reader, envelope.related())?;
    }
    Ok(envelope.finish(call.operation.success))
}

/// A person takes part.
pub(crate) fn add(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let deal = call.path_id("id", &objects::DEAL, tx.access.company())?;
    let participant = participants::add(tx, deal, call.body_id("person_id")?)?;
    let mut envelope = Envelope::new();
    let mentioned = render(tx, &[participant.id()], Rendered::One, envelope.data())?;
    mentioned.write(tx, envelope.related())?;
    Ok(envelope.finish(call.operation.success))
}

/// A person no longer takes part.
pub(crate) fn remove(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let company = tx.access.company();
    let deal = call.path_id("id", &objects::DEAL, company)?;
    let id = call.path_id("deal_participant_id", &objects::PARTICIPANT, company)?;
    participants::remove(tx, deal, id)?;
    Ok(data(call.operation.success, &json!({ "id": id })))
}

/// The records that participants mention, by number.
#[derive(Default)]
struct Mentioned {
    users: Vec<i64>,
    persons: Vec<i64>,
    organizations: Vec<i64>,
}

impl Mentioned {
    /// Writes them as `related_objects`.
    fn write(&self, reader: &mut Reader<'_>, out: &mut Vec<u8>) -> Result<()> {
        let users = reference::find(reader, &objects::USER, &self.users)?;
        let persons = reference::find(reader, &objects::PERSON, &self.persons)?;
        let organizations = reference::find(reader, &objects::ORGANIZATION, &self.organizations)?;
        let found = vec![(&objects::USER, users), (&objects::PERSON, persons), (&objects::ORGANIZATION, organizations)];
        let facts =
            Facts { company: reader.schema.company, domain: &reader.schema.domain, about: &objects::PARTICIPANT };
        reference::References::of(found).related(out, |_| true, facts);
        Ok(())
    }
}

/// How participant records are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rendered {
    /// As a list.
    List,
    /// The only one, by itself.
    One,
}

/// Writes participant records, each with its whole person; `null` when there are none. Gives what they mention.
fn render(reader: &mut Reader<'_>, ids: &[i64], how: Rendered, out: &mut Vec<u8>) -> Result<Mentioned> {
    let object = &objects::PARTICIPANT;
    let plan = Plan::of(object, Version::V1, Shape::Listed, References::Embedded, &plan::Projection::default());
    let page = by_number(reader, object, &plan, ids)?;
    let mut mentioned = Mentioned::default();
    if page.is_empty() {
        scalar::null(out);
        return Ok(mentioned);
    }
    let (person_at, deal_at) = (plan.column("person_id"), plan.column("deal_id"));
    mentioned.persons.extend(page.numbers(person_at));
    mentioned.users.extend(page.numbers(plan.column("added_by_user_id")));
    let person = &objects::PERSON;
    let people_plan = Plan::of(person, Version::V1, Shape::Listed, References::Embedded, &plan::Projection::default());
    let people = by_number(reader, person, &people_plan, &mentioned.persons)?;
    mentioned.users.extend(people.numbers(people_plan.column("owner_id")));
    mentioned.organizations.extend(people.numbers(people_plan.column("org_id")));
    let deal = page.get(0, deal_at).int().unwrap_or(0);
    let titles = reader.lookup(&objects::DEAL, &[deal], &[field!(objects::DEAL, "title")])?;
    let title = titles.row(deal).and_then(|at| titles.get(at, "title").text()).unwrap_or("");
    let about = json!({ "deal_id": deal, "title": title });
    let mut writer = Writer::read(reader, &plan, &page)?;
    let mut people_writer = Writer::read(reader, &people_plan, &people)?;
    if how == Rendered::List {
        out.push(b'[');
    }
    for row in 0..page.len() {
        if row > 0 {
            out.push(b',');
        }
        writer.record_with(out, reader, &page, row, |out| {
            scalar::key(out, "related_item_data");
            write(out, &about);
            scalar::key(out, "person");
            let at = page.get(row, person_at).int().and_then(|id| (0..people.len()).find(|r| people.id(*r) == id));
            match at {
                Some(at) => people_writer.record(out, reader, &people, at),
                None => scalar::null(out),
            }
        });
    }
    if how == Rendered::List {
        out.push(b']');
    }
    Ok(mentioned)
}

/// Those of some records that the user sees.
fn by_number(reader: &mut Reader<'_>, object: &'static Object, plan: &Plan, ids: &[i64]) -> Result<Page> {
    let most = 1000;
    let filter = Expr::one_of(object.id(), ids.iter().copied());
    reader.list(&List { filter, ..List::all(object, &plan.columns, most) })
}
