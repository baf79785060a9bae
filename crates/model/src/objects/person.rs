//! A person: someone whom the company deals with (pipedrive-contract 3.2, 4.2).

use super::contact_label::CONTACT_LABELS;
use crate::{
    Codec::*,
    Kind, Object,
    field::{
        Compute, Subquery, When, field,
        listing::{Place, entry, in_forms},
    },
    object::{Beside, Deletion, Visibility, index},
    reference::{ReferenceForm, Shows, key, of, own},
    sample::{Sample, Samples},
};

/// Whether a person may be sent marketing mail.
pub const MARKETING_STATUS: &[&str] = &["no_consent", "unsubscribed", "subscribed", "archived"];

/// The person.
pub static PERSON: Object = Object {
    name: "person",
    plural: "persons",
    label: "Person",
    link: "person_id",
    code: 10,
    field_base: 9000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1_collected("id", Plain).v2("id", Plain).named("id"),
        field(2, "company_id", Kind::Integer, "Company").computed(Compute::CompanyId).v1("company_id", Plain),
        field(3, "owner_id", Kind::Reference("user"), "Owner")
            .never_null()
            .writable()
            .sort()
            .v1_collected("owner_id", Embedded)
            .v2("owner_id", Plain)
            .named("owner"),
        field(4, "org_id", Kind::Reference("organization"), "Organization")
            .writable()
            .sort()
            .v1_collected("org_id", Embedded)
            .v2("org_id", Plain)
            .named("organization")
            .help("Where the person works."),
        field(5, "name", Kind::Text, "Name")
            .required()
            .instead(&["first_name", "last_name"])
            .writable()
            .sort()
            .search(9)
            .v1_collected("name", Plain)
            .v1_missing("Name must be given.") // live facts 1.10
            .v2("name", Plain)
            .named("name")
            .help("Made of the first and last name when only those are given."),
        field(6, "first_name", Kind::Text, "First name")
            .writable()
            .sort()
            .v1("first_name", Plain)
            .wire_read_only() // in v1: what follows is v2's
            .v2("first_name", Plain)
            .named("first_name")
            .help("The name's first word when only the name is given."),
        field(7, "last_name", Kind::Text, "Last name")
            .writable()
            .sort()
            .v1("last_name", Plain)
            .wire_read_only() // in v1: what follows is v2's
            .v2("last_name", Plain)
            .named("last_name")
            .help("The rest of the name when only the name is given."),
        field(8, "open_deals_count", Kind::Integer, "Open deals")
            .counts("deal", "person_id", When::Open)
            .sort()
            .v1("open_deals_count", Plain)
            .v2_asked("open_deals_count", Plain)
            .named("open_deals_count"),
        field(9, "related_open_deals_count", Kind::Integer, "Open deals of the organization")
            .joined("org_id", "open_deals_count")
            .v1("related_open_deals_count", NumberOrZero)
            .v2_asked("related_open_deals_count", NumberOrZero),
        field(10, "closed_deals_count", Kind::Integer, "Closed deals")
            .counts("deal", "person_id", When::Closed)
            .sort()
            .v1("closed_deals_count", Plain)
            .v2_asked("closed_deals_count", Plain)
            .named("closed_deals_count"),
        field(11, "related_closed_deals_count", Kind::Integer, "Closed deals of the organization")
            .joined("org_id", "closed_deals_count")
            .v1("related_closed_deals_count", NumberOrZero)
            .v2_asked("related_closed_deals_count", NumberOrZero),
        field(12, "participant_open_deals_count", Kind::Integer, "Open deals as a participant")
            .subquery(Subquery::ParticipantDeals(When::Open))
            .v1("participant_open_deals_count", Plain)
            .v2_asked("participant_open_deals_count", Plain),
        field(13, "participant_closed_deals_count", Kind::Integer, "Closed deals as a participant")
            .subquery(Subquery::ParticipantDeals(When::Closed))
            .v1("participant_closed_deals_count", Plain)
            .v2_asked("participant_closed_deals_count", Plain),
        field(14, "email_messages_count", Kind::Integer, "Email messages count")
            .never_null()
            .v1("email_messages_count", Plain)
            .v2_asked("email_messages_count", Plain),
        field(15, "activities_count", Kind::Integer, "Total activities")
            .counts("activity", "person_id", When::Any)
            .sort()
            .v1("activities_count", Plain)
            .v2_asked("activities_count", Plain)
            .named("activities_count"),
        field(16, "done_activities_count", Kind::Integer, "Done activities")
            .counts("activity", "person_id", When::Done)
            .sort()
            .v1("done_activities_count", Plain)
            .v2_asked("done_activities_count", Plain)
            .named("done_activities_count"),
        field(17, "undone_activities_count", Kind::Integer, "Activities to do")
            .counts("activity", "person_id", When::Undone)
            .sort()
            .v1("undone_activities_count", Plain)
            .v2_asked("undone_activities_count", Plain)
            .named("undone_activities_count"),
        field(18, "files_count", Kind::Integer, "Number of files")
            .never_null()
            .v1("files_count", Plain)
            .v2_asked("files_count", Plain),
        field(19, "notes_count", Kind::Integer, "Number of notes")
            .counts("note", "person_id", When::Any)
            .v1("notes_count", Plain)
            .v2_asked("notes_count", Plain)
            .named("notes_count"),
        field(20, "followers_count", Kind::Integer, "Number of followers")
            .counts("follower", "record_id", When::Follows("person"))
            .v1("followers_count", Plain)
            .v2_asked("followers_count", Plain)
            .named("followers_count"),
        field(21, "won_deals_count", Kind::Integer, "Won deals")
            .counts("deal", "person_id", When::Won)
            .sort()
            .v1("won_deals_count", Plain)
            .v2_asked("won_deals_count", Plain)
            .named("won_deals_count"),
        field(22, "related_won_deals_count", Kind::Integer, "Won deals of the organization")
            .joined("org_id", "won_deals_count")
            .v1("related_won_deals_count", NumberOrZero)
            .v2_asked("related_won_deals_count", NumberOrZero),
        field(23, "lost_deals_count", Kind::Integer, "Lost deals")
            .counts("deal", "person_id", When::Lost)
            .sort()
            .v1("lost_deals_count", Plain)
            .v2_asked("lost_deals_count", Plain)
            .named("lost_deals_count"),
        field(24, "related_lost_deals_count", Kind::Integer, "Lost deals of the organization")
            .joined("org_id", "lost_deals_count")
            .v1("related_lost_deals_count", NumberOrZero)
            .v2_asked("related_lost_deals_count", NumberOrZero),
        field(25, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1_collected("active_flag", Negated),
        field(26, "phones", Kind::Phones, "Phone")
            .writable()
            .filter()
            .search(5)
            .v1_collected("phone", Contacts)
            .v2("phones", List)
            .named("phones")
            .help("Numbers, each with a label; one is primary."),
        field(27, "emails", Kind::Emails, "Email")
            .writable()
            .filter()
            .search(6)
            .v1_collected("email", Contacts)
            .v2("emails", List)
            .named("emails")
            .help("Addresses, each with a label; one is primary."),
        field(28, "first_char", Kind::Text, "First character")
            .computed(Compute::FirstCharacter { text: "name" })
            .v1("first_char", Plain),
        field(29, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1_collected("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(30, "delete_time", Kind::DateTime, "Deleted on").v1_collected("delete_time", SpaceTime),
        field(31, "add_time", Kind::DateTime, "Person created")
            .never_null()
            .on_create()
            .sort()
            .v1_collected("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(32, "visible_to", Kind::VisibleTo, "Visible to")
            .never_null()
            .writable()
            .filter()
            .v1_collected("visible_to", DigitText)
            .v2("visible_to", Plain)
            .named("visible_to"),
        field(33, "picture_id", Kind::Integer, "Profile picture")
            .v1_collected("picture_id", Plain)
            .v2("picture_id", Plain),
        field(34, "next_activity_date", Kind::Date, "Next activity date")
            .derived()
            .sort()
            .v1("next_activity_date", Plain)
            .named("next_activity_date"),
        field(35, "next_activity_time", Kind::Time, "Next activity time").derived().v1("next_activity_time", Plain),
        field(36, "next_activity_id", Kind::Reference("activity"), "Next activity")
            .derived()
            .filter()
            .v1("next_activity_id", Plain)
            .v2_asked("next_activity_id", Plain)
            .named("next_activity"),
        field(37, "last_activity_id", Kind::Reference("activity"), "Last activity")
            .derived()
            .filter()
            .v1("last_activity_id", Plain)
            .v2_asked("last_activity_id", Plain)
            .named("last_activity"),
        field(38, "last_activity_date", Kind::Date, "Last activity date")
            .derived()
            .sort()
            .v1("last_activity_date", Plain)
            .named("last_activity_date"),
        field(39, "last_incoming_mail_time", Kind::DateTime, "Last email received")
            .v1("last_incoming_mail_time", SpaceTime)
            .v2_asked("last_incoming_mail_time", RfcTime),
        field(40, "last_outgoing_mail_time", Kind::DateTime, "Last email sent")
            .v1("last_outgoing_mail_time", SpaceTime)
            .v2_asked("last_outgoing_mail_time", RfcTime),
        field(41, "label", Kind::Choice, "Label")
            .alias("label_ids")
            .writable()
            .v1_collected("label", FirstOfList)
            .help("The first of the labels; giving it replaces them all."),
        field(42, "label_ids", Kind::Choices, "Labels")
            .options(CONTACT_LABELS)
            .writable()
            .filter()
            .v1_collected("label_ids", List)
            .v2("label_ids", List)
            .named("labels"),
        field(43, "im", Kind::Messengers, "Instant messenger")
            .writable()
            .filter()
            .v1("im", Contacts)
            .v2("im", List)
            .named("messengers")
            .help("Accounts of instant messengers, each with a label."),
        field(44, "postal_address", Kind::Address, "Postal address")
            .writable()
            .filter()
            .v1("postal_address", AddressParts)
            .v2("postal_address", Plain)
            .named("postal_address")
            .help("Where letters go."),
        field(45, "notes", Kind::LongText, "Notes")
            .writable()
            .v1("notes", Plain)
            .v2("notes", Plain)
            .named("notes")
            .help("What is worth knowing, as plain text."),
        field(46, "birthday", Kind::Date, "Birthday")
            .writable()
            .sort()
            .v1("birthday", Plain)
            .v2("birthday", Plain)
            .named("birthday")
            .help("The day of birth."),
        field(47, "job_title", Kind::Text, "Job title")
            .writable()
            .filter()
            .v1("job_title", Plain)
            .v2("job_title", Plain)
            .named("job_title")
            .help("What the person is called at work."),
        field(48, "org_name", Kind::Text, "Organization's name").joined("org_id", "name").v1("org_name", Plain),
        field(49, "marketing_status", Kind::Enumeration(MARKETING_STATUS), "Marketing status")
            .never_null()
            .writable()
            .filter()
            .v1("marketing_status", Plain)
            .v2_asked_written("marketing_status", Plain)
            .named("marketing_status")
            .help("Whether the person agreed to marketing mail."),
        field(50, "doi_status", Kind::Integer, "Double opt-in status")
            .computed(Compute::Nothing)
            .v2_asked("doi_status", Plain)
            .help("Always unset: consent by a second mail is not asked for."),
        field(51, "cc_email", Kind::Text, "Smart BCC address")
            .computed(Compute::CompanyMail)
            .v1_collected("cc_email", Plain)
            .v2_asked("smart_bcc_email", Plain),
        field(52, "primary_email", Kind::Text, "Primary email")
            .alias("emails")
            .v1("primary_email", PrimaryContact)
            .wire_read_only()
            .help("The primary one of `email`."),
        field(53, "owner_name", Kind::Text, "Owner's name").joined("owner_id", "name").v1("owner_name", Plain),
    ],
    visibility: Visibility::Owned,
    deletion: Deletion::Soft,
    custom: Some("person"),
    indexes: &[
        index(&["shared", "id"]),
        index(&["shared", "add_time", "id"]),
        index(&["shared", "update_time", "id"]),
        index(&["owner_id", "shared", "id"]),
        index(&["org_id", "id"]),
        index(&["name_key", "id"]),
        index(&["add_time", "id"]),
        index(&["update_time", "id"]),
    ],
    virtual_name: "person",
    virtual_order: 20,
    reference: Some(
        ReferenceForm::of(&[
            of("active_flag", "is_deleted", Negated),
            own("name"),
            of("email", "emails", Contacts),
            of("phone", "phones", Contacts),
            own("owner_id"),
            key("company_id", Shows::CompanyId),
        ])
        .without_id(),
    ),
    beside: &[Beside::MailAddress],
    listing: &[
        entry("id"),
        entry("owner_id").adds().details(),
        entry("first_name"),
        entry("last_name"),
        entry("add_time"),
        entry("update_time"),
        entry("open_deals_count"),
        entry("closed_deals_count"),
        entry("won_deals_count"),
        entry("lost_deals_count"),
        entry("visible_to").adds().details(),
        entry("next_activity_date"),
        entry("last_activity_date"),
        entry("activities_count"),
        entry("done_activities_count"),
        entry("undone_activities_count"),
        entry("email_messages_count"),
        entry("last_incoming_mail_time"),
        entry("last_outgoing_mail_time"),
        entry("picture_id").typed("picture"),
        entry("marketing_status"),
        in_forms(1, "name").mandatory().link("id", "/person/"),
        in_forms(2, "label_ids").key("label").called("Label"),
        in_forms(3, "org_id"),
        in_forms(4, "phones"),
        in_forms(5, "emails").typed("varchar"),
        in_forms(6, "im").typed("varchar"),
        in_forms(7, "postal_address"),
        in_forms(8, "notes"),
        in_forms(9, "birthday"),
        in_forms(10, "job_title"),
    ],
    places: &[Place::DealDialog],
    samples: Samples {
        create: &[
            ("name", Sample::Text("Ada Marsh")),
            ("emails", Sample::Json(r#"[{"value":"ada@marsh.example","primary":true,"label":"work"}]"#)),
        ],
        update: &[("name", Sample::Text("Ada Marsh-Hill"))],
    },
    ..Object::PLAIN
};
