//! Activities of both versions.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, Null, T},
    given::{ACTIVITY, CONTACTS, DEAL, ORGANIZATION, PERSON, SALE, SECOND_ACTIVITY},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /activities", "the asking user's own activities come with what they refer to", "/v1/activities")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY, step("POST", "/v1/activities", r#"{"user_id":3}"#)])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/user_id", N(2)),
            ("/data/0/due_time", T("10:00")),
            ("/data/0/duration", T("00:30")),
            ("/data/0/person_id", N(1)),
            ("/data/0/participants", Json(r#"[{"person_id":1,"primary_flag":true}]"#)),
            ("/data/0/attendees/0/email_address", T("eve@guest.example")),
            ("/data/0/type_name", T("Call")),
            ("/related_objects/user/2/name", T("Ann")),
            ("/related_objects/organization/1/name", T("Smith Works")),
        ]),
    ok("v1 GET /activities", "user_id=0 means everyone's", "/v1/activities?user_id=0")
        .given(&[SECOND_ACTIVITY, step("POST", "/v1/activities", r#"{"user_id":3}"#)])
        .holds(&[("/data", Len(2))]),
    no("v1 GET /activities", "a day must be one", "/v1/activities?start_date=tomorrow", 400),
    ok("v1 GET /activities/collection", "every user reads the collection", "/v1/activities/collection")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .holds(&[("/data/0/subject", T("Ask about engines")), ("/data/0/note", Absent)]),
    no("v1 GET /activities/collection", "a page has at least one activity", "/v1/activities/collection?limit=0", 400),
    ok("v1 GET /activities/{id}", "an activity is read", "/v1/activities/1")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .holds(&[
            ("/data/id", N(1)),
            ("/data/done", B(false)),
            ("/data/marked_as_done_time", T("")),
            ("/data/location", T("Main Street 1, Berlin")),
            ("/data/assigned_to_user_id", N(2)),
            ("/data/deal_title", T("Engines")),
            ("/data/deal_dropbox_bcc", T("acme+deal1@pipedrivemail.com")),
        ]),
    no("v1 GET /activities/{id}", "an unknown activity is not found", "/v1/activities/99", 404)
        .holds(&[("/error", T("Activity not found"))]),
    ok("v1 POST /activities", "an activity is a call unless it is said", "/v1/activities")
        .body("{}")
        .holds(&[
            ("/data/type", T("call")),
            ("/data/subject", T("Call")),
            ("/data/due_time", T("")),
            ("/data/user_id", N(2)),
            ("/additional_data/more_activities_scheduled_in_context", B(false)),
        ]),
    no("v1 POST /activities", "an unknown type is refused", "/v1/activities", 400).body(r#"{"type":"dance"}"#),
    no("v1 POST /activities", "an unknown deal is refused", "/v1/activities", 400).body(r#"{"deal_id":99}"#),
    ok("v1 PUT /activities/{id}", "an activity is done", "/v1/activities/1")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .body(r#"{"done":1}"#)
        .holds(&[("/data/done", B(true)), ("/data/marked_as_done_time", T("2026-03-02 09:00:00"))]),
    no("v1 PUT /activities/{id}", "an unknown activity is not changed", "/v1/activities/99", 404).body(r#"{"done":1}"#),
    ok("v1 DELETE /activities/{id}", "an activity is deleted and named", "/v1/activities/1")
        .given(&[SECOND_ACTIVITY])
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v1 DELETE /activities/{id}", "an unknown activity is not deleted", "/v1/activities/99", 404),
    ok("v1 DELETE /activities", "activities are deleted together", "/v1/activities?ids=1")
        .given(&[SECOND_ACTIVITY])
        .holds(&[("/data/id", Json("[1]"))]),
    no("v1 DELETE /activities", "ids must be numbers", "/v1/activities?ids=1,x", 400),
    ok("v2 GET /activities", "everyone's activities are listed", "/api/v2/activities?include_fields=attendees")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY, step("POST", "/v1/activities", r#"{"user_id":3}"#)])
        .holds(&[
            ("/data", Len(2)),
            ("/data/0/owner_id", N(2)),
            ("/data/0/due_time", T("10:00:00")),
            ("/data/0/participants", Json(r#"[{"person_id":1,"primary":true}]"#)),
            ("/data/0/attendees/0/email", T("eve@guest.example")),
            ("/data/0/location/value", T("Main Street 1, Berlin")),
            ("/data/1/due_time", Null),
        ]),
    no("v2 GET /activities", "a flag is true or false", "/api/v2/activities?done=1", 400),
    ok("v2 GET /activities/{id}", "an activity is read", "/api/v2/activities/1")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .holds(&[("/data/subject", T("Ask about engines")), ("/data/attendees", Absent), ("/data/duration", T("00:30:00"))]),
    no("v2 GET /activities/{id}", "an unknown activity is not found", "/api/v2/activities/99", 404),
    ok("v2 POST /activities", "an activity is made", "/api/v2/activities")
        .given(CONTACTS)
        .body(
            r#"{"subject":"Lunch with Carol","type":"lunch","due_date":"2026-03-06","due_time":"12:00","duration":"01:00",
                "busy":true,"participants":[{"person_id":1,"primary":true}],"location":{"value":"Cafe"}}"#,
        )
        .holds(&[
            ("/data/type", T("lunch")),
            ("/data/person_id", N(1)),
            ("/data/busy", B(true)),
            ("/data/creator_user_id", N(2)),
        ]),
    no("v2 POST /activities", "a flag is not a number", "/api/v2/activities", 400).body(r#"{"subject":"x","done":1}"#),
    ok("v2 PATCH /activities/{id}", "an activity is done", "/api/v2/activities/1")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .body(r#"{"done":true}"#)
        .holds(&[("/data/done", B(true)), ("/data/marked_as_done_time", T("2026-03-02T09:00:00Z"))]),
    no("v2 PATCH /activities/{id}", "an unknown activity is not changed", "/api/v2/activities/99", 404)
        .body(r#"{"done":true}"#),
    ok("v2 DELETE /activities/{id}", "an activity is deleted and named", "/api/v2/activities/1")
        .given(&[SECOND_ACTIVITY])
        .holds(&[("/data/id", N(1))]),
    no("v2 DELETE /activities/{id}", "an unknown activity is not deleted", "/api/v2/activities/99", 404).given(SALE),
];
