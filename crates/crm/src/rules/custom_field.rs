//! Definitions of custom fields, and the options of built-in option fields.

use penstock_model::{
    Field, Object, Result, Value, at,
    objects::{self, CUSTOM_FIELD},
};
use penstock_store::sql::Record;
use serde_json::json;

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx, api_name, create};

pub(super) static RULES: Rules = Rules { before_write, after_write: |tx, _, _| tx.reload_schema(), ..Rules::NONE };

/// Defines the option fields that every company has, with the options that it starts with.
pub(super) fn define_options(tx: &mut Tx<'_>) -> Result<()> {
    let object = &CUSTOM_FIELD;
    let mut all: Vec<&'static Object> = objects::ALL.to_vec();
    all.sort_by_key(|of| of.code);
    for of in all {
        for field in of.fields {
            let Some(start) = field.options else { continue };
            let mut options = Vec::new();
            for (label, color) in start {
                options.push(json!({ "id": tx.next("option"), "label": label, "color": color }));
            }
            let (key, name) = listed(of, field);
            let mut patch = Patch::default();
            patch.put(at!(CUSTOM_FIELD, "id"), i64::from(of.field_base + u32::from(field.number)));
            patch
                .put(at!(CUSTOM_FIELD, "object"), of.name)
                .put(at!(CUSTOM_FIELD, "key"), key)
                .put(at!(CUSTOM_FIELD, "name"), name);
            patch.put(at!(CUSTOM_FIELD, "kind"), field.kind.field_type()).put(at!(CUSTOM_FIELD, "built_in"), true);
            patch.put(at!(CUSTOM_FIELD, "options"), Value::from(serde_json::Value::Array(options).to_string()));
            create(tx, object, &patch)?;
        }
    }
    Ok(())
}

/// The key and the name under which field metadata lists a built-in field.
fn listed(of: &Object, field: &Field) -> (&'static str, &'static str) {
    let entry = of.listing.iter().find(|entry| entry.name == field.name);
    let own = |said: Option<&'static str>, else_: &'static str| said.filter(|s| !s.is_empty()).unwrap_or(else_);
    (own(entry.map(|e| e.key), field.v1.key), own(entry.map(|e| e.label), field.label))
}

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_none() {
        if record.get(at!(CUSTOM_FIELD, "id")).is_null() {
            // Above every built-in field's number, so that one number names one field.
            record.set(at!(CUSTOM_FIELD, "id"), 30_000 + tx.next("custom_field"));
        }
        if record.get(at!(CUSTOM_FIELD, "order_nr")).is_null() {
            record.set(at!(CUSTOM_FIELD, "order_nr"), record.id());
        }
        if !record.get(at!(CUSTOM_FIELD, "built_in")).truth() {
            let name = api_name::give(tx, record)?;
            record.set(at!(CUSTOM_FIELD, "api_name"), name);
        }
    }
    zeroes(record);
    Ok(())
}
