//! An external id: a record's key in another system, by which it is found and upserted (DESIGN, the review's table).

use crate::{
    Kind, Object,
    field::field,
    object::{Deletion, Visibility, index, unique},
};

/// The external id.
pub static EXTERNAL_ID: Object = Object {
    name: "external_id",
    plural: "external_ids",
    label: "External ID",
    code: 21,
    field_base: 7900,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null(),
        field(2, "object", Kind::Integer, "Object").required().on_create().help("The code of the record's object."),
        field(3, "record_id", Kind::Integer, "Record").required().on_create(),
        field(4, "source", Kind::Text, "Source").required().on_create().help("The other system; compared exactly."),
        field(5, "key", Kind::Text, "Key")
            .required()
            .on_create()
            .help("The record's key there; compared exactly. One record of an object has it."),
        field(6, "add_time", Kind::DateTime, "Created").never_null(),
    ],
    visibility: Visibility::Parent,
    deletion: Deletion::Hard,
    indexes: &[unique(&["object", "source", "key"]), index(&["object", "record_id"])],
    ..Object::PLAIN
};
