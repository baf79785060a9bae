//! Stages of both versions.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, T},
    Step,
    given::SALE,
    no, ok, step,
};

const STAGE: Step = step("POST", "/v1/stages", r#"{"name":"Signing","pipeline_id":1}"#).by_admin();

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /stages", "stages come in their order", "/v1/stages?pipeline_id=1").holds(&[
        ("/data", Len(5)),
        ("/data/0/name", T("Qualified")),
        ("/data/0/pipeline_name", T("Pipeline")),
        ("/additional_data/pagination", Json(r#"{"start":0,"limit":100,"more_items_in_collection":false}"#)),
        ("/data/0/rotten_flag", B(false)),
    ]),
    no("v1 GET /stages", "a pipeline is a number", "/v1/stages?pipeline_id=first", 400),
    ok("v1 GET /stages/{id}", "a stage is read", "/v1/stages/2").holds(&[
        ("/data/name", T("Contact Made")),
        ("/data/pipeline_id", N(1)),
        ("/data/active_flag", B(true)),
    ]),
    no("v1 GET /stages/{id}", "an unknown stage is not found", "/v1/stages/99", 404)
        .holds(&[("/error", T("Stage not found"))]),
    ok("v1 POST /stages", "a new stage is the last", "/v1/stages")
        .by_admin()
        .body(r#"{"name":"Signing","pipeline_id":1,"deal_probability":90,"rotten_flag":1,"rotten_days":5}"#)
        .holds(&[
            ("/data/id", N(6)),
            ("/data/order_nr", N(6)),
            ("/data/deal_probability", N(90)),
            ("/data/rotten_days", N(5)),
        ]),
    no("v1 POST /stages", "a probability is a percentage", "/v1/stages", 400)
        .by_admin()
        .body(r#"{"name":"Signing","pipeline_id":1,"deal_probability":101}"#),
    no("v1 POST /stages", "a stage is of a pipeline", "/v1/stages", 400)
        .by_admin()
        .body(r#"{"name":"Signing","pipeline_id":99}"#),
    ok("v1 PUT /stages/{id}", "a stage is renamed", "/v1/stages/2")
        .by_admin()
        .body(r#"{"name":"Called"}"#)
        .holds(&[("/data/name", T("Called")), ("/data/order_nr", N(2))]),
    no("v1 PUT /stages/{id}", "an unknown stage is not changed", "/v1/stages/99", 404)
        .by_admin()
        .body(r#"{"name":"x"}"#),
    ok("v1 DELETE /stages/{id}", "a stage is deleted and named", "/v1/stages/6")
        .by_admin()
        .given(&[STAGE])
        .holds(&[("/data/id", N(6))]),
    no("v1 DELETE /stages/{id}", "an unknown stage is not deleted", "/v1/stages/99", 404).by_admin(),
    ok("v1 DELETE /stages", "stages are deleted together", "/v1/stages?ids=5,6")
        .by_admin()
        .given(&[STAGE])
        .holds(&[("/data/id", Json("[5,6]"))]),
    no("v1 DELETE /stages", "only an admin deletes them", "/v1/stages?ids=5", 403),
    ok("v1 GET /stages/{id}/deals", "the open deals of a stage are flat", "/v1/stages/1/deals")
        .given(SALE)
        .holds(&[("/data/0/org_id", N(1)), ("/related_objects", Absent)]),
    no("v1 GET /stages/{id}/deals", "an unknown stage has none", "/v1/stages/99/deals", 404),
    ok("v2 GET /stages", "stages are sorted as asked", "/api/v2/stages?sort_by=order_nr&sort_direction=desc&limit=2")
        .holds(&[
            ("/data", Len(2)),
            ("/data/0/name", T("Negotiations Started")),
            ("/data/0/is_deal_rot_enabled", B(false)),
        ]),
    no("v2 GET /stages", "a direction is asc or desc", "/api/v2/stages?sort_direction=down", 400),
    ok("v2 GET /stages/{id}", "a stage is read", "/api/v2/stages/1")
        .holds(&[("/data/name", T("Qualified")), ("/data/pipeline_name", Absent)]),
    no("v2 GET /stages/{id}", "an unknown stage is not found", "/api/v2/stages/99", 404),
    ok("v2 POST /stages", "a stage is made", "/api/v2/stages")
        .by_admin()
        .body(r#"{"name":"Signing","pipeline_id":1,"is_deal_rot_enabled":true,"days_to_rotten":3}"#)
        .holds(&[("/data/id", N(6)), ("/data/days_to_rotten", N(3))]),
    no("v2 POST /stages", "a stage is of a pipeline", "/api/v2/stages", 400).by_admin().body(r#"{"name":"Signing"}"#),
    ok("v2 PATCH /stages/{id}", "a stage is changed", "/api/v2/stages/1")
        .by_admin()
        .body(r#"{"deal_probability":20}"#)
        .holds(&[("/data/deal_probability", N(20))]),
    no("v2 PATCH /stages/{id}", "only an admin changes one", "/api/v2/stages/1", 403)
        .body(r#"{"deal_probability":20}"#),
    ok("v2 DELETE /stages/{id}", "a stage is deleted and named", "/api/v2/stages/6")
        .by_admin()
        .given(&[STAGE])
        .holds(&[("/data", Json(r#"{"id":6}"#))]),
    no("v2 DELETE /stages/{id}", "a stage with deals stays", "/api/v2/stages/1", 400).by_admin().given(SALE),
];
