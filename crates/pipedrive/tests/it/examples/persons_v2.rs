//! Persons of v2.

use super::{
    Example,
    Is::{B, Json, Len, N, T},
    given::{CONTACTS, DEAL, ORGANIZATION, PERSON, SECOND_PERSON},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v2 GET /persons", "persons are found by deal", "/api/v2/persons?deal_id=1&include_fields=open_deals_count")
        .given(&[ORGANIZATION, PERSON, DEAL, SECOND_PERSON])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/org_id", N(1)),
            ("/data/0/emails/0/value", T("carol@smith.example")),
            ("/data/0/open_deals_count", N(1)),
            ("/data/0/visible_to", N(3)),
        ]),
    ok("v2 GET /persons/{id}", "labels can be asked for with their names", "/api/v2/persons/1?include_labels=true")
        .given(CONTACTS)
        .holds(&[
            ("/data/name", T("Carol Jones")),
            ("/data/label_ids", Json("[1]")),
            ("/data/labels/0/id", N(1)),
            ("/data/phones/0/primary", B(true)),
        ]),
    ok("v2 POST /persons", "a name is made of its parts", "/api/v2/persons")
        .given(&[ORGANIZATION])
        .body(
            r#"{"first_name":"Carol","last_name":"Jones","org_id":1,"label_ids":[2],
                "emails":[{"value":"c@x.example"},{"value":"d@x.example","label":"home"}]}"#,
        )
        .holds(&[
            ("/data/name", T("Carol Jones")),
            ("/data/emails/0", Json(r#"{"value":"c@x.example","primary":true,"label":"work"}"#)),
            ("/data/label_ids", Json("[2]")),
        ]),
    ok("v2 PATCH /persons/{id}", "lists are replaced as a whole", "/api/v2/persons/1")
        .given(CONTACTS)
        .body(r#"{"emails":[],"phones":[{"value":"99"}],"label_ids":null}"#)
        .holds(&[
            ("/data/emails", Len(0)),
            ("/data/phones", Json(r#"[{"value":"99","primary":true,"label":"work"}]"#)),
            ("/data/label_ids", Len(0)),
        ]),
    no("v2 GET /persons", "a made-up cursor is refused", "/api/v2/persons?cursor=abc", 400),
    no("v2 GET /persons/{id}", "an unknown person is not found", "/api/v2/persons/99", 404),
    no("v2 POST /persons", "a person needs a name", "/api/v2/persons", 400).body("{}"),
    no("v2 POST /persons", "an unknown key is refused", "/api/v2/persons", 400)
        .body(r#"{"name":"x","active_flag":true}"#),
    no("v2 PATCH /persons/{id}", "an unknown person is not changed", "/api/v2/persons/99", 404).body(r#"{"name":"x"}"#),
    no("v2 PATCH /persons/{id}", "a name is never empty", "/api/v2/persons/1", 400)
        .given(CONTACTS)
        .body(r#"{"name":""}"#),
    ok("v2 DELETE /persons/{id}", "a person is deleted and named", "/api/v2/persons/1")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v2 DELETE /persons/{id}", "an unknown person is not deleted", "/api/v2/persons/99", 404),
    ok("v2 GET /persons/{id}/followers", "the owner follows", "/api/v2/persons/1/followers")
        .given(CONTACTS)
        .holds(&[("/data", Json(r#"[{"user_id":2,"add_time":"2026-03-02T09:00:00Z"}]"#))]),
    no("v2 GET /persons/{id}/followers", "an unknown person has none", "/api/v2/persons/99/followers", 404),
    ok(
        "v2 GET /persons/{id}/followers/changelog",
        "who followed, newest first",
        "/api/v2/persons/1/followers/changelog",
    )
    .given(&[ORGANIZATION, PERSON, step("POST", "/api/v2/persons/1/followers", r#"{"user_id":3}"#)])
    .holds(&[("/data", Len(2)), ("/data/0/follower_user_id", N(3)), ("/data/0/action", T("added"))]),
    no(
        "v2 GET /persons/{id}/followers/changelog",
        "an unknown person has none",
        "/api/v2/persons/99/followers/changelog",
        404,
    ),
    ok("v2 POST /persons/{id}/followers", "a user follows", "/api/v2/persons/1/followers")
        .given(CONTACTS)
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3))]),
    no("v2 POST /persons/{id}/followers", "a user's number is not a string", "/api/v2/persons/1/followers", 400)
        .given(CONTACTS)
        .body(r#"{"user_id":"3"}"#),
    ok(
        "v2 DELETE /persons/{id}/followers/{follower_id}",
        "a follower goes by the user's number",
        "/api/v2/persons/1/followers/2",
    )
    .given(CONTACTS)
    .holds(&[("/data", Json(r#"{"user_id":2}"#))]),
    no(
        "v2 DELETE /persons/{id}/followers/{follower_id}",
        "a user who does not follow can't cease to",
        "/api/v2/persons/1/followers/3",
        404,
    )
    .given(CONTACTS),
];
