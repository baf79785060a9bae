//! Pipelines of both versions.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, Null, T},
    given::{DEAL, ORGANIZATION, PERSON, SALE},
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /pipelines", "every company begins with one", "/v1/pipelines").holds(&[
        ("/data", Len(1)),
        ("/data/0/name", T("Pipeline")),
        ("/data/0/active", B(true)),
        ("/data/0/deal_probability", B(false)),
    ]),
    no("v1 GET /pipelines", "a stranger gets none", "/v1/pipelines", 401).by_a_stranger(),
    ok("v1 GET /pipelines/{id}", "a pipeline is read", "/v1/pipelines/1").holds(&[("/data/name", T("Pipeline"))]),
    no("v1 GET /pipelines/{id}", "an unknown pipeline is not found", "/v1/pipelines/99", 404)
        .holds(&[("/error", T("Pipeline not found"))]),
    ok("v1 POST /pipelines", "a pipeline is made", "/v1/pipelines")
        .by_admin()
        .body(r#"{"name":"Renewals","deal_probability":1}"#)
        .holds(&[("/data/id", N(2)), ("/data/deal_probability", B(true)), ("/data/url_title", T("Renewals"))]),
    no("v1 POST /pipelines", "only an admin makes one", "/v1/pipelines", 403).body(r#"{"name":"Renewals"}"#),
    no("v1 POST /pipelines", "a pipeline needs a name", "/v1/pipelines", 400).by_admin().body("{}"),
    ok("v1 PUT /pipelines/{id}", "a pipeline is renamed", "/v1/pipelines/1")
        .by_admin()
        .body(r#"{"name":"Sales"}"#)
        .holds(&[("/data/name", T("Sales"))]),
    no("v1 PUT /pipelines/{id}", "an unknown pipeline is not changed", "/v1/pipelines/99", 404)
        .by_admin()
        .body(r#"{"name":"Sales"}"#),
    ok("v1 DELETE /pipelines/{id}", "a pipeline is deleted and named", "/v1/pipelines/2")
        .by_admin()
        .given(&[step("POST", "/v1/pipelines", r#"{"name":"Renewals"}"#).by_admin()])
        .holds(&[("/data/id", N(2))]),
    no("v1 DELETE /pipelines/{id}", "an unknown pipeline is not deleted", "/v1/pipelines/99", 404).by_admin(),
    ok("v1 GET /pipelines/{id}/deals", "the open deals of a pipeline are flat", "/v1/pipelines/1/deals?everyone=1")
        .given(&[ORGANIZATION, PERSON, DEAL, step("POST", "/v1/deals", r#"{"title":"Lost","status":"lost"}"#)])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/person_id", N(1)),
            ("/data/0/user_id", N(2)),
            ("/related_objects", Absent),
        ]),
    ok("v1 GET /pipelines/{id}/deals", "they are the asking user's unless it is said", "/v1/pipelines/1/deals")
        .by_bob()
        .given(SALE)
        .holds(&[("/data", Null)]),
    no("v1 GET /pipelines/{id}/deals", "an unknown pipeline has none", "/v1/pipelines/99/deals", 404),
    ok("v2 GET /pipelines", "pipelines are listed", "/api/v2/pipelines").holds(&[
        ("/data/0/is_deal_probability_enabled", B(false)),
        ("/data/0/is_deleted", B(false)),
        ("/additional_data/next_cursor", Null),
    ]),
    no("v2 GET /pipelines", "pipelines can't be sorted by anything", "/api/v2/pipelines?sort_by=name", 400),
    ok("v2 GET /pipelines/{id}", "a pipeline is read", "/api/v2/pipelines/1")
        .holds(&[("/data/add_time", T("2026-03-02T09:00:00Z"))]),
    no("v2 GET /pipelines/{id}", "an unknown pipeline is not found", "/api/v2/pipelines/99", 404),
    ok("v2 POST /pipelines", "a pipeline is made", "/api/v2/pipelines")
        .by_admin()
        .body(r#"{"name":"Renewals","is_deal_probability_enabled":true}"#)
        .holds(&[("/data/id", N(2)), ("/data/is_deal_probability_enabled", B(true))]),
    no("v2 POST /pipelines", "only an admin makes one", "/api/v2/pipelines", 403).body(r#"{"name":"Renewals"}"#),
    ok("v2 PATCH /pipelines/{id}", "a pipeline is renamed", "/api/v2/pipelines/1")
        .by_admin()
        .body(r#"{"name":"Sales"}"#)
        .holds(&[("/data/name", T("Sales"))]),
    no("v2 PATCH /pipelines/{id}", "a flag is not a number", "/api/v2/pipelines/1", 400)
        .by_admin()
        .body(r#"{"is_deal_probability_enabled":1}"#),
    ok("v2 DELETE /pipelines/{id}", "a pipeline is deleted and named", "/api/v2/pipelines/2")
        .by_admin()
        .given(&[step("POST", "/v1/pipelines", r#"{"name":"Renewals"}"#).by_admin()])
        .holds(&[("/data", Json(r#"{"id":2}"#))]),
    no("v2 DELETE /pipelines/{id}", "an unknown pipeline is not deleted", "/api/v2/pipelines/99", 404).by_admin(),
];
