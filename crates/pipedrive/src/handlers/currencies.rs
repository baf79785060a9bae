//! The currencies: a fixed list.

use penstock_api::Reply;
use penstock_crm::Reader;
use penstock_model::{Result, currency};
use serde_json::{Value as Json, json};

use crate::{call::Call, envelope::data, operations::Empty};

/// The currencies, all or those whose name or code contains the term.
#[expect(clippy::unnecessary_wraps, reason = "it is a handler like the others")]
pub(crate) fn list(_: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let term = call.param("term").map(str::to_lowercase).unwrap_or_default();
    let found =
        |c: &&currency::Currency| c.name.to_lowercase().contains(&term) || c.code.to_lowercase().contains(&term);
    let list: Vec<Json> = currency::ALL
        .iter()
        .filter(found)
        .map(|c| {
            json!({
                "id": c.id, "code": c.code, "name": c.name, "decimal_points": c.decimals, "symbol": c.symbol,
                "active_flag": true, "is_custom_flag": false,
            })
        })
        .collect();
    let list = if list.is_empty() && call.operation.empty == Empty::Null { Json::Null } else { Json::Array(list) };
    Ok(data(call.operation.success, &list))
}
