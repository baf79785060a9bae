//! An organization: a firm or other body whose people the company deals with (pipedrive-contract 3.3, 4.2).

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

/// The sum of a counter over the organization's people.
const fn of_people(counter: &'static str) -> Subquery {
    Subquery::Sum { object: "person", link: "org_id", field: counter }
}

/// The organization.
pub static ORGANIZATION: Object = Object {
    name: "organization",
    plural: "organizations",
    label: "Organization",
    link: "org_id",
    code: 11,
    field_base: 4000,
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
        field(4, "name", Kind::Text, "Name")
            .required()
            .writable()
            .sort()
            .search(9)
            .v1_collected("name", Plain)
            .v1_missing("Name must be given.") // live facts 1.10
            .v2("name", Plain)
            .named("name")
            .help("What the organization is called."),
        field(5, "open_deals_count", Kind::Integer, "Open deals")
            .counts("deal", "org_id", When::Open)
            .sort()
            .v1("open_deals_count", Plain)
            .v2_asked("open_deals_count", Plain)
            .named("open_deals_count"),
        field(6, "related_open_deals_count", Kind::Integer, "Open deals of its people")
            .subquery(of_people("open_deals_count"))
            .v1("related_open_deals_count", NumberOrZero)
            .v2_asked("related_open_deals_count", NumberOrZero),
        field(7, "closed_deals_count", Kind::Integer, "Closed deals")
            .counts("deal", "org_id", When::Closed)
            .sort()
            .v1("closed_deals_count", Plain)
            .v2_asked("closed_deals_count", Plain)
            .named("closed_deals_count"),
        field(8, "related_closed_deals_count", Kind::Integer, "Closed deals of its people")
            .subquery(of_people("closed_deals_count"))
            .v1("related_closed_deals_count", NumberOrZero)
            .v2_asked("related_closed_deals_count", NumberOrZero),
        field(9, "email_messages_count", Kind::Integer, "Email messages count")
            .never_null()
            .v1("email_messages_count", Plain)
            .v2_asked("email_messages_count", Plain),
        field(10, "people_count", Kind::Integer, "People")
            .counts("person", "org_id", When::Any)
            .sort()
            .v1("people_count", Plain)
            .v2_asked("people_count", Plain)
            .named("people_count")
            .help("How many persons work there, as their `org_id` says."),
        field(11, "activities_count", Kind::Integer, "Total activities")
            .counts("activity", "org_id", When::Any)
            .sort()
            .v1("activities_count", Plain)
            .v2_asked("activities_count", Plain)
            .named("activities_count"),
        field(12, "done_activities_count", Kind::Integer, "Done activities")
            .counts("activity", "org_id", When::Done)
            .sort()
            .v1("done_activities_count", Plain)
            .v2_asked("done_activities_count", Plain)
            .named("done_activities_count"),
        field(13, "undone_activities_count", Kind::Integer, "Activities to do")
            .counts("activity", "org_id", When::Undone)
            .sort()
            .v1("undone_activities_count", Plain)
            .v2_asked("undone_activities_count", Plain)
            .named("undone_activities_count"),
        field(14, "files_count", Kind::Integer, "Number of files")
            .never_null()
            .v1("files_count", Plain)
            .v2_asked("files_count", Plain),
        field(15, "notes_count", Kind::Integer, "Number of notes")
            .counts("note", "org_id", When::Any)
            .v1("notes_count", Plain)
            .v2_asked("notes_count", Plain)
            .named("notes_count"),
        field(16, "followers_count", Kind::Integer, "Number of followers")
            .counts("follower", "record_id", When::Follows("organization"))
            .v1("followers_count", Plain)
            .v2_asked("followers_count", Plain)
            .named("followers_count"),
        field(17, "won_deals_count", Kind::Integer, "Won deals")
            .counts("deal", "org_id", When::Won)
            .sort()
            .v1("won_deals_count", Plain)
            .v2_asked("won_deals_count", Plain)
            .named("won_deals_count"),
        field(18, "related_won_deals_count", Kind::Integer, "Won deals of its people")
            .subquery(of_people("won_deals_count"))
            .v1("related_won_deals_count", NumberOrZero)
            .v2_asked("related_won_deals_count", NumberOrZero),
        field(19, "lost_deals_count", Kind::Integer, "Lost deals")
            .counts("deal", "org_id", When::Lost)
            .sort()
            .v1("lost_deals_count", Plain)
            .v2_asked("lost_deals_count", Plain)
            .named("lost_deals_count"),
        field(20, "related_lost_deals_count", Kind::Integer, "Lost deals of its people")
            .subquery(of_people("lost_deals_count"))
            .v1("related_lost_deals_count", NumberOrZero)
            .v2_asked("related_lost_deals_count", NumberOrZero),
        field(21, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1_collected("active_flag", Negated),
        field(22, "category_id", Kind::Integer, "Category")
            .computed(Compute::Nothing)
            .v1("category_id", Plain)
            .help("Always unset: nothing sets categories."),
        field(23, "picture_id", Kind::Integer, "Profile picture").v1("picture_id", Plain),
        field(24, "country_code", Kind::Text, "Country code")
            .computed(Compute::Nothing)
            .v1("country_code", Plain)
            .help("Always unset: addresses are not looked up."),
        field(25, "first_char", Kind::Text, "First character")
            .computed(Compute::FirstCharacter { text: "name" })
            .v1("first_char", Plain),
        field(26, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1_collected("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(27, "delete_time", Kind::DateTime, "Deleted on").v1_collected("delete_time", SpaceTime),
        field(28, "add_time", Kind::DateTime, "Organization created")
            .never_null()
            .on_create()
            .sort()
            .v1_collected("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(29, "visible_to", Kind::VisibleTo, "Visible to")
            .never_null()
            .writable()
            .filter()
            .v1_collected("visible_to", DigitText)
            .v2("visible_to", Plain)
            .named("visible_to"),
        field(30, "next_activity_date", Kind::Date, "Next activity date")
            .derived()
            .sort()
            .v1("next_activity_date", Plain)
            .named("next_activity_date"),
        field(31, "next_activity_time", Kind::Time, "Next activity time").derived().v1("next_activity_time", Plain),
        field(32, "next_activity_id", Kind::Reference("activity"), "Next activity")
            .derived()
            .filter()
            .v1("next_activity_id", Plain)
            .v2_asked("next_activity_id", Plain)
            .named("next_activity"),
        field(33, "last_activity_id", Kind::Reference("activity"), "Last activity")
            .derived()
            .filter()
            .v1("last_activity_id", Plain)
            .v2_asked("last_activity_id", Plain)
            .named("last_activity"),
        field(34, "last_activity_date", Kind::Date, "Last activity date")
            .derived()
            .sort()
            .v1("last_activity_date", Plain)
            .named("last_activity_date"),
        field(35, "label", Kind::Choice, "Label")
            .alias("label_ids")
            .writable()
            .v1_collected("label", FirstOfList)
            .help("The first of the labels; giving it replaces them all."),
        field(36, "label_ids", Kind::Choices, "Labels")
            .options(CONTACT_LABELS)
            .writable()
            .filter()
            .v1_collected("label_ids", List)
            .v2("label_ids", List)
            .named("labels"),
        field(37, "address", Kind::Address, "Address")
            .writable()
            .filter()
            .search(4)
            .v1_collected("address", AddressParts)
            .v2("address", Plain)
            .named("address")
            .help("Where it is."),
        field(38, "website", Kind::Text, "Website")
            .writable()
            .filter()
            .v2("website", Plain)
            .named("website")
            .help("The address of its pages."),
        field(39, "linkedin", Kind::Text, "LinkedIn profile")
            .writable()
            .filter()
            .v2("linkedin", Plain)
            .named("linkedin")
            .help("The address of its page on LinkedIn."),
        field(40, "industry", Kind::Choice, "Industry")
            .writable()
            .filter()
            .v2("industry", Plain)
            .named("industry")
            .help("What it does, chosen from the options of this field."),
        field(41, "annual_revenue", Kind::Integer, "Annual revenue")
            .writable()
            .sort()
            .v2("annual_revenue", Plain)
            .named("annual_revenue")
            .help("What it earns a year."),
        field(42, "employee_count", Kind::Integer, "Number of employees")
            .writable()
            .sort()
            .v2("employee_count", Plain)
            .named("employee_count")
            .help("How many people it employs."),
        field(43, "owner_name", Kind::Text, "Owner's name").joined("owner_id", "name").v1("owner_name", Plain),
        field(44, "cc_email", Kind::Text, "Smart BCC address")
            .computed(Compute::CompanyMail)
            .v1_collected("cc_email", Plain)
            .v2_asked("smart_bcc_email", Plain),
        field(45, "edit_name", Kind::Boolean, "Name can be edited")
            .computed(Compute::Yes)
            .v1_alone("edit_name", Plain)
            .help("Always true: whoever may change it may change its name."),
        field(46, "last_activity", Kind::Json, "Last activity")
            .computed(Compute::Activity { activity: "last_activity_id" })
            .v1_alone("last_activity", Plain),
        field(47, "next_activity", Kind::Json, "Next activity")
            .computed(Compute::Activity { activity: "next_activity_id" })
            .v1_alone("next_activity", Plain),
    ],
    visibility: Visibility::Owned,
    deletion: Deletion::Soft,
    custom: Some("organization"),
    indexes: &[
        index(&["shared", "id"]),
        index(&["shared", "add_time", "id"]),
        index(&["shared", "update_time", "id"]),
        index(&["owner_id", "shared", "id"]),
        index(&["name_key", "id"]),
        index(&["add_time", "id"]),
        index(&["update_time", "id"]),
    ],
    virtual_name: "organization",
    virtual_order: 30,
    reference: Some(
        ReferenceForm::of(&[
            own("name"),
            own("people_count"),
            own("owner_id"),
            of("address", "address", AddressLine),
            of("label_ids", "label_ids", List),
            of("active_flag", "is_deleted", Negated),
            key("cc_email", Shows::CompanyMail),
            own("owner_name"),
        ])
        .without_id()
        .itself_too(),
    ),
    beside: &[Beside::Followers, Beside::MailAddress],
    tells_index_visibility: true, // live facts 4.13
    listing: &[
        entry("id"),
        entry("owner_id").adds().details().link("owner_id", ""),
        entry("add_time"),
        entry("update_time"),
        entry("people_count"),
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
        entry("picture_id").typed("picture"),
        in_forms(1, "name").mandatory().link("id", "/organization/"),
        in_forms(2, "label_ids").key("label").called("Label"),
        in_forms(3, "address"),
    ],
    places: &[Place::OrganizationPage, Place::PersonPage, Place::DealPage, Place::DealDialog, Place::PersonDialog],
    samples: Samples {
        create: &[("name", Sample::Text("Marsh Mills"))],
        update: &[("name", Sample::Text("Marsh Mills and Sons"))],
    },
    ..Object::PLAIN
};
