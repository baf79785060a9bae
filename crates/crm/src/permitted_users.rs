//! The users who may see a record (pipedrive-contract 12.7): the policy over what the rows say.

use std::collections::BTreeSet;

use penstock_model::{
    Object, Result, UserId, ValueRef,
    visibility::{Records, Viewers, viewers},
};
use penstock_store::{
    ints,
    sql::{self, Record},
};

use crate::read::Reader;

impl Records for Reader<'_> {
    type Record = Record;

    fn find(&mut self, object: &'static Object, id: i64) -> Result<Option<Record>> {
        sql::find(self.conn, object, self.access.company(), id)
    }

    fn followers(&mut self, object: &'static Object, id: i64) -> Result<BTreeSet<UserId>> {
        let followers = "SELECT user_id FROM follower WHERE company_id = ?1 AND object = ?2 AND record_id = ?3";
        let key = [self.access.company().get(), object.code.into(), id].map(ValueRef::Int);
        Ok(ints(self.conn, followers, &key)?.into_iter().map(UserId::new).collect())
    }
}

/// The numbers of the active users who may see a record, in order.
///
/// # Errors
/// `NotFound` when the asking user can't see the record.
pub fn permitted_users(reader: &mut Reader<'_>, object: &'static Object, id: i64) -> Result<Vec<UserId>> {
    let record = reader.visible_record(object, id)?;
    let company = [reader.access.company().into()];
    let mut active = |condition: &str| -> Result<BTreeSet<UserId>> {
        let text = format!("SELECT id FROM \"user\" WHERE company_id = ?1 AND is_active = TRUE{condition}");
        Ok(ints(reader.conn, &text, &company)?.into_iter().map(UserId::new).collect())
    };
    let (everyone, admins) = (active("")?, active(" AND is_admin = TRUE")?);
    let permitted = match viewers(reader, object, &record)? {
        Viewers::Everyone => everyone,
        Viewers::Only(users) => {
            everyone.iter().filter(|user| users.contains(user) || admins.contains(user)).copied().collect()
        }
    };
    Ok(permitted.into_iter().collect())
}
