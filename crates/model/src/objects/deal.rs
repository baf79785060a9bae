//! A deal (pipedrive-contract 3.1, 4.2).

use super::origin::{CHANNEL, CHANNEL_ID, ORIGIN, ORIGIN_ID};
use crate::{
    Code,
    Codec::*,
    Kind, Object,
    field::{
        Compute, When, field,
        listing::{Options, Place, entry, in_forms},
    },
    object::{Beside, Deletion, Visibility, index},
    reference::{ReferenceForm, own},
    sample::{Sample, Samples},
};

/// The words of a deal's stored status. `deleted` is `is_deleted` and appears on the wire only.
pub const DEAL_STATUS: &[&str] = &["open", "won", "lost"];

/// Why nobody archives a deal.
const NOT_ARCHIVED: &str = "archived deals are not part of Penstock yet";

/// The words of a deal's status on the wire, as field metadata lists them.
const STATUS: &[(&str, &str)] = &[("open", "Open"), ("lost", "Lost"), ("won", "Won"), ("deleted", "Deleted")];

/// The deal.
pub static DEAL: Object = Object {
    name: "deal",
    plural: "deals",
    label: "Deal",
    title: "title",
    has_mail_address: true,
    link: "deal_id",
    code: 5,
    field_base: 12_000,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null().sort().v1_collected("id", Plain).v2("id", Plain).named("id"),
        field(2, "title", Kind::Text, "Title")
            .required()
            .writable()
            .sort()
            .search(9)
            .v1_collected("title", Plain)
            .v1_missing("Deal title must be given.") // live facts 1.10
            .v2("title", Plain)
            .named("title")
            .help("What the deal is about."),
        field(3, "creator_user_id", Kind::Reference("user"), "Creator")
            .never_null()
            .sort()
            .v1_collected("creator_user_id", Embedded)
            .v2("creator_user_id", Plain)
            .named("creator"),
        field(4, "owner_id", Kind::Reference("user"), "Owner")
            .never_null()
            .writable()
            .sort()
            .v1_collected("user_id", Embedded)
            .v2("owner_id", Plain)
            .named("owner"),
        field(5, "value", Kind::Money, "Value")
            .never_null()
            .writable()
            .sort()
            .v1_collected("value", Plain)
            .v2("value", Plain)
            .named("value")
            .help("What it is worth, in its currency."),
        field(6, "currency", Kind::Text, "Currency of value")
            .pattern("^[A-Za-z]{3}$", "EUR")
            .never_null()
            .writable()
            .sort()
            .v1_collected("currency", Plain)
            .v2("currency", Plain)
            .help("Three letters of ISO 4217."),
        field(7, "person_id", Kind::Reference("person"), "Contact person")
            .writable()
            .sort()
            .v1_collected("person_id", Embedded)
            .v2("person_id", Plain)
            .named("person")
            .help("The person whom the deal is with."),
        field(8, "org_id", Kind::Reference("organization"), "Organization")
            .writable()
            .sort()
            .v1_collected("org_id", Embedded)
            .v2("org_id", Plain)
            .named("organization")
            .help("The organization that the deal is with."),
        field(9, "pipeline_id", Kind::Reference("pipeline"), "Pipeline")
            .never_null()
            .writable()
            .sort()
            .v1_collected("pipeline_id", Plain)
            .v2("pipeline_id", Plain)
            .named("pipeline")
            .help("The pipeline that the deal goes through."),
        field(10, "stage_id", Kind::Reference("stage"), "Stage")
            .never_null()
            .writable()
            .sort()
            .v1_collected("stage_id", Plain)
            .v2("stage_id", Plain)
            .named("stage")
            .help("How far the deal has come in its pipeline."),
        field(11, "add_time", Kind::DateTime, "Deal created")
            .never_null()
            .on_create()
            .sort()
            .v1_collected("add_time", SpaceTime)
            .v2("add_time", RfcTime)
            .named("created_time"),
        field(12, "update_time", Kind::DateTime, "Update time")
            .derived()
            .never_null()
            .sort()
            .v1_collected("update_time", SpaceTime)
            .v2("update_time", RfcTime)
            .named("updated_time"),
        field(13, "stage_change_time", Kind::DateTime, "Last stage change")
            .sort()
            .v1("stage_change_time", SpaceTime)
            .v2("stage_change_time", RfcTime)
            .named("stage_changed_time")
            .help("When it last came into another stage."),
        field(14, "status", Kind::Enumeration(DEAL_STATUS), "Status")
            .never_null()
            .writable()
            .sort()
            .named("status")
            .help("How it stands: open, or closed as won or lost."),
        field(15, "wire_status", Kind::Enumeration(&["open", "won", "lost", "deleted"]), "Status")
            .writes("status")
            .computed(Compute::Status { status: "status", is_deleted: "is_deleted" })
            .v1_collected("status", Plain)
            .v2("status", Plain)
            .help("How it stands: open, won, lost or deleted."),
        field(16, "active", Kind::Boolean, "Active")
            .computed(Compute::Active { status: "status", is_deleted: "is_deleted" })
            .v1("active", Plain),
        field(17, "is_deleted", Kind::Boolean, "Deleted")
            .never_null()
            .writable()
            .filter()
            .v2("is_deleted", Plain)
            .fixed(Code::FieldInvalid, "must be false: a deal is deleted by an operation of its own")
            .wire_read_only() // in v2: what follows is v1's
            .v1("deleted", Plain),
        field(18, "is_archived", Kind::Boolean, "Archived")
            .never_null()
            .filter()
            .v1("is_archived", Plain)
            .v2("is_archived", Plain)
            .fixed(Code::NotImplemented, NOT_ARCHIVED)
            .named("is_archived")
            .help("Always false: archiving is to come."),
        field(19, "archive_time", Kind::DateTime, "Archived on")
            .v1("archive_time", SpaceTime)
            .v2("archive_time", RfcTime)
            .fixed(Code::NotImplemented, NOT_ARCHIVED)
            .named("archived_time")
            .help("Always unset: archiving is to come."),
        field(20, "probability", Kind::Number, "Probability")
            .writable()
            .sort()
            .v1_collected("probability", Plain)
            .v2("probability", Plain)
            .named("probability")
            .help("Percent, 0 to 100."),
        field(21, "next_activity_id", Kind::Reference("activity"), "Next activity")
            .derived()
            .filter()
            .v1("next_activity_id", Plain)
            .v2_asked("next_activity_id", Plain)
            .named("next_activity"),
        field(22, "next_activity_date", Kind::Date, "Next activity date")
            .derived()
            .sort()
            .v1("next_activity_date", Plain)
            .named("next_activity_date"),
        field(23, "next_activity_time", Kind::Time, "Next activity time").derived().v1("next_activity_time", Plain),
        field(24, "next_activity_subject", Kind::Text, "Next activity subject")
            .joined("next_activity_id", "subject")
            .v1("next_activity_subject", Plain),
        field(25, "next_activity_type", Kind::Text, "Next activity type")
            .joined("next_activity_id", "type")
            .v1("next_activity_type", Plain),
        field(26, "next_activity_duration", Kind::Duration, "Next activity duration")
            .joined("next_activity_id", "duration")
            .v1("next_activity_duration", ClockSeconds),
        field(27, "next_activity_note", Kind::Html, "Next activity note")
            .joined("next_activity_id", "note")
            .v1("next_activity_note", Plain),
        field(28, "last_activity_id", Kind::Reference("activity"), "Last activity")
            .derived()
            .filter()
            .v1("last_activity_id", Plain)
            .v2_asked("last_activity_id", Plain)
            .named("last_activity"),
        field(29, "last_activity_date", Kind::Date, "Last activity date")
            .derived()
            .sort()
            .v1("last_activity_date", Plain)
            .named("last_activity_date"),
        field(30, "lost_reason", Kind::Text, "Lost reason")
            .writable()
            .filter()
            .v1_collected("lost_reason", Plain)
            .v2("lost_reason", Plain)
            .named("lost_reason")
            .help("Why it was lost, in the words of people."),
        field(31, "visible_to", Kind::VisibleTo, "Visible to")
            .never_null()
            .writable()
            .filter()
            .v1_collected("visible_to", DigitText)
            .v2("visible_to", Plain)
            .named("visible_to"),
        field(32, "close_time", Kind::DateTime, "Deal closed on")
            .writable()
            .sort()
            .v1_collected("close_time", SpaceTime)
            .v2("close_time", RfcTime)
            .named("closed_time")
            .help("When it was won or lost."),
        field(33, "won_time", Kind::DateTime, "Won time")
            .writable()
            .sort()
            .v1_collected("won_time", SpaceTime)
            .v2("won_time", RfcTime)
            .named("won_time")
            .help("When it was won."),
        field(34, "lost_time", Kind::DateTime, "Lost time")
            .writable()
            .sort()
            .v1_collected("lost_time", SpaceTime)
            .v2("lost_time", RfcTime)
            .named("lost_time")
            .help("When it was lost."),
        field(35, "first_won_time", Kind::DateTime, "First won time")
            .sort()
            .v1("first_won_time", SpaceTime)
            .v2_asked("first_won_time", RfcTime)
            .named("first_won_time")
            .help("When it was won for the first time, although it may have been reopened since."),
        field(36, "local_won_date", Kind::Date, "Local won date")
            .computed(Compute::LocalDay { moment: "won_time" })
            .v1("local_won_date", Plain)
            .v2("local_won_date", Plain),
        field(37, "local_lost_date", Kind::Date, "Local lost date")
            .computed(Compute::LocalDay { moment: "lost_time" })
            .v1("local_lost_date", Plain)
            .v2("local_lost_date", Plain),
        field(38, "local_close_date", Kind::Date, "Local close date")
            .computed(Compute::LocalDay { moment: "close_time" })
            .v1("local_close_date", Plain)
            .v2("local_close_date", Plain),
        field(39, "products_count", Kind::Integer, "Number of products")
            .never_null()
            .v1("products_count", Plain)
            .v2_asked("products_count", Plain)
            .help("How many products are on it; always 0 until deals have products."),
        field(40, "files_count", Kind::Integer, "Number of files")
            .never_null()
            .v1("files_count", Plain)
            .v2_asked("files_count", Plain),
        field(41, "notes_count", Kind::Integer, "Number of notes")
            .counts("note", "deal_id", When::Any)
            .v1("notes_count", Plain)
            .v2_asked("notes_count", Plain)
            .named("notes_count"),
        field(42, "followers_count", Kind::Integer, "Number of followers")
            .counts("follower", "record_id", When::Follows("deal"))
            .v1("followers_count", Plain)
            .v2_asked("followers_count", Plain)
            .named("followers_count"),
        field(43, "email_messages_count", Kind::Integer, "Email messages count")
            .never_null()
            .v1("email_messages_count", Plain)
            .v2_asked("email_messages_count", Plain),
        field(44, "activities_count", Kind::Integer, "Total activities")
            .counts("activity", "deal_id", When::Any)
            .filter()
            .v1("activities_count", Plain)
            .v2_asked("activities_count", Plain)
            .named("activities_count"),
        field(45, "done_activities_count", Kind::Integer, "Done activities")
            .counts("activity", "deal_id", When::Done)
            .filter()
            .v1("done_activities_count", Plain)
            .v2_asked("done_activities_count", Plain)
            .named("done_activities_count"),
        field(46, "undone_activities_count", Kind::Integer, "Activities to do")
            .counts("activity", "deal_id", When::Undone)
            .filter()
            .v1("undone_activities_count", Plain)
            .v2_asked("undone_activities_count", Plain)
            .named("undone_activities_count"),
        field(47, "participants_count", Kind::Integer, "Number of participants")
            .counts("participant", "deal_id", When::Any)
            .v1("participants_count", Plain)
            .v2_asked("participants_count", Plain)
            .named("participants_count"),
        field(48, "expected_close_date", Kind::Date, "Expected close date")
            .writable()
            .sort()
            .v1_collected("expected_close_date", Plain)
            .v2("expected_close_date", Plain)
            .v2_cleared_by_empty() // live facts 3.1, 3.2
            .named("expected_close_date")
            .help("The day on which it should be won."),
        field(49, "last_incoming_mail_time", Kind::DateTime, "Last email received")
            .v1("last_incoming_mail_time", SpaceTime)
            .v2_asked("last_incoming_mail_time", RfcTime),
        field(50, "last_outgoing_mail_time", Kind::DateTime, "Last email sent")
            .v1("last_outgoing_mail_time", SpaceTime)
            .v2_asked("last_outgoing_mail_time", RfcTime),
        field(51, "label_ids", Kind::Choices, "Label")
            .options(&[])
            .writable()
            .filter()
            .v1_collected("label", CommaList)
            .v2("label_ids", List)
            .named("labels")
            .help("The labels that it carries, of the options of this field."),
        field(52, "stage_order_nr", Kind::Integer, "Stage order")
            .joined("stage_id", "order_nr")
            .v1("stage_order_nr", Plain),
        field(53, "person_name", Kind::Text, "Person's name").joined("person_id", "name").v1("person_name", Plain),
        field(54, "org_name", Kind::Text, "Organization's name").joined("org_id", "name").v1("org_name", Plain),
        field(55, "owner_name", Kind::Text, "Owner's name").joined("owner_id", "name").v1("owner_name", Plain),
        field(56, "formatted_value", Kind::Text, "Formatted value")
            .computed(Compute::Formatted { amount: "value", currency: "currency" })
            .v1("formatted_value", Plain),
        field(57, "weighted_value", Kind::Money, "Weighted value")
            .computed(Compute::Weighted {
                value: "value",
                probability: "probability",
                stage: "stage_id",
                pipeline: "pipeline_id",
            })
            .v1("weighted_value", Plain),
        field(58, "formatted_weighted_value", Kind::Text, "Formatted weighted value")
            .computed(Compute::FormattedWeighted {
                value: "value",
                probability: "probability",
                stage: "stage_id",
                pipeline: "pipeline_id",
                currency: "currency",
            })
            .v1("formatted_weighted_value", Plain),
        field(59, "weighted_value_currency", Kind::Text, "Currency of weighted value")
            .alias("currency")
            .v1("weighted_value_currency", Plain)
            .wire_read_only(),
        field(60, "rotten_time", Kind::DateTime, "Rotten time")
            .computed(Compute::RottenTime {
                status: "status",
                is_deleted: "is_deleted",
                stage: "stage_id",
                next_activity: "next_activity_id",
                stage_change_time: "stage_change_time",
                add_time: "add_time",
                update_time: "update_time",
            })
            .v1("rotten_time", SpaceTime),
        field(61, "cc_email", Kind::Text, "Smart BCC address")
            .computed(Compute::RecordMail { record: "id" })
            .v1("cc_email", Plain)
            .v2_asked("smart_bcc_email", Plain),
        field(62, "org_hidden", Kind::Boolean, "Organization hidden")
            .computed(Compute::Hidden { reference: "org_id" })
            .v1("org_hidden", Plain),
        field(63, "person_hidden", Kind::Boolean, "Person hidden")
            .computed(Compute::Hidden { reference: "person_id" })
            .v1("person_hidden", Plain),
        field(64, "origin", Kind::Text, "Origin").never_null().v1("origin", Plain).v2("origin", Plain).named("origin"),
        field(65, "origin_id", Kind::Text, "Origin ID")
            .on_create()
            .v1("origin_id", Plain)
            .v2("origin_id", Plain)
            .named("origin_id"),
        field(66, "channel", Kind::Integer, "Source channel")
            .writable()
            .v1("channel", Plain)
            .v2("channel", Plain)
            .named("channel"),
        field(67, "channel_id", Kind::Text, "Source channel ID")
            .writable()
            .v1("channel_id", Plain)
            .v2("channel_id", Plain)
            .named("channel_id"),
        field(68, "arr", Kind::Money, "Annual recurring revenue")
            .v1("arr", Plain)
            .v2("arr", Plain)
            .help("Revenue that comes back each year."),
        field(69, "mrr", Kind::Money, "Monthly recurring revenue")
            .v1("mrr", Plain)
            .v2("mrr", Plain)
            .help("Revenue that comes back each month."),
        field(70, "acv", Kind::Money, "Annual contract value")
            .v1("acv", Plain)
            .v2("acv", Plain)
            .help("What the contract is worth a year."),
        field(71, "arr_currency", Kind::Text, "Currency of ARR")
            .computed(Compute::Nothing)
            .v1("arr_currency", Plain)
            .help("Always unset: no products recur yet."),
        field(72, "mrr_currency", Kind::Text, "Currency of MRR")
            .computed(Compute::Nothing)
            .v1("mrr_currency", Plain)
            .help("Always unset: no products recur yet."),
        field(73, "acv_currency", Kind::Text, "Currency of ACV")
            .computed(Compute::Nothing)
            .v1("acv_currency", Plain)
            .help("Always unset: no products recur yet."),
        field(74, "source_lead_id", Kind::Reference("lead"), "Lead that the deal was made from")
            .v2_asked("source_lead_id", Uuid)
            .help("Unset for a deal that did not come from a lead."),
        field(75, "delete_time", Kind::DateTime, "Deleted on"),
        field(76, "next_activity", Kind::Json, "Next activity")
            .computed(Compute::Activity { activity: "next_activity_id" })
            .v1_alone("next_activity", Plain),
        field(77, "last_activity", Kind::Json, "Last activity")
            .computed(Compute::Activity { activity: "last_activity_id" })
            .v1_alone("last_activity", Plain),
        field(78, "age", Kind::Json, "Age")
            .computed(Compute::Age { add_time: "add_time", close_time: "close_time" })
            .v1_alone("age", Plain),
        field(79, "average_time_to_won", Kind::Json, "Time to won")
            .computed(Compute::TimeToWon { add_time: "add_time", won_time: "won_time" })
            .v1_alone("average_time_to_won", Plain),
        field(80, "average_stage_progress", Kind::Number, "Stage progress")
            .computed(Compute::StageProgress { stage: "stage_id", pipeline: "pipeline_id" })
            .v1_alone("average_stage_progress", Plain),
        field(81, "stay_in_pipeline_stages", Kind::Json, "Stay in stages")
            .computed(Compute::StageTimes { deal: "id", close_time: "close_time" })
            .v1_alone("stay_in_pipeline_stages", Plain),
    ],
    visibility: Visibility::Owned,
    deletion: Deletion::Soft,
    custom: Some("deal"),
    indexes: &[
        index(&["pipeline_id", "status", "shared", "add_time", "id"]),
        index(&["pipeline_id", "status", "shared", "update_time", "id"]),
        index(&["stage_id", "status", "shared", "add_time", "id"]),
        index(&["stage_id", "status", "shared", "update_time", "id"]),
        index(&["owner_id", "shared", "id"]),
        index(&["person_id", "id"]),
        index(&["org_id", "id"]),
        index(&["update_time", "id"]),
        index(&["add_time", "id"]),
        index(&["shared", "id"]),
        index(&["shared", "add_time", "id"]),
        index(&["shared", "update_time", "id"]),
    ],
    virtual_name: "deal",
    virtual_order: 10,
    reference: Some(ReferenceForm::of(&[
        own("title"),
        own("status"),
        own("value"),
        own("currency"),
        own("stage_id"),
        own("pipeline_id"),
    ])),
    flags_pictures: true,
    beside: &[Beside::MailAddress],
    listing: &[
        entry("id"),
        entry("title").adds().link("id", "/deal/"),
        entry("creator_user_id"),
        entry("owner_id").details(),
        entry("weighted_value").currency("weighted_value_currency"),
        entry("pipeline_id").key("pipeline").typed("double").adds(),
        entry("stage_id").adds(),
        entry("status").key("status").typed("status").options(Options::Words(STATUS)),
        entry("add_time"),
        entry("update_time"),
        entry("stage_change_time"),
        entry("next_activity_date"),
        entry("last_activity_date"),
        entry("won_time").when("status", "=won"),
        entry("last_incoming_mail_time"),
        entry("last_outgoing_mail_time"),
        entry("lost_time").when("status", "=lost"),
        entry("close_time"),
        entry("lost_reason").typed("varchar_options").when("status", "=lost"),
        entry("visible_to").adds().details(),
        entry("activities_count"),
        entry("done_activities_count"),
        entry("undone_activities_count"),
        entry("email_messages_count"),
        entry("mrr").called("MRR").currency("mrr_currency"),
        entry("arr").called("ARR").currency("arr_currency"),
        entry("acv").called("ACV").currency("acv_currency"),
        ORIGIN,
        ORIGIN_ID,
        CHANNEL,
        CHANNEL_ID,
        entry("is_archived").called("Archive status").options(Options::Truth("Not archived", "Archived")),
        entry("archive_time").called("Archive time"),
        in_forms(1, "value").currency("currency").aside(),
        in_forms(2, "probability").typed("int").aside(),
        in_forms(3, "org_id").when("person_id", "<=0"),
        in_forms(4, "person_id").when("org_id", "<=0"),
        in_forms(5, "expected_close_date"),
        in_forms(6, "label_ids"),
    ],
    places: &[Place::ProjectPage, Place::Pipelines],
    samples: Samples {
        create: &[
            ("title", Sample::Text("Twelve pumps")),
            ("value", Sample::Int(4200)),
            ("currency", Sample::Text("EUR")),
            ("org_id", Sample::Record("organization")),
        ],
        update: &[("value", Sample::Int(4500))],
    },
    ..Object::PLAIN
};
