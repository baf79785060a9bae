//! An activity: a call, meeting, task or the like that is planned or was done (pipedrive-contract 3.4, 4.2).

use crate::{
    Code,
    Codec::*,
    Kind, Object,
    field::{
        Compute, field,
        listing::{Options, entry, in_forms},
    },
    object::{Deletion, Visibility, index},
    sample::{Sample, Samples},
};

/// The activity.
pub static ACTIVITY: Object = Object {
    name: "activity",
    plural: "activities",
    label: "Activity",
    title: "subject",
    code: 15,
    field_base: 6000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1_collected("id", Plain).v2("id", Plain).named("id"),
        field(2, "company_id", Kind::Integer, "Company").computed(Compute::CompanyId).v1_collected("company_id", Plain),
        field(3, "owner_id", Kind::Reference("user"), "Assigned to user")
            .never_null()
            .writable()
            .sort()
            .v1_collected("user_id", Plain)
            .v2("owner_id", Plain)
            .named("owner")
            .help("Whose task it is."),
        field(4, "done", Kind::Boolean, "Done")
            .never_null()
            .writable()
            .sort()
            .v1_collected("done", Plain)
            .v2("done", Plain)
            .named("is_done")
            .help("Whether it was carried out."),
        field(5, "type", Kind::Text, "Type")
            .names("activity_type")
            .never_null()
            .writable()
            .filter()
            .v1_collected("type", Plain)
            .v2("type", Plain)
            .named("type")
            .help("The key of an activity type."),
        field(6, "reference_type", Kind::Text, "Reference type").computed(Compute::Nothing).v1("reference_type", Plain),
        field(7, "reference_id", Kind::Integer, "Reference ID").computed(Compute::Nothing).v1("reference_id", Plain),
        field(8, "conference_meeting_client", Kind::Text, "Meeting client")
            .writable()
            .v1_collected("conference_meeting_client", Plain)
            .v2("conference_meeting_client", Plain)
            .wire_read_only()
            .named("conference_meeting_client")
            .help("Which program the meeting is held in."),
        field(9, "conference_meeting_url", Kind::LongText, "Meeting address")
            .writable()
            .v1_collected("conference_meeting_url", Plain)
            .v2("conference_meeting_url", Plain)
            .wire_read_only()
            .named("conference_meeting_url")
            .help("Where to join the meeting."),
        field(10, "conference_meeting_id", Kind::Text, "Meeting ID")
            .writable()
            .v1_collected("conference_meeting_id", Plain)
            .v2("conference_meeting_id", Plain)
            .wire_read_only()
            .named("conference_meeting_id")
            .help("The meeting's name in that program."),
        field(11, "due_date", Kind::Date, "Due date")
            .writable()
            .sort()
            .v1_collected("due_date", Plain)
            .v2("due_date", Plain)
            .named("due_date")
            .help("The day on which it is due."),
        field(12, "due_time", Kind::Time, "Due time")
            .writable()
            .sort()
            .v1_collected("due_time", ClockMinutes)
            .v2("due_time", ClockSeconds)
            .named("due_time")
            .help("UTC; unset: the whole day."),
        field(13, "duration", Kind::Duration, "Duration")
            .writable()
            .sort()
            .v1_collected("duration", ClockMinutes)
            .v2("duration", ClockSeconds)
            .named("duration")
            .help("How long it takes."),
        field(14, "busy", Kind::Boolean, "Free or busy")
            .writable()
            .filter()
            .v1_collected("busy_flag", Plain)
            .v2("busy", Plain)
            .named("is_busy")
            .help("Whether the time counts as taken in the calendar."),
        field(15, "add_time", Kind::DateTime, "Add time")
            .never_null()
            .on_create()
            .sort()
            .v1_collected("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .wire_read_only()
            .named("created_time"),
        field(16, "marked_as_done_time", Kind::DateTime, "Marked as done time")
            .sort()
            .v1_collected("marked_as_done_time", SpaceTimeOrEmpty)
            .v2("marked_as_done_time", RfcTime)
            .named("done_time")
            .help("When it was marked as done; null while it is not."),
        field(17, "last_notification_time", Kind::DateTime, "Last notification time")
            .computed(Compute::Nothing)
            .v1("last_notification_time", SpaceTime),
        field(18, "last_notification_user_id", Kind::Integer, "Last notified user")
            .computed(Compute::Nothing)
            .v1("last_notification_user_id", Plain),
        field(19, "notification_language_id", Kind::Integer, "Notification language")
            .computed(Compute::Nothing)
            .v1("notification_language_id", Plain),
        field(20, "subject", Kind::Text, "Subject")
            .never_null()
            .writable()
            .sort()
            .search(9)
            .v1_collected("subject", Plain)
            .v2("subject", Plain)
            .named("subject")
            .help("The name of the type when it is not given."),
        field(21, "public_description", Kind::LongText, "Public description")
            .writable()
            .search(3)
            .v1_collected("public_description", Plain)
            .v2("public_description", Plain)
            .named("public_description")
            .help("What invited people may read."),
        field(22, "calendar_sync_include_context", Kind::Text, "Context in the calendar")
            .computed(Compute::Nothing)
            .v1("calendar_sync_include_context", Plain),
        field(23, "location", Kind::Address, "Location")
            .writable()
            .filter()
            .search(3)
            .v1_collected("location", AddressLine)
            .v2("location", Plain)
            .named("location")
            .help("Where it takes place."),
        field(24, "org_id", Kind::Reference("organization"), "Organization")
            .writable()
            .sort()
            .v1_collected("org_id", Plain)
            .v2("org_id", Plain)
            .named("organization")
            .help("The organization that it concerns."),
        field(25, "person_id", Kind::Reference("person"), "Contact person")
            .writable()
            .sort()
            .v2("person_id", Plain)
            .fixed(Code::RuleViolated, "can't be set: add a primary participant instead, who becomes the person")
            .wire_read_only() // in v2: what follows is v1's
            .v1_collected("person_id", Plain)
            .named("person")
            .help("The primary participant."),
        field(26, "deal_id", Kind::Reference("deal"), "Deal")
            .writable()
            .sort()
            .v1_collected("deal_id", Plain)
            .v2("deal_id", Plain)
            .named("deal")
            .help("The deal that it moves along."),
        field(27, "lead_id", Kind::Reference("lead"), "Lead")
            .writable()
            .filter()
            .v1_collected("lead_id", Uuid)
            .v2("lead_id", Uuid)
            .named("lead")
            .help("The lead that it moves along."),
        field(28, "project_id", Kind::Integer, "Project")
            .writable()
            .filter()
            .v1_collected("project_id", Plain)
            .v2("project_id", Plain)
            .help("Always unset: projects are to come."),
        field(29, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .wire_read_only() // in v2: what follows is v1's
            .v1_collected("active_flag", Negated),
        field(30, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1_collected("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(31, "update_user_id", Kind::Reference("user"), "Last updated by")
            .derived()
            .filter()
            .v1_collected("update_user_id", Plain)
            .named("updater"),
        field(32, "gcal_event_id", Kind::Text, "Google Calendar event")
            .computed(Compute::Nothing)
            .v1("gcal_event_id", Plain),
        field(33, "google_calendar_id", Kind::Text, "Google Calendar")
            .computed(Compute::Nothing)
            .v1("google_calendar_id", Plain),
        field(34, "google_calendar_etag", Kind::Text, "Google Calendar version")
            .computed(Compute::Nothing)
            .v1("google_calendar_etag", Plain),
        field(35, "source_timezone", Kind::Text, "Time zone of the source")
            .computed(Compute::Nothing)
            .v1_collected("source_timezone", Plain),
        field(36, "rec_rule", Kind::Text, "Recurrence rule").computed(Compute::Nothing).v1("rec_rule", Plain),
        field(37, "rec_rule_extension", Kind::Text, "Recurrence rule extension")
            .computed(Compute::Nothing)
            .v1("rec_rule_extension", Plain),
        field(38, "rec_master_activity_id", Kind::Integer, "First of the recurring activities")
            .computed(Compute::Nothing)
            .v1("rec_master_activity_id", Plain),
        field(39, "note", Kind::Html, "Note")
            .writable()
            .search(3)
            .v1("note", Plain)
            .v2("note", Plain)
            .named("note")
            .help("What is worth knowing about it, as HTML."),
        field(40, "creator_user_id", Kind::Reference("user"), "Creator")
            .never_null()
            .sort()
            .v1("created_by_user_id", Plain)
            .v2("creator_user_id", Plain)
            .named("creator"),
        field(41, "location_parts", Kind::Address, "Parts of the location")
            .alias("location")
            .v1_collected("location_", AddressPartsOnly)
            .wire_read_only()
            .help("The location, each part under a key of its own."),
        field(42, "attendees", Kind::Attendees, "Attendees")
            .writable()
            .v1("attendees", AttendeeFlags)
            .v2_asked_written("attendees", List)
            .named("attendees")
            .help("Who is invited, by address."),
        field(43, "participants", Kind::Participants, "Participants")
            .writable()
            .v1("participants", ParticipantFlags)
            .v2("participants", List)
            .named("participants")
            .help("The persons who take part; one is primary."),
        field(44, "series", Kind::Json, "Recurring activities").computed(Compute::Nothing).v1("series", Plain),
        field(45, "is_recurring", Kind::Boolean, "Recurring").computed(Compute::Nothing).v1("is_recurring", Plain),
        field(46, "org_name", Kind::Text, "Organization's name").joined("org_id", "name").v1("org_name", Plain),
        field(47, "person_name", Kind::Text, "Person's name").joined("person_id", "name").v1("person_name", Plain),
        field(48, "deal_title", Kind::Text, "Deal's title").joined("deal_id", "title").v1("deal_title", Plain),
        field(49, "lead_title", Kind::Text, "Lead's title").joined("lead_id", "title").v1("lead_title", Plain),
        field(50, "owner_name", Kind::Text, "Owner's name").joined("owner_id", "name").v1("owner_name", Plain),
        field(51, "person_dropbox_bcc", Kind::Text, "Person's smart BCC address")
            .computed(Compute::RecordMail { record: "person_id" })
            .v1("person_dropbox_bcc", Plain),
        field(52, "deal_dropbox_bcc", Kind::Text, "Deal's smart BCC address")
            .computed(Compute::RecordMail { record: "deal_id" })
            .v1("deal_dropbox_bcc", Plain),
        field(53, "assigned_to_user_id", Kind::Reference("user"), "Assigned to user")
            .alias("owner_id")
            .v1("assigned_to_user_id", Plain)
            .wire_read_only()
            .help("The same as `user_id`."),
        field(54, "type_name", Kind::Text, "Name of the type")
            .computed(Compute::ActivityTypeName { key: "type" })
            .v1("type_name", Plain),
        field(55, "file", Kind::Json, "File").computed(Compute::Nothing).v1("file", Plain),
        field(56, "priority", Kind::Choice, "Priority")
            .writable()
            .sort()
            .v2("priority", Plain)
            .named("priority")
            .help("How urgent it is, of the options of this field."),
        field(57, "outcome", Kind::Choice, "Outcome")
            .writable()
            .filter()
            .v2("outcome", Plain)
            .named("outcome")
            .help("How it ended, of the options of this field."),
        field(58, "delete_time", Kind::DateTime, "Deleted on"),
    ],
    visibility: Visibility::Linked(&[
        ("deal_id", "deal"),
        ("lead_id", "lead"),
        ("person_id", "person"),
        ("org_id", "organization"),
    ]),
    deletion: Deletion::Soft,
    indexes: &[
        index(&["owner_id", "due_date", "id"]),
        index(&["owner_id", "id"]),
        index(&["done", "due_date", "id"]),
        index(&["deal_id", "done", "due_date", "due_time", "id"]),
        index(&["lead_id", "done", "due_date", "due_time", "id"]),
        index(&["person_id", "done", "due_date", "due_time", "id"]),
        index(&["org_id", "done", "due_date", "due_time", "id"]),
        index(&["due_date", "id"]),
        index(&["add_time", "id"]),
        index(&["update_time", "id"]),
    ],
    virtual_name: "activity",
    virtual_order: 50,
    tells_index_visibility: true, // live facts 4.13
    listing: &[
        entry("id"),
        entry("creator_user_id"),
        entry("update_user_id"),
        entry("add_time"),
        entry("update_time"),
        entry("marked_as_done_time"),
        entry("last_notification_time"),
        entry("conference_meeting_client"),
        entry("conference_meeting_url"),
        entry("conference_meeting_id"),
        in_forms(1, "subject").mandatory(),
        in_forms(2, "type").typed("enum").mandatory(),
        in_forms(3, "due_date"),
        in_forms(4, "due_time"),
        in_forms(5, "duration"),
        in_forms(6, "owner_id").mandatory(),
        in_forms(7, "done").options(Options::Flag("To do", "Done")),
        in_forms(8, "busy").options(Options::Flag("Free", "Busy")),
        in_forms(9, "deal_id"),
        in_forms(10, "lead_id"),
        in_forms(11, "person_id"),
        in_forms(12, "org_id"),
        in_forms(13, "project_id").typed("project"),
        in_forms(14, "participants"),
        in_forms(15, "attendees"),
        in_forms(16, "location"),
        in_forms(17, "note"),
        in_forms(18, "public_description"),
    ],
    samples: Samples {
        create: &[
            ("subject", Sample::Text("Call back")),
            ("type", Sample::Text("call")),
            ("due_date", Sample::Text("2026-03-02")),
            ("deal_id", Sample::Record("deal")),
        ],
        update: &[("done", Sample::Flag(true))],
    },
    ..Object::PLAIN
};
