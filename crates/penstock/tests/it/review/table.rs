//! The review, statement by statement, in this project's words.

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Something that is good, and has to be here as well.
    Strength,
    /// Something that is wrong there. The Pipedrive face does the same, because clients rely on it.
    Flaw,
    /// Something that the reviewer missed.
    Wish,
}

/// One statement, and what Penstock does about it.
pub(super) struct Row {
    pub(super) sort: Sort,
    /// The statement.
    pub(super) says: &'static str,
    /// The request on the Pipedrive face that shows Pipedrive's behaviour, and what it shows.
    pub(super) there: &'static str,
    /// The request that shows the repair, and what it shows.
    pub(super) here: &'static str,
    /// The tests of both.
    pub(super) tests: &'static [&'static str],
    /// What is still open; empty when nothing is.
    pub(super) open: &'static str,
}

use Sort::{Flaw, Strength, Wish};

const fn row(sort: Sort, says: &'static str) -> Row {
    Row { sort, says, there: "", here: "", tests: &[], open: "" }
}

impl Row {
    const fn there(mut self, there: &'static str) -> Self {
        self.there = there;
        self
    }
    const fn here(mut self, here: &'static str) -> Self {
        self.here = here;
        self
    }
    const fn tests(mut self, tests: &'static [&'static str]) -> Self {
        self.tests = tests;
        self
    }
    const fn open(mut self, open: &'static str) -> Self {
        self.open = open;
        self
    }
}

