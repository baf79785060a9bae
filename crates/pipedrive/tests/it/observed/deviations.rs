//! Where what was recorded differs from what Penstock answers, and why Penstock is right: what was recorded is old.

/// Records may differ at these places.
pub(super) struct Deviation {
    /// What the records are of.
    of: &'static [&'static str],
    /// The keys that differ, after `of`, separated by spaces.
    keys: &'static str,
    /// How they differ.
    how: &'static str,
    /// Why.
    pub(super) because: &'static str,
}

impl Deviation {
    /// The places that it names.
    pub(super) fn places(&self) -> Vec<String> {
        self.of.iter().flat_map(|of| self.keys.split(' ').map(move |key| format!("{of}.{key}"))).collect()
    }
    /// Whether this is what is different there.
    pub(super) fn explains(&self, place: &str, what: &str) -> bool {
        what == self.how && self.places().iter().any(|named| named == place)
    }
}

const THERE: &str = "only Pipedrive has it";
const HERE: &str = "only Penstock has it";

const fn deviation(
    of: &'static [&'static str],
    keys: &'static str,
    how: &'static str,
    because: &'static str,
) -> Deviation {
    Deviation { of, keys, how, because }
}

/// Every deviation.
pub(super) static DEVIATIONS: &[Deviation] = &[
    deviation(
        &["deal", "flat deal", "person", "flat person", "flat organization"],
        "reference_activities_count",
        THERE,
        "is no longer part of any published record (pipedrive-contract 3.1-3.3)",
    ),
    deviation(
        &["flat organization"],
        "address_lat address_long",
        THERE,
        "is no longer part of any published record (pipedrive-contract 3.3)",
    ),
    deviation(
        &["flat organization"],
        "edit_name",
        THERE,
        "deliveries show what answers show of a record that is read alone (pipedrive-contract 3.3)",
    ),
    deviation(
        &["flat deal"],
        "next_activity last_activity",
        THERE,
        "deliveries show what answers show of a record that is read alone (pipedrive-contract 3.1)",
    ),
    deviation(
        &["flat person"],
        "picture_128_url",
        THERE,
        "part of deliveries, not of answers (pipedrive-contract 3.2)",
    ),
    deviation(&["activity"], "no_gcal", THERE, "is no longer part of any published record (pipedrive-contract 3.4)"),
    deviation(
        &["flat person", "flat organization"],
        "owner_id",
        "a number there, an object here",
        "answers show an object where deliveries show a number (pipedrive-contract 3.0)",
    ),
    deviation(
        &["flat person"],
        "org_id",
        "a number there, an object here",
        "answers show an object where deliveries show a number (pipedrive-contract 3.0)",
    ),
    deviation(
        &["person"],
        "owner_id.has_pic",
        "a flag there, a number here",
        "a flag or a number; the published examples of persons have the number (pipedrive-contract 2.1)",
    ),
    deviation(&["user"], "role_id", "a text there, a number here", "published as a number (pipedrive-contract 3.9)"),
    deviation(
        &["flat person"],
        "email.label phone.label",
        HERE,
        "a person without addresses has one empty entry, which has no label (pipedrive-contract 3.0)",
    ),
    deviation(
        &["deal"],
        "creator_user_id probability first_won_time last_incoming_mail_time last_outgoing_mail_time",
        HERE,
        "came after 2015; the deliveries of 2018 have it",
    ),
    deviation(
        &["deal"],
        "person_id.active_flag person_id.owner_id org_id.active_flag org_id.address org_id.owner_id",
        HERE,
        "came after 2015 (pipedrive-contract 3.0); some organizations of 2015 have their owner",
    ),
    deviation(
        &["deal"],
        "person_id.company_id org_id.label_ids org_id.owner_name",
        HERE,
        "came in 2024 (pipedrive-contract 3.0)",
    ),
    deviation(&["deal"], "weighted_value_currency", HERE, "came after 2015; the deliveries of 2018 have it"),
    deviation(
        &["deal", "flat deal"],
        "label local_won_date local_lost_date local_close_date",
        HERE,
        "came after 2018 (pipedrive-contract 3.1)",
    ),
    deviation(
        &["deal", "flat deal"],
        "origin origin_id channel channel_id arr mrr acv arr_currency mrr_currency acv_currency \
         is_archived archive_time",
        HERE,
        "came in 2024 and 2025 (pipedrive-contract 3.1)",
    ),
    deviation(
        &["person"],
        "participant_closed_deals_count related_open_deals_count related_closed_deals_count \
         related_won_deals_count related_lost_deals_count last_incoming_mail_time \
         last_outgoing_mail_time delete_time label",
        HERE,
        "came after 2015; the list of changes of 2023 has it",
    ),
    deviation(
        &["person"],
        "org_id.active_flag org_id.address org_id.owner_id",
        HERE,
        "came after 2015 (pipedrive-contract 3.0)",
    ),
    deviation(&["person"], "org_id.label_ids org_id.owner_name", HERE, "came in 2024 (pipedrive-contract 3.0)"),
    deviation(
        &["person", "flat person", "flat organization"],
        "label_ids",
        HERE,
        "came in 2024 (pipedrive-contract 3.2, 3.3)",
    ),
    deviation(&["person", "flat person"], "primary_email", HERE, "came after 2018 (pipedrive-contract 3.2)"),
    deviation(&["flat person"], "delete_time owner_name", HERE, "one of the records has it, another does not"),
    deviation(&["flat organization"], "delete_time", HERE, "came after 2019 (pipedrive-contract 3.3)"),
    deviation(
        &["person", "flat person"],
        "im notes birthday job_title postal_address postal_address_subpremise \
         postal_address_street_number postal_address_route postal_address_sublocality \
         postal_address_locality postal_address_admin_area_level_1 postal_address_admin_area_level_2 \
         postal_address_country postal_address_postal_code postal_address_formatted_address",
        HERE,
        "shown with the synchronisation of contacts, which those accounts did not have \
         (pipedrive-contract 3.2)",
    ),
    deviation(
        &["person", "flat person"],
        "marketing_status",
        HERE,
        "shown with campaigns, which those accounts did not have (pipedrive-contract 3.2)",
    ),
    deviation(
        &["activity"],
        "busy_flag public_description attendees lead_id lead_title project_id type_name file series \
         is_recurring rec_rule rec_rule_extension rec_master_activity_id source_timezone \
         calendar_sync_include_context conference_meeting_client conference_meeting_url \
         conference_meeting_id location location_subpremise location_street_number location_route \
         location_sublocality location_locality location_admin_area_level_1 location_admin_area_level_2 \
         location_country location_postal_code location_formatted_address",
        HERE,
        "came after 2018 (pipedrive-contract 3.4)",
    ),
    deviation(&["stage"], "pipeline_deal_probability", HERE, "came after 2015 (pipedrive-contract 3.8)"),
    deviation(
        &["user"],
        "access has_created_company is_deleted timezone_offset",
        HERE,
        "came after 2015 (pipedrive-contract 3.9)",
    ),
];
