//! A participant: a person's part in a deal (pipedrive-contract 3.11, 12.10).
//!
//! On the wire the person and the deal's title stand beside these fields in full: the participant operations write
//! them.

use crate::{
    Codec::*,
    Kind, Object,
    field::{Compute, field},
    object::{Deletion, Visibility, index, unique},
};

/// The participant.
pub static PARTICIPANT: Object = Object {
    name: "participant",
    plural: "participants",
    label: "Participant",
    code: 19,
    field_base: 7700,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).named("id"),
        field(2, "deal_id", Kind::Reference("deal"), "Deal")
            .required()
            .on_create()
            .filter()
            .named("deal")
            .help("The deal that the person takes part in."),
        field(3, "person_id", Kind::Reference("person"), "Person")
            .required()
            .on_create()
            .filter()
            .v1("person_id", Embedded)
            .named("person")
            .help("Who takes part."),
        field(4, "add_time", Kind::DateTime, "Since")
            .never_null()
            .sort()
            .v1("add_time", SpaceTime)
            .named("created_time")
            .help("When the person was added."),
        field(5, "active", Kind::Boolean, "Active")
            .computed(Compute::Yes)
            .v1("active_flag", Plain)
            .help("Always true: who was taken off is not listed."),
        field(6, "added_by_user_id", Kind::Reference("user"), "Added by")
            .never_null()
            .v1("added_by_user_id", Embedded)
            .named("creator")
            .help("The user who added the person."),
        field(7, "related_item_type", Kind::Text, "What it is part of")
            .computed(Compute::Word("deal"))
            .v1("related_item_type", Plain),
        field(8, "related_item_id", Kind::Reference("deal"), "Number of what it is part of")
            .alias("deal_id")
            .v1("related_item_id", Plain)
            .wire_read_only(),
    ],
    visibility: Visibility::Parent,
    deletion: Deletion::Hard,
    indexes: &[unique(&["deal_id", "person_id"]), index(&["person_id", "deal_id"])],
    virtual_name: "participant",
    ..Object::PLAIN
};
