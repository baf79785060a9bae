//! Users.

use super::{
    Example,
    Is::{Absent, B, Json, Len, N, Null, T},
    no, ok,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /users", "everyone sees the others", "/v1/users").holds(&[
        ("/data", Len(3)),
        ("/data/0/name", T("Ada")),
        ("/data/0/is_admin", N(1)),
        ("/data/1/is_you", B(true)),
        ("/data/1/access/0/app", T("global")),
        ("/data/1/company_domain", Absent),
    ]),
    no("v1 GET /users", "a stranger sees nobody", "/v1/users", 401).by_a_stranger().holds(&[
        ("/error", T("unauthorized access")),
        ("/errorCode", N(401)),
        ("/error_info", T("Please check developers.pipedrive.com")),
    ]),
    ok("v1 GET /users/find", "users are found by name", "/v1/users/find?term=bo")
        .holds(&[("/data", Len(1)), ("/data/0/id", N(3))]),
    ok("v1 GET /users/find", "users are found by address", "/v1/users/find?term=ada%40&search_by_email=1")
        .holds(&[("/data/0/name", T("Ada"))]),
    ok("v1 GET /users/find", "nobody found is null", "/v1/users/find?term=nobody").holds(&[("/data", Null)]),
    no("v1 GET /users/find", "what to find must be said", "/v1/users/find", 400),
    ok("v1 GET /users/me", "the asking user sees the company, too", "/v1/users/me").holds(&[
        ("/data/id", N(2)),
        ("/data/company_name", T("Acme")),
        ("/data/company_domain", T("acme")),
        ("/data/company_country", Null),
        ("/data/language/language_code", T("en")),
        ("/data/language/country_code", T("US")),
        ("/data/timezone_offset", T("+00:00")),
    ]),
    no("v1 GET /users/me", "a stranger is nobody", "/v1/users/me", 401).by_a_stranger(),
    ok("v1 GET /users/{id}", "a user is read", "/v1/users/3").holds(&[
        ("/data/email", T("bob@example.com")),
        ("/data/is_you", B(false)),
        ("/data/last_login", Null),
    ]),
    no("v1 GET /users/{id}", "an unknown user is not found", "/v1/users/99", 404)
        .holds(&[("/error", T("User not found or not accessible."))]),
    ok("v1 POST /users", "a user is added by address", "/v1/users")
        .by_admin()
        .body(r#"{"email":"eve@example.com","access":[{"app":"sales","admin":false}],"active_flag":true}"#)
        .holds(&[("/data/id", N(4)), ("/data/email", T("eve@example.com")), ("/data/active_flag", B(true))]),
    no("v1 POST /users", "an address is taken once", "/v1/users", 409)
        .by_admin()
        .body(r#"{"email":"ann@example.com"}"#),
    no("v1 POST /users", "only an admin adds one", "/v1/users", 403).body(r#"{"email":"eve@example.com"}"#),
    ok("v1 PUT /users/{id}", "a user is shut out", "/v1/users/3")
        .by_admin()
        .body(r#"{"active_flag":false}"#)
        .holds(&[("/data/id", N(3)), ("/data/active_flag", B(false))]),
    no("v1 PUT /users/{id}", "what can't be changed here is refused by name", "/v1/users/3", 400)
        .by_admin()
        .body(r#"{"active_flag":true,"name":"Someone else"}"#),
    no("v1 PUT /users/{id}", "an unknown user is not changed", "/v1/users/99", 404)
        .by_admin()
        .body(r#"{"active_flag":false}"#),
    ok("v1 GET /users/{id}/followers", "nobody follows a user yet", "/v1/users/3/followers").holds(&[("/data", Null)]),
    no("v1 GET /users/{id}/followers", "an unknown user has none", "/v1/users/99/followers", 404),
    ok("v2 GET /users/{id}/followers", "nobody follows a user yet", "/api/v2/users/3/followers")
        .holds(&[("/data", Json("[]")), ("/additional_data/next_cursor", Null)]),
    no("v2 GET /users/{id}/followers", "an unknown user has none", "/api/v2/users/99/followers", 404),
];
