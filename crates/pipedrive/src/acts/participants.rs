//! Who takes part in a deal: as participant records, and as persons (pipedrive-contract 3.11).

use penstock_crm::{Page, Reader, Tx, participants};
use penstock_model::{
    Result, Value,
    filter::{Expr, Operand},
    objects,
    operation::{References, Version},
};
use penstock_store::sql::Column;
use serde_json::json;

use super::list::list_of;
use crate::{
    call::Call,
    envelope::{Answer, begin, data},
    wire::{Plan, Shape, Writer, plan, scalar},
};

/// The deal's people as persons, its main person among them.
pub(crate) fn persons(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let deal = call.path_id("id", &objects::DEAL, reader.access.company)?;
    if !reader.sees(&objects::DEAL, deal)? {
        return Err(penstock_model::Error::not_found("deal"));
    }
    let base = Expr::Linked { object: "participant", record: "person_id", column: "deal_id", value: deal };
    list_of(reader, call, base)
}

/// The deal's participants.
pub(crate) fn list(reader: &mut Reader<'_>, call: &Call) -> Result<Answer> {
    let deal = call.path_id("id", &objects::DEAL, reader.access.company)?;
    let (start, limit) = crate::query::window(call)?;
    let mut page = participants::list(reader, deal, start, limit + 1)?;
    let more = i64::try_from(page.len()).unwrap_or(0) > limit;
    page.truncate(usize::try_from(limit).unwrap_or(0));
    let mut out = begin();
    let ids: Vec<i64> = (0..page.len()).map(|row| page.id(row)).collect();
    let people = render(reader, &ids, &mut out)?;
    let pagination = if more {
        json!({"pagination": {"start": start, "limit": limit, "more_items_in_collection": true, "next_start": start + limit}})
    } else {
        json!({"pagination": {"start": start, "limit": limit, "more_items_in_collection": false}})
    };
    scalar::key(&mut out, "additional_data");
    let _ = serde_json::to_writer(&mut out, &pagination);
    if let Some((plan, page)) = people {
        scalar::key(&mut out, "related_objects");
        Writer::read(reader, &plan, &page)?.related(&mut out, reader);
    }
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// A person takes part.
pub(crate) fn add(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let deal = call.path_id("id", &objects::DEAL, tx.access.company)?;
    let participant = participants::add(tx, deal, call.body_id("person_id")?)?;
    let mut list = Vec::new();
    render(tx, &[participant.id()], &mut list)?;
    let mut out = begin();
    // A list of one, without its brackets.
    out.extend_from_slice(list.get(1..list.len() - 1).unwrap_or(b"null"));
    out.push(b'}');
    Ok(Answer { status: call.operation.success, body: out })
}

/// A person no longer takes part.
pub(crate) fn remove(tx: &mut Tx<'_>, call: &Call) -> Result<Answer> {
    let company = tx.access.company;
    let deal = call.path_id("id", &objects::DEAL, company)?;
    let id = call.path_id("deal_participant_id", &objects::PARTICIPANT, company)?;
    participants::remove(tx, deal, id)?;
    Ok(data(call.operation.success, &json!({ "id": id })))
}

type People = Option<(std::sync::Arc<Plan>, Page)>;

/// Writes participant records as a list, each with its whole person; gives the plan and page of the persons.
fn render(reader: &mut Reader<'_>, ids: &[i64], out: &mut Vec<u8>) -> Result<People> {
    let object = &objects::PARTICIPANT;
    let plan = Plan::of(object, Version::V1, Shape::Listed, References::Embedded, &plan::Asked::default());
    let named = |ids: &[i64]| ids.iter().copied().map(Value::Int).collect::<Vec<_>>();
    let mut list = penstock_crm::List::all(object, &plan.columns, 1000);
    list.filter = Expr::In(Operand::Column(&object.fields[0]), named(ids));
    let page = reader.list(&list)?;
    if page.is_empty() {
        scalar::null(out);
        return Ok(None);
    }
    let column = |name: &str| plan.columns.iter().position(|c| matches!(c, Column::Field(f) if f.name == name));
    let (person_at, deal_at) = (column("person_id").unwrap_or(0), column("deal_id").unwrap_or(0));
    let mut people_ids = Vec::new();
    page.distinct(person_at, &mut people_ids);
    let person = &objects::PERSON;
    let people_plan = Plan::of(person, Version::V1, Shape::Listed, References::Embedded, &plan::Asked::default());
    let mut wanted = penstock_crm::List::all(person, &people_plan.columns, 1000);
    wanted.filter = Expr::In(Operand::Column(&person.fields[0]), named(&people_ids));
    let people = reader.list(&wanted)?;
    let title =
        reader.lookup(&objects::DEAL, &[page.get(0, deal_at).int().unwrap_or(0)], &[&objects::DEAL.fields[1]])?;
    let mut writer = Writer::read(reader, &plan, &page)?;
    let mut people_writer = Writer::read(reader, &people_plan, &people)?;
    out.push(b'[');
    for row in 0..page.len() {
        if row > 0 {
            out.push(b',');
        }
        writer.record(out, reader, &page, row);
        out.pop();
        let deal = page.get(row, deal_at).int().unwrap_or(0);
        let title = title.row(deal).map(|at| title.get(at, "title").text().unwrap_or("").to_owned());
        scalar::key(out, "related_item_data");
        let _ = serde_json::to_writer(&mut *out, &json!({ "deal_id": deal, "title": title }));
        scalar::key(out, "person");
        let at = page.get(row, person_at).int().and_then(|id| (0..people.len()).find(|r| people.id(*r) == id));
        match at {
            Some(at) => people_writer.record(out, reader, &people, at),
            None => scalar::null(out),
        }
        out.push(b'}');
    }
    out.push(b']');
    Ok(Some((people_plan, people)))
}
