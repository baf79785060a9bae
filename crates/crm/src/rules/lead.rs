//! Leads: whom they are about, what they may be worth, and where they came from (pipedrive-contract 3.5, 12.22).

use penstock_model::{Code, Error, Result, Value, at, objects::LEAD};
use penstock_store::sql::Record;

use super::{Rules, begin, check, origin, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules = Rules { validate, before_write, ..Rules::NONE };

/// A lead is about someone. Only a purge leaves one that is about nobody.
fn linked(person: &Value, organization: &Value) -> Result<()> {
    if person.is_null() && organization.is_null() {
        let message = "a lead must be linked to a person or an organization";
        return Err(Error::new(Code::FieldRequired, message).at("person_id"));
    }
    Ok(())
}

/// An archived lead stays as it is until it is archived no longer.
fn validate(lead: &Record, patch: &Patch) -> Result<()> {
    let object = lead.object;
    let comes_back = patch.get(object, "is_archived") == Some(&Value::Bool(false));
    let changes = !patch.fields.is_empty() || !patch.custom.is_empty();
    if lead.get(at!(LEAD, "is_archived")).truth() && !comes_back && changes {
        let message = "an archived lead can't be changed: set is_archived to false first";
        return Err(Error::new(Code::RuleViolated, message).at("is_archived"));
    }
    let links = ["person_id", "org_id"];
    if links.iter().any(|name| !lead.get(name).is_null()) {
        let [person, organization] = links.map(|name| patch.get(object, name).unwrap_or(lead.get(name)));
        linked(person, organization)?;
    }
    Ok(())
}

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_none() {
        let source = match origin(tx) {
            "ManuallyCreated" => "Manually created",
            other => other,
        };
        record.set(at!(LEAD, "origin"), origin(tx));
        record.set(at!(LEAD, "source_name"), source);
    }
    if before.is_none() {
        linked(record.get(at!(LEAD, "person_id")), record.get(at!(LEAD, "org_id")))?;
    }
    priced(tx, record)?;
    zeroes(record);
    check::values(before, record)
}

/// A value has a currency, and a currency a value: one without the other is the user's default, or nothing.
fn priced(tx: &mut Tx<'_>, record: &mut Record) -> Result<()> {
    if record.get(at!(LEAD, "value")).is_null() {
        record.set(at!(LEAD, "currency"), Value::Null);
        return Ok(());
    }
    let code = match record.get(at!(LEAD, "currency")).text() {
        Some(code) => Value::from(code.to_uppercase()),
        None => super::deal::own_currency(tx)?,
    };
    record.set(at!(LEAD, "currency"), code);
    Ok(())
}
