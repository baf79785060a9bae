//! Whom a note concerns: its person, those who take part in its deal, and its lead's person.
//!
//! Pipedrive's notes have no participants of their own. What the user does not see adds nobody: a deal that is hidden
//! keeps its participants to itself, although who wrote the note sees the deal's id.

use std::collections::BTreeMap;

use penstock_connector::composite;
use penstock_crm::{List, Reader, participants};
use penstock_model::{Result, Value, field, filter::Expr, objects};
use penstock_store::sql::Column;

use super::layout::{Concerned, Row};

/// The persons of some notes, by the notes' numbers.
pub(super) fn of(reader: &mut Reader<'_>, notes: &[(i64, &dyn Row)], by: Concerned) -> Result<BTreeMap<i64, Value>> {
    let links = |field| notes.iter().map(move |(_, row)| row.field(field).int()).collect::<Vec<_>>();
    let (persons, deals, leads) = (links(by.person), links(by.deal), links(by.lead));
    let in_deals = participants::of_deals(reader, &distinct(&deals))?;
    let of_leads = persons_of_leads(reader, &distinct(&leads))?;
    let mut found = BTreeMap::new();
    for (at, (note, _)) in notes.iter().enumerate() {
        let in_deal = in_deals.iter().filter(|(deal, _)| deals[at] == Some(*deal)).map(|(_, person)| *person);
        let of_lead = leads[at].and_then(|lead| of_leads.get(&lead)).copied();
        let mut members: Vec<i64> = Vec::new();
        for person in persons[at].into_iter().chain(in_deal).chain(of_lead) {
            if !members.contains(&person) {
                members.push(person);
            }
        }
        let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
        found.insert(*note, composite::ids(&ids));
    }
    Ok(found)
}

/// The main person of each lead that the user sees and that has one.
fn persons_of_leads(reader: &mut Reader<'_>, leads: &[i64]) -> Result<BTreeMap<i64, i64>> {
    let object = &objects::LEAD;
    if leads.is_empty() {
        return Ok(BTreeMap::new());
    }
    let columns = [Column::Field(field!(objects::LEAD, "person_id"))];
    let filter = Expr::one_of(object.id(), leads.iter().copied());
    let page = reader.list_by_condition(&List { filter, ..List::all(object, &columns, i64::MAX) })?;
    Ok((0..page.len()).filter_map(|row| Some((page.id(row), page.get(row, 0).int()?))).collect())
}

fn distinct(ids: &[Option<i64>]) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.iter().copied().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
