//! Field metadata of products.

use super::{
    Example,
    Is::{B, Has, Json, Len, N, Null, T},
    Step, no, ok, step,
};

const SIZE: Step =
    step("POST", "/v1/productFields", r#"{"name":"Size","field_type":"enum","options":[{"label":"S"},{"label":"L"}]}"#)
        .by_admin()
        .keep("id", "/data/id")
        .keep("code", "/data/key")
        .keep("option", "/data/options/0/id");

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /productFields", "products have built-in fields, paged", "/v1/productFields?limit=1").holds(&[
        ("/data", Len(1)),
        ("/data/0/edit_flag", B(false)),
        ("/additional_data/pagination/next_start", N(1)),
    ]),
    no("v1 GET /productFields", "a page begins at a number", "/v1/productFields?start=x", 400),
    ok("v1 GET /productFields/{id}", "a field is read by its number", "/v1/productFields/{id}").given(&[SIZE]).holds(
        &[
            ("/data/name", T("Size")),
            ("/data/key", T("{code}")),
            ("/data/field_type", T("enum")),
            ("/data/options", Len(2)),
            ("/data/edit_flag", B(true)),
        ],
    ),
    no("v1 GET /productFields/{id}", "an unknown field is gone", "/v1/productFields/1", 410)
        .holds(&[("/error", T("The field is not found"))]),
    ok("v1 POST /productFields", "a field is made", "/v1/productFields")
        .by_admin()
        .body(r#"{"name":"Size","field_type":"set","options":[{"label":"S"},{"label":"L"}],"add_visible_flag":false}"#)
        .holds(&[("/data/name", T("Size")), ("/data/options/1/label", T("L")), ("/data/add_visible_flag", B(false))]),
    no("v1 POST /productFields", "a field has one of the types", "/v1/productFields", 400)
        .by_admin()
        .body(r#"{"name":"Size","field_type":"colour"}"#),
    no("v1 POST /productFields", "only an admin makes one", "/v1/productFields", 403)
        .body(r#"{"name":"Size","field_type":"text"}"#),
    ok("v1 PUT /productFields/{id}", "a field is renamed", "/v1/productFields/{id}")
        .by_admin()
        .given(&[SIZE])
        .body(r#"{"name":"Girth"}"#)
        .holds(&[("/data/name", T("Girth")), ("/data/key", T("{code}")), ("/data/options", Len(2))]),
    no("v1 PUT /productFields/{id}", "an unknown field is gone", "/v1/productFields/1", 410)
        .by_admin()
        .body(r#"{"name":"Girth"}"#),
    ok("v1 DELETE /productFields/{id}", "a field is deleted and named", "/v1/productFields/{id}")
        .by_admin()
        .given(&[SIZE])
        .holds(&[("/data", Json(r#"{"id":{id}}"#))]),
    no("v1 DELETE /productFields/{id}", "only an admin deletes one", "/v1/productFields/{id}", 403).given(&[SIZE]),
    ok("v1 DELETE /productFields", "fields are deleted together", "/v1/productFields?ids={id}")
        .by_admin()
        .given(&[SIZE])
        .holds(&[("/data", Json(r#"{"id":[{id}]}"#))]),
    no("v1 DELETE /productFields", "which fields to delete must be said", "/v1/productFields", 400).by_admin(),
    ok(
        "v2 GET /productFields",
        "fields are named by code",
        "/api/v2/productFields?limit=2&include_fields=ui_visibility",
    )
    .holds(&[
        ("/data", Len(2)),
        ("/data/0/field_code", T("id")),
        ("/data/0/is_custom_field", B(false)),
        ("/additional_data/next_cursor", Has("ey")),
    ]),
    no(
        "v2 GET /productFields",
        "only what is known can be included",
        "/api/v2/productFields?include_fields=colour",
        400,
    ),
    ok("v2 GET /productFields/{field_code}", "a field is read by its code", "/api/v2/productFields/{code}")
        .given(&[SIZE])
        .holds(&[("/data/field_name", T("Size")), ("/data/field_type", T("enum")), ("/data/options", Len(2))]),
    no("v2 GET /productFields/{field_code}", "an unknown field is not found", "/api/v2/productFields/abc", 404),
    ok("v2 POST /productFields", "a field is made", "/api/v2/productFields")
        .by_admin()
        .body(r#"{"field_name":"Size","field_type":"enum","options":[{"label":"S"}],"description":"How large"}"#)
        .holds(&[
            ("/data/field_name", T("Size")),
            ("/data/is_custom_field", B(true)),
            ("/data/description", T("How large")),
        ]),
    no("v2 POST /productFields", "a field needs a name", "/api/v2/productFields", 400)
        .by_admin()
        .body(r#"{"field_type":"text"}"#),
    no("v2 POST /productFields", "only an admin makes one", "/api/v2/productFields", 403)
        .body(r#"{"field_name":"Size","field_type":"text"}"#),
    ok("v2 PATCH /productFields/{field_code}", "a field is renamed", "/api/v2/productFields/{code}")
        .by_admin()
        .given(&[SIZE])
        .body(r#"{"field_name":"Girth"}"#)
        .holds(&[("/data/field_name", T("Girth")), ("/data/field_code", T("{code}"))]),
    no("v2 PATCH /productFields/{field_code}", "something must be changed", "/api/v2/productFields/{code}", 400)
        .by_admin()
        .given(&[SIZE])
        .body("{}"),
    ok("v2 DELETE /productFields/{field_code}", "a deleted field is shown as it was", "/api/v2/productFields/{code}")
        .by_admin()
        .given(&[SIZE])
        .holds(&[("/data/field_name", T("Size"))]),
    no("v2 DELETE /productFields/{field_code}", "an unknown field is not deleted", "/api/v2/productFields/abc", 404)
        .by_admin(),
    ok(
        "v2 POST /productFields/{field_code}/options",
        "options are added and given",
        "/api/v2/productFields/{code}/options",
    )
    .by_admin()
    .given(&[SIZE])
    .body(r#"[{"label":"XL"}]"#)
    .holds(&[("/data", Len(1)), ("/data/0/label", T("XL")), ("/additional_data", Null)]),
    no(
        "v2 POST /productFields/{field_code}/options",
        "an option needs a label",
        "/api/v2/productFields/{code}/options",
        400,
    )
    .by_admin()
    .given(&[SIZE])
    .body("[{}]"),
    ok("v2 PATCH /productFields/{field_code}/options", "options are renamed", "/api/v2/productFields/{code}/options")
        .by_admin()
        .given(&[SIZE])
        .body(r#"[{"id":{option},"label":"Small"}]"#)
        .holds(&[("/data", Json(r#"[{"id":{option},"label":"Small"}]"#))]),
    no(
        "v2 PATCH /productFields/{field_code}/options",
        "an unknown option is not renamed",
        "/api/v2/productFields/{code}/options",
        400,
    )
    .by_admin()
    .given(&[SIZE])
    .body(r#"[{"id":9999,"label":"Small"}]"#),
    ok(
        "v2 DELETE /productFields/{field_code}/options",
        "options are deleted by a body",
        "/api/v2/productFields/{code}/options",
    )
    .by_admin()
    .given(&[SIZE])
    .body(r#"[{"id":{option}}]"#)
    .holds(&[("/data/0/label", T("S"))]),
    no(
        "v2 DELETE /productFields/{field_code}/options",
        "only an admin deletes them",
        "/api/v2/productFields/{code}/options",
        403,
    )
    .given(&[SIZE])
    .body(r#"[{"id":{option}}]"#),
];
