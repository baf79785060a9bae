//! A field as v1 shows it, and its parts as fields of their own behind it (pipedrive-contract 5.1).

use penstock_model::{
    field::listing::Mandatory,
    time::{Spelling, format},
};
use serde_json::{Map, Value as Json, json};

use super::{
    built_in::BuiltIn,
    catalogue::{Catalogue, Item},
    choices,
    definition::Definition,
    describe,
    part::{Part, parts},
};
use crate::order;

/// What a field has of which Pipedrive tells only the least.
const LEAST: &[&str] = &[
    "id",
    "key",
    "name",
    "field_type",
    "active_flag",
    "edit_flag",
    "bulk_edit_allowed",
    "mandatory_flag",
    "options",
    "read_only",
    "reference",
    "value_type",
];

/// A field and its parts, in order.
pub(super) fn spell(catalogue: &Catalogue, item: &Item<'_>) -> Vec<Json> {
    let mut shown = match item {
        Item::BuiltIn(built_in) => built_in_field(catalogue, built_in),
        Item::Custom(definition) => custom_field(catalogue, definition),
    };
    describe::add(catalogue, item, &mut shown);
    let parts = subfields(catalogue, item, &shown);
    if catalogue.object.is_listed_briefly {
        shown.retain(|key, _| LEAST.contains(&key.as_str()));
    }
    std::iter::once(Json::Object(shown)).chain(parts).collect()
}

/// Only what a selector names.
pub(super) fn select(field: &mut Json, selector: Option<&[Box<str>]>) {
    if let (Json::Object(map), Some(keys)) = (field, selector) {
        map.retain(|key, _| keys.iter().any(|k| **k == *key));
    }
}

fn built_in_field(catalogue: &Catalogue, of: &BuiltIn<'_>) -> Map<String, Json> {
    let version = catalogue.version;
    let founded = json!(format(catalogue.schema.add_time, Spelling::Space));
    let update_time = of.definition.map_or_else(|| founded.clone(), |d| d.time("update_time"));
    let updated_by = of.definition.map_or(Json::Null, |d| d.plain("last_updated_by_user_id"));
    let mandatory = match of.entry.map_or(Mandatory::No, |e| e.mandatory) {
        Mandatory::Yes => true.into(),
        Mandatory::No => false.into(),
        Mandatory::When(key, state) => json!({ (key): state }),
    };
    let mut shown = object(json!({
        "id": of.number(),
        "key": of.key(version),
        "name": of.label(),
        "group_id": null,
        "order_nr": of.entry.map_or(0, |e| e.order),
        "field_type": of.field_type(version),
        "json_column_flag": false,
        "add_time": founded,
        "update_time": update_time,
        "last_updated_by_user_id": updated_by,
        "edit_flag": false,
        "details_visible_flag": of.entry.is_some_and(|e| e.details),
        "add_visible_flag": of.entry.is_some_and(|e| e.adds),
        "important_flag": false,
        "bulk_edit_allowed": of.writable(version, |_| true).1,
        "filtering_allowed": of.listed.filterable,
        "sortable_flag": order::sorts(catalogue.object, of.listed, of.key(version)),
        "mandatory_flag": mandatory,
        "searchable_flag": of.listed.search_weight > 0,
        "restriction_settings": [],
        "user_restrictions": null,
        "description": null,
        "created_by_user_id": null,
        "active_flag": true,
    }));
    of_lists(catalogue, &mut shown);
    of_deals(catalogue, &mut shown, false, json!({ "show_in_all": true, "pipeline_ids": [] }));
    if let Some((use_field, link)) = of.entry.and_then(|e| e.link) {
        shown.insert("use_field".to_owned(), use_field.into());
        if !link.is_empty() {
            shown.insert("link".to_owned(), link.into());
        }
    }
    if let Some(options) = of.options(catalogue) {
        shown.insert("options".to_owned(), options);
    }
    if let Some(gone) = of.definition.and_then(choices::deleted) {
        shown.insert("options_deleted".to_owned(), gone);
    }
    shown
}

