//! Products: what they start as, and how often they are billed (pipedrive-contract 3.7, 4.2).

use penstock_model::{Error, Result, Value, at, objects::PRODUCT};
use penstock_store::sql::Record;

use super::{Rules, begin, check, zeroes};
use crate::{Patch, Tx, followers};

/// How often billing may repeat.
const MOST_CYCLES: i64 = 208;

pub(super) static RULES: Rules = Rules {
    before_write,
    initial_links: followers::initial_links,
    after_write: followers::owner_follows,
    can_restore: true,
    ..Rules::NONE
};

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    if record.get(at!(PRODUCT, "is_linkable")).is_null() {
        record.set(at!(PRODUCT, "is_linkable"), true);
    }
    if record.get(at!(PRODUCT, "billing_frequency")).is_null() {
        record.set(at!(PRODUCT, "billing_frequency"), "one-time");
    }
    zeroes(record);
    bill(record, patch)?;
    check::values(before, record)
}

/// Keeps the number of cycles to what the frequency allows: none when a product is billed once, one that is given when
/// it is billed weekly; otherwise none means without end.
fn bill(record: &mut Record, patch: &Patch) -> Result<()> {
    let cycles = at!(PRODUCT, "billing_frequency_cycles");
    let refused = |must: &str| Err(Error::invalid("billing_frequency_cycles", must));
    let given = patch.get(record.object, cycles).is_some_and(|value| !value.is_null());
    match (record.get(at!(PRODUCT, "billing_frequency")).text(), record.get(cycles).int()) {
        (Some("one-time"), Some(_)) if given => refused("must be null when billing_frequency is one-time"),
        (Some("one-time"), _) => {
            record.set(cycles, Value::Null);
            Ok(())
        }
        (Some("weekly"), None) => refused("is required when billing_frequency is weekly"),
        (_, Some(number)) if !(1..=MOST_CYCLES).contains(&number) => refused("must be from 1 to 208"),
        _ => Ok(()),
    }
}
