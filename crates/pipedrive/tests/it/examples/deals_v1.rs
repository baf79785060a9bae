//! Deals of v1.

use super::{
    Example,
    Is::{Absent, B, Has, Json, Len, N, Null, T},
    given::{
        ACTIVITY, BUSY, CONTACTS, DEAL, FIELDS, ORGANIZATION, PERSON, SALE, SECOND_DEAL, SECOND_PERSON, TEXT_FIELD,
    },
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /deals", "deals come with their references as objects", "/v1/deals").given(SALE).holds(&[
        ("/data", Len(1)),
        ("/data/0/user_id/value", N(2)),
        ("/data/0/person_id/value", N(1)),
        ("/data/0/person_id/id", Absent),
        ("/data/0/org_id/name", T("Smith Works")),
        ("/additional_data/pagination", Json(r#"{"start":0,"limit":100,"more_items_in_collection":false}"#)),
        ("/related_objects/person/1/name", T("Carol Jones")),
        ("/related_objects/stage/1/pipeline_name", T("Pipeline")),
    ]),
    ok("v1 GET /deals", "no deals are null", "/v1/deals").holds(&[("/data", Null), ("/related_objects", Absent)]),
    ok("v1 GET /deals", "deals are found by status", "/v1/deals?status=won").given(SALE).holds(&[("/data", Null)]),
    no("v1 GET /deals", "an unknown status is refused", "/v1/deals?status=lively", 400),
    ok("v1 GET /deals/collection", "every user reads the collection, reduced and flat", "/v1/deals/collection")
        .given(SALE)
        .holds(&[
            ("/data/0/person_id", N(1)),
            ("/data/0/user_id", N(2)),
            ("/data/0/owner_name", Absent),
            ("/additional_data/next_cursor", Null),
        ]),
    no("v1 GET /deals/collection", "a made-up cursor is refused", "/v1/deals/collection?cursor=abc", 400),
    ok("v1 GET /deals/summary", "totals stand by currency", "/v1/deals/summary")
        .given(&[ORGANIZATION, PERSON, DEAL, SECOND_DEAL])
        .holds(&[
            ("/data/total_count", N(2)),
            ("/data/values_total/EUR/value", N(5000)),
            ("/data/values_total/EUR/count", N(1)),
            ("/data/values_total/USD/value_formatted", T("US$70.50")),
        ]),
    no("v1 GET /deals/summary", "a stage that is no number is refused", "/v1/deals/summary?stage_id=first", 400),
    ok("v1 GET /deals/{id}", "a deal read alone says how it went", "/v1/deals/1").given(BUSY).holds(&[
        ("/data/title", T("Engines")),
        ("/data/next_activity/subject", T("Ask about engines")),
        ("/data/age/total_seconds", N(0)),
        ("/data/stay_in_pipeline_stages/order_of_stages", Json("[1]")),
        ("/data/cc_email", T("acme+deal1@pipedrivemail.com")),
        ("/additional_data/dropbox_email", T("acme+deal1@pipedrivemail.com")),
        ("/related_objects/user/2/name", T("Ann")),
    ]),
    no("v1 GET /deals/{id}", "an unknown deal is not found", "/v1/deals/99", 404)
        .holds(&[("/error", T("Deal not found")), ("/data", Null)]),
    ok("v1 POST /deals", "a deal is made from strings, too", "/v1/deals")
        .given(CONTACTS)
        .body(r#"{"title":"Engines","value":"500","user_id":"3","person_id":"1","org_id":1,"label":[],"what":"ever"}"#)
        .holds(&[
            ("/data/id", N(1)),
            ("/data/value", N(500)),
            ("/data/currency", T("EUR")),
            ("/data/user_id/value", N(3)),
            ("/data/creator_user_id/value", N(2)),
            ("/data/status", T("open")),
            ("/data/stage_id", N(1)),
            ("/data/participants_count", N(1)),
            ("/data/followers_count", N(1)),
            ("/data/origin", T("API")),
        ]),
    ok("v1 POST /deals", "custom values stand at the root", "/v1/deals")
        .given(FIELDS)
        .body(r#"{"title":"Engines","{text}":"A1","{money}":12.5,"{money}_currency":"USD","{tier}":"Gold"}"#),
    no("v1 POST /deals", "a deal needs a title", "/v1/deals", 400).body(r#"{"value":5}"#),
    no("v1 POST /deals", "a deal's number is not the client's to choose", "/v1/deals", 400)
        .body(r#"{"id":7,"title":"Engines"}"#)
        .holds(&[("/error", Has("Inserting ID with POST request is not allowed"))]),
    ok("v1 PUT /deals/{id}", "a deal is won", "/v1/deals/1").given(SALE).body(r#"{"status":"won"}"#).holds(&[
        ("/data/status", T("won")),
        ("/data/active", B(false)),
        ("/data/won_time", T("2026-03-02 09:00:00")),
        ("/data/close_time", T("2026-03-02 09:00:00")),
        ("/data/title", T("Engines")),
    ]),
    no("v1 PUT /deals/{id}", "an unknown deal is not changed", "/v1/deals/99", 404).body(r#"{"title":"x"}"#),
    no("v1 PUT /deals/{id}", "an amount must be one", "/v1/deals/1", 400).given(SALE).body(r#"{"value":"much"}"#),
    ok("v1 POST /deals/{id}/duplicate", "a duplicate is a new deal with the same fields", "/v1/deals/1/duplicate")
        .given(&[
            ORGANIZATION,
            PERSON,
            SECOND_PERSON,
            TEXT_FIELD,
            DEAL,
            step("PUT", "/v1/deals/1", r#"{"{text}":"A-7","status":"won","stage_id":2}"#),
            step("POST", "/v1/deals/1/participants", r#"{"person_id":2}"#),
        ])
        .by_bob()
        .holds(&[
            ("/data/id", N(2)),
            ("/data/title", T("Engines")),
            ("/data/value", N(5000)),
            ("/data/creator_user_id", N(3)),
            ("/data/user_id", N(2)),
            ("/data/person_id", N(1)),
            ("/data/org_id", N(1)),
            ("/data/stage_id", N(2)),
            ("/data/status", T("open")),
            ("/data/won_time", Null),
            ("/data/expected_close_date", T("2026-06-30")),
            ("/data/{text}", T("A-7")),
            ("/data/participants_count", N(2)),
            ("/related_objects", Absent),
        ]),
    ok("v1 POST /deals/{id}/duplicate", "activities and notes stay with the first deal", "/v1/deals/1/duplicate")
        .given(BUSY)
        .holds(&[("/data/id", N(2)), ("/data/activities_count", N(0)), ("/data/notes_count", N(0))]),
    ok("v1 POST /deals/{id}/duplicate", "a person whom the user can't see is left out", "/v1/deals/1/duplicate")
        .given(&[
            step("POST", "/v1/persons", r#"{"name":"Carol Jones","visible_to":1}"#),
            step("POST", "/v1/deals", r#"{"title":"Engines","person_id":1}"#),
        ])
        .by_bob()
        .holds(&[("/data/title", T("Engines")), ("/data/person_id", Null), ("/data/participants_count", N(0))]),
    no("v1 POST /deals/{id}/duplicate", "an unknown deal is not duplicated", "/v1/deals/99/duplicate", 404)
        .holds(&[("/error", T("Deal not found"))]),
    no("v1 POST /deals/{id}/duplicate", "a deleted deal is not duplicated", "/v1/deals/1/duplicate", 404)
        .given(&[SECOND_DEAL, step("DELETE", "/v1/deals/1", "")]),
    ok("v1 DELETE /deals/{id}", "a deal is deleted and named", "/v1/deals/1")
        .given(SALE)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v1 DELETE /deals/{id}", "an unknown deal is not deleted", "/v1/deals/99", 404),
    ok("v1 DELETE /deals", "deals are deleted together", "/v1/deals?ids=1,2,99")
        .given(&[ORGANIZATION, PERSON, DEAL, SECOND_DEAL])
        .holds(&[("/data", Json(r#"{"id":[1,2]}"#))]),
    no("v1 DELETE /deals", "which deals to delete must be said", "/v1/deals", 400),
    ok("v1 GET /deals/{id}/activities", "a deal's activities come with what they refer to", "/v1/deals/1/activities")
        .given(&[ORGANIZATION, PERSON, DEAL, ACTIVITY])
        .holds(&[
            ("/data/0/subject", T("Ask about engines")),
            ("/data/0/user_id", N(2)),
            ("/related_objects/deal/1/title", T("Engines")),
        ]),
    no("v1 GET /deals/{id}/activities", "an unknown deal has none", "/v1/deals/99/activities", 404),
    ok("v1 GET /deals/{id}/persons", "a deal's main person is among its people", "/v1/deals/1/persons")
        .given(SALE)
        .holds(&[("/data/0/name", T("Carol Jones")), ("/data/0/owner_id/value", N(2))]),
    no("v1 GET /deals/{id}/persons", "an unknown deal has none", "/v1/deals/99/persons", 404),
    ok("v1 GET /deals/{id}/participants", "a participant comes with the whole person", "/v1/deals/1/participants")
        .given(SALE)
        .holds(&[
            ("/data/0/person_id/value", N(1)),
            ("/data/0/person/email/0/value", T("carol@smith.example")),
            ("/data/0/related_item_data", Json(r#"{"deal_id":1,"title":"Engines"}"#)),
            ("/data/0/added_by_user_id/value", N(2)),
            ("/related_objects/person/1/name", T("Carol Jones")),
            ("/related_objects/organization/1/name", T("Smith Works")),
            ("/related_objects/user/2/name", T("Ann")),
        ]),
    no("v1 GET /deals/{id}/participants", "an unknown deal has none", "/v1/deals/99/participants", 404),
    ok("v1 POST /deals/{id}/participants", "a person takes part", "/v1/deals/1/participants")
        .given(&[ORGANIZATION, PERSON, DEAL, SECOND_PERSON])
        .body(r#"{"person_id":2}"#)
        .holds(&[
            ("/data/id", N(2)),
            ("/data/person/name", T("Dan Brown")),
            ("/data/related_item_id", N(1)),
            ("/related_objects/person/2/name", T("Dan Brown")),
        ]),
    no("v1 POST /deals/{id}/participants", "an unknown person can't take part", "/v1/deals/1/participants", 400)
        .given(SALE)
        .body(r#"{"person_id":99}"#),
    ok(
        "v1 DELETE /deals/{id}/participants/{deal_participant_id}",
        "a participant goes by the participant's number",
        "/v1/deals/1/participants/2",
    )
    .given(&[ORGANIZATION, PERSON, DEAL, SECOND_PERSON, step("POST", "/v1/deals/1/participants", r#"{"person_id":2}"#)])
    .holds(&[("/data/id", N(2))]),
    no(
        "v1 DELETE /deals/{id}/participants/{deal_participant_id}",
        "an unknown participant can't go",
        "/v1/deals/1/participants/99",
        404,
    )
    .given(SALE),
    ok("v1 GET /deals/{id}/followers", "the owner follows", "/v1/deals/1/followers").given(SALE).holds(&[
        ("/data/0/user_id", N(2)),
        ("/data/0/deal_id", N(1)),
        ("/additional_data/pagination/more_items_in_collection", B(false)),
    ]),
    no("v1 GET /deals/{id}/followers", "an unknown deal has none", "/v1/deals/99/followers", 404),
    ok("v1 POST /deals/{id}/followers", "a user follows", "/v1/deals/1/followers")
        .given(SALE)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3)), ("/data/deal_id", N(1)), ("/data/add_time", T("2026-03-02 09:00:00"))]),
    no("v1 POST /deals/{id}/followers", "who follows must be said", "/v1/deals/1/followers", 400)
        .given(SALE)
        .body("{}"),
    ok(
        "v1 DELETE /deals/{id}/followers/{follower_id}",
        "a follower goes by the follower's number",
        "/v1/deals/1/followers/{follower}",
    )
    .given(&[
        ORGANIZATION,
        PERSON,
        DEAL,
        step("POST", "/v1/deals/1/followers", r#"{"user_id":3}"#).keep("follower", "/data/id"),
    ])
    .holds(&[("/data/id", N(4))]),
    no(
        "v1 DELETE /deals/{id}/followers/{follower_id}",
        "an unknown follower can't go",
        "/v1/deals/1/followers/99",
        404,
    )
    .given(SALE),
    ok("v1 GET /deals/{id}/permittedUsers", "everyone sees a shared deal", "/v1/deals/1/permittedUsers")
        .given(SALE)
        .holds(&[("/data", Json("[1,2,3]"))]),
    no("v1 GET /deals/{id}/permittedUsers", "nobody sees an unknown deal", "/v1/deals/99/permittedUsers", 404),
];
