//! Duplicating records.

use penstock_api::Reply;
use penstock_crm::Tx;
use penstock_model::Result;

use super::get::show_written;
use crate::call::Call;

/// A new deal with what the one in the path has.
pub(crate) fn deal(tx: &mut Tx<'_>, call: &Call) -> Result<Reply> {
    let id = call.id(tx.access.company())?;
    let record = penstock_crm::duplicate(tx, id)?;
    show_written(tx, call, &record)
}
