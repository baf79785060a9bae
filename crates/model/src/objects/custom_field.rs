//! A custom field, and what a company decides about a built-in one: its options above all (pipedrive-contract 5).
//!
//! The id is the field's number: that of a custom field, or a built-in field's `field_base + number`. No face shows
//! these rows as they are; field metadata is written by its own code.

use crate::{
    Kind, Object, Right,
    field::field,
    object::{Deletion, Visibility, index, unique},
};

/// The custom field.
pub static CUSTOM_FIELD: Object = Object {
    name: "custom_field",
    plural: "custom_fields",
    label: "Custom field",
    code: 20,
    field_base: 7800,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null(),
        field(2, "object", Kind::Text, "Object").required().on_create().help("The name of the object that it is of."),
        field(3, "key", Kind::Text, "Key")
            .never_null()
            .help("40 hexadecimal digits that the server draws, or the built-in field's key."),
        field(4, "name", Kind::Text, "Name").required().writable(),
        field(5, "kind", Kind::Text, "Type").required().on_create().help("Pipedrive's field_type; never changed."),
        field(6, "options", Kind::Json, "Options")
            .writable()
            .help("A list of {id, label, color, deleted, add_time, update_time}, in order; unset: it has no options."),
        field(7, "order_nr", Kind::Integer, "Order").never_null().writable(),
        field(8, "built_in", Kind::Boolean, "Built in").never_null(),
        field(9, "description", Kind::LongText, "Description").writable(),
        field(10, "add_visible", Kind::Boolean, "Shown when a record is added").never_null().writable(),
        field(11, "details_visible", Kind::Boolean, "Shown with a record").never_null().writable(),
        field(12, "index_visible", Kind::Boolean, "Shown in lists").never_null().writable(),
        field(13, "projects_detail_visible", Kind::Boolean, "Shown with a project").never_null().writable(),
        field(14, "important", Kind::Boolean, "Important").never_null().writable(),
        field(15, "mandatory", Kind::Json, "Required in forms")
            .writable()
            .help("A flag, or the values of other fields that make it required; no API enforces it."),
        field(16, "bulk_edit_allowed", Kind::Boolean, "Editable in bulk").never_null().writable(),
        field(17, "searchable", Kind::Boolean, "Searchable").never_null().writable(),
        field(18, "show_in_pipelines", Kind::Json, "Pipelines that show it")
            .writable()
            .help("{show_in_all, pipeline_ids}; unset: all."),
        field(19, "ui_visibility", Kind::Json, "Where it is shown").writable(),
        field(20, "important_fields", Kind::Json, "Where it is important").writable(),
        field(21, "required_fields", Kind::Json, "Where it is required").writable(),
        field(22, "add_time", Kind::DateTime, "Created").never_null(),
        field(23, "update_time", Kind::DateTime, "Changed").derived().never_null(),
        field(24, "created_by_user_id", Kind::Reference("user"), "Creator"),
        field(25, "last_updated_by_user_id", Kind::Reference("user"), "Last updated by"),
        field(26, "is_deleted", Kind::Boolean, "Deleted").never_null(),
        field(27, "delete_time", Kind::DateTime, "Deleted on"),
        field(28, "api_name", Kind::Text, "API name").help(
            "Its name in the Virtual API: made from the name that it is created with, its object's own for ever, \
             never changed. Unset for what is built in, which has one in its table.",
        ),
    ],
    visibility: Visibility::Company,
    right: Some(Right::ManageFields),
    deletion: Deletion::Marked,
    indexes: &[index(&["object", "order_nr", "id"]), index(&["object", "key"]), unique(&["object", "api_name"])],
    is_schema: true,
    ..Object::PLAIN
};
