//! A record's keys in other systems, as a value.

use std::collections::BTreeMap;

use penstock_connector::composite;
use penstock_crm::{Reader, external_ids};
use penstock_model::{Object, Result, Value};

/// The name of the field.
pub(super) const NAME: &str = "external_ids";

/// The keys of some records, by number; those without any are missing.
pub(super) fn of(reader: &mut Reader<'_>, object: &'static Object, ids: &[i64]) -> Result<BTreeMap<i64, Value>> {
    let mut keys: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
    if !ids.is_empty() {
        for (record, source, key) in external_ids::of_records(reader, object, ids)? {
            keys.entry(record).or_default().push((source, key));
        }
    }
    // Engines sort texts each in its own way.
    for keys in keys.values_mut() {
        keys.sort();
    }
    Ok(keys.into_iter().map(|(record, keys)| (record, composite::external_ids(&keys))).collect())
}
