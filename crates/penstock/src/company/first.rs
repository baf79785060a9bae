//! The first run: without any company, one is made.

use penstock_crm::Crm;
use penstock_demo as demo;
use penstock_model::{Result, ValueRef};
use penstock_store::{ints, one_int};

use super::create::{Made, Wanted, establish};

/// Makes the first company if there is none, all but its demo records. Gives it if this call made it.
pub(crate) async fn first(crm: &Crm, wanted: &Wanted) -> Result<Option<Made>> {
    let any = "SELECT id FROM company WHERE id > ?1 LIMIT 1";
    let any = crm.database.read(|conn| one_int(conn, any, &[ValueRef::Int(0)])).await?;
    if any.is_some() { Ok(None) } else { establish(crm, wanted, true).await }
}

/// Fills companies with what is missing of their demo records, those of an interrupted run too. A demo that can't go
/// on because others have written to its company stays as it is.
pub(crate) async fn finish_demos(crm: &Crm) -> Result<()> {
    let unfinished = "SELECT c.id FROM company c WHERE c.seed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM counter d \
                      WHERE d.company_id = c.id AND d.name = ?1) ORDER BY c.id";
    let unfinished = crm.database.read(move |conn| ints(conn, unfinished, &[ValueRef::Text(demo::FINISHED)])).await?;
    for company in unfinished {
        match demo::fill(crm, company).await {
            Err(error) if error.code.status() < 500 => {
                tracing::warn!(
                    company,
                    error = %error.message,
                    "the demo was interrupted, and others have written to the company since: it stays as it is"
                );
                demo::leave(crm, company).await?;
            }
            outcome => outcome?,
        }
    }
    Ok(())
}
