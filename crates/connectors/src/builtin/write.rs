//! Creating, changing and deleting records. Edits become a patch before the write begins; the write is one closure,
//! which also reads back what was stored.

use penstock_connector::{Edits, Record, composite};
use penstock_crm::{Patch, Tx};
use penstock_model::{Code, CompanySchema, Error, Kind, Object, Result, Value, kind::money_from_text};
use penstock_store::sql;

use super::{
    beside::Beside,
    external,
    layout::{Layout, currency, find},
    stored,
};

/// The version that a caller expects.
pub(super) fn version(expected: Option<&str>) -> Result<Option<i64>> {
    expected.map(|text| text.parse().map_err(|_| changed())).transpose()
}

fn changed() -> Error {
    Error::new(Code::PreconditionFailed, "the record has changed since: read it again")
}

/// A new record.
pub(super) fn create(tx: &mut Tx<'_>, object: &'static Object, patch: &Patch) -> Result<Record> {
    let id = penstock_crm::create(tx, object, patch)?.id();
    written(tx, object, id)
}

/// A changed record.
pub(super) fn update(
    tx: &mut Tx<'_>,
    object: &'static Object,
    id: i64,
    expected: Option<i64>,
    patch: &Patch,
) -> Result<Record> {
    penstock_crm::update(tx, object, id, patch, expected)?;
    written(tx, object, id)
}

/// Deletes a record that is not deleted yet.
pub(super) fn delete(tx: &mut Tx<'_>, object: &'static Object, id: i64, expected: Option<i64>) -> Result<()> {
    let record = tx.visible_record(object, id)?;
    if object.is_marked() && record.get("is_deleted").truth() {
        return Err(Error::not_found(object.name));
    }
    if expected.is_some_and(|v| v != record.version) {
        return Err(changed());
    }
    penstock_crm::delete(tx, object, id)
}

/// The record as it stands after everything that followed from the write. Who wrote it may read it this once even if
/// it is now hidden from them.
fn written(tx: &mut Tx<'_>, object: &'static Object, id: i64) -> Result<Record> {
    let company = tx.access.company();
    let record = sql::find(tx.conn, object, company, id)?.ok_or_else(|| Error::not_found(object.name))?;
    let layout = Layout::whole(object, &tx.schema);
    let beside = Beside::read(tx, object, &layout, &[(id, &record)])?;
    Ok(layout.record(company, &record, &beside))
}

/// The edits in stored values.
pub(super) fn patch(schema: &CompanySchema, object: &'static Object, edits: &Edits) -> Result<Patch> {
    let company = schema.company;
    let mut patch = Patch::default();
    for (name, value) in edits.iter() {
        if *name == external::NAME {
            patch.external_ids = Some(composite::external_members(value));
        } else if let Some(field) = find(object, name) {
            if field.kind == Kind::Money {
                price(&mut patch, object, field.name, value)?;
            } else {
                patch.set(object, field.name, stored::value(company, field.kind, value, name)?);
            }
        } else if let Some(field) = schema.custom_by_key(object, name) {
            patch.custom.push((field.number, stored::value(company, field.kind, value, name)?));
        } else {
            return Err(Error::new(Code::FieldUnknown, format!("{name} was deleted meanwhile")).at(name));
        }
    }
    Ok(patch)
}

/// An amount and its currency go to their two columns; without a currency it stays what it was.
fn price(patch: &mut Patch, object: &'static Object, name: &str, value: &Value) -> Result<()> {
    if value.is_null() {
        patch.set(object, name, Value::Null);
        return Ok(());
    }
    let parts = composite::money_parts(value);
    let (amount, code) = parts.ok_or_else(|| Error::invalid(name, "must be an amount with its currency"))?;
    let units = money_from_text(&amount).ok_or_else(|| Error::invalid(name, "has an amount out of range"))?;
    patch.set(object, name, units);
    if let (Some(code), Some(field)) = (code, currency(object)) {
        patch.set(object, field.name, code);
    }
    Ok(())
}
