//! What `include=description` adds to a field: facts that Pipedrive does not tell (DESIGN's table, decision 14).

use penstock_model::Kind;
use serde_json::{Map, Value as Json, json};

use super::{
    catalogue::{Catalogue, Item},
    part::Part,
};

/// Adds `read_only`, `reference` and `value_type`, if they were asked for.
pub(super) fn add(catalogue: &Catalogue, item: &Item<'_>, to: &mut Map<String, Json>) {
    let (kind, writable) = facts(catalogue, item);
    put(catalogue, to, writable, kind.refers_to(), kind.word());
}

/// The same of a part of a field that v1 lists as a field of its own.
pub(super) fn add_part(catalogue: &Catalogue, item: &Item<'_>, part: &Part, to: &mut Map<String, Json>) {
    let (_, writable) = facts(catalogue, item);
    put(catalogue, to, writable, None, part.word);
}

fn facts(catalogue: &Catalogue, item: &Item<'_>) -> (Kind, (bool, bool)) {
    match item {
        Item::BuiltIn(built_in) => {
            (built_in.listed.kind, built_in.writable(catalogue.version, |right| catalogue.access.may(right)))
        }
        Item::Custom(definition) => (definition.kind(), (true, true)),
    }
}

fn put(
    catalogue: &Catalogue,
    to: &mut Map<String, Json>,
    (create, update): (bool, bool),
    reference: Option<&str>,
    value_type: &str,
) {
    if catalogue.describes {
        to.insert("read_only".to_owned(), json!({ "create": !create, "update": !update }));
        to.insert("reference".to_owned(), json!(reference));
        to.insert("value_type".to_owned(), value_type.into());
    }
}
