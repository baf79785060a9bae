//! Ids as texts: whole numbers, and UUIDs for the objects that have those on the wire.

use penstock_model::{CompanyId, Error, Object, Result, uuid};

/// The id of a record.
pub(super) fn spell(company: CompanyId, object: &Object, id: i64) -> String {
    if object.uuid { uuid::spell(company, object.code, id) } else { id.to_string() }
}

/// The number that an id names: only the spelling that [`spell`] gives.
pub(super) fn parse(company: CompanyId, object: &Object, text: &str) -> Option<i64> {
    if object.uuid {
        return uuid::parse(company, object.code, text);
    }
    text.parse().ok().filter(|id: &i64| *id > 0 && id.to_string() == text)
}

/// The number of a record that a request names.
pub(super) fn record(company: CompanyId, object: &Object, text: &str) -> Result<i64> {
    parse(company, object, text).ok_or_else(|| Error::not_found(object.name))
}
