//! A lead label: a name and a colour that leads carry, a record of its own (pipedrive-contract 3.5).

use crate::{
    Codec::*,
    Kind, Object,
    field::field,
    object::{Deletion, Visibility},
    sample::{Sample, Samples},
};

/// The colours of lead labels.
pub const LEAD_LABEL_COLOR: &[&str] =
    &["blue", "brown", "dark-gray", "gray", "green", "orange", "pink", "purple", "red", "yellow"];

/// The lead label.
pub static LEAD_LABEL: Object = Object {
    name: "lead_label",
    plural: "lead_labels",
    label: "Lead label",
    code: 13,
    field_base: 15_500,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Uuid).named("id"),
        field(2, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .v1("name", Plain)
            .named("name")
            .help("What people read on the label."),
        field(3, "color", Kind::Enumeration(LEAD_LABEL_COLOR), "Colour")
            .required()
            .writable()
            .filter()
            .v1("color", Plain)
            .named("color")
            .help("The colour that the label is painted in."),
        field(4, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", RfcMillis)
            .named("created_time"),
        field(5, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", RfcMillis)
            .named("updated_time"),
    ],
    visibility: Visibility::Company,
    deletion: Deletion::Hard,
    uuid: true,
    virtual_name: "lead_label",
    samples: Samples {
        create: &[("name", Sample::Text("Trade fair")), ("color", Sample::Text("green"))],
        update: &[("name", Sample::Text("Renamed"))],
    },
    ..Object::PLAIN
};
