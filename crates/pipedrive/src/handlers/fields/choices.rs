//! The options that a company defined, as each version shows them.

use penstock_model::time::{Spelling, format};
use serde_json::{Map, Value as Json, json};

use super::definition::{Choice, Definition};
use crate::operations::Version;

/// Those that can be chosen. v1 gives id, label and a label's colour; v2 their times as well.
pub(super) fn shown(version: Version, definition: &Definition) -> Json {
    definition.options().iter().filter(|o| !o.deleted).map(|o| spell(version, o)).collect()
}

/// Those that can't be chosen any more; nothing when there are none.
pub(super) fn deleted(definition: &Definition) -> Option<Json> {
    let gone: Vec<Json> = definition.options().iter().filter(|o| o.deleted).map(|o| spell(Version::V1, o)).collect();
    (!gone.is_empty()).then_some(Json::Array(gone))
}

fn spell(version: Version, option: &Choice) -> Json {
    let mut shown = Map::new();
    shown.insert("id".to_owned(), option.id.into());
    shown.insert("label".to_owned(), option.label.as_str().into());
    if let Some(color) = &option.color {
        shown.insert("color".to_owned(), color.as_str().into());
    }
    if version == Version::V2 {
        for (key, time) in [("add_time", option.add_time), ("update_time", option.update_time)] {
            if let Some(time) = time {
                shown.insert(key.to_owned(), format(time, Spelling::Rfc).into());
            }
        }
    }
    json!(shown)
}
