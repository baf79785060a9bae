//! The users who may see a record (pipedrive-contract 12.7).

use std::collections::BTreeSet;

use penstock_model::{Error, Object, Result, UserId, ValueRef, object::Visibility, objects};
use penstock_store::{ints, sql::Record};

use crate::read::Reader;

/// The numbers of the active users who may see a record, in order.
///
/// # Errors
/// `NotFound` when the asking user can't see the record.
pub fn permitted_users(reader: &mut Reader<'_>, object: &'static Object, id: i64) -> Result<Vec<UserId>> {
    let record = reader.visible_record(object, id)?;
    let company = [reader.access.company().into()];
    let everyone = ints(reader.conn, "SELECT id FROM \"user\" WHERE company_id = ?1 AND is_active = TRUE", &company)?;
    let everyone: BTreeSet<i64> = everyone.into_iter().collect();
    let admins = "SELECT id FROM \"user\" WHERE company_id = ?1 AND is_active = TRUE AND is_admin = TRUE";
    let mut permitted = seeing(reader, &record, &everyone)?;
    permitted.extend(ints(reader.conn, admins, &company)?);
    Ok(permitted.intersection(&everyone).copied().map(UserId::new).collect())
}

/// Those who see a record, admins aside.
fn seeing(reader: &mut Reader<'_>, record: &Record, everyone: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let object = record.object;
    match object.visibility {
        Visibility::Company => Ok(everyone.clone()),
        Visibility::Owned if record.get("visible_to").int().is_none_or(|v| v >= 3) => Ok(everyone.clone()),
        Visibility::Owned => {
            let followers = "SELECT user_id FROM follower WHERE company_id = ?1 AND object = ?2 AND record_id = ?3";
            let key = [reader.access.company().get(), i64::from(object.code), record.id()].map(ValueRef::Int);
            let mut found: BTreeSet<i64> = ints(reader.conn, followers, &key)?.into_iter().collect();
            found.extend(record.get("owner_id").int());
            Ok(found)
        }
        Visibility::Linked(links) => {
            let mut found = everyone.clone();
            for (field, to) in links {
                if let Some(id) = record.get(field).int() {
                    let linked = reader.record(objects::get(to), id)?;
                    let those = seeing(reader, &linked, everyone)?;
                    found.retain(|user| those.contains(user));
                }
            }
            found.extend(record.get("owner_id").int());
            Ok(found)
        }
        Visibility::Parent => {
            let parent = record.object.references().find(|(_, field, _)| field.required);
            let (at, _, to) = parent.ok_or_else(|| Error::not_found(object.name))?;
            let parent = reader.record(objects::get(to), record.values[at].int().unwrap_or(0))?;
            seeing(reader, &parent, everyone)
        }
    }
}
