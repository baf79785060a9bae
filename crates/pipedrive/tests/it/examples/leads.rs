//! Leads, their labels and sources.

use super::{
    Example,
    Is::{Absent, B, Has, Json, Len, N, Null, T},
    given::{CONTACTS, LABEL, PROSPECT},
    no, ok,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /leads", "leads refer by id", "/v1/leads").given(PROSPECT).holds(&[
        ("/data/0/id", T("{lead}")),
        ("/data/0/person_id", N(1)),
        ("/data/0/organization_id", N(1)),
        ("/data/0/label_ids", Json(r#"["{label}"]"#)),
        ("/data/0/value", Json(r#"{"amount":3000,"currency":"USD"}"#)),
        ("/data/0/add_time", T("2026-03-02T09:00:00.000Z")),
        ("/related_objects", Absent),
    ]),
    ok("v1 GET /leads", "no leads are an empty list", "/v1/leads").holds(&[("/data", Len(0))]),
    no("v1 GET /leads", "leads can't be sorted by anything", "/v1/leads?sort=colour%20ASC", 400),
    ok("v1 GET /leads/{id}", "a lead is read", "/v1/leads/{lead}").given(PROSPECT).holds(&[
        ("/data/title", T("Turbines")),
        ("/data/owner_id", N(2)),
        ("/data/source_name", T("API")),
        ("/data/visible_to", T("3")),
        ("/data/was_seen", B(false)),
    ]),
    no("v1 GET /leads/{id}", "an unknown lead is not found", "/v1/leads/adf21080-0e10-11eb-879b-05d71fb426ec", 404)
        .holds(&[("/error", T("requested lead not found"))]),
    ok("v1 POST /leads", "a lead is made", "/v1/leads")
        .given(CONTACTS)
        .body(r#"{"title":"Pumps","person_id":1,"value":{"amount":99.5,"currency":"EUR"}}"#)
        .holds(&[("/data/value/amount", Json("99.5")), ("/data/organization_id", Null), ("/data/creator_id", N(2))]),
    no("v1 POST /leads", "a lead is about someone", "/v1/leads", 400).body(r#"{"title":"Pumps"}"#),
    no("v1 POST /leads", "an amount needs a currency", "/v1/leads", 400)
        .given(CONTACTS)
        .body(r#"{"title":"Pumps","person_id":1,"value":{"amount":1}}"#),
    ok("v1 PATCH /leads/{id}", "null unsets", "/v1/leads/{lead}")
        .given(PROSPECT)
        .body(r#"{"value":null,"label_ids":[],"was_seen":true}"#)
        .holds(&[("/data/value", Null), ("/data/label_ids", Len(0)), ("/data/was_seen", B(true))]),
    no("v1 PATCH /leads/{id}", "a lead's number is a UUID", "/v1/leads/12", 400).body(r#"{"title":"x"}"#),
    ok("v1 DELETE /leads/{id}", "a lead is deleted and named", "/v1/leads/{lead}")
        .given(PROSPECT)
        .holds(&[("/data", Json(r#"{"id":"{lead}"}"#))]),
    no(
        "v1 DELETE /leads/{id}",
        "an unknown lead is not deleted",
        "/v1/leads/adf21080-0e10-11eb-879b-05d71fb426ec",
        404,
    ),
    ok("v1 GET /leads/{id}/permittedUsers", "everyone sees a shared lead", "/v1/leads/{lead}/permittedUsers")
        .given(PROSPECT)
        .holds(&[("/data", Json("[1,2,3]"))]),
    no(
        "v1 GET /leads/{id}/permittedUsers",
        "nobody sees an unknown lead",
        "/v1/leads/adf21080-0e10-11eb-879b-05d71fb426ec/permittedUsers",
        404,
    ),
    ok("v1 GET /leadLabels", "labels are listed", "/v1/leadLabels").given(&[LABEL]).holds(&[
        ("/data/0/id", T("{label}")),
        ("/data/0/name", T("Hot")),
        ("/data/0/color", T("red")),
    ]),
    no("v1 GET /leadLabels", "a stranger gets none", "/v1/leadLabels", 401).by_a_stranger(),
    ok("v1 POST /leadLabels", "a label is made", "/v1/leadLabels")
        .body(r#"{"name":"Cold","color":"blue"}"#)
        .holds(&[("/data/name", T("Cold")), ("/data/add_time", Has("2026-03-02T09:00:00"))]),
    no("v1 POST /leadLabels", "a label has one of ten colours", "/v1/leadLabels", 400)
        .body(r#"{"name":"Cold","color":"teal"}"#),
    ok("v1 PATCH /leadLabels/{id}", "a label is renamed", "/v1/leadLabels/{label}")
        .given(&[LABEL])
        .body(r#"{"name":"Warm"}"#)
        .holds(&[("/data/name", T("Warm")), ("/data/color", T("red"))]),
    no(
        "v1 PATCH /leadLabels/{id}",
        "an unknown label is not changed",
        "/v1/leadLabels/adf21080-0e10-11eb-879b-05d71fb426ec",
        404,
    )
    .body(r#"{"name":"Warm"}"#),
    ok("v1 DELETE /leadLabels/{id}", "a label is deleted and named", "/v1/leadLabels/{label}")
        .given(&[LABEL])
        .holds(&[("/data/id", T("{label}"))]),
    no(
        "v1 DELETE /leadLabels/{id}",
        "an unknown label is not deleted",
        "/v1/leadLabels/adf21080-0e10-11eb-879b-05d71fb426ec",
        404,
    ),
    ok("v1 GET /leadSources", "leads come from ten sources", "/v1/leadSources")
        .holds(&[("/data", Len(10)), ("/data/0/name", T("Manually created"))]),
    no("v1 GET /leadSources", "a stranger gets none", "/v1/leadSources", 401).by_a_stranger(),
];
