//! A request for each row of the operation table that would succeed: the row's own sample, about the records of a world.

use penstock_pipedrive::operations::{
    Operation,
    sample::{filled, filled_text},
};
use serde_json::Value as Json;

use super::world::Names;

/// The path of a row for the world's own records, with the query that it must have.
pub(super) fn own_target(row: &Operation, names: &Names) -> String {
    format!("{}{}", row.version.prefix(), filled_text(&row.sample_target(), &|word| names.text(word)))
}

/// The same with another value of one of the path's parameters.
pub(super) fn target_with(row: &Operation, names: &Names, parameter: &str, value: &str) -> String {
    let path = row.path.replace(&format!("{{{parameter}}}"), value);
    let others = row.in_path().filter(|(name, _)| *name != parameter);
    let path = others
        .fold(path, |path, (name, target)| path.replace(&format!("{{{name}}}"), &names.text(&target.placeholder())));
    format!("{}{path}", row.version.prefix())
}

/// A body that the row takes; `null`: it takes none.
pub(super) fn body(row: &Operation, names: &Names) -> Json {
    row.sample_body().map_or(Json::Null, |body| filled(&body, &|word| names.json(word).clone()))
}
