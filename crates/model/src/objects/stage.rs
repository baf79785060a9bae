//! A stage of a pipeline (pipedrive-contract 3.8, 4.2).

use crate::{
    Codec::*,
    Kind, Object, Right,
    field::field,
    object::{Deletion, Visibility, index},
    reference::{ReferenceForm, Shows, key, of, own},
    sample::{Sample, Samples},
};

/// The stage.
pub static STAGE: Object = Object {
    name: "stage",
    plural: "stages",
    label: "Stage",
    code: 4,
    field_base: 3500,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).v2("id", Plain).named("id"),
        field(2, "order_nr", Kind::Integer, "Order")
            .never_null()
            .writable()
            .sort()
            .v2("order_nr", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1("order_nr", Plain)
            .named("position")
            .help("The place within the pipeline."),
        field(3, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .v1("name", Plain)
            .v2("name", Plain)
            .named("name")
            .help("What people read above the column."),
        field(4, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1("active_flag", Negated)
            .help("Whether the stage was deleted."),
        field(5, "deal_probability", Kind::Integer, "Deal probability")
            .never_null()
            .writable()
            .v1("deal_probability", Plain)
            .v2("deal_probability", Plain)
            .named("deal_probability")
            .help("Percent, 0 to 100."),
        field(6, "pipeline_id", Kind::Reference("pipeline"), "Pipeline")
            .required()
            .writable()
            .sort()
            .v1("pipeline_id", Plain)
            .v2("pipeline_id", Plain)
            .named("pipeline")
            .help("The pipeline that the stage is a step of."),
        field(7, "rot_enabled", Kind::Boolean, "Rotting")
            .never_null()
            .writable()
            .v1("rotten_flag", Plain)
            .v2("is_deal_rot_enabled", Plain)
            .named("is_rotting_enabled")
            .help("Whether open deals that nobody touches are marked as rotten here."),
        field(8, "rotten_days", Kind::Integer, "Days to rotten")
            .writable()
            .v1("rotten_days", Plain)
            .v2("days_to_rotten", Plain)
            .named("days_to_rotten")
            .help("After how many days without a touch a deal is rotten."),
        field(9, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(10, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(11, "pipeline_name", Kind::Text, "Pipeline's name")
            .joined("pipeline_id", "name")
            .v1("pipeline_name", Plain),
        field(12, "pipeline_deal_probability", Kind::Boolean, "Pipeline's deal probability")
            .joined("pipeline_id", "deal_probability")
            .v1("pipeline_deal_probability", Plain),
    ],
    visibility: Visibility::Company,
    right: Some(Right::ManagePipelines),
    deletion: Deletion::Marked,
    indexes: &[index(&["pipeline_id", "order_nr", "id"])],
    is_schema: true,
    virtual_name: "stage",
    virtual_order: 80,
    reference: Some(ReferenceForm::of(&[
        key("company_id", Shows::CompanyId),
        own("order_nr"),
        own("name"),
        of("active_flag", "is_deleted", Negated),
        own("deal_probability"),
        own("pipeline_id"),
        of("rotten_flag", "rot_enabled", Plain),
        own("rotten_days"),
        of("add_time", "add_time", SpaceTime),
        of("update_time", "update_time", SpaceTime),
        own("pipeline_name"),
        own("pipeline_deal_probability"),
    ])),
    samples: Samples {
        create: &[("name", Sample::Text("Ordered")), ("pipeline_id", Sample::Record("pipeline"))],
        update: &[("name", Sample::Text("Renamed"))],
    },
    ..Object::PLAIN
};
