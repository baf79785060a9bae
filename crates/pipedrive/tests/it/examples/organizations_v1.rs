//! Organizations of v1.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, Null, T},
    given::{BUSY, CONTACTS, ORGANIZATION, PERSON, SALE},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /organizations", "organizations come with their owner as an object", "/v1/organizations")
        .given(CONTACTS)
        .holds(&[
            ("/data/0/owner_id/value", N(2)),
            ("/data/0/people_count", N(1)),
            ("/data/0/address", T("Main Street 1, Berlin")),
            ("/data/0/address_formatted_address", T("Main Street 1, Berlin")),
            ("/data/0/address_country", Null),
            ("/data/0/label", N(5)),
            ("/related_objects/user/2/name", T("Ann")),
        ]),
    ok("v1 GET /organizations", "no organizations are null", "/v1/organizations?first_char=z")
        .given(CONTACTS)
        .holds(&[("/data", Null)]),
    no("v1 GET /organizations", "a page begins at 0 or later", "/v1/organizations?start=-1", 400),
    ok("v1 GET /organizations/{id}", "an organization read alone shows its activities", "/v1/organizations/1")
        .given(BUSY)
        .holds(&[
            ("/data/name", T("Smith Works")),
            ("/data/edit_name", B(true)),
            ("/data/next_activity/subject", T("Ask about engines")),
            ("/data/last_activity", Null),
            ("/additional_data/dropbox_email", T("acme@pipedrivemail.com")),
            ("/additional_data/followers/2/name", T("Ann")),
        ]),
    ok("v1 POST /organizations", "an organization is made", "/v1/organizations")
        .body(r#"{"name":"Smith Works","address":"Main Street 1","owner_id":3,"label":"6"}"#)
        .holds(&[("/data/id", N(1)), ("/data/owner_id/value", N(3)), ("/data/label_ids", Json("[6]"))]),
    ok("v1 PUT /organizations/{id}", "an organization is changed", "/v1/organizations/1")
        .given(CONTACTS)
        .body(r#"{"name":"Smith & Co","address":""}"#)
        .holds(&[("/data/name", T("Smith & Co")), ("/data/address", Null), ("/data/label", N(5))]),
    ok("v1 GET /organizations/{id}/persons", "an organization's people are listed", "/v1/organizations/1/persons")
        .given(CONTACTS)
        .holds(&[("/data", Len(1)), ("/data/0/org_id/value", N(1))]),
    no("v1 GET /organizations/{id}/persons", "an unknown organization has none", "/v1/organizations/99/persons", 404),
    ok(
        "v1 GET /organizations/collection",
        "every user reads the collection, flat",
        "/v1/organizations/collection?first_char=s",
    )
    .given(CONTACTS)
    .holds(&[("/data/0/owner_id", N(2)), ("/data/0/owner_name", Absent), ("/additional_data/next_cursor", Null)]),
    no("v1 GET /organizations/collection", "a moment must be one", "/v1/organizations/collection?since=yesterday", 400),
    no("v1 GET /organizations/{id}", "an unknown organization is not found", "/v1/organizations/99", 404)
        .holds(&[("/error", T("Organization not found"))]),
    no("v1 POST /organizations", "an organization needs a name", "/v1/organizations", 400).body("{}"),
    no("v1 PUT /organizations/{id}", "an unknown organization is not changed", "/v1/organizations/99", 404)
        .body(r#"{"name":"x"}"#),
    no("v1 PUT /organizations/{id}", "an owner must be a user", "/v1/organizations/1", 400)
        .given(CONTACTS)
        .body(r#"{"owner_id":99}"#),
    ok("v1 DELETE /organizations/{id}", "an organization is deleted and named", "/v1/organizations/1")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v1 DELETE /organizations/{id}", "an unknown organization is not deleted", "/v1/organizations/99", 404),
    ok("v1 DELETE /organizations", "organizations are deleted together", "/v1/organizations?ids=1")
        .given(CONTACTS)
        .holds(&[("/data/id", Json("[1]"))]),
    no("v1 DELETE /organizations", "ids must be numbers", "/v1/organizations?ids=one", 400),
    ok(
        "v1 GET /organizations/{id}/activities",
        "an organization's activities are listed",
        "/v1/organizations/1/activities?done=0",
    )
    .given(BUSY)
    .holds(&[("/data/0/subject", T("Ask about engines")), ("/related_objects/person/1/name", T("Carol Jones"))]),
    no(
        "v1 GET /organizations/{id}/activities",
        "an unknown organization has none",
        "/v1/organizations/99/activities",
        404,
    ),
    ok(
        "v1 GET /organizations/{id}/deals",
        "an organization's deals come with references as objects",
        "/v1/organizations/1/deals?status=open",
    )
    .given(SALE)
    .holds(&[("/data/0/title", T("Engines")), ("/data/0/person_id/name", T("Carol Jones"))]),
    no("v1 GET /organizations/{id}/deals", "an unknown organization has none", "/v1/organizations/99/deals", 404),
    ok("v1 GET /organizations/{id}/followers", "the owner follows", "/v1/organizations/1/followers")
        .given(CONTACTS)
        .holds(&[("/data/0/user_id", N(2)), ("/data/0/org_id", N(1))]),
    no(
        "v1 GET /organizations/{id}/followers",
        "an unknown organization has none",
        "/v1/organizations/99/followers",
        404,
    ),
    ok("v1 POST /organizations/{id}/followers", "a user follows", "/v1/organizations/1/followers")
        .given(CONTACTS)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3)), ("/data/org_id", N(1))]),
    no("v1 POST /organizations/{id}/followers", "an unknown user can't follow", "/v1/organizations/1/followers", 400)
        .given(CONTACTS)
        .body(r#"{"user_id":99}"#),
    ok(
        "v1 DELETE /organizations/{id}/followers/{follower_id}",
        "a follower goes by the follower's number",
        "/v1/organizations/1/followers/{follower}",
    )
    .given(&[
        ORGANIZATION,
        PERSON,
        step("POST", "/v1/organizations/1/followers", r#"{"user_id":3}"#).keep("follower", "/data/id"),
    ])
    .holds(&[("/data/id", N(3))]),
    no(
        "v1 DELETE /organizations/{id}/followers/{follower_id}",
        "an unknown follower can't go",
        "/v1/organizations/1/followers/99",
        404,
    )
    .given(CONTACTS),
    ok(
        "v1 GET /organizations/{id}/permittedUsers",
        "everyone sees a shared organization",
        "/v1/organizations/1/permittedUsers",
    )
    .given(CONTACTS)
    .holds(&[("/data", Json("[1,2,3]"))]),
    no(
        "v1 GET /organizations/{id}/permittedUsers",
        "nobody sees an unknown organization",
        "/v1/organizations/99/permittedUsers",
        404,
    ),
];
