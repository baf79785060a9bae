//! A lead: what may become a deal, and carries deals' custom fields (pipedrive-contract 3.5).

use super::origin::{CHANNEL, CHANNEL_ID, ORIGIN, ORIGIN_ID};
use crate::{
    Codec::*,
    Kind, Object,
    field::{
        Compute, field,
        listing::{Options, entry, in_forms},
    },
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// The lead.
pub static LEAD: Object = Object {
    name: "lead",
    plural: "leads",
    label: "Lead",
    title: "title",
    has_mail_address: true,
    code: 12,
    field_base: 15_000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Uuid).named("id"),
        field(2, "title", Kind::Text, "Title")
            .required()
            .writable()
            .sort()
            .search(9)
            .v1("title", Plain)
            .named("title")
            .help("What the lead is about."),
        field(3, "owner_id", Kind::Reference("user"), "Owner")
            .never_null()
            .writable()
            .sort()
            .v1("owner_id", Plain)
            .named("owner"),
        field(4, "creator_user_id", Kind::Reference("user"), "Creator")
            .never_null()
            .sort()
            .v1("creator_id", Plain)
            .named("creator"),
        field(5, "label_ids", Kind::References("lead_label"), "Labels")
            .writable()
            .filter()
            .v1("label_ids", UuidList)
            .named("labels")
            .help("The labels that it carries, of those that the company has."),
        field(6, "person_id", Kind::Reference("person"), "Contact person")
            .writable()
            .sort()
            .v1("person_id", Plain)
            .named("person")
            .help("The person whom the lead is with."),
        field(7, "org_id", Kind::Reference("organization"), "Organization")
            .writable()
            .sort()
            .v1("organization_id", Plain)
            .named("organization")
            .help("The organization that the lead is with."),
        field(8, "source_name", Kind::Text, "Source")
            .never_null()
            .filter()
            .v1("source_name", Plain)
            .named("source")
            .help("One of the lead sources; the way in which the lead was made says which."),
        field(9, "origin", Kind::Text, "Origin").never_null().v1("origin", Plain).named("origin"),
        field(10, "origin_id", Kind::Text, "Origin ID").on_create().v1("origin_id", Plain).named("origin_id"),
        field(11, "channel", Kind::Integer, "Source channel").writable().v1("channel", Plain).named("channel"),
        field(12, "channel_id", Kind::Text, "Source channel ID").writable().v1("channel_id", Plain).named("channel_id"),
        field(13, "is_archived", Kind::Boolean, "Archived")
            .never_null()
            .writable()
            .filter()
            .v1("is_archived", Plain)
            .named("is_archived")
            .help("Whether it was put away: archived leads are listed apart."),
        field(14, "was_seen", Kind::Boolean, "Seen")
            .never_null()
            .writable()
            .sort()
            .v1("was_seen", Plain)
            .named("was_seen")
            .help("Whether somebody has opened it since it came in."),
        field(15, "value", Kind::Money, "Value")
            .writable()
            .sort()
            .v1("value", MoneyPair)
            .named("value")
            .help("What it may be worth."),
        field(16, "currency", Kind::Text, "Currency of value")
            .pattern("^[A-Za-z]{3}$", "EUR")
            .writable()
            .filter()
            .help("Set together with the value, and unset with it.")
            .help("The currency of the value."),
        field(17, "expected_close_date", Kind::Date, "Expected close date")
            .writable()
            .sort()
            .v1("expected_close_date", Plain)
            .named("expected_close_date")
            .help("The day on which it should become a deal."),
        field(18, "next_activity_id", Kind::Reference("activity"), "Next activity")
            .derived()
            .sort()
            .v1("next_activity_id", Plain)
            .named("next_activity"),
        field(19, "add_time", Kind::DateTime, "Lead created")
            .never_null()
            .on_create()
            .sort()
            .v1("add_time", RfcMillis)
            .wire_read_only()
            .named("created_time"),
        field(20, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", RfcMillis)
            .named("updated_time"),
        field(21, "visible_to", Kind::VisibleTo, "Visible to")
            .never_null()
            .writable()
            .filter()
            .v1("visible_to", DigitText)
            .named("visible_to"),
        field(22, "cc_email", Kind::Text, "Smart BCC address")
            .computed(Compute::RecordMail { record: "id" })
            .v1("cc_email", Plain),
        field(23, "is_deleted", Kind::Boolean, "Deleted").never_null().filter(),
        field(24, "delete_time", Kind::DateTime, "Deleted on"),
        field(25, "source_deal_id", Kind::Integer, "Deal that the lead was made from")
            .computed(Compute::Nothing)
            .v1("source_deal_id", Plain)
            .help("Always unset: making leads of deals is to come."),
    ],
    visibility: Visibility::Owned,
    deletion: Deletion::Marked,
    custom: Some("deal"),
    indexes: &[
        index(&["is_archived", "shared", "id"]),
        index(&["is_archived", "shared", "update_time", "id"]),
        index(&["owner_id", "shared", "id"]),
        index(&["person_id", "id"]),
        index(&["org_id", "id"]),
        index(&["add_time", "id"]),
        index(&["update_time", "id"]),
    ],
    uuid: true,
    virtual_name: "lead",
    virtual_order: 40,
    shows_set_custom_only: true,
    listing: &[
        entry("id").typed("varchar"),
        entry("title").adds(),
        entry("creator_user_id"),
        entry("owner_id").details(),
        entry("add_time"),
        entry("update_time"),
        entry("next_activity_id"),
        entry("source_name").details(),
        entry("visible_to").adds().details(),
        ORIGIN,
        ORIGIN_ID,
        CHANNEL,
        CHANNEL_ID,
        entry("is_archived").called("Archive status").options(Options::Truth("Not archived", "Archived")),
        entry("was_seen"),
        in_forms(1, "value").aside(),
        in_forms(2, "org_id").when("person_id", "<=0"),
        in_forms(3, "person_id").when("organization_id", "<=0"),
        in_forms(4, "expected_close_date"),
        in_forms(5, "label_ids"),
    ],
    samples: Samples {
        create: &[("title", Sample::Text("A new well")), ("person_id", Sample::Record("person"))],
        update: &[("was_seen", Sample::Flag(true))],
    },
    ..Object::PLAIN
};
