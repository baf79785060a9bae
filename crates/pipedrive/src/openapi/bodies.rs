//! The schema of a row's body.

use serde_json::Value as Json;

use super::records;
use crate::operations::{Body, Operation};

/// The schema of a row's body; nothing when it has none.
pub(super) fn schema(row: &Operation) -> Option<Json> {
    let link = row.parent.map_or("", |parent| parent.link);
    match row.body {
        Body::None => None,
        Body::Create => Some(records::body(row.object, row.version, true, link)),
        Body::Update => Some(records::body(row.object, row.version, false, link)),
        Body::Other { schema, .. } => Some(schema(row)),
    }
}
