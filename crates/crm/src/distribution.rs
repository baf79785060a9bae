//! Who is to do how many activities of which type (pipedrive-contract 1.2: the lists of activities under a record).

use penstock_model::{Result, UserId, filter::Expr, objects};
use penstock_store::sql::{Deleted, Select, VisibilityScope};

use crate::read::Reader;

/// The activities of one user and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The user who is to do them.
    pub user: UserId,
    /// The type's key.
    pub kind: String,
    /// The number of activities.
    pub count: i64,
}

/// The activities that a filter keeps and the asking user sees, counted by user and type, in that order.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn activities(reader: &mut Reader<'_>, filter: &Expr) -> Result<Vec<Share>> {
    let select = Select {
        object: &objects::ACTIVITY,
        columns: &[],
        filter,
        deleted: Deleted::Hidden,
        scope: VisibilityScope::from(reader.access),
        today: reader.today(),
        order: &[],
        after: None,
        offset: 0,
        limit: 0,
    };
    let statement =
        select.grouped(reader.conn.engine(), reader.access.company(), "COUNT(*), t.owner_id, t.type", "", "2, 3");
    let mut shares = Vec::new();
    reader.conn.query(&statement.text, &statement.bound(), &mut |row| {
        let int = |column| row.get(column).int().unwrap_or(0);
        shares.push(Share {
            user: UserId::new(int(1)),
            kind: row.get(2).text().unwrap_or_default().to_owned(),
            count: int(0),
        });
        Ok(())
    })?;
    Ok(shares)
}
