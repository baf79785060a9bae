//! What of a patch is a change: a value that stands already is no write. So a record can be sent back as it was read,
//! whatever became of what it refers to, and no rule refuses what nobody asked to change.

use penstock_model::{CompanySchema, Field, Kind, Value};
use penstock_store::sql::Record;

use crate::{Patch, custom};

/// A patch without the values that the record has already.
pub(crate) fn of(schema: &CompanySchema, before: &Record, patch: &Patch) -> Patch {
    let mut change = patch.clone();
    change.fields.retain(|(position, value)| {
        let field = &before.object.fields[*position];
        !is_ignored(field, value) && (before.values[*position] != *value || brings_back(before, field))
    });
    if !change.custom.is_empty() {
        let stored = custom::parse(&before.custom);
        change.custom.retain(|(number, value)| {
            let kind = schema.by_number(*number).map(|field| field.kind);
            kind.is_none_or(|kind| custom::value_of(stored.get(&number.to_string()), kind) != *value)
        });
    }
    change
}

/// Whether a field stays as it is when it is cleared: what is always there can't be. An amount is cleared to nothing,
/// and what is required is refused.
fn is_ignored(field: &Field, value: &Value) -> bool {
    field.never_null && value.is_null() && !field.required && field.kind != Kind::Money
}

/// Whether a field says what is to become of a deleted record, whatever it held when it was deleted.
fn brings_back(before: &Record, field: &Field) -> bool {
    field.name == "status" && before.object.is_marked() && before.get("is_deleted").truth()
}
