//! A user of a company (pipedrive-contract 3.9).

use crate::{
    Codec::*,
    Kind, Object, Right,
    field::{Compute, field},
    object::{Deletion, Visibility, index},
    reference::{ReferenceForm, Shows, key, of, own},
};

/// The user.
pub static USER: Object = Object {
    name: "user",
    plural: "users",
    label: "User",
    link: "user_id",
    code: 2,
    field_base: 2000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().v1("id", Plain).named("id"),
        field(2, "name", Kind::Text, "Name")
            .required()
            .sort()
            .v1("name", Plain)
            .named("name")
            .help("The full name, as people read it."),
        field(3, "currency", Kind::Text, "Default currency")
            .never_null()
            .v1("default_currency", Plain)
            .named("default_currency")
            .help("The currency of what the user makes without naming one."),
        field(4, "locale", Kind::Text, "Locale")
            .never_null()
            .v1("locale", Plain)
            .named("locale")
            .help("Language and region, such as `en_US`: how numbers and dates are written for the user."),
        field(5, "language", Kind::Integer, "Language")
            .never_null()
            .v1("lang", Plain)
            .help("The number of the language of the user's screens."),
        field(6, "email", Kind::Text, "E-mail")
            .required()
            .filter()
            .v1("email", Plain)
            .named("email")
            .help("The address that the user signs in with; no other user has it."),
        field(7, "phone", Kind::Phone, "Phone")
            .v1("phone", Plain)
            .named("phone")
            .help("The number to reach the user at."),
        field(8, "activated", Kind::Boolean, "Activated")
            .never_null()
            .v1("activated", Plain)
            .help("Whether the user has signed in for the first time."),
        field(9, "last_login", Kind::DateTime, "Last login")
            .v1("last_login", SpaceTime)
            .named("last_login_time")
            .help("When the user signed in last."),
        field(10, "add_time", Kind::DateTime, "Created").never_null().v1("created", SpaceTime).named("created_time"),
        field(11, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .v1("modified", SpaceTime)
            .named("updated_time"),
        field(12, "has_created_company", Kind::Boolean, "Has created the company")
            .never_null()
            .v1("has_created_company", Plain)
            .help("Whether the user is the one who opened the account."),
        field(13, "access", Kind::Json, "Access")
            .computed(Compute::AppAccess { is_admin: "is_admin" })
            .v1("access", Plain),
        field(14, "is_active", Kind::Boolean, "Active")
            .never_null()
            .filter()
            .v1("active_flag", Plain)
            .named("is_active")
            .help("False for a user who was deactivated: no token works, and the records stay."),
        field(15, "timezone", Kind::Text, "Time zone")
            .never_null()
            .v1("timezone_name", Plain)
            .named("timezone")
            .help("The zone that days and times are shown in, such as `Europe/Tallinn`."),
        field(16, "timezone_offset", Kind::Text, "Time zone offset")
            .computed(Compute::ZoneOffset { zone: "timezone" })
            .v1("timezone_offset", Plain),
        field(17, "role_id", Kind::Integer, "Role")
            .never_null()
            .v1("role_id", Plain)
            .help("The role, which decides whose records the user sees."),
        field(18, "icon_url", Kind::Text, "Picture")
            .v1("icon_url", Plain)
            .help("Where the user's picture is; null without one."),
        field(19, "is_you", Kind::Boolean, "Is you").computed(Compute::IsYou { user: "id" }).v1("is_you", Plain),
        field(20, "is_deleted", Kind::Boolean, "Deleted")
            .computed(Compute::No)
            .v1("is_deleted", Plain)
            .help("Always false: users are deactivated, never deleted."),
        field(21, "is_admin", Kind::Boolean, "Admin")
            .never_null()
            .v1("is_admin", ZeroOne)
            .named("is_admin")
            .help("Whether the user sees everything and may change settings."),
        field(22, "rights_version", Kind::Integer, "Rights version").never_null(),
    ],
    visibility: Visibility::Company,
    right: Some(Right::ManageUsers),
    deletion: Deletion::Never,
    indexes: &[index(&["email"])],
    virtual_name: "user",
    virtual_order: 90,
    reference: Some(ReferenceForm::of(&[
        own("name"),
        own("email"),
        key("has_pic", Shows::NoPicture),
        key("pic_hash", Shows::Null),
        of("active_flag", "is_active", Plain),
    ])),
    ..Object::PLAIN
};
