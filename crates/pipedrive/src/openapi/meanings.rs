//! What the keys mean that no object's table describes: parts of values, field metadata, envelopes.
//!
//! The tables of objects describe their own fields; this is for all the rest, and completes a document in one pass.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value as Json};

/// A key of a named schema, or of any that has it when no schema is named, and what it means.
type Meaning = (&'static str, &'static str, &'static str);

const VALUES: &[Meaning] = &[
    ("ActivityAttendee", "email", "Where the invitation goes."),
    ("ActivityAttendee", "email_address", "Where the invitation goes."),
    ("ActivityAttendee", "name", "How the attendee is called; the address when no name is known."),
    ("ActivityAttendee", "status", "What the attendee answered, in the calendar's word; `noreply` until then."),
    ("ActivityAttendee", "is_organizer", "Whether the invitation came from this address."),
    ("ActivityAttendee", "person_id", "The person with this address, when it is one."),
    ("ActivityAttendee", "user_id", "The user with this address, when it is one."),
    ("ActivityParticipant", "person_id", "The person who takes part."),
    ("ActivityParticipant", "primary", "Whether it is the activity's own `person_id`; one participant is."),
    ("ActivityParticipant", "primary_flag", "Whether it is the activity's own `person_id`; one participant is."),
    ("Address", "subpremise", "The flat, suite or floor."),
    ("Address", "street_number", "The number of the house."),
    ("Address", "route", "The street."),
    ("Address", "sublocality", "The district of the town."),
    ("Address", "locality", "The town."),
    ("Address", "admin_area_level_1", "The state, province or region."),
    ("Address", "admin_area_level_2", "The county or district within it."),
    ("Address", "country", "The country's name."),
    ("Address", "postal_code", "The code of the post."),
    ("Address", "formatted_address", "The address as a geocoder would write it."),
    ("Amount", "value", "How much, in whole units of the currency."),
    ("Amount", "currency", "Three letters of ISO 4217."),
    ("AppAccess", "app", "The area that the user may enter: `global`, `sales` or `account_settings`."),
    ("AppAccess", "admin", "Whether as an admin."),
    ("AppAccess", "permission_set_id", "The permission set there; always unset, as there are none yet."),
    ("Author", "email", "The address that the author signs in with."),
    ("Author", "name", "The author's name."),
    ("Author", "icon_url", "The author's picture; null without one."),
    ("Author", "is_you", "Whether it is the asking user."),
    ("DateRange", "value", "The first day."),
    ("DateRange", "until", "The last day."),
    ("MoneyPair", "amount", "How much, in whole units of the currency."),
    ("MoneyPair", "currency", "Three letters of ISO 4217."),
    ("Span", "y", "Whole years, of 365 days."),
    ("Span", "m", "Whole months beyond them, of 30 days."),
    ("Span", "d", "Whole days beyond them."),
    ("Span", "h", "Whole hours beyond them."),
    ("Span", "i", "Whole minutes beyond them."),
    ("Span", "s", "Seconds beyond them."),
    ("Span", "total_seconds", "The whole span in seconds."),
    ("StageTimes", "order_of_stages", "The ids of the pipeline's stages, first to last."),
    ("TimeRange", "value", "When it begins."),
    ("TimeRange", "until", "When it ends."),
    ("ZonedTime", "value", "The time of day."),
    ("", "timezone_id", "The zone's number, kept as it was given."),
    ("", "timezone_name", "The zone's name, such as `Europe/Tallinn`."),
    ("Contact", "value", "The address or number."),
    ("Contact", "primary", "Whether it is the one to use first; one entry of a list is."),
    ("Contact", "label", "What it is for, such as `work` or `home`."),
    ("ContactBody", "value", "The address or number."),
    ("ContactBody", "primary", "Whether it is the one to use first; without any the first entry is."),
    ("ContactBody", "label", "What it is for, such as `home`; `work` when left out."),
];

const RECORDS: &[Meaning] = &[
    ("Currency", "id", "The number of the currency on this server."),
    ("Currency", "code", "Three letters of ISO 4217."),
    ("Currency", "name", "The currency's name in English."),
    ("Currency", "decimal_points", "How many digits stand behind the point."),
    ("Currency", "symbol", "The sign that formatted amounts begin with."),
    ("Currency", "active_flag", "Whether amounts can be in it."),
    ("Currency", "is_custom_flag", "Whether the account made it up; false for those of ISO 4217."),
    ("DealParticipant", "related_item_data", "The deal, by number and title."),
    ("DealParticipant", "person", "The person who takes part, as persons are listed."),
    ("DealSummary", "total_count", "How many deals there are, in any currency."),
    ("DealSummary", "total_currency_converted_value", "The values of those in the company's currency."),
    ("DealSummary", "total_weighted_currency_converted_value", "The same, each value times its probability."),
    ("DealSummary", "total_currency_converted_value_formatted", "The first sum with the currency's sign."),
    ("DealSummary", "total_weighted_currency_converted_value_formatted", "The second sum with the currency's sign."),
    ("Follower", "user_id", "Who follows."),
    ("Follower", "add_time", "Since when."),
    ("FollowerChange", "action", "Whether somebody began or ceased to follow."),
    ("FollowerChange", "actor_user_id", "Who did it."),
    ("FollowerChange", "follower_user_id", "Who follows now, or no longer."),
    ("FollowerChange", "time", "When it was done."),
    ("Error", "success", "False in every refusal."),
    ("InvalidRequest", "success", "False in every refusal."),
    ("Error", "error_info", "More about it, such as where the details are."),
    ("Error", "data", "Nothing: a refusal has no data."),
    ("Error", "additional_data", "Nothing: a refusal has no data."),
    ("OffsetPage", "pagination", "Where the page begins, how long it may be, and whether more follow."),
];

const FIELDS: &[Meaning] = &[
    ("Field", "order_nr", "Where the field stands among the object's fields."),
    ("Field", "add_time", "When the field was made; null for one that is built in."),
    ("Field", "update_time", "When the field was last changed; null for one that is built in."),
    ("Field", "created_by_user_id", "Who made the field; null for one that is built in."),
    ("Field", "last_updated_by_user_id", "Who changed the field last; null for one that is built in."),
    ("Field", "active_flag", "False once the field is deleted."),
    ("Field", "index_visible_flag", "Whether lists on a screen may show it as a column."),
    ("Field", "details_visible_flag", "Whether the page of a record shows it."),
    ("Field", "important_flag", "Whether people are reminded to fill it in."),
    ("Field", "bulk_edit_allowed", "Whether it can be changed on many records at once."),
    ("Field", "searchable_flag", "Whether search finds its words."),
    ("Field", "filtering_allowed", "Whether filters may name it."),
    ("Field", "sortable_flag", "Whether lists can be sorted by it."),
    ("Field", "options_deleted", "The options that can no longer be chosen, though records may still have them."),
    ("Field", "is_subfield", "Whether it is a part of another field, such as an amount's currency."),
    ("Field", "parent_id", "The number of the field that it is a part of."),
    ("Field", "id_suffix", "What the part's key ends in, behind that of its field."),
    ("Field", "is_custom_field", "Whether the account made it."),
    ("Field", "description", "What people are told about the field."),
    ("FieldOption", "id", "What records carry for the option: a number, or a word in fields that are built in."),
    ("FieldOption", "label", "What people read."),
    ("FieldOption", "color", "The colour of a label; null for other options."),
    ("FieldOption", "add_time", "When the option was added."),
    ("FieldOption", "update_time", "When the option was last changed."),
    ("FieldImportance", "enabled", "Whether people are reminded to fill the field in."),
    ("FieldImportance", "stage_ids", "Only in these stages; null for all."),
    ("FieldRequirement", "enabled", "Whether forms insist on a value. No API enforces it."),
    ("FieldRequirement", "stage_ids", "Only in these stages; null for all."),
    ("FieldRequirement", "statuses", "Only for deals of these statuses, by pipeline."),
    ("FieldVisibility", "projects_detail_visible_flag", "Whether the page of a project shows it."),
    ("FieldVisibility", "show_in_add_deal_dialog", "Whether, and where, the form for a new deal has it."),
    ("ShownInPipelines", "show_in_all", "Whether every pipeline shows the field."),
    ("ShownInPipelines", "pipeline_ids", "Otherwise those that do."),
    ("", "add_visible_flag", "Whether the form for a new record has it."),
    ("FieldVisibility", "details_visible_flag", "Whether the page of a record shows it."),
    ("", "ui_visibility", "Where the field is shown to people."),
    ("", "important_fields", "Whether, and in which stages, people are reminded to fill it in."),
    ("", "required_fields", "Whether, and in which stages, forms insist on a value. No API enforces it."),
    ("Field", "name", "The field's name for people."),
    ("", "field_name", "The field's name for people."),
    ("Field", "field_code", "What records have its value under, and other operations name it by."),
    ("Field", "field_type", "What the field holds."),
    ("Field", "create", "Whether a new record can have a value for it."),
    ("Field", "update", "Whether the value of a record can be changed."),
    ("FieldVisibility", "show", "Whether the form has it."),
    ("FieldVisibility", "order", "Where in the form, first to last."),
];

const BODIES: &[Meaning] = &[
    ("Body", "name", "The field's name for people, at most 255 characters."),
    ("Body", "description", "What people are told about the field."),
    ("Body", "label", "What people read; no other option of the field has it."),
    ("Body", "id", "Which option of the field."),
    ("Body", "person_id", "The person who is to take part."),
    ("Body", "app", "The area that the user may enter, such as `sales`."),
    ("Body", "admin", "Whether the user is an admin there."),
];

const ANSWERS: &[Meaning] = &[
    ("Answer", "id", "What the request was about, by its id; a list for several."),
    ("Answer", "user_id", "The user who follows, or followed."),
    ("Answer", "name", "What it is called, as people read it."),
    ("Answer", "email", "The address that the user signs in with."),
    ("Answer", "dropbox_email", "The address that mail is copied to, to file it here."),
    ("Answer", "activities", "How many activities of each type, by the type's key."),
    ("Answer", "activity_count", "How many activities of the list are the user's."),
    ("Answer", "share", "The user's part of all the activities of the list, 0 to 1."),
    ("Answer", "company_id", "The number of the company on this server."),
    ("Answer", "company_name", "What the company is called."),
    ("Answer", "company_domain", "The first part of the name under which Pipedrive would serve the company."),
    ("Answer", "company_country", "Where the company is at home, two letters of ISO 3166; null until it is set."),
    ("Answer", "company_industry", "What the company does; null until it is set."),
    ("Answer", "language", "The language of the user's screens."),
    ("Answer", "language_code", "The language, two letters of ISO 639."),
    ("Answer", "country_code", "The region whose variant of the language it is, two letters of ISO 3166."),
    ("OffsetPage", "start", "How many records come before the page."),
    ("OffsetPage", "limit", "How many records the page holds at most."),
    ("OffsetPage", "more_items_in_collection", "Whether another page follows."),
    ("Note", "name", "What the record is called, as people read it."),
    ("Note", "title", "What the record is called, as people read it."),
    ("DealParticipant", "deal_id", "The deal that the person takes part in."),
    ("DealParticipant", "title", "What the deal is about."),
    ("DealSummary", "count", "How many deals are in this currency."),
    ("DealSummary", "value", "The sum of their values in this currency."),
    ("DealSummary", "value_formatted", "That sum with the currency's sign."),
    ("DealSummary", "value_converted", "That sum in the company's currency."),
    ("DealSummary", "value_converted_formatted", "That sum in the company's currency with its sign."),
    ("CustomValue", "id", "The option's number."),
    ("CustomValue", "label", "What people read for the option."),
    ("DealWithIds", "id", "The option's number."),
    ("DealWithIds", "label", "What people read for the option."),
    ("PersonWithIds", "id", "The option's number."),
    ("PersonWithIds", "label", "What people read for the option."),
    ("OrganizationWithIds", "id", "The option's number."),
    ("OrganizationWithIds", "label", "What people read for the option."),
];

const REFERENCES: &[Meaning] = &[
    ("", "company_id", "The number of the company on this server."),
    ("", "cc_email", "The address that mail is copied to in order to file it."),
    ("", "pic_hash", "Nothing: there are no pictures yet."),
    ("RelatedUser", "id", "The user's number."),
    ("RelatedPerson", "id", "The person's number."),
    ("RelatedOrganization", "id", "The organization's number."),
    ("RelatedDeal", "id", "The deal's number."),
    ("RelatedStage", "id", "The stage's number."),
    ("RelatedPipeline", "id", "The pipeline's number."),
    ("UserReference", "id", "The id, as in `value`."),
    ("RelatedObjects", "user", "Users by id."),
    ("RelatedObjects", "person", "Persons by id."),
    ("RelatedObjects", "organization", "Organizations by id."),
    ("RelatedObjects", "deal", "Deals by id."),
    ("RelatedObjects", "stage", "Stages by id."),
    ("RelatedObjects", "pipeline", "Pipelines by id."),
];

/// What a key of a schema means.
pub(super) fn meaning(schema: &str, key: &str) -> Option<&'static str> {
    let all = || [VALUES, RECORDS, FIELDS, BODIES, ANSWERS, REFERENCES].into_iter().flatten();
    let of = |owner: &str| all().find(|(schema, name, _)| *schema == owner && *name == key);
    of(schema).or_else(|| of("")).map(|(_, _, meaning)| *meaning)
}

