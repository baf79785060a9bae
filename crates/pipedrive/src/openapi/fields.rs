//! Field metadata of both versions, and the bodies that define fields (pipedrive-contract 5).

use penstock_model::kind::{CREATABLE, limit};
use serde_json::{Value as Json, json};

use super::kinds::{component, flag, int, list, nullable, object, text};
use crate::operations::{Operation, Version, answer::Described};

fn field_type() -> Json {
    let names: Vec<&str> = CREATABLE.iter().map(|(name, _)| *name).collect();
    json!({ "type": "string", "enum": names, "description": "What the field holds." })
}

fn some_ids() -> Json {
    json!({ "type": "array", "items": int(), "maxItems": limit::BULK })
}

fn described(mut schema: Json, what: &str) -> Json {
    schema["description"] = what.into();
    schema
}

/// The schemas that field operations refer to.
pub(super) fn shared(version: Version) -> Vec<(&'static str, Json)> {
    let id = json!({ "type": ["integer", "string", "boolean"] });
    let option = json!({
        "type": "object", "required": ["id", "label"],
        "properties": { "id": id, "label": text(), "color": nullable(text()), "add_time": nullable(text()),
            "update_time": nullable(text()) },
    });
    let shown_in = json!({
        "type": "object",
        "properties": { "show_in_all": flag(), "pipeline_ids": some_ids() },
        "description": "The pipelines that show the field.",
    });
    let mut schemas = vec![("FieldOption", option), ("ShownInPipelines", shown_in)];
    match version {
        Version::V1 => schemas.push(("Field", v1())),
        Version::V2 => {
            let visibility = json!({
                "type": "object",
                "properties": {
                    "add_visible_flag": flag(), "details_visible_flag": flag(),
                        "projects_detail_visible_flag": flag(),
                    "show_in_pipelines": component("ShownInPipelines"),
                    "show_in_add_deal_dialog": { "type": "object", "properties": { "show": flag(),
                        "order": nullable(int()) } },
                },
            });
            let stages = || nullable(some_ids());
            let important = json!({ "type": "object", "properties": { "enabled": flag(), "stage_ids": stages() } });
            let required = json!({
                "type": "object",
                "properties": { "enabled": flag(), "stage_ids": stages(), "statuses": { "type": ["object",
                    "null"] } },
            });
            schemas.extend([
                ("FieldVisibility", visibility),
                ("FieldImportance", important),
                ("FieldRequirement", required),
                ("Field", v2()),
            ]);
        }
    }
    schemas
}

fn v1() -> Json {
    let optional_flag = flag;
    json!({
        "type": "object",
        "required": ["id", "key", "name", "field_type", "edit_flag", "active_flag"],
        "properties": {
            "id": described(nullable(int()), "The field's number; null for a part of another field."),
            "key": described(text(), "The key under which records carry the value: 40 hexadecimal digits for a \
                custom field."),
            "name": text(),
            "order_nr": nullable(int()),
            "field_type": described(text(), "What the field holds. Moments are typed `date` and flags `enum`, \
                as in Pipedrive."),
            "add_time": nullable(text()), "update_time": nullable(text()),
            "created_by_user_id": nullable(int()), "last_updated_by_user_id": nullable(int()),
            "active_flag": flag(),
            "edit_flag": described(flag(), "Whether it is a custom field."),
            "index_visible_flag": optional_flag(), "details_visible_flag": optional_flag(),
            "add_visible_flag": optional_flag(), "important_flag": optional_flag(),
            "bulk_edit_allowed": optional_flag(), "searchable_flag": optional_flag(),
            "filtering_allowed": optional_flag(), "sortable_flag": optional_flag(),
            "mandatory_flag": { "type": ["boolean", "object"], "description": "For forms; no API enforces it." },
            "options": described(list(&component("FieldOption")), "Absent from fields without options."),
            "options_deleted": list(&component("FieldOption")),
            "is_subfield": optional_flag(), "parent_id": nullable(int()), "id_suffix": text(),
            "show_in_pipelines": component("ShownInPipelines"),
            "description": nullable(text()),
            "read_only": read_only(), "reference": reference(), "value_type": value_type(),
        },
    })
}

