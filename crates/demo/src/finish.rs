//! Demos whose making was interrupted, by the end of the process that made them: they are finished, or left alone.

use penstock_crm::Crm;
use penstock_model::{CompanyId, Result, ValueRef};
use penstock_store::ints;

use crate::fill::{FINISHED, fill, leave};

/// Fills companies with what is missing of their demo records, those of an interrupted run too. A demo that can't go
/// on because others have written to its company stays as it is.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub async fn finish_all(crm: &Crm) -> Result<()> {
    let unfinished = "SELECT c.id FROM company c WHERE c.seed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM counter d \
                      WHERE d.company_id = c.id AND d.name = ?1) ORDER BY c.id";
    let unfinished = crm.database.read(move |conn| ints(conn, unfinished, &[ValueRef::Text(FINISHED)])).await?;
    for company in unfinished.into_iter().map(CompanyId::new) {
        match fill(crm, company).await {
            Err(error) if error.code.status() < 500 => {
                tracing::warn!(
                    %company,
                    error = %error.chain(),
                    "the demo was interrupted, and others have written to the company since: it stays as it is"
                );
                leave(crm, company).await?;
            }
            outcome => outcome?,
        }
    }
    Ok(())
}
