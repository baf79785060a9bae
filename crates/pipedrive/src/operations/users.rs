//! Users (pipedrive-contract 1.2, 1.3, 3.9, 12.10). Every user sees the others of the company.

use penstock_model::{Code, objects};
use serde_json::{Value as Json, json};

use super::{
    answer::Described,
    body::Body,
    followers::of_user,
    operation::Operation,
    param::{ParamEffect, ParamType, param},
    params::PAGE_V2,
    rows::{BASE, Params, Scopes, v1, v2},
    target::Target,
};
use crate::{
    handlers::users,
    openapi::{
        answers,
        kinds::{self, flag, int, nullable, text},
    },
    wire::Shape,
};

const READ: Scopes = &["users:read"];
const ADMIN: Scopes = &["admin"];
const FIND: Params = &[
    param("term", ParamType::Text, ParamEffect::ByHandler).required().help("What the name must contain, in any case."),
    param("search_by_email", ParamType::Bool, ParamEffect::ByHandler)
        .help("When true, the address must contain the term, not the name."),
];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::USER;
    vec![
        v1::all("getUsers", "/users", object, READ),
        v1::all("findUsersByName", "/users/find", object, READ)
            .read_by(users::find)
            .params(FIND)
            .costs(40)
            .summary("Find users"),
        v1::get("getCurrentUser", "/users/me", object, BASE)
            .read_by(users::me)
            .gives(with_company)
            .summary("Get the asking user")
            .description("With the facts of the company that clients build host names from."),
        v1::get("getUser", "/users/{id}", object, READ),
        v1::post("addUser", "/users", object, ADMIN)
            .written_by(users::add)
            .body(Body::required(new_user, |_| json!({ "email": "noor@millrace.example" })))
            .gives_record(Shape::Alone)
            .makes(Target::Record(object), None)
            .errors(&[Code::Conflict])
            .summary("Add a user")
            .takes(object.right),
        v1::put("updateUser", "/users/{id}", object, ADMIN)
            .written_by(users::set_active)
            .body(Body::required(activity, |_| json!({ "active_flag": true })))
            .gives_record(Shape::Alone)
            .summary("Activate or deactivate a user")
            .takes(object.right),
        of_user(v1::facts("getUserFollowers", "/users/{id}/followers", object, READ, answers::number)),
        of_user(v2::list("getUserFollowers", "/users/{id}/followers", object, READ, PAGE_V2)),
    ]
}

/// The asking user, with the company's facts.
fn with_company(row: &Operation) -> Described {
    let mut described = answers::record(row, Shape::Listed);
    let language = kinds::object(&[("language_code", nullable(text())), ("country_code", nullable(text()))]);
    let facts = kinds::object(&[
        ("company_id", int()),
        ("company_name", text()),
        ("company_domain", text()),
        ("company_country", nullable(text())),
        ("company_industry", nullable(text())),
        ("language", language),
    ]);
    described.schema = json!({ "allOf": [described.schema, facts] });
    described
}

fn activity(_: &Operation) -> Json {
    kinds::object(&[("active_flag", active())])
}

fn active() -> Json {
    json!({ "type": "boolean", "description": "Whether the user may sign in." })
}

fn new_user(_: &Operation) -> Json {
    let app = json!({ "type": "object", "properties": { "app": text(), "admin": flag() } });
    let email = "The address; the name begins as what stands before its @.";
    json!({
        "type": "object", "required": ["email"],
        "properties": {
            "email": { "type": "string", "description": email },
            "access": {
                "type": "array", "items": app,
                "description": "`{app: global, admin: true}` among them makes an admin.",
            },
            "active_flag": active(),
        },
    })
}
