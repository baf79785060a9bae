//! How deals and leads came to be, as their field metadata lists it.

use crate::field::listing::{Entry, Options, entry};

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

pub(super) const ORIGIN: Entry =
    entry("origin").called("Source origin").typed("enum").options(Options::Words(ORIGINS)).details();
pub(super) const ORIGIN_ID: Entry = entry("origin_id").called("Source origin ID").details();
pub(super) const CHANNEL: Entry = entry("channel").typed("enum").adds().details();
pub(super) const CHANNEL_ID: Entry = entry("channel_id").adds().details();
