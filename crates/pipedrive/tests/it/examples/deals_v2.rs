//! Deals of v2.

use super::{
    Example,
    Is::{Absent, B, Has, Json, Len, N, Null, T},
    given::{CONTACTS, DEAL, FIELDS, ORGANIZATION, PERSON, SALE, SECOND_DEAL, TIER_FIELD},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v2 GET /deals", "deals come with ids alone", "/api/v2/deals").given(SALE).holds(&[
        ("/data", Len(1)),
        ("/data/0/owner_id", N(2)),
        ("/data/0/person_id", N(1)),
        ("/data/0/won_time", Null),
        ("/data/0/visible_to", N(3)),
        ("/data/0/custom_fields", Json("{}")),
        ("/additional_data", Json(r#"{"next_cursor":null}"#)),
        ("/related_objects", Absent),
    ]),
    ok("v2 GET /deals", "no deals are an empty list", "/api/v2/deals").holds(&[("/data", Len(0))]),
    ok(
        "v2 GET /deals",
        "a page ends with the cursor of the next",
        "/api/v2/deals?limit=1&sort_by=add_time&sort_direction=desc",
    )
    .given(&[ORGANIZATION, PERSON, DEAL, SECOND_DEAL])
    .holds(&[("/data/0/id", N(2)), ("/additional_data/next_cursor", Has("ey"))]),
    no("v2 GET /deals", "a page has at most 500 deals", "/api/v2/deals?limit=501", 400)
        .holds(&[("/code", T("ERR_SCHEMA_VALIDATION_FAILED"))]),
    no("v2 GET /deals", "a time with fractions is refused", "/api/v2/deals?updated_since=2026-01-01T00:00:00.5Z", 400),
    ok(
        "v2 GET /deals/{id}",
        "a deal shows what is asked for by name",
        "/api/v2/deals/1?include_fields=next_activity_id,smart_bcc_email,participants_count",
    )
    .given(SALE)
    .holds(&[
        ("/data/title", T("Engines")),
        ("/data/value", N(5000)),
        ("/data/next_activity_id", Null),
        ("/data/smart_bcc_email", T("acme+deal1@pipedrivemail.com")),
        ("/data/participants_count", N(1)),
        ("/data/followers_count", Absent),
        ("/data/add_time", T("2026-03-02T09:00:00Z")),
    ]),
    ok(
        "v2 GET /deals/{id}",
        "options can be asked for with their labels",
        "/api/v2/deals/1?include_option_labels=true",
    )
    .given(&[TIER_FIELD, step("POST", "/v1/deals", r#"{"title":"Engines","{tier}":"Tin"}"#)])
    .holds(&[("/data/title", T("Engines"))]),
    no("v2 GET /deals/{id}", "an unknown deal is not found", "/api/v2/deals/99", 404).holds(&[
        ("/error", T("Deal not found")),
        ("/error_info", T("Object was not found.")),
        ("/data", Null),
    ]),
    ok("v2 POST /deals", "a deal is made", "/api/v2/deals")
        .given(CONTACTS)
        .body(
            r#"{"title":"Engines","value":70.25,"currency":"USD","owner_id":3,"person_id":1,"org_id":1,"stage_id":2,
                "probability":40,"expected_close_date":"2026-04-01","visible_to":3}"#,
        )
        .holds(&[
            ("/data/id", N(1)),
            ("/data/value", Json("70.25")),
            ("/data/owner_id", N(3)),
            ("/data/creator_user_id", N(2)),
            ("/data/stage_id", N(2)),
            ("/data/pipeline_id", N(1)),
            ("/data/status", T("open")),
            ("/data/probability", N(40)),
        ]),
    ok("v2 POST /deals", "custom values stand together", "/api/v2/deals")
        .given(FIELDS)
        .body(r#"{"title":"Engines","custom_fields":{"{text}":"A1","{money}":{"value":12.5,"currency":"USD"}}}"#)
        .holds(&[("/data/custom_fields", Len(3))]),
    no("v2 POST /deals", "a number is not a string", "/api/v2/deals", 400)
        .body(r#"{"title":"Engines","value":"500"}"#)
        .holds(&[("/error", Has("Validation failed: value")), ("/code", T("ERR_SCHEMA_VALIDATION_FAILED"))]),
    no("v2 POST /deals", "an unknown key is refused", "/api/v2/deals", 400).body(r#"{"title":"Engines","user_id":3}"#),
    no("v2 POST /deals", "an unknown custom field is refused by its code", "/api/v2/deals", 400)
        .body(r#"{"title":"Engines","custom_fields":{"abc":1}}"#)
        .holds(&[("/error", Has("custom_fields: Unknown key 'abc'"))]),
    ok("v2 PATCH /deals/{id}", "only what is given changes, and null clears", "/api/v2/deals/1")
        .given(SALE)
        .body(r#"{"person_id":null,"title":"Motors"}"#)
        .holds(&[("/data/title", T("Motors")), ("/data/person_id", Null), ("/data/org_id", N(1))]),
    no("v2 PATCH /deals/{id}", "an unknown deal is not changed", "/api/v2/deals/99", 404).body(r#"{"title":"x"}"#),
    no("v2 PATCH /deals/{id}", "won_time is for won deals", "/api/v2/deals/1", 400)
        .given(SALE)
        .body(r#"{"won_time":"2026-03-01T00:00:00Z"}"#),
    ok("v2 DELETE /deals/{id}", "a deal is deleted and named", "/api/v2/deals/1")
        .given(SALE)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v2 DELETE /deals/{id}", "an unknown deal is not deleted", "/api/v2/deals/99", 404),
    ok("v2 GET /deals/{id}/followers", "the owner follows", "/api/v2/deals/1/followers").given(SALE).holds(&[
        ("/data", Json(r#"[{"user_id":2,"add_time":"2026-03-02T09:00:00Z"}]"#)),
        ("/additional_data/next_cursor", Null),
    ]),
    no("v2 GET /deals/{id}/followers", "an unknown deal has none", "/api/v2/deals/99/followers", 404),
    ok(
        "v2 GET /deals/{id}/followers/changelog",
        "who followed and ceased to, newest first",
        "/api/v2/deals/1/followers/changelog",
    )
    .given(&[
        ORGANIZATION,
        PERSON,
        DEAL,
        step("POST", "/api/v2/deals/1/followers", r#"{"user_id":3}"#),
        step("DELETE", "/api/v2/deals/1/followers/3", ""),
    ])
    .holds(&[
        ("/data", Len(3)),
        ("/data/0/action", T("removed")),
        ("/data/0/follower_user_id", N(3)),
        ("/data/1/action", T("added")),
        ("/data/1/actor_user_id", N(2)),
    ]),
    no(
        "v2 GET /deals/{id}/followers/changelog",
        "an unknown deal has none",
        "/api/v2/deals/99/followers/changelog",
        404,
    ),
    ok("v2 POST /deals/{id}/followers", "a user follows", "/api/v2/deals/1/followers")
        .given(SALE)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data", Json(r#"{"user_id":3,"add_time":"2026-03-02T09:00:00Z"}"#))]),
    no("v2 POST /deals/{id}/followers", "an unknown user can't follow", "/api/v2/deals/1/followers", 400)
        .given(SALE)
        .body(r#"{"user_id":99}"#),
    ok(
        "v2 DELETE /deals/{id}/followers/{follower_id}",
        "a follower goes by the user's number",
        "/api/v2/deals/1/followers/2",
    )
    .given(SALE)
    .holds(&[("/data/user_id", N(2))]),
    no(
        "v2 DELETE /deals/{id}/followers/{follower_id}",
        "a user who does not follow can't cease to",
        "/api/v2/deals/1/followers/3",
        404,
    )
    .given(SALE),
    ok("v2 GET /deals", "deleted deals are found when they are asked for", "/api/v2/deals?status=deleted")
        .given(&[ORGANIZATION, PERSON, DEAL, step("DELETE", "/v1/deals/1", "")])
        .holds(&[("/data/0/is_deleted", B(true)), ("/data/0/status", T("deleted"))]),
];
