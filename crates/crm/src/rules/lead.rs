//! Leads: whom they are about, what they may be worth, and where they came from (pipedrive-contract 3.5, 12.22).

use penstock_model::{Code, Error, Result, Value};
use penstock_store::sql::Record;

use super::{Rules, begin, check, origin, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules = Rules { prepare, ..Rules::NONE };

fn prepare(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_some_and(|b| b.get("is_archived").truth()) && record.get("is_archived").truth() {
        let object = record.object;
        let deletes = record.get("is_deleted").truth();
        let changes = patch.fields.iter().any(|(p, _)| before.is_some_and(|b| b.values[*p] != record.values[*p]));
        if !deletes && (changes || !patch.custom.is_empty()) {
            let message = "an archived lead can't be changed: set is_archived to false first";
            return Err(Error::new(Code::RuleViolated, message).at(object.fields[object.at("is_archived")].name));
        }
    }
    if before.is_none() {
        let source = match origin(tx) {
            "ManuallyCreated" => "Manually created",
            other => other,
        };
        record.set("origin", origin(tx));
        record.set("source_name", source);
    }
    if record.get("person_id").is_null() && record.get("org_id").is_null() {
        let message = "a lead must be linked to a person or an organization";
        return Err(Error::new(Code::FieldRequired, message).at("person_id"));
    }
    priced(tx, record)?;
    zeroes(record);
    check::values(record)
}

/// A value has a currency, and a currency a value: one without the other is the user's default, or nothing.
fn priced(tx: &mut Tx<'_>, record: &mut Record) -> Result<()> {
    if record.get("value").is_null() {
        record.set("currency", Value::Null);
        return Ok(());
    }
    let code = match record.get("currency").text() {
        Some(code) => Value::from(code.to_uppercase()),
        None => super::deal::own_currency(tx)?,
    };
    record.set("currency", code);
    Ok(())
}
