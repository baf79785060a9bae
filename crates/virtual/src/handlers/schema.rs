//! Metadata.

use penstock_api::Reply;
use penstock_model::Error;
use serde_json::{Value as Json, json};

use super::Call;
use crate::{metadata, refusal::Refusal, view::View};

fn shown(json: &Json) -> Reply {
    Reply::json(200, json.to_string())
}

/// The virtual objects.
pub(crate) async fn objects(call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut objects = Vec::new();
    for mapping in &call.configuration.objects {
        let described = call.connector.describe(&mapping.provider).await?;
        objects.push(metadata::summary(&View::new(call.configuration, mapping, &described)));
    }
    let name = &call.configuration.name;
    Ok(shown(&json!({ "configuration": name, "length": objects.len(), "objects": objects })))
}

/// One object with its fields.
pub(crate) async fn object(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    Ok(shown(&metadata::object(&view, call.configuration)))
}

/// One field.
pub(crate) async fn field(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    let name = call.param("field");
    let found =
        view.position(name).ok_or_else(|| Error { code: penstock_model::Code::NotFound, ..view.unknown(name) })?;
    Ok(shown(&metadata::field(&view.fields[found], call.configuration)))
}