/// Gives every key that has no description yet the one that stands here.
pub(super) fn complete(schemas: &mut BTreeMap<String, Json>, paths: &mut Map<String, Json>) {
    let of_component = |(name, schema): (&String, &Json)| {
        schema.get("description").is_some().then(|| format!("#/components/schemas/{name}"))
    };
    let described: HashSet<String> = schemas.iter().filter_map(of_component).collect();
    for (name, schema) in &mut *schemas {
        describe(name, schema, &described);
    }
    for operation in paths.values_mut().filter_map(Json::as_object_mut).flat_map(|path| path.values_mut()) {
        if let Some(body) = operation.pointer_mut("/requestBody/content") {
            describe("Body", body, &described);
        }
        if let Some(responses) = operation.get_mut("responses") {
            describe("Answer", responses, &described);
        }
    }
}

/// Describes the keys of a schema and of all inside it.
fn describe(owner: &str, schema: &mut Json, described: &HashSet<String>) {
    match schema {
        Json::Array(parts) => parts.iter_mut().for_each(|part| describe(owner, part, described)),
        Json::Object(parts) => {
            for (key, value) in parts.get_mut("properties").and_then(Json::as_object_mut).into_iter().flatten() {
                let is_described = value.get("description").is_some()
                    || value["$ref"].as_str().is_some_and(|target| described.contains(target));
                if let Some(text) = meaning(owner, key).filter(|_| !is_described) {
                    value["description"] = text.into();
                }
            }
            parts.values_mut().for_each(|part| describe(owner, part, described));
        }
        _ => {}
    }
}
