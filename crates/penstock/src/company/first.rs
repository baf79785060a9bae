//! The first run: without any company, one is made.

use penstock_crm::Crm;
use penstock_model::{Result, ValueRef};
use penstock_store::one_int;

use super::create::{Made, Wanted, establish};

/// Makes the first company if there is none, all but its demo records. Gives it if this call made it.
pub(crate) async fn first(crm: &Crm, wanted: &Wanted) -> Result<Option<Made>> {
    let any = "SELECT id FROM company WHERE id > ?1 LIMIT 1";
    let any = crm.database.read(|conn| one_int(conn, any, &[ValueRef::Int(0)])).await?;
    if any.is_some() { Ok(None) } else { establish(crm, wanted, true).await }
}