fn v2() -> Json {
    let part = object(&[("field_code", text()), ("field_name", text()), ("field_type", text())]);
    json!({
        "type": "object",
        "required": ["field_name", "field_code", "field_type", "is_custom_field", "is_optional_response_field",
            "is_writable"],
        "properties": {
            "field_name": text(),
            "field_code": described(text(), "The key under which records carry the value: 40 hexadecimal digits \
                for a custom field."),
            "description": nullable(text()),
            "field_type": described(text(), "What the field holds."),
            "options": described(nullable(list(&component("FieldOption"))), "Null for fields without options."),
            "subfields": described(nullable(list(&part)), "The parts of a composite value."),
            "is_custom_field": flag(),
            "is_optional_response_field": described(flag(), "Whether records show it only when `include_fields` \
                names it."),
            "is_writable": described(flag(), "Whether the asking user may give it to a new record or an old one."),
            "ui_visibility": component("FieldVisibility"),
            "important_fields": component("FieldImportance"),
            "required_fields": component("FieldRequirement"),
            "read_only": read_only(), "reference": reference(), "value_type": value_type(),
        },
    })
}

/// What `include=description` adds.
const ASKED: &str = "Only with `include=description`.";

fn read_only() -> Json {
    described(object(&[("create", flag()), ("update", flag())]), &format!("When it can't be written. {ASKED}"))
}

fn reference() -> Json {
    described(nullable(text()), &format!("The object whose records it names; null for what is no reference. {ASKED}"))
}

fn value_type() -> Json {
    described(text(), &format!("What it holds, with `boolean` and `duration` among the words. {ASKED}"))
}

/// The fields of an object.
pub(crate) fn fields(_: &Operation) -> Described {
    Described::plain(list(&component("Field")))
}

/// One field.
pub(crate) fn field(_: &Operation) -> Described {
    Described::plain(component("Field"))
}

/// Options of a field.
pub(crate) fn options(_: &Operation) -> Described {
    Described::plain(list(&component("FieldOption")))
}

fn name() -> Json {
    json!({ "type": "string", "minLength": 1, "maxLength": 255 })
}

fn option(keys: &[&str]) -> Json {
    let label = json!({ "type": "string", "minLength": 1, "maxLength": 255 });
    json!({ "type": "object", "required": keys, "properties": { "id": int(), "label": label } })
}

/// A list of options.
fn some_options(option: &Json) -> Json {
    let mut options = list(option);
    options["maxItems"] = limit::OPTIONS_AT_ONCE.into();
    options
}

/// The body of a new field.
pub(crate) fn new_field(row: &Operation) -> Json {
    let options = described(some_options(&option(&["label"])), "For the types `enum` and `set`, which need them.");
    match row.version {
        Version::V1 => json!({
            "type": "object", "required": ["name", "field_type"],
            "properties": { "name": name(), "field_type": field_type(), "options": options,
                "add_visible_flag": flag() },
        }),
        Version::V2 => json!({
            "type": "object", "required": ["field_name", "field_type"],
            "properties": {
                "field_name": name(), "field_type": field_type(), "options": options,
                    "description": nullable(text()),
                "ui_visibility": component("FieldVisibility"), "important_fields": component("FieldImportance"),
                "required_fields": component("FieldRequirement"),
            },
        }),
    }
}

/// The body of a changed field.
pub(crate) fn changed_field(row: &Operation) -> Json {
    match row.version {
        Version::V1 => json!({
            "type": "object",
            "properties": {
                "name": name(), "add_visible_flag": flag(),
                "options": described(some_options(&option(&["label"])), "All options from now on, in order: those \
                    without an id are new, those that are missing are deleted."),
            },
        }),
        Version::V2 => json!({
            "type": "object", "minProperties": 1,
            "properties": {
                "field_name": name(), "description": nullable(text()), "ui_visibility": component("FieldVisibility"),
                "important_fields": component("FieldImportance"), "required_fields": component("FieldRequirement"),
            },
        }),
    }
}

/// The body of new options.
pub(crate) fn new_options(_: &Operation) -> Json {
    some_options(&option(&["label"]))
}

/// The body of renamed options.
pub(crate) fn renamed_options(_: &Operation) -> Json {
    some_options(&option(&["id", "label"]))
}

/// The body of deleted options.
pub(crate) fn deleted_options(_: &Operation) -> Json {
    some_options(&object(&[("id", int())]))
}
