//! Products of v2.

use super::{
    Example,
    Is::{Absent, B, Has, Json, Len, N, Null, T},
    given::PRODUCT,
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok(
        "v2 GET /products",
        "products are found by number and sorted by name",
        "/api/v2/products?ids=1,2,99&sort_by=name",
    )
    .given(&[PRODUCT, step("POST", "/api/v2/products", r#"{"name":"Hose"}"#)])
    .holds(&[
        ("/data", Len(2)),
        ("/data/0/name", T("Hose")),
        ("/data/1/owner_id", N(2)),
        ("/data/1/is_deleted", B(false)),
        ("/data/1/prices", Json("[]")),
        ("/additional_data/next_cursor", Null),
    ]),
    no("v2 GET /products", "they are not sorted by what is no key", "/api/v2/products?sort_by=price", 400),
    ok("v2 GET /products/{id}", "a product is read alone", "/api/v2/products/1").given(&[PRODUCT]).holds(&[
        ("/data/name", T("Pump")),
        ("/data/tax", N(19)),
        ("/data/is_linkable", B(true)),
        ("/data/selectable", Absent),
        ("/data/category", Null),
        ("/data/add_time", T("2026-03-02T09:00:00Z")),
    ]),
    no("v2 GET /products/{id}", "an unknown product is not found", "/api/v2/products/99", 404),
    ok("v2 POST /products", "a product is made", "/api/v2/products")
        .body(
            r#"{"name":"Pump","code":"P-1","tax":19,"is_linkable":false,"visible_to":3,"prices":[],
                "billing_frequency":"monthly","billing_frequency_cycles":12}"#,
        )
        .holds(&[
            ("/data/id", N(1)),
            ("/data/is_linkable", B(false)),
            ("/data/billing_frequency", T("monthly")),
            ("/data/billing_frequency_cycles", N(12)),
        ]),
    no("v2 POST /products", "a product needs a name", "/api/v2/products", 400).body("{}"),
    no("v2 POST /products", "an unknown key is refused", "/api/v2/products", 400)
        .body(r#"{"name":"x","selectable":true}"#),
    no("v2 POST /products", "prices are to come", "/api/v2/products", 501)
        .body(r#"{"name":"Pump","prices":[{"price":5,"currency":"EUR"}]}"#)
        .holds(&[("/error", Has("prices"))]),
    ok("v2 PATCH /products/{id}", "a product has a category", "/api/v2/products/1")
        .given(&[
            PRODUCT,
            step("POST", "/api/v2/productFields/category/options", r#"[{"label":"Machines"}]"#)
                .by_admin()
                .keep("machines", "/data/0/id"),
        ])
        .body(r#"{"category":{machines}}"#)
        .holds(&[("/data/category", T("{machines}")), ("/data/name", T("Pump"))]),
    no("v2 PATCH /products/{id}", "an unknown product is not changed", "/api/v2/products/99", 404)
        .body(r#"{"name":"x"}"#),
    no("v2 PATCH /products/{id}", "what is billed once does not repeat", "/api/v2/products/1", 400)
        .given(&[PRODUCT])
        .body(r#"{"billing_frequency_cycles":2}"#),
    ok("v2 DELETE /products/{id}", "a product is deleted and named", "/api/v2/products/1")
        .given(&[PRODUCT])
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v2 DELETE /products/{id}", "an unknown product is not deleted", "/api/v2/products/99", 404),
    ok("v2 GET /products/{id}/followers", "the owner follows", "/api/v2/products/1/followers")
        .given(&[PRODUCT])
        .holds(&[("/data", Json(r#"[{"user_id":2,"add_time":"2026-03-02T09:00:00Z"}]"#))]),
    no("v2 GET /products/{id}/followers", "an unknown product has none", "/api/v2/products/99/followers", 404),
    ok(
        "v2 GET /products/{id}/followers/changelog",
        "who followed, newest first",
        "/api/v2/products/1/followers/changelog",
    )
    .given(&[PRODUCT, step("POST", "/api/v2/products/1/followers", r#"{"user_id":3}"#)])
    .holds(&[("/data", Len(2)), ("/data/0/follower_user_id", N(3)), ("/data/0/action", T("added"))]),
    no(
        "v2 GET /products/{id}/followers/changelog",
        "an unknown product has none",
        "/api/v2/products/99/followers/changelog",
        404,
    ),
    ok("v2 POST /products/{id}/followers", "a user follows", "/api/v2/products/1/followers")
        .given(&[PRODUCT])
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3))]),
    no("v2 POST /products/{id}/followers", "a user's number is not a string", "/api/v2/products/1/followers", 400)
        .given(&[PRODUCT])
        .body(r#"{"user_id":"3"}"#),
    ok(
        "v2 DELETE /products/{id}/followers/{follower_id}",
        "a follower goes by the user's number",
        "/api/v2/products/1/followers/2",
    )
    .given(&[PRODUCT])
    .holds(&[("/data", Json(r#"{"user_id":2}"#))]),
    no(
        "v2 DELETE /products/{id}/followers/{follower_id}",
        "a user who does not follow can't cease to",
        "/api/v2/products/1/followers/3",
        404,
    )
    .given(&[PRODUCT]),
];
