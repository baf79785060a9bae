//! Definitions of custom fields, and the options of built-in option fields.

use penstock_model::{Object, Result, Value, kind::Kind, objects};
use penstock_store::sql::Record;
use serde_json::json;

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx, api_name, create};

pub(super) static RULES: Rules = Rules { before_write, after_write: |tx, _, _| tx.reload_schema(), ..Rules::NONE };

/// The labels that persons and organizations start with (pipedrive-contract 5.1).
const LABELS: [(&str, &str); 4] =
    [("Customer", "green"), ("Hot lead", "red"), ("Warm lead", "yellow"), ("Cold lead", "blue")];

pub(super) fn label_defaults(tx: &mut Tx<'_>) -> Result<()> {
    let labelled: [(&'static Object, &[(&str, &str)]); 3] =
        [(&objects::DEAL, &[]), (&objects::PERSON, &LABELS), (&objects::ORGANIZATION, &LABELS)];
    for (of, labels) in labelled {
        let Some(field) = of.field("label_ids") else { continue };
        let mut options = Vec::new();
        for (label, color) in labels {
            options.push(json!({ "id": tx.next("option"), "label": label, "color": color }));
        }
        let object = &objects::CUSTOM_FIELD;
        let mut patch = Patch::default();
        patch.set(object, "id", i64::from(of.field_base + u32::from(field.number)));
        patch.set(object, "object", of.name).set(object, "key", "label").set(object, "name", "Label");
        patch.set(object, "kind", Kind::Choices.field_type()).set(object, "built_in", true);
        patch.set(object, "options", Value::from(serde_json::Value::Array(options).to_string()));
        create(tx, object, &patch)?;
    }
    Ok(())
}

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_none() {
        if record.values[0].is_null() {
            // Above every built-in field's number, so that one number names one field.
            record.values[0] = Value::Int(30_000 + tx.next("custom_field"));
        }
        if record.get("order_nr").is_null() {
            record.set("order_nr", record.id());
        }
        if !record.get("built_in").truth() {
            let name = api_name::give(tx, record)?;
            record.set("api_name", name);
        }
    }
    zeroes(record);
    Ok(())
}
