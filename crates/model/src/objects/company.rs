//! A company: the tenant. Its row is also its lock and holds its counters (DESIGN 6).

use crate::{
    Kind, Object,
    field::field,
    object::{Deletion, Visibility},
};

/// The company.
pub static COMPANY: Object = Object {
    name: "company",
    plural: "companies",
    label: "Company",
    code: 1,
    field_base: 1000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null(),
        field(2, "name", Kind::Text, "Name").required(),
        field(3, "domain", Kind::Text, "Domain").never_null(),
        field(4, "currency", Kind::Text, "Default currency").never_null(),
        field(5, "timezone", Kind::Text, "Time zone").never_null(),
        field(6, "country", Kind::Text, "Country"),
        field(7, "sandbox", Kind::Boolean, "Sandbox").never_null(),
        field(8, "seed", Kind::Integer, "Seed").help("What a reset fills the sandbox with; unset: nothing."),
        field(9, "clock_offset", Kind::Integer, "Clock offset")
            .never_null()
            .help("Microseconds that a sandbox's clock is ahead."),
        field(10, "event_seq", Kind::Integer, "Last event").never_null(),
        field(11, "schema_version", Kind::Integer, "Schema version").never_null(),
        field(12, "add_time", Kind::DateTime, "Created").never_null(),
        field(13, "secret", Kind::Text, "Secret")
            .never_null()
            .help("What cursors are sealed with; no answer shows it."),
    ],
    visibility: Visibility::Company,
    deletion: Deletion::Never,
    is_schema: true,
    ..Object::PLAIN
};
