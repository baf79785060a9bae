//! A comment on a note (pipedrive-contract 3.6).

use crate::{
    Codec::*,
    Kind, Object,
    field::{Compute, field},
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// The comment.
pub static COMMENT: Object = Object {
    name: "comment",
    plural: "comments",
    label: "Comment",
    code: 17,
    field_base: 7500,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("uuid", Uuid).named("id"),
        field(2, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .filter()
            .v1("active_flag", Negated)
            .help("Whether the comment was deleted."),
        field(3, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", RfcMillis)
            .named("created_time"),
        field(4, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", RfcMillis)
            .named("updated_time"),
        field(5, "content", Kind::Html, "Content")
            .required()
            .writable()
            .search(3)
            .v1("content", Plain)
            .named("content")
            .help("What is written, as HTML that was cleaned of what could do harm."),
        field(6, "note_id", Kind::Reference("note"), "Note")
            .required()
            .on_create()
            .filter()
            .v1("object_id", DigitText)
            .wire_read_only()
            .named("note")
            .help("The note that the comment is on."),
        field(7, "object_type", Kind::Text, "What it is on")
            .computed(Compute::Word("note"))
            .v1("object_type", Plain)
            .help("Always `note`: nothing else has comments."),
        field(8, "owner_id", Kind::Reference("user"), "User")
            .never_null()
            .filter()
            .v1("user_id", Plain)
            .named("owner")
            .help("Who wrote it."),
        field(9, "updater_id", Kind::Reference("user"), "Last updated by")
            .derived()
            .v1("updater_id", Plain)
            .named("updater"),
        field(10, "company_id", Kind::Integer, "Company").computed(Compute::CompanyId).v1("company_id", Plain),
        field(11, "delete_time", Kind::DateTime, "Deleted on"),
    ],
    visibility: Visibility::Parent,
    deletion: Deletion::Marked,
    indexes: &[index(&["note_id", "id"])],
    uuid: true,
    virtual_name: "comment",
    samples: Samples {
        create: &[("note_id", Sample::Record("note")), ("content", Sample::Text("Sent today."))],
        update: &[("content", Sample::Text("Sent yesterday."))],
    },
    ..Object::PLAIN
};
