//! Which companies there are.

use penstock_model::{CompanyId, Error, Micros, Result};
use penstock_store::Conn;

use crate::Crm;

/// A company, as the operator sees it.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its number.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// Its default currency.
    pub currency: String,
    /// Whether it is a sandbox.
    pub sandbox: bool,
    /// What a reset fills it with; unset: nothing.
    pub seed: Option<i64>,
    /// Microseconds that its clock is ahead.
    pub clock_offset: i64,
    /// When it was made.
    pub add_time: Micros,
    /// How many users it has.
    pub users: i64,
}

/// Every company, by number.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub async fn all(crm: &Crm) -> Result<Vec<Company>> {
    crm.database.read(|conn| select(conn, None)).await
}

/// The company with that number.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_id(conn: &mut dyn Conn, id: CompanyId) -> Result<Company> {
    select(conn, Some(id))?.pop().ok_or_else(|| Error::not_found("company"))
}

fn select(conn: &mut dyn Conn, id: Option<CompanyId>) -> Result<Vec<Company>> {
    let mut found = Vec::new();
    conn.query(
        "SELECT c.id, c.name, c.currency, c.sandbox, c.seed, c.clock_offset, c.add_time, \
         (SELECT COUNT(*) FROM \"user\" u WHERE u.company_id = c.id) FROM company c \
         WHERE c.id = ?1 OR ?1 = 0 ORDER BY c.id",
        &[id.unwrap_or(CompanyId::SERVER).into()],
        &mut |row| {
            let int = |column| row.get(column).int().unwrap_or(0);
            let text = |column| row.get(column).text().unwrap_or("").to_owned();
            found.push(Company {
                id: CompanyId::new(int(0)),
                name: text(1),
                currency: text(2),
                sandbox: row.get(3).truth(),
                seed: row.get(4).int(),
                clock_offset: int(5),
                add_time: int(6),
                users: int(7),
            });
            Ok(())
        },
    )?;
    Ok(found)
}
