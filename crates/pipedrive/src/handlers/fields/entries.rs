//! The built-in fields that v1 lists, in its order (pipedrive-contract 5.1).
//!
//! Deals follow a recorded answer of 2025, key by key. Of persons, organizations and activities no whole answer is
//! published: theirs are the fields of a record that are neither copied from another record nor spelt a second time.
//! Names, numbers, kinds and what may be filtered, sorted and written stand in the objects' tables, not here.

use penstock_model::Object;

use super::entry::{Entry, Options, entry, form};

/// Where a deal or lead came from.
const ORIGINS: &[(&str, &str)] = &[
    ("ManuallyCreated", "Manually created"),
    ("Import", "Import"),
    ("API", "API"),
    ("Automation", "Automation"),
    ("Marketplace", "Marketplace"),
    ("Prospector", "Prospector"),
    ("LeadSuggestion", "Lead suggestions"),
    ("WebForms", "Web Forms"),
    ("Chatbot", "Chatbot"),
    ("LiveChat", "Live Chat"),
    ("WebVisitors", "Web Visitors"),
    ("Campaigns", "Campaigns"),
    ("MessagingInbox", "Messaging inbox"),
];

const STATUS: &[(&str, &str)] = &[("open", "Open"), ("lost", "Lost"), ("won", "Won"), ("deleted", "Deleted")];

const ORIGIN: Entry = entry("origin").called("Source origin").typed("enum").options(Options::Words(ORIGINS)).details();
const ORIGIN_ID: Entry = entry("origin_id").called("Source origin ID").details();
const CHANNEL: Entry = entry("channel").typed("enum").adds().details();
const CHANNEL_ID: Entry = entry("channel_id").adds().details();

static DEAL: &[Entry] = &[
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
    form(1, "value").currency("currency").aside(),
    form(2, "probability").typed("int").aside(),
    form(3, "org_id").when("person_id", "<=0"),
    form(4, "person_id").when("org_id", "<=0"),
    form(5, "expected_close_date"),
    form(6, "label_ids"),
];

static PERSON: &[Entry] = &[
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
    form(1, "name").mandatory().link("id", "/person/"),
    form(2, "label_ids").key("label").called("Label"),
    form(3, "org_id"),
    form(4, "phones"),
    form(5, "emails").typed("varchar"),
    form(6, "im").typed("varchar"),
    form(7, "postal_address"),
    form(8, "notes"),
    form(9, "birthday"),
    form(10, "job_title"),
];

static ORGANIZATION: &[Entry] = &[
    entry("id"),
    entry("owner_id").adds().details(),
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
    form(1, "name").mandatory().link("id", "/organization/"),
    form(2, "label_ids").key("label").called("Label"),
    form(3, "address"),
];

static ACTIVITY: &[Entry] = &[
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
    form(1, "subject").mandatory(),
    form(2, "type").typed("enum").options(Options::ActivityTypes).mandatory(),
    form(3, "due_date"),
    form(4, "due_time"),
    form(5, "duration"),
    form(6, "owner_id").mandatory(),
    form(7, "done").options(Options::Flag("To do", "Done")),
    form(8, "busy").options(Options::Flag("Free", "Busy")),
    form(9, "deal_id"),
    form(10, "lead_id"),
    form(11, "person_id"),
    form(12, "org_id"),
    form(13, "project_id").typed("project"),
    form(14, "participants"),
    form(15, "attendees"),
    form(16, "location"),
    form(17, "note"),
    form(18, "public_description"),
];

static NOTE: &[Entry] = &[
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
];

static LEAD: &[Entry] = &[
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
    form(1, "value").aside(),
    form(2, "org_id").when("person_id", "<=0"),
    form(3, "person_id").when("organization_id", "<=0"),
    form(4, "expected_close_date"),
    form(5, "label_ids").options(Options::LeadLabels),
];

/// What v1 lists of an object.
struct Sheet {
    object: &'static str,
    entries: &'static [Entry],
    /// Whether only the least is told of each: the published example of notes has no more.
    is_brief: bool,
}

const fn sheet(object: &'static str, entries: &'static [Entry]) -> Sheet {
    Sheet { object, entries, is_brief: false }
}

static SHEETS: [Sheet; 6] = [
    sheet("deal", DEAL),
    sheet("person", PERSON),
    sheet("organization", ORGANIZATION),
    sheet("activity", ACTIVITY),
    Sheet { is_brief: true, ..sheet("note", NOTE) },
    sheet("lead", LEAD),
];

fn sheet_of(object: &Object) -> Option<&'static Sheet> {
    SHEETS.iter().find(|sheet| sheet.object == object.name)
}

/// The built-in fields of an object, in order.
pub(super) fn of(object: &Object) -> &'static [Entry] {
    sheet_of(object).map_or(&[], |sheet| sheet.entries)
}

/// Whether v1 tells only the least of an object's fields.
pub(super) fn is_brief(object: &Object) -> bool {
    sheet_of(object).is_some_and(|sheet| sheet.is_brief)
}