/// Every statement of the review, in its order.
pub(super) static ROWS: &[Row] = &[
    row(Strength, "There are OAuth 2.0 and API tokens.")
        .there("`GET /v1/users/me` with `x-api-token`, with `?api_token=`, and with a bearer token")
        .here("the same tokens, as `authorization: Bearer` or `x-api-token`")
        .tests(&["a_token_may_come_in_every_way", "a_token_is_taken_from_either_header"])
        .open("OAuth 2.0."),
    row(
        Flaw,
        "Who registers a public app can't let users of other accounts in before a review; a private one \
        can at once.",
    )
    .open("OAuth 2.0 and the registration of apps, which will need nobody's review."),
    row(Strength, "There is a sandbox to develop in.")
        .there("`POST /v1/sandbox/reset`, `/clock` and `/faults`, which only sandboxes have")
        .tests(&[
            "a_sandbox_goes_back_to_its_seed",
            "a_sandbox_has_a_clock_of_its_own",
            "a_sandbox_fails_on_purpose_as_often_as_it_was_told_to",
        ]),
    row(
        Strength,
        "The API covers a sales CRM: leads, contacts, organizations, deals, pipelines, and calls, \
        meetings and notes about them.",
    )
    .there("every operation of those groups, in both versions")
    .here("`GET /v1/dynamic/default/metadata`: the same objects, all with the same operations")
    .tests(&[
        "every_operation_has_examples_of_its_success_and_its_failure",
        "every_example_holds",
        "every_object_is_listed_and_read_alike",
    ])
    .open("The operations that `docs/compatibility.md` names as to come."),
    row(
        Flaw,
        "References are objects in most answers, integers in those of activities and notes, and named \
        `*_id` in both.",
    )
    .there(
        "`GET /v1/deals/1` shows `org_id` as an object, `GET /v1/activities/1` and `GET /v1/notes/1` as \
            an integer",
    )
    .here(
        "`GET /v1/dynamic/default/objects/activity/1` has `organization`, an id; metadata types it \
            `reference` and says to what; `expand=organization` gives the record",
    )
    .tests(&[
        "references_are_objects_here_and_integers_there",
        "references_are_named_for_their_role_and_say_their_target",
        "the_record_of_a_reference_is_embedded_beside_it",
    ]),
    row(Flaw, "References are read as objects and have to be written as integers.")
        .there("`GET /v1/persons/1` shows `org_id` as an object, `PUT /v1/persons/1` takes its id")
        .here("`PATCH /v1/dynamic/default/objects/person/1` takes what `GET` gave, whole")
        .tests(&[
            "references_are_read_one_way_and_written_another",
            "what_is_writable_is_written_and_reads_back",
            "a_patch_with_what_was_read_writes_nothing",
        ]),
    row(Flaw, "Dates have different formats in different places.")
        .there(
            "`add_time` is `2026-03-02 09:30:00` of a deal and `2026-03-02T09:30:00.000Z` of a lead; \
            `due_date` is a day",
        )
        .here("moments are RFC 3339 in UTC, days `YYYY-MM-DD`, times `HH:MM:SS`, spans ISO 8601, of every object")
        .tests(&["moments_and_days_have_several_spellings", "moments_days_times_and_spans_have_one_form"]),
    row(Flaw, "Every object is updated by `PUT`, but leads by `PATCH`.")
        .there("`PUT /v1/deals/1` works and `PATCH` is 404; for `/v1/leads/{id}` it is the other way round")
        .here("`PATCH /v1/dynamic/default/objects/{object}/{id}`: absent stays, null clears")
        .tests(&[
            "everything_is_updated_by_put_but_leads",
            "a_record_is_made_changed_and_deleted",
            "absent_stays_null_clears_and_a_value_is_set",
        ]),
    row(Flaw, "Field lists of activities and notes miss important references: organization, participants.")
        .there(
            "`GET /v1/activityFields` and `/v1/noteFields` name the parents and the participants; names of \
            linked records, which activities show, are still in no list",
        )
        .here(
            "`GET /v1/dynamic/default/metadata/activity` and `/metadata/note` have `organization`, `person`, `deal`, \
            `lead` and `participants`, with their targets",
        )
        .tests(&[
            "a_note_concerns_its_person_and_who_takes_part_in_its_deal_or_lead",
            "field_lists_of_activities_and_notes_name_their_parents_and_participants",
            "references_are_named_for_their_role_and_say_their_target",
        ]),
    row(Flaw, "Documented fields are missing from the metadata.")
        .there("`GET /v1/activities/1` shows `org_name`, which `GET /v1/activityFields` does not have")
        .here("every key of any answer is in the metadata, and every field of the metadata is in the answer")
        .tests(&[
            "field_lists_of_activities_and_notes_name_their_parents_and_participants",
            "every_key_of_an_answer_is_in_the_metadata_and_every_field_is_in_the_answer",
        ]),
    row(Flaw, "The metadata does not say which fields can be edited.")
        .there(
            "`GET /v1/dealFields` has no such flag; `edit_flag` only tells custom fields from built-in ones; only \
            `include=description`, which Pipedrive does not have, adds `read_only`",
        )
        .here(
            "`read_only`, for creating and for updating, as it is for the user who asks; what it refuses is \
            refused by name",
        )
        .tests(&[
            "field_lists_do_not_say_what_can_be_written",
            "a_description_tells_what_pipedrive_does_not_and_only_when_asked_for",
            "read_only_is_what_it_is_for_the_user_who_asks",
            "what_is_read_only_on_create_is_refused_by_name",
            "what_is_read_only_on_update_is_refused_by_name",
        ]),
    row(Flaw, "Flags are typed as an enumeration of 1 and 0, though their values are true and false.")
        .there("`GET /v1/noteFields` types `pinned_to_deal_flag` `enum`; `GET /v1/notes/1` shows it as `false`")
        .here("`GET /v1/dynamic/default/metadata/note/is_pinned_to_deal`: `boolean`")
        .tests(&[
            "flags_are_typed_as_options_though_their_values_are_true_and_false",
            "types_that_mean_different_things_are_different",
        ]),
    row(Flaw, "One type, `time`, means a time of day and a duration.")
        .there("`GET /v1/activityFields` types both `due_time` and `duration` `time`")
        .here("metadata of `activity`: `due_time` is a `time`, `duration` a `duration`")
        .tests(&["a_clock_time_and_a_duration_have_one_type", "types_that_mean_different_things_are_different"]),
    row(Wish, "Metadata should be enough to build an interface that adapts to whatever an account has.")
        .here(
            "a client that knows no field reads the metadata, writes every writable field of every object and \
            reads it back",
        )
        .tests(&["what_is_writable_is_written_and_reads_back", "what_is_writable_on_create_is_created"])
        .open("Layouts."),
    row(Strength, "One search looks through several objects at once.").open("Search."),
    row(Flaw, "That search leaves out activities and notes.").open("Search."),
    row(Strength, "Lists can be filtered by saved filters.").open("Saved filters."),
    row(Wish, "Lists should take a filter without one being saved first.")
        .there("`GET /api/v2/deals?owner_id=1&status=open` and the like: what version 2 has")
        .here(
            "`GET /v1/dynamic/default/objects/deal?filter=status = 'open' AND value.amount > 5000`, on any \
            field that metadata calls filterable",
        )
        .tests(&["a_filter_chooses_what_it_says", "random_filters_choose_what_a_reader_of_all_records_would"]),
    row(Flaw, "The richer lists are for global admins only.")
        .there(
            "`GET /v1/deals/collection` answers every user, narrowed to what the user may see: no client can \
            rely on a refusal",
        )
        .here("there is one kind of list, for every user")
        .tests(&[
            "lists_of_everything_are_for_every_user_and_narrowed_to_what_the_user_sees",
            "a_hidden_record_does_not_exist_for_another_user",
        ]),
    row(Flaw, "An activity that was synced already can't be found again.")
        .there("activities have no key of another system's")
        .here(
            "`PUT /v1/dynamic/default/objects/activity/by/external_id/{source}/{key}`: synced twice, or fifty \
            times at once, it is one activity, found by one `GET`",
        )
        .tests(&[
            "an_event_that_is_synced_fifty_times_at_once_is_one_activity",
            "every_object_can_be_made_with_a_key_and_found_by_it",
        ]),
    row(Flaw, "An email that was logged already can't be found by its Message-ID.").open("Emails."),
    row(Strength, "Recents are made for syncing.")
        .there("`GET /v1/deals/collection?since=..` and `GET /api/v2/deals?updated_since=..` until then")
        .here("`GET /v1/dynamic/default/objects/deal?since=..`")
        .tests(&["since_gives_what_changed_after_a_moment"])
        .open("`/v1/recents`, and `sync` with deletions."),
    row(Strength, "Field lists of each object are there for interfaces to build on.")
        .there("`GET /v1/dealFields` and its like, in both versions")
        .here("`GET /v1/dynamic/default/metadata/deal`")
        .tests(&["a_field_of_every_kind_can_be_made", "a_custom_field_has_the_name_that_it_was_made_with"]),
    row(Flaw, "Leads have no field list.")
        .there("`GET /v1/leadFields`, with the custom fields of deals, which leads carry")
        .here("`GET /v1/dynamic/default/metadata/lead`")
        .tests(&["leads_have_a_field_list", "leads_carry_the_fields_of_deals_under_the_same_names"]),
    row(Flaw, "Nothing tells which custom fields belong to which pipeline.")
        .there("`show_in_pipelines` of every field in `GET /v1/dealFields`")
        .tests(&["field_lists_say_which_pipelines_show_a_field"])
        .open("Layouts per pipeline and stage in the metadata."),
    row(Strength, "Webhooks are flexible.").open("Webhooks."),
    row(Strength, "The documentation is comprehensive.")
        .there("`/docs`: a page for each operation, with a line to try, what it takes, answers and refuses")
        .here("`/openapi/virtual.json`, and guides whose code runs in tests")
        .tests(&[
            "every_page_renders_whole",
            "no_link_is_dead",
            "every_answer_is_what_the_openapi_documents_say",
            "answers_and_bodies_are_what_the_document_says",
        ]),
];
