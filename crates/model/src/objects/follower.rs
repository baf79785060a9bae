//! A follower: a user's wish to hear of a record, which also lets the user see it (pipedrive-contract 3.11, 12.10).
//!
//! On the wire the record's number has a key that its object gives (`deal_id`, `person_id` ...): the follower
//! operations write it.

use crate::{
    Codec::*,
    Kind, Object,
    field::field,
    object::{Deletion, Visibility, index, unique},
};

/// The follower.
pub static FOLLOWER: Object = Object {
    name: "follower",
    plural: "followers",
    label: "Follower",
    code: 18,
    field_base: 7600,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().v1("id", Plain),
        field(2, "object", Kind::Integer, "Object").required().on_create().help("The code of the record's object."),
        field(3, "record_id", Kind::Integer, "Record").required().on_create(),
        field(4, "user_id", Kind::Reference("user"), "User")
            .required()
            .on_create()
            .v1("user_id", Plain)
            .v2("user_id", Plain)
            .help("The user who hears of its changes."),
        field(5, "add_time", Kind::DateTime, "Since")
            .never_null()
            .v1("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .help("When the user began to follow."),
        field(6, "grants", Kind::Boolean, "Grants sight").never_null().help(
            "Whether the user sees the record for this alone: it is not the whole company's, nor the user's own.",
        ),
    ],
    visibility: Visibility::Parent,
    deletion: Deletion::Hard,
    indexes: &[
        unique(&["object", "record_id", "user_id"]),
        index(&["user_id", "object", "record_id"]),
        // The few follows by which somebody sees a record.
        index(&["user_id", "object", "record_id"]).only("grants"),
    ],
    ..Object::PLAIN
};
