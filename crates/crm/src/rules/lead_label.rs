//! Lead labels: a deleted one leaves the leads that had it.

use penstock_model::{Result, Value, ValueRef, at, kind::id_list, objects::LEAD};
use penstock_store::{ints, sql::Record};

use super::Rules;
use crate::{Patch, Tx, update};

pub(super) static RULES: Rules = Rules { after_write, thin_out, ..Rules::NONE };

/// Leads that lose a label in one write.
const LEADS: i64 = 100;

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let (Some(label), None) = (before, after) else { return Ok(()) };
    for lead in carrying(tx, label.id(), i64::MAX)? {
        take_off(tx, lead, label.id())?;
    }
    Ok(())
}

/// Takes a label off a hundred leads when more carry it. Gives whether it did.
fn thin_out(tx: &mut Tx<'_>, label: i64) -> Result<bool> {
    let leads = carrying(tx, label, LEADS + 1)?;
    let more = i64::try_from(leads.len()).is_ok_and(|found| found > LEADS);
    if more {
        for lead in &leads[..leads.len() - 1] {
            take_off(tx, *lead, label)?;
        }
    }
    Ok(more)
}

/// The first leads that carry a label.
fn carrying(tx: &mut Tx<'_>, label: i64, most: i64) -> Result<Vec<i64>> {
    let object = &LEAD;
    let Some(field) = object.field("label_ids") else { return Ok(Vec::new()) };
    let number = i64::from(object.field_base + u32::from(field.number));
    let text = "SELECT record_id FROM field_value WHERE company_id = ?1 AND field = ?2 AND object = ?3 \
                AND number = ?4 AND text_key = '' ORDER BY record_id LIMIT ?5";
    #[expect(clippy::cast_precision_loss, reason = "ids stay below 2^53")]
    let id = label as f64;
    let code = ValueRef::Int(i64::from(object.code));
    let company = tx.access.company().into();
    ints(tx.conn, text, &[company, ValueRef::Int(number), code, ValueRef::Real(id), ValueRef::Int(most)])
}

fn take_off(tx: &mut Tx<'_>, lead: i64, label: i64) -> Result<()> {
    let object = &LEAD;
    let lead = tx.record(object, lead)?;
    let mut labels: Vec<i64> =
        lead.get(at!(LEAD, "label_ids")).text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    labels.retain(|other| *other != label);
    let left = if labels.is_empty() { Value::Null } else { Value::from(id_list(&labels)) };
    let mut patch = Patch::default();
    patch.put(at!(LEAD, "label_ids"), left);
    update::amend(tx, lead, &patch)?;
    Ok(())
}
