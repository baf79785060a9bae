//! Products of v1.

use super::{
    Example,
    Is::{B, Has, Json, Len, N, Null, T},
    given::PRODUCT,
    no, ok, step,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /products", "products come with their owner as an object", "/v1/products?first_char=p")
        .given(&[PRODUCT])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/name", T("Pump")),
            ("/data/0/owner_id/value", N(2)),
            ("/data/0/selectable", B(true)),
            ("/data/0/prices", Json("[]")),
            ("/related_objects/user/2/name", T("Ann")),
        ]),
    ok("v1 GET /products", "ids are joined with commas or named one by one", "/v1/products?ids=1,9&ids=2")
        .given(&[PRODUCT, step("POST", "/v1/products", r#"{"name":"Hose"}"#)])
        .holds(&[("/data", Len(2)), ("/data/1/name", T("Hose"))]),
    ok("v1 GET /products", "no products are null", "/v1/products?first_char=z")
        .given(&[PRODUCT])
        .holds(&[("/data", Null)]),
    no("v1 GET /products", "a summary is to come", "/v1/products?get_summary=1", 501)
        .holds(&[("/error", Has("get_summary"))]),
    ok("v1 GET /products/{id}", "a product is read alone", "/v1/products/1").given(&[PRODUCT]).holds(&[
        ("/data/code", T("P-1")),
        ("/data/tax", N(19)),
        ("/data/category", Null),
        ("/data/first_char", T("p")),
        ("/data/files_count", Null),
        ("/data/followers_count", N(1)),
        ("/data/billing_frequency", T("one-time")),
        ("/data/billing_frequency_cycles", Null),
    ]),
    no("v1 GET /products/{id}", "an unknown product is not found", "/v1/products/99", 404)
        .holds(&[("/error", T("Product not found"))]),
    ok("v1 POST /products", "a product is made", "/v1/products")
        .body(
            r#"{"name":"Pump","owner_id":3,"selectable":0,"billing_frequency":"weekly","billing_frequency_cycles":52}"#,
        )
        .holds(&[
            ("/data/id", N(1)),
            ("/data/owner_id/value", N(3)),
            ("/data/active_flag", B(true)),
            ("/data/selectable", B(false)),
            ("/data/billing_frequency_cycles", N(52)),
        ]),
    no("v1 POST /products", "a product needs a name", "/v1/products", 400).body("{}"),
    no("v1 POST /products", "prices are to come", "/v1/products", 501)
        .body(r#"{"name":"Pump","prices":[{"price":5,"currency":"EUR"}]}"#)
        .holds(&[("/error", Has("prices"))]),
    no("v1 POST /products", "billing weekly has an end", "/v1/products", 400)
        .body(r#"{"name":"Pump","billing_frequency":"weekly"}"#)
        .holds(&[("/error", Has("billing_frequency_cycles"))]),
    ok("v1 PUT /products/{id}", "a product is changed", "/v1/products/1")
        .given(&[PRODUCT])
        .body(r#"{"name":"Hose","code":"","tax":"7.5"}"#)
        .holds(&[("/data/name", T("Hose")), ("/data/code", Null), ("/data/unit", T("piece"))]),
    ok("v1 PUT /products/{id}", "billing once forgets how often it was to repeat", "/v1/products/1")
        .given(&[step(
            "POST",
            "/v1/products",
            r#"{"name":"Service","billing_frequency":"monthly","billing_frequency_cycles":12}"#,
        )])
        .body(r#"{"billing_frequency":"one-time"}"#)
        .holds(&[("/data/billing_frequency_cycles", Null)]),
    no("v1 PUT /products/{id}", "an unknown product is not changed", "/v1/products/99", 404).body(r#"{"name":"x"}"#),
    no("v1 PUT /products/{id}", "billing does not repeat for ever by number", "/v1/products/1", 400)
        .given(&[PRODUCT])
        .body(r#"{"billing_frequency":"monthly","billing_frequency_cycles":209}"#),
    ok("v1 DELETE /products/{id}", "a product is deleted and named", "/v1/products/1")
        .given(&[PRODUCT])
        .holds(&[("/data", Json(r#"{"id":1}"#))]),
    no("v1 DELETE /products/{id}", "an unknown product is not deleted", "/v1/products/99", 404),
    ok("v1 GET /products/{id}/followers", "the owner follows", "/v1/products/1/followers").given(&[PRODUCT]).holds(&[
        ("/data/0/user_id", N(2)),
        ("/data/0/product_id", N(1)),
        ("/additional_data/pagination/more_items_in_collection", B(false)),
    ]),
    ok("v1 GET /products/{id}/followers", "followers come in pages", "/v1/products/1/followers?start=0&limit=1")
        .given(&[PRODUCT, step("POST", "/v1/products/1/followers", r#"{"user_id":3}"#)])
        .holds(&[("/data", Len(1)), ("/additional_data/pagination/next_start", N(1))]),
    ok("v1 GET /products/{id}/followers", "the last page says that it is", "/v1/products/1/followers?start=1&limit=1")
        .given(&[PRODUCT, step("POST", "/v1/products/1/followers", r#"{"user_id":3}"#)])
        .holds(&[
            ("/data", Len(1)),
            ("/data/0/user_id", N(3)),
            ("/additional_data/pagination/start", N(1)),
            ("/additional_data/pagination/more_items_in_collection", B(false)),
        ]),
    no("v1 GET /products/{id}/followers", "an unknown product has none", "/v1/products/99/followers", 404),
    ok("v1 POST /products/{id}/followers", "a user follows", "/v1/products/1/followers")
        .given(&[PRODUCT])
        .body(r#"{"user_id":3}"#)
        .holds(&[("/data/user_id", N(3)), ("/data/product_id", N(1))]),
    no("v1 POST /products/{id}/followers", "an unknown user can't follow", "/v1/products/1/followers", 400)
        .given(&[PRODUCT])
        .body(r#"{"user_id":99}"#),
    ok(
        "v1 DELETE /products/{id}/followers/{follower_id}",
        "a follower goes by the follower's number",
        "/v1/products/1/followers/{follower}",
    )
    .given(&[PRODUCT, step("POST", "/v1/products/1/followers", r#"{"user_id":3}"#).keep("follower", "/data/id")])
    .holds(&[("/data", Json(r#"{"id":{follower}}"#))]),
    no(
        "v1 DELETE /products/{id}/followers/{follower_id}",
        "an unknown follower can't go",
        "/v1/products/1/followers/99",
        404,
    )
    .given(&[PRODUCT]),
    ok("v1 GET /products/{id}/permittedUsers", "everyone sees a shared product", "/v1/products/1/permittedUsers")
        .given(&[PRODUCT])
        .holds(&[("/data", Json("[1,2,3]"))]),
    no("v1 GET /products/{id}/permittedUsers", "nobody sees an unknown product", "/v1/products/99/permittedUsers", 404),
];
