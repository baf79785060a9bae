//! Notes and their comments.

use super::{
    Example,
    Is::{B, Json, Len, N, Null, T},
    given::{COMMENT, DEAL, NOTE, ORGANIZATION, PERSON, SALE},
    no, ok,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /notes", "a note shows what it stands at", "/v1/notes?deal_id=1&pinned_to_deal_flag=1")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .holds(&[
            ("/data/0/deal", Json(r#"{"title":"Engines"}"#)),
            ("/data/0/person", Json(r#"{"name":"Carol Jones"}"#)),
            ("/data/0/lead", Null),
            ("/data/0/pinned_to_deal_flag", B(true)),
            ("/data/0/user", Json(r#"{"email":"ann@example.com","name":"Ann","icon_url":null,"is_you":true}"#)),
        ]),
    ok("v1 GET /notes", "no notes are null", "/v1/notes").holds(&[("/data", Null)]),
    no("v1 GET /notes", "a note's deal is a number", "/v1/notes?deal_id=engines", 400),
    ok("v1 GET /notes/{id}", "a note is read", "/v1/notes/1").given(&[ORGANIZATION, PERSON, DEAL, NOTE]).holds(&[
        ("/data/content", T("<p>They like gears</p>")),
        ("/data/user_id", N(2)),
        ("/data/active_flag", B(true)),
    ]),
    no("v1 GET /notes/{id}", "an unknown note is not found", "/v1/notes/99", 404)
        .holds(&[("/error", T("Note not found"))]),
    ok("v1 POST /notes", "a note is made, and cleaned", "/v1/notes")
        .given(SALE)
        .body(r#"{"content":"<b>Yes</b><script>alert(1)</script>","deal_id":1}"#)
        .holds(&[("/data/content", T("<b>Yes</b>")), ("/data/pinned_to_deal_flag", B(false))]),
    no("v1 POST /notes", "a note stands at something", "/v1/notes", 400).body(r#"{"content":"x"}"#),
    no("v1 POST /notes", "a pin needs its place", "/v1/notes", 400)
        .given(SALE)
        .body(r#"{"content":"x","deal_id":1,"pinned_to_person_flag":1}"#),
    ok("v1 PUT /notes/{id}", "a note is changed", "/v1/notes/1")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .body(r#"{"content":"No","pinned_to_deal_flag":0}"#)
        .holds(&[
            ("/data/content", T("No")),
            ("/data/pinned_to_deal_flag", B(false)),
            ("/data/last_update_user_id", N(2)),
        ]),
    no("v1 PUT /notes/{id}", "an unknown note is not changed", "/v1/notes/99", 404).body(r#"{"content":"x"}"#),
    ok("v1 DELETE /notes/{id}", "a deleted note is true", "/v1/notes/1")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .holds(&[("/data", B(true))]),
    no("v1 DELETE /notes/{id}", "an unknown note is not deleted", "/v1/notes/99", 404),
    ok("v1 GET /notes/{id}/comments", "a note's comments are listed", "/v1/notes/1/comments")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE, COMMENT])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/uuid", T("{comment}")),
            ("/data/0/object_id", T("1")),
            ("/data/0/object_type", T("note")),
        ]),
    no("v1 GET /notes/{id}/comments", "an unknown note has none", "/v1/notes/99/comments", 404),
    ok("v1 GET /notes/{id}/comments/{commentId}", "a comment is read", "/v1/notes/1/comments/{comment}")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE, COMMENT])
        .holds(&[("/data/content", T("So do we")), ("/data/user_id", N(2))]),
    no(
        "v1 GET /notes/{id}/comments/{commentId}",
        "an unknown comment is not found",
        "/v1/notes/1/comments/adf21080-0e10-11eb-879b-05d71fb426ec",
        404,
    )
    .given(&[ORGANIZATION, PERSON, DEAL, NOTE]),
    ok("v1 POST /notes/{id}/comments", "a comment is made", "/v1/notes/1/comments")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .body(r#"{"content":"So do we"}"#)
        .holds(&[("/data/content", T("So do we")), ("/data/active_flag", B(true))]),
    no("v1 POST /notes/{id}/comments", "a comment says something", "/v1/notes/1/comments", 400)
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .body("{}"),
    ok("v1 PUT /notes/{id}/comments/{commentId}", "a comment is changed", "/v1/notes/1/comments/{comment}")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE, COMMENT])
        .body(r#"{"content":"We do not"}"#)
        .holds(&[("/data/content", T("We do not")), ("/data/updater_id", N(2))]),
    no("v1 PUT /notes/{id}/comments/{commentId}", "a comment's number is a UUID", "/v1/notes/1/comments/1", 400)
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE])
        .body(r#"{"content":"x"}"#),
    ok("v1 DELETE /notes/{id}/comments/{commentId}", "a deleted comment is true", "/v1/notes/1/comments/{comment}")
        .given(&[ORGANIZATION, PERSON, DEAL, NOTE, COMMENT])
        .holds(&[("/data", B(true))]),
    no(
        "v1 DELETE /notes/{id}/comments/{commentId}",
        "an unknown comment is not deleted",
        "/v1/notes/1/comments/adf21080-0e10-11eb-879b-05d71fb426ec",
        404,
    )
    .given(&[ORGANIZATION, PERSON, DEAL, NOTE]),
];
