//! A note: marked-up text that stands at a deal, lead, person, organization or project (pipedrive-contract 3.6). Bodies
//! that give back the objects that it shows of what it is linked to are refused (live facts 6.4).

use crate::{
    Code,
    Codec::*,
    Kind, Object, Right,
    field::{Compute, field, listing::entry},
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// The note.
pub static NOTE: Object = Object {
    name: "note",
    plural: "notes",
    label: "Note",
    code: 16,
    field_base: 7000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1("id", Plain).named("id"),
        field(2, "owner_id", Kind::Reference("user"), "User")
            .never_null()
            .with_right(Right::ReassignNotes)
            .sort()
            .v1("user_id", Plain)
            .named("owner")
            .help("Its author; only an admin makes it someone else."),
        field(3, "deal_id", Kind::Reference("deal"), "Deal")
            .writable()
            .sort()
            .v1("deal_id", Plain)
            .named("deal")
            .help("The deal that the note is on."),
        field(4, "person_id", Kind::Reference("person"), "Person")
            .writable()
            .sort()
            .v1("person_id", Plain)
            .named("person")
            .help("The person whom the note is on."),
        field(5, "org_id", Kind::Reference("organization"), "Organization")
            .writable()
            .sort()
            .v1("org_id", Plain)
            .named("organization")
            .help("The organization that the note is on."),
        field(6, "lead_id", Kind::Reference("lead"), "Lead")
            .writable()
            .filter()
            .v1("lead_id", Uuid)
            .named("lead")
            .help("The lead that the note is on."),
        field(7, "project_id", Kind::Integer, "Project")
            .writable()
            .filter()
            .v1("project_id", Plain)
            .help("Always unset: projects are to come."),
        field(8, "content", Kind::Html, "Content")
            .required()
            .writable()
            .search(5)
            .v1("content", Plain)
            .named("content")
            .help("What is written, as HTML that was cleaned of what could do harm."),
        field(9, "add_time", Kind::DateTime, "Add time")
            .never_null()
            .writable()
            .sort()
            .v1("add_time", SpaceTime)
            .named("created_time"),
        field(10, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1("update_time", SpaceTime)
            .named("updated_time"),
        field(11, "is_deleted", Kind::Boolean, "Deleted").never_null().filter().v1("active_flag", Negated),
        field(12, "pinned_to_deal_flag", Kind::Boolean, "Note is pinned to deal")
            .never_null()
            .writable()
            .filter()
            .v1("pinned_to_deal_flag", Plain)
            .named("is_pinned_to_deal")
            .help("Whether it stands above the other notes of the deal."),
        field(13, "pinned_to_person_flag", Kind::Boolean, "Note is pinned to person")
            .never_null()
            .writable()
            .filter()
            .v1("pinned_to_person_flag", Plain)
            .named("is_pinned_to_person")
            .help("Whether it stands above the other notes of the person."),
        field(14, "pinned_to_organization_flag", Kind::Boolean, "Note is pinned to organization")
            .never_null()
            .writable()
            .filter()
            .v1("pinned_to_organization_flag", Plain)
            .named("is_pinned_to_organization")
            .help("Whether it stands above the other notes of the organization."),
        field(15, "pinned_to_lead_flag", Kind::Boolean, "Note is pinned to lead")
            .never_null()
            .writable()
            .filter()
            .v1("pinned_to_lead_flag", Plain)
            .named("is_pinned_to_lead")
            .help("Whether it stands above the other notes of the lead."),
        field(16, "pinned_to_project_flag", Kind::Boolean, "Note is pinned to project")
            .never_null()
            .writable()
            .filter()
            .v1("pinned_to_project_flag", Plain)
            .help("Always false: projects are to come."),
        field(17, "last_update_user_id", Kind::Reference("user"), "Last updated by")
            .derived()
            .filter()
            .v1("last_update_user_id", Plain)
            .named("updater"),
        field(18, "organization", Kind::Json, "Organization's name")
            .computed(Compute::LinkedName { reference: "org_id" })
            .v1("organization", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give org_id instead"),
        field(19, "person", Kind::Json, "Person's name")
            .computed(Compute::LinkedName { reference: "person_id" })
            .v1("person", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give person_id instead"),
        field(20, "deal", Kind::Json, "Deal's title")
            .computed(Compute::LinkedName { reference: "deal_id" })
            .v1("deal", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give deal_id instead"),
        field(21, "lead", Kind::Json, "Lead's title")
            .computed(Compute::LinkedName { reference: "lead_id" })
            .v1("lead", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give lead_id instead"),
        field(22, "project", Kind::Json, "Project's title")
            .computed(Compute::Nothing)
            .v1("project", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give project_id instead"),
        field(23, "user", Kind::Json, "Author")
            .computed(Compute::Author { user: "owner_id" })
            .v1("user", Plain)
            .fixed(Code::FieldInvalid, "is only shown: give user_id instead"),
        field(24, "participants", Kind::References("person"), "Participants")
            .computed(Compute::Concerned { person: "person_id", deal: "deal_id", lead: "lead_id" })
            .named("participants")
            .help("Whom it concerns: its person, then those who take part in its deal, then its lead's person."),
        field(25, "delete_time", Kind::DateTime, "Deleted on"),
    ],
    visibility: Visibility::Linked(&[
        ("deal_id", "deal"),
        ("lead_id", "lead"),
        ("person_id", "person"),
        ("org_id", "organization"),
    ]),
    // Live facts 5.5.
    deletion: Deletion::Soft,
    indexes: &[
        index(&["owner_id", "id"]),
        index(&["deal_id", "id"]),
        index(&["lead_id", "id"]),
        index(&["person_id", "id"]),
        index(&["org_id", "id"]),
        index(&["project_id", "id"]),
        index(&["add_time", "id"]),
        index(&["update_time", "id"]),
    ],
    virtual_name: "note",
    virtual_order: 60,
    listing: &[
        entry("id"),
        entry("content"),
        entry("owner_id"),
        entry("deal_id"),
        entry("person_id"),
        entry("org_id"),
        entry("lead_id"),
        entry("project_id").typed("project"),
        entry("add_time"),
        entry("update_time"),
        entry("last_update_user_id"),
        entry("pinned_to_deal_flag"),
        entry("pinned_to_person_flag"),
        entry("pinned_to_organization_flag"),
        entry("pinned_to_lead_flag"),
        entry("pinned_to_project_flag"),
    ],
    is_listed_briefly: true,
    samples: Samples {
        create: &[("content", Sample::Text("<p>Asked for a second offer.</p>")), ("deal_id", Sample::Record("deal"))],
        update: &[("content", Sample::Text("Sent today."))],
    },
    ..Object::PLAIN
};
