//! Notes: what they stand at, and where they are pinned (pipedrive-contract 3.6).

use penstock_model::{Code, Error, Result};
use penstock_store::sql::Record;

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules =
    Rules { before_write, needs_one_of: &["deal_id", "person_id", "org_id", "lead_id", "project_id"], ..Rules::NONE };

/// What a note can stand at, and the flag that pins it there.
const PLACES: [(&str, &str); 5] = [
    ("deal_id", "pinned_to_deal_flag"),
    ("person_id", "pinned_to_person_flag"),
    ("org_id", "pinned_to_organization_flag"),
    ("lead_id", "pinned_to_lead_flag"),
    ("project_id", "pinned_to_project_flag"),
];

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    let object = record.object;
    for (place, pin) in PLACES {
        if record.get(place).is_null() && record.get(pin).truth() {
            if patch.get(object, pin).is_some_and(penstock_model::Value::truth) {
                return Err(Error::new(Code::RuleViolated, format!("{pin} needs {place}")).at(pin));
            }
            record.set(pin, false);
        }
    }
    if RULES.needs_one_of.iter().all(|place| record.get(place).is_null()) {
        let message = format!("a note needs one of {}", RULES.needs_one_of.join(", "));
        return Err(Error::new(Code::FieldRequired, message).at("deal_id"));
    }
    zeroes(record);
    Ok(())
}