fn custom_field(catalogue: &Catalogue, of: &Definition) -> Map<String, Json> {
    let mandatory = match of.json("mandatory") {
        Json::Null => false.into(),
        other => other,
    };
    let mut shown = object(json!({
        "id": of.number(),
        "key": of.text("key"),
        "name": of.text("name"),
        "group_id": null,
        "order_nr": of.plain("order_nr"),
        "field_type": of.text("kind"),
        "json_column_flag": true,
        "add_time": of.time("add_time"),
        "update_time": of.time("update_time"),
        "last_updated_by_user_id": of.plain("last_updated_by_user_id"),
        "edit_flag": true,
        "details_visible_flag": of.flag("details_visible"),
        "add_visible_flag": of.flag("add_visible"),
        "important_flag": of.flag("important"),
        "bulk_edit_allowed": of.flag("bulk_edit_allowed"),
        "filtering_allowed": true,
        "sortable_flag": of.kind().key_column().is_some() && order::sorts_by_custom(catalogue.object),
        "mandatory_flag": mandatory,
        "searchable_flag": of.flag("searchable"),
        "restriction_settings": [],
        "user_restrictions": null,
        "description": of.plain("description"),
        "created_by_user_id": of.plain("created_by_user_id"),
        "active_flag": true,
    }));
    of_lists(catalogue, &mut shown);
    of_deals(catalogue, &mut shown, of.flag("projects_detail_visible"), of.show_in_pipelines());
    if matches!(of.text("kind"), "enum" | "set") {
        shown.insert("options".to_owned(), choices::shown(catalogue.version, of));
    }
    if let Some(gone) = choices::deleted(of) {
        shown.insert("options_deleted".to_owned(), gone);
    }
    shown
}

/// Whether lists on a screen may show the field, of the objects for which v1 says so (live facts 4.13).
fn of_lists(catalogue: &Catalogue, shown: &mut Map<String, Json>) {
    if catalogue.object.tells_index_visibility {
        shown.insert("index_visible_flag".to_owned(), true.into());
    }
}

/// Only deals, and leads with them, have pipelines and projects.
fn of_deals(catalogue: &Catalogue, shown: &mut Map<String, Json>, projects: bool, pipelines: Json) {
    if catalogue.object.custom == Some("deal") {
        shown.insert("projects_detail_visible_flag".to_owned(), projects.into());
        shown.insert("show_in_pipelines".to_owned(), pipelines);
    }
}

/// The parts of a field that have keys of their own.
fn subfields(catalogue: &Catalogue, item: &Item<'_>, parent: &Map<String, Json>) -> Vec<Json> {
    let key = item.key(catalogue.version);
    let name = parent.get("name").and_then(Json::as_str).unwrap_or("");
    let spelt = |part: &Part, own_key: String, own_name: String| {
        let mut shown = object(json!({
            "id": null,
            "key": own_key,
            "name": own_name,
            "field_type": part.field_type,
            "edit_flag": parent.get("edit_flag"),
            "active_flag": true,
            "is_subfield": true,
            "mandatory_flag": parent.get("mandatory_flag"),
            "parent_id": item.number(),
            "id_suffix": part.key,
        }));
        describe::add_part(catalogue, item, part, &mut shown);
        Json::Object(shown)
    };
    let kind = match item {
        // An amount whose currency is a column of its own.
        Item::BuiltIn(BuiltIn { entry: Some(entry), .. }) if !entry.currency.is_empty() => {
            let Some(part) = parts(penstock_model::Kind::Amount).last() else { return Vec::new() };
            // The currency of the value itself needs no "of" (pipedrive-contract 5.1).
            let own_name =
                if entry.currency == part.key { part.label.to_owned() } else { format!("{} of {name}", part.label) };
            return vec![spelt(part, entry.currency.to_owned(), own_name)];
        }
        Item::BuiltIn(built_in) => built_in.field.kind,
        Item::Custom(definition) => definition.kind(),
    };
    let own = parts(kind).iter().filter(|part| part.in_v1);
    own.map(|part| spelt(part, format!("{key}_{}", part.key), format!("{} of {name}", part.label))).collect()
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}
