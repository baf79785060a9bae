//! Deleting.

use penstock_api::Reply;
use penstock_model::{Code, Error};
use serde_json::json;

use super::Call;
use crate::refusal::Refusal;

/// A record deleted.
pub(crate) async fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    call.offered(&view)?;
    let id = call.param("id");
    let tied = if call.conditions.is_some() {
        let before = call.connector.get(&view.object, &call.key()?, false).await?;
        call.still(Some(&before))?;
        Some(before.version).filter(|_| call.is_tied())
    } else {
        None
    };
    call.connector.delete(&view.object, id, tied.as_deref()).await.map_err(|e| view.renamed(e))?;
    Ok(Reply::json(200, json!({ "id": id, "deleted": true }).to_string().into_bytes()))
}

/// The refusal of a change to a record that is no longer what it was.
pub(super) fn changed() -> Error {
    Error::new(Code::PreconditionFailed, "the record has changed since: read it again")
}
