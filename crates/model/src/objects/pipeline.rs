//! A pipeline: the ordered stages that deals go through (pipedrive-contract 3.8, 4.2).

use crate::{
    Codec::*,
    Kind, Object, Right,
    field::{Compute, field},
    object::{Deletion, Visibility, index},
    reference::{ReferenceForm, of, own},
    sample::{Sample, Samples},
};

/// The pipeline.
pub static PIPELINE: Object = Object {
    name: "pipeline",
    plural: "pipelines",
    label: "Pipeline",
    code: 3,
    field_base: 3000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).v2("id", Plain).named("id"),
        field(2, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .v1("name", Plain)
            .v2("name", Plain)
            .named("name")
            .help("What people read above the board."),
        field(3, "url_title", Kind::Text, "URL title")
            .never_null()
            .v1("url_title", Plain)
            .help("The name as the address of a page has it."),
        field(4, "order_nr", Kind::Integer, "Order")
            .never_null()
            .writable()
            .sort()
            .v2("order_nr", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1("order_nr", Plain)
            .named("position")
            .help("The place among the pipelines, from 0 or 1 up."),
        field(5, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1("active", Negated)
            .help("Whether the pipeline was deleted; its deals stay."),
        field(6, "deal_probability", Kind::Boolean, "Deal probability")
            .never_null()
            .writable()
            .v1("deal_probability", Plain)
            .v2("is_deal_probability_enabled", Plain)
            .named("is_probability_enabled")
            .help("Whether stages have probabilities and deals a weighted value."),
        field(7, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(8, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(9, "selected", Kind::Boolean, "Selected")
            .computed(Compute::No)
            .v1("selected", Plain)
            .help("Always false: which pipeline a screen shows is not kept."),
    ],
    visibility: Visibility::Company,
    right: Some(Right::ManagePipelines),
    deletion: Deletion::Marked,
    indexes: &[index(&["order_nr", "id"])],
    is_schema: true,
    virtual_name: "pipeline",
    virtual_order: 70,
    reference: Some(ReferenceForm::of(&[
        own("name"),
        own("url_title"),
        own("order_nr"),
        of("active", "is_deleted", Negated),
        own("deal_probability"),
        of("add_time", "add_time", SpaceTime),
        of("update_time", "update_time", SpaceTime),
    ])),
    samples: Samples { create: &[("name", Sample::Text("Spare parts"))], update: &[("name", Sample::Text("Renamed"))] },
    ..Object::PLAIN
};
