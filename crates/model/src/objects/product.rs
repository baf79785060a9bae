//! A product (pipedrive-contract 3.7, 4.2). What it costs, its variations and its images are to come.

use crate::{
    Code,
    Codec::*,
    Kind, Object,
    field::{
        Compute, When, field,
        listing::{entry, in_forms},
    },
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// How often a product is billed.
const BILLING: &[&str] = &["one-time", "annually", "semi-annually", "quarterly", "monthly", "weekly"];

/// The product.
pub static PRODUCT: Object = Object {
    name: "product",
    plural: "products",
    label: "Product",
    link: "product_id",
    code: 22,
    field_base: 16_000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).v2("id", Plain).named("id"),
        field(2, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .search(9)
            .v1("name", Plain)
            .v2("name", Plain)
            .named("name")
            .help("What the product is called."),
        field(3, "code", Kind::Text, "Product code")
            .writable()
            .filter()
            .search(5)
            .v1("code", Plain)
            .v2("code", Plain)
            .named("code")
            .help("The number or word that it is ordered by."),
        field(4, "description", Kind::LongText, "Description")
            .writable()
            .v1("description", Plain)
            .v2("description", Plain)
            .named("description")
            .help("What it is, in sentences."),
        field(5, "unit", Kind::Text, "Unit")
            .writable()
            .v1("unit", Plain)
            .v2("unit", Plain)
            .named("unit")
            .help("What it is counted in, such as `kg` or `hour`."),
        field(6, "tax", Kind::Number, "Tax")
            .never_null()
            .writable()
            .filter()
            .v1("tax", Plain)
            .v2("tax", Plain)
            .named("tax")
            .help("Percent.")
            .help("Percent that is added to the price."),
        field(7, "category", Kind::Choice, "Category")
            .options(&[])
            .writable()
            .filter()
            .v1("category", DigitText)
            .v2("category", DigitText)
            .named("category")
            .help("The kind of product, of the options of this field."),
        field(8, "is_linkable", Kind::Boolean, "Can be linked to deals")
            .never_null()
            .writable()
            .filter()
            .v1("selectable", Plain)
            .v2("is_linkable", Plain)
            .named("is_linkable")
            .help("Whether it can be put on deals."),
        field(9, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1("active_flag", Negated),
        field(10, "first_char", Kind::Text, "First letter")
            .computed(Compute::FirstCharacter { text: "name" })
            .v1("first_char", Plain),
        field(11, "visible_to", Kind::VisibleTo, "Visible to")
            .never_null()
            .writable()
            .filter()
            .v1("visible_to", DigitText)
            .v2("visible_to", Plain)
            .named("visible_to"),
        field(12, "owner_id", Kind::Reference("user"), "Owner")
            .never_null()
            .writable()
            .sort()
            .v1("owner_id", Embedded)
            .v2("owner_id", Plain)
            .named("owner"),
        field(21, "files_count", Kind::Integer, "Files").computed(Compute::Nothing).v1("files_count", Plain),
        field(13, "followers_count", Kind::Integer, "Followers")
            .counts("follower", "record_id", When::Follows("product"))
            .v1("followers_count", Plain)
            .named("followers_count"),
        field(14, "add_time", Kind::DateTime, "Created")
            .never_null()
            .sort()
            .v1("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(15, "update_time", Kind::DateTime, "Changed")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(16, "billing_frequency", Kind::Enumeration(BILLING), "Billing frequency")
            .never_null()
            .writable()
            .filter()
            .v1("billing_frequency", Plain)
            .v2("billing_frequency", Plain)
            .named("billing_frequency")
            .help("How often it is paid for."),
        field(17, "billing_frequency_cycles", Kind::Integer, "Billing cycles")
            .writable()
            .v1("billing_frequency_cycles", Plain)
            .v2("billing_frequency_cycles", Plain)
            .named("billing_frequency_cycles")
            .help("How many times it is paid for; null for ever."),
        field(18, "prices", Kind::Json, "Prices")
            .computed(Compute::Nothing)
            .v1("prices", List)
            .v2("prices", List)
            .fixed(Code::NotImplemented, "prices of products are not part of Penstock yet")
            .help("What it costs, by currency."),
        field(19, "owner_name", Kind::Text, "Owner's name").joined("owner_id", "name").v1("owner_name", Plain),
        field(20, "delete_time", Kind::DateTime, "Deleted on"),
    ],
    visibility: Visibility::Owned,
    deletion: Deletion::Soft,
    custom: Some("product"),
    indexes: &[
        index(&["shared", "id"]),
        index(&["shared", "add_time", "id"]),
        index(&["shared", "update_time", "id"]),
        index(&["owner_id", "shared", "id"]),
        index(&["name_key", "id"]),
    ],
    virtual_name: "product",
    tells_index_visibility: true, // live facts 4.13
    listing: &[
        entry("id"),
        entry("owner_id").details(),
        entry("add_time"),
        entry("update_time"),
        entry("visible_to").adds().details(),
        in_forms(1, "name").mandatory(),
        in_forms(2, "code"),
        in_forms(3, "category"),
        in_forms(4, "unit"),
        in_forms(5, "tax"),
        in_forms(6, "description"),
        in_forms(7, "billing_frequency").typed("billing_frequency"),
        in_forms(8, "billing_frequency_cycles"),
    ],
    samples: Samples {
        create: &[("name", Sample::Text("Rotary drill")), ("code", Sample::Text("RD-7"))],
        update: &[("unit", Sample::Text("piece"))],
    },
    ..Object::PLAIN
};
