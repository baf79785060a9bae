//! Activity types.

use super::{
    Example,
    Is::{B, Json, Len, N, T},
    Step, no, ok, step,
};

const TYPE: Step =
    step("POST", "/v1/activityTypes", r#"{"name":"Site Visit","icon_key":"car","color":"FF8800"}"#).by_admin();

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /activityTypes", "every company begins with six types", "/v1/activityTypes").holds(&[
        ("/data", Len(6)),
        ("/data/0/key_string", T("call")),
        ("/data/0/is_custom_flag", B(false)),
    ]),
    no("v1 GET /activityTypes", "a stranger gets none", "/v1/activityTypes", 401).by_a_stranger(),
    ok("v1 POST /activityTypes", "a type's key is made of its name", "/v1/activityTypes")
        .by_admin()
        .body(r#"{"name":"Site Visit","icon_key":"car","color":"FF8800"}"#)
        .holds(&[
            ("/data/key_string", T("site_visit")),
            ("/data/order_nr", N(7)),
            ("/data/is_custom_flag", B(true)),
            ("/data/active_flag", B(true)),
        ]),
    no("v1 POST /activityTypes", "a type needs an icon", "/v1/activityTypes", 400)
        .by_admin()
        .body(r#"{"name":"Visit"}"#),
    no("v1 POST /activityTypes", "only an admin makes one", "/v1/activityTypes", 403)
        .body(r#"{"name":"Visit","icon_key":"car"}"#)
        .holds(&[("/error", T("You do not have permissions to do this."))]),
    ok("v1 PUT /activityTypes/{id}", "a renamed type keeps its key", "/v1/activityTypes/7")
        .by_admin()
        .given(&[TYPE])
        .body(r#"{"name":"Tour"}"#)
        .holds(&[("/data/name", T("Tour")), ("/data/key_string", T("site_visit"))]),
    no("v1 PUT /activityTypes/{id}", "an unknown type is not changed", "/v1/activityTypes/99", 404)
        .by_admin()
        .body(r#"{"name":"Tour"}"#),
    ok("v1 DELETE /activityTypes/{id}", "a deleted type is shown as it then is", "/v1/activityTypes/7")
        .by_admin()
        .given(&[TYPE])
        .holds(&[("/data/id", N(7)), ("/data/name", T("Site Visit")), ("/data/active_flag", B(false))]),
    no("v1 DELETE /activityTypes/{id}", "an unknown type is not deleted", "/v1/activityTypes/99", 404).by_admin(),
    ok("v1 DELETE /activityTypes", "types are deleted together", "/v1/activityTypes?ids=7")
        .by_admin()
        .given(&[TYPE])
        .holds(&[("/data/id", Json("[7]"))]),
    no("v1 DELETE /activityTypes", "which types to delete must be said", "/v1/activityTypes", 400).by_admin(),
];
