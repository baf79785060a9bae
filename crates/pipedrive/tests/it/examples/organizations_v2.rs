//! Organizations of v2.

use super::{
    Example,
    Is::{Json, Len, N, Null, T},
    given::{CONTACTS, ORGANIZATION},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v2 GET /organizations", "organizations are found by number", "/api/v2/organizations?ids=1,99&include_fields=people_count")
        .given(CONTACTS)
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/owner_id", N(2)),
            ("/data/0/address/value", T("Main Street 1, Berlin")),
            ("/data/0/people_count", N(1)),
            ("/data/0/label_ids", Json("[5,6]")),
        ]),
    ok("v2 GET /organizations/{id}", "labels can be asked for with their names", "/api/v2/organizations/1?include_labels=true")
        .given(CONTACTS)
        .holds(&[("/data/name", T("Smith Works")), ("/data/labels", Len(2)), ("/data/labels/1/id", N(6))]),
    ok("v2 POST /organizations", "an organization is made", "/api/v2/organizations")
        .body(r#"{"name":"Smith Works","address":{"value":"Main Street 1","locality":"Berlin"},"website":"https://smith.example","employee_count":12}"#)
        .holds(&[("/data/id", N(1)), ("/data/address/locality", T("Berlin")), ("/data/employee_count", N(12))]),
    ok("v2 PATCH /organizations/{id}", "an address that is given anew forgets its parts", "/api/v2/organizations/1")
        .given(&[step("POST", "/api/v2/organizations", r#"{"name":"Smith Works","address":{"value":"a","locality":"Berlin"}}"#)])
        .body(r#"{"address":{"value":"b"}}"#)
        .holds(&[("/data/address/value", T("b")), ("/data/address/locality", Null)]),
    no("v2 GET /organizations", "a made-up cursor is refused", "/api/v2/organizations?cursor=abc", 400),
    no("v2 GET /organizations/{id}", "an unknown organization is not found", "/api/v2/organizations/99", 404),
    no("v2 POST /organizations", "an organization needs a name", "/api/v2/organizations", 400).body("{}"),
    no("v2 POST /organizations", "an unknown key is refused", "/api/v2/organizations", 400).body(r#"{"name":"x","active_flag":true}"#),
    no("v2 PATCH /organizations/{id}", "an unknown organization is not changed", "/api/v2/organizations/99", 404).body(r#"{"name":"x"}"#),
    no("v2 PATCH /organizations/{id}", "a name is never empty", "/api/v2/organizations/1", 400).given(CONTACTS).body(r#"{"name":""}"#),
    ok("v2 DELETE /organizations/{id}", "an organization is deleted and named", "/api/v2/organizations/1")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v2 DELETE /organizations/{id}", "an unknown organization is not deleted", "/api/v2/organizations/99", 404),
    ok("v2 GET /organizations/{id}/followers", "the owner follows", "/api/v2/organizations/1/followers")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"[{"user_id":2,"add_time":"2026-03-02T09:00:00Z"}]"#))]),
    no("v2 GET /organizations/{id}/followers", "an unknown organization has none", "/api/v2/organizations/99/followers", 404),
    ok("v2 GET /organizations/{id}/followers/changelog", "who followed, newest first", "/api/v2/organizations/1/followers/changelog")
        .given(&[ORGANIZATION, step("POST", "/api/v2/organizations/1/followers", r#"{"user_id":3}"#)])
        .holds(&[("/data", Len(2)), ("/data/0/follower_user_id", N(3)), ("/data/0/action", T("added"))]),
    no("v2 GET /organizations/{id}/followers/changelog", "an unknown organization has none", "/api/v2/organizations/99/followers/changelog", 404),
    ok("v2 POST /organizations/{id}/followers", "a user follows", "/api/v2/organizations/1/followers")
        .given(CONTACTS)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3))]),
    no("v2 POST /organizations/{id}/followers", "a user's number is not a string", "/api/v2/organizations/1/followers", 400)
        .given(CONTACTS)
        .body(r#"{"user_id":"3"}"#),
    ok("v2 DELETE /organizations/{id}/followers/{follower_id}", "a follower goes by the user's number", "/api/v2/organizations/1/followers/2")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"{"user_id":2}"#))]),
    no(
        "v2 DELETE /organizations/{id}/followers/{follower_id}",
        "a user who does not follow can't cease to",
        "/api/v2/organizations/1/followers/3",
        404,
    )
    .given(CONTACTS),
];
