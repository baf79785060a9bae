//! Persons of v1.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, Null, T},
    given::{BUSY, CONTACTS, ORGANIZATION, PERSON, SALE, SECOND_PERSON},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /persons", "persons come with their references as objects", "/v1/persons?sort=name%20DESC")
        .given(&[ORGANIZATION, PERSON, SECOND_PERSON])
        .holds(&[
            ("/data", Len(2)),
            ("/data/0/name", T("Dan Brown")),
            ("/data/0/org_id", Null),
            ("/data/0/email", Json(r#"[{"value":"","primary":true}]"#)),
            ("/data/1/org_id/value", N(1)),
            ("/data/1/owner_id/value", N(2)),
            ("/data/1/label", N(1)),
            ("/data/1/label_ids", Json("[1]")),
            ("/data/1/primary_email", T("carol@smith.example")),
            ("/related_objects/organization/1/name", T("Smith Works")),
        ]),
    ok("v1 GET /persons", "no persons are null", "/v1/persons?user_id=3").given(CONTACTS).holds(&[("/data", Null)]),
    no("v1 GET /persons", "persons can't be sorted by anything", "/v1/persons?sort=shoe%20ASC", 400),
    ok("v1 GET /persons/{id}", "a person is read", "/v1/persons/1").given(SALE).holds(&[
        ("/data/first_name", T("Carol")),
        ("/data/last_name", T("Jones")),
        ("/data/first_char", T("c")),
        ("/data/open_deals_count", N(1)),
        ("/data/email/1/label", T("home")),
        ("/additional_data/dropbox_email", T("acme@pipedrivemail.com")),
    ]),
    ok("v1 POST /persons", "a person is made from plain addresses", "/v1/persons")
        .given(&[ORGANIZATION])
        .body(r#"{"name":"Carol Jones","email":["c@x.example","d@x.example"],"phone":"12","org_id":"1","label":3}"#)
        .holds(&[
            ("/data/id", N(1)),
            ("/data/email/0/primary", B(true)),
            ("/data/email/1/primary", B(false)),
            ("/data/phone/0/label", T("work")),
            ("/data/org_id/value", N(1)),
            ("/data/label_ids", Json("[3]")),
        ]),
    ok("v1 PUT /persons/{id}", "labels set the label", "/v1/persons/1")
        .given(CONTACTS)
        .body(r#"{"name":"Carol Smith","label_ids":[4,2],"org_id":null}"#)
        .holds(&[
            ("/data/last_name", T("Smith")),
            ("/data/label", N(4)),
            ("/data/label_ids", Json("[4,2]")),
            ("/data/org_id", Null),
        ]),
    ok("v1 GET /persons/collection", "every user reads the collection, flat", "/v1/persons/collection?first_char=c")
        .given(CONTACTS)
        .holds(&[("/data/0/owner_id", N(2)), ("/data/0/owner_name", Absent), ("/additional_data/next_cursor", Null)]),
    no("v1 GET /persons/collection", "a moment must be one", "/v1/persons/collection?since=yesterday", 400),
    no("v1 GET /persons/{id}", "an unknown person is not found", "/v1/persons/99", 404)
        .holds(&[("/error", T("Person not found"))]),
    no("v1 POST /persons", "a person needs a name", "/v1/persons", 400).body("{}"),
    no("v1 PUT /persons/{id}", "an unknown person is not changed", "/v1/persons/99", 404).body(r#"{"name":"x"}"#),
    no("v1 PUT /persons/{id}", "an owner must be a user", "/v1/persons/1", 400)
        .given(CONTACTS)
        .body(r#"{"owner_id":99}"#),
    ok("v1 DELETE /persons/{id}", "a person is deleted and named", "/v1/persons/1")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v1 DELETE /persons/{id}", "an unknown person is not deleted", "/v1/persons/99", 404),
    ok("v1 DELETE /persons", "persons are deleted together", "/v1/persons?ids=1")
        .given(CONTACTS)
        .holds(&[("/data/id", Json("[1]"))]),
    no("v1 DELETE /persons", "ids must be numbers", "/v1/persons?ids=one", 400),
    ok("v1 GET /persons/{id}/activities", "a person's activities are listed", "/v1/persons/1/activities?done=0")
        .given(BUSY)
        .holds(&[("/data/0/subject", T("Ask about engines")), ("/related_objects/person/1/name", T("Carol Jones"))]),
    no("v1 GET /persons/{id}/activities", "an unknown person has none", "/v1/persons/99/activities", 404),
    ok(
        "v1 GET /persons/{id}/deals",
        "a person's deals come with references as objects",
        "/v1/persons/1/deals?status=open",
    )
    .given(SALE)
    .holds(&[("/data/0/title", T("Engines")), ("/data/0/person_id/name", T("Carol Jones"))]),
    no("v1 GET /persons/{id}/deals", "an unknown person has none", "/v1/persons/99/deals", 404),
    ok("v1 GET /persons/{id}/followers", "the owner follows", "/v1/persons/1/followers")
        .given(CONTACTS)
        .holds(&[("/data/0/user_id", N(2)), ("/data/0/person_id", N(1))]),
    no("v1 GET /persons/{id}/followers", "an unknown person has none", "/v1/persons/99/followers", 404),
    ok("v1 POST /persons/{id}/followers", "a user follows", "/v1/persons/1/followers")
        .given(CONTACTS)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3)), ("/data/person_id", N(1))]),
    no("v1 POST /persons/{id}/followers", "an unknown user can't follow", "/v1/persons/1/followers", 400)
        .given(CONTACTS)
        .body(r#"{"user_id":99}"#),
    ok(
        "v1 DELETE /persons/{id}/followers/{follower_id}",
        "a follower goes by the follower's number",
        "/v1/persons/1/followers/{follower}",
    )
    .given(&[
        ORGANIZATION,
        PERSON,
        step("POST", "/v1/persons/1/followers", r#"{"user_id":3}"#).keep("follower", "/data/id"),
    ])
    .holds(&[("/data/id", N(3))]),
    no(
        "v1 DELETE /persons/{id}/followers/{follower_id}",
        "an unknown follower can't go",
        "/v1/persons/1/followers/99",
        404,
    )
    .given(CONTACTS),
    ok("v1 GET /persons/{id}/permittedUsers", "everyone sees a shared person", "/v1/persons/1/permittedUsers")
        .given(CONTACTS)
        .holds(&[("/data", Json("[1,2,3]"))]),
    no("v1 GET /persons/{id}/permittedUsers", "nobody sees an unknown person", "/v1/persons/99/permittedUsers", 404),
];
