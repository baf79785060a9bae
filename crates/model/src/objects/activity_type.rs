//! An activity type: what kinds of activity a company plans, calls and meetings among them (pipedrive-contract 3.10).

use crate::{
    Codec::*,
    Kind, Object, Right,
    field::field,
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// The icons of activity types.
pub const ACTIVITY_ICON: &[&str] = &[
    "task",
    "email",
    "meeting",
    "deadline",
    "call",
    "lunch",
    "calendar",
    "downarrow",
    "document",
    "smartphone",
    "camera",
    "scissors",
    "cogs",
    "bubble",
    "uparrow",
    "checkbox",
    "signpost",
    "shuffle",
    "addressbook",
    "linegraph",
    "picture",
    "car",
    "world",
    "search",
    "clip",
    "sound",
    "brush",
    "key",
    "padlock",
    "pricetag",
    "suitcase",
    "finish",
    "plane",
    "loop",
    "wifi",
    "truck",
    "cart",
    "bulb",
    "bell",
    "presentation",
];

/// The activity type.
pub static ACTIVITY_TYPE: Object = Object {
    name: "activity_type",
    plural: "activity_types",
    label: "Activity type",
    code: 14,
    field_base: 6500,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).named("id"),
        field(2, "order_nr", Kind::Integer, "Order")
            .never_null()
            .writable()
            .sort()
            .v1("order_nr", Plain)
            .named("position")
            .help("The place among the types."),
        field(3, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .v1("name", Plain)
            .named("name")
            .help("What people read."),
        field(4, "key_string", Kind::Text, "Key")
            .never_null()
            .filter()
            .v1("key_string", Plain)
            .named("key")
            .help("Made of the name when the type is made, and never changed: activities name their type by it."),
        field(5, "icon_key", Kind::Enumeration(ACTIVITY_ICON), "Icon")
            .required()
            .writable()
            .v1("icon_key", Plain)
            .named("icon")
            .help("Which icon stands for the type."),
        field(6, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .filter()
            .v1("active_flag", Negated)
            .help("Whether new activities can no longer have it."),
        field(7, "color", Kind::Text, "Colour")
            .pattern("^[0-9A-Fa-f]{6}$", "FF8800")
            .writable()
            .v1("color", Plain)
            .named("color")
            .help("Six hexadecimal digits."),
        field(8, "is_custom", Kind::Boolean, "Made by the company")
            .never_null()
            .v1("is_custom_flag", Plain)
            .named("is_custom")
            .help("False for a type that every company begins with."),
        field(9, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", SpaceTime)
            .named("created_time"),
        field(10, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", SpaceTime)
            .named("updated_time"),
    ],
    visibility: Visibility::Company,
    right: Some(Right::ManageActivityTypes),
    deletion: Deletion::Marked,
    indexes: &[index(&["order_nr", "id"]), index(&["key_string"])],
    is_schema: true,
    virtual_name: "activity_type",
    samples: Samples {
        create: &[("name", Sample::Text("Video call")), ("icon_key", Sample::Text("camera"))],
        update: &[("name", Sample::Text("Renamed"))],
    },
    ..Object::PLAIN
};
