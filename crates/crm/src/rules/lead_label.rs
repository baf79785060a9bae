//! Lead labels: a deleted one leaves the leads that had it.

use penstock_model::{Result, Value, ValueRef, kind::id_list, objects};
use penstock_store::{ints, sql::Record};

use super::Rules;
use crate::{Patch, Tx, update};

pub(super) static RULES: Rules = Rules { settle, ..Rules::NONE };

fn settle(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let (Some(label), None) = (before, after) else { return Ok(()) };
    let object = &objects::LEAD;
    let Some(field) = object.field("label_ids") else { return Ok(()) };
    let number = i64::from(object.field_base + u32::from(field.number));
    let carrying = "SELECT record_id FROM field_value WHERE company_id = ?1 AND field = ?2 AND object = ?3 \
                    AND number = ?4 AND text_key = '' ORDER BY record_id";
    #[expect(clippy::cast_precision_loss, reason = "ids stay below 2^53")]
    let id = label.id() as f64;
    let code = ValueRef::Int(i64::from(object.code));
    let key = [ValueRef::Int(tx.access.company), ValueRef::Int(number), code, ValueRef::Real(id)];
    for lead in ints(tx.conn, carrying, &key)? {
        let lead = tx.record(object, lead)?;
        let mut labels: Vec<i64> =
            lead.get("label_ids").text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        labels.retain(|other| *other != label.id());
        let left = if labels.is_empty() { Value::Null } else { Value::from(id_list(&labels)) };
        let mut patch = Patch::default();
        patch.set(object, "label_ids", left);
        update::amend(tx, lead, &patch)?;
    }
    Ok(())
}
