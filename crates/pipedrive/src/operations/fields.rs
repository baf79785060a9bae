//! Field metadata of both versions (pipedrive-contract 5). `object` is what the fields are of.
//!
//! v1 names a field by its number, v2 by its code. Fields are the whole company's, so that admins alone change them;
//! the OAuth scopes alongside that are Pipedrive's. Activities and notes have no custom fields, leads have those of deals.

use penstock_api::Method;
use penstock_model::{Object, objects};
use serde_json::{Value as Json, json};

use super::{
    body::Body,
    operation::{Operation, Version},
    param::{Param, ParamEffect, ParamType, param},
    params::{CURSOR, LIMIT, START},
    rows::{Scopes, text, v1, v2},
    target::Target,
};
use crate::{
    handlers::fields,
    openapi::{answers, fields as schemas},
};

const ACTIVITIES: Scopes = &["activities:read", "activities:full"];
const NOTES: Scopes = &["deals:read", "deals:full", "contacts:read", "contacts:full"];
const LEADS: Scopes = &["leads:read", "leads:full", "admin"];
const ADMIN: Scopes = &["admin"];

/// The scopes for fields of an object: to read them, to change one on v2, and to define them; and what v2 takes with one
/// field.
struct Rights {
    read: Scopes,
    change: Scopes,
    define: Scopes,
    shown: &'static [Param],
    /// The same with a list of them.
    listed: &'static [Param],
}

const DEALS: Rights = Rights {
    read: &["deals:read", "deals:full", "deal-fields:full", "admin"],
    change: &["deals:full", "deal-fields:full", "admin"],
    define: &["deal-fields:full", "admin"],
    shown: &[SAYS, DESCRIBED],
    listed: &[SAYS, DESCRIBED, LIMIT, CURSOR],
};
const PRODUCTS: Rights = Rights {
    read: &["products:read", "products:full", "product-fields:full"],
    change: &["products:full", "product-fields:full"],
    define: &["products:full", "product-fields:full"],
    shown: &[SAYS_SHOWN, DESCRIBED],
    listed: &[SAYS_SHOWN, DESCRIBED, LIMIT, CURSOR],
};
const CONTACTS: Rights = Rights {
    read: &["contacts:read", "contacts:full", "contact-fields:full", "admin"],
    change: &["contacts:full", "contact-fields:full", "admin"],
    define: &["contact-fields:full", "admin"],
    shown: &[SAYS, DESCRIBED],
    listed: &[SAYS, DESCRIBED, LIMIT, CURSOR],
};

/// What a v2 answer says of a field besides what it is.
const SAYS: Param = param(
    "include_fields",
    ParamType::Words(&["ui_visibility", "important_fields", "required_fields"]),
    ParamEffect::ByHandler,
)
.help(SAID);
/// The same of a field that only an interface knows to show or hide.
const SAYS_SHOWN: Param =
    param("include_fields", ParamType::Words(&["ui_visibility"]), ParamEffect::ByHandler).help(SAID);
const SAID: &str = "What is to be said of a field besides what it is.";
/// Facts about a field that Pipedrive does not tell.
const DESCRIBED: Param = param("include", ParamType::Words(&["description"]), ParamEffect::Extension).help(
    "`description` adds `read_only`, `reference` and `value_type` to every field: when it can be written, to which \
     object it refers, and what it really holds.",
);

/// The built-in fields of an object on v1.
const fn listed(id: &'static str, path: &'static str, object: &'static Object, scopes: Scopes) -> Operation {
    v1::list(id, path, object, scopes, &[START, LIMIT, DESCRIBED])
        .read_by(fields::list)
        .gives(schemas::fields)
        .summary("List the fields of {many}")
}

/// The fields of an object on v2.
const fn listed_v2(
    id: &'static str,
    path: &'static str,
    object: &'static Object,
    scopes: Scopes,
    params: &'static [Param],
) -> Operation {
    v2::list(id, path, object, scopes, params)
        .read_by(fields::list)
        .gives(schemas::fields)
        .summary("List the fields of {many}")
}

/// One field on v2.
const fn shown_v2(
    id: &'static str,
    path: &'static str,
    object: &'static Object,
    scopes: Scopes,
    params: &'static [Param],
) -> Operation {
    v2::get(id, path, object, scopes, params)
        .read_by(fields::one)
        .gives(schemas::field)
        .about(Target::FieldCode(object), None)
        .summary("Get a field of {many}")
}

/// Every operation on the fields of an object that a company can define fields for, and on their options: the object,
/// how paths and how names of operations call it, and the scopes.
fn fields(object: &'static Object, path: &str, name: &str, rights: &Rights) -> Vec<Operation> {
    let all = text(format!("/{path}Fields"));
    let by_number = text(format!("/{path}Fields/{{id}}"));
    let by_code = text(format!("/{path}Fields/{{field_code}}"));
    let options = text(format!("/{path}Fields/{{field_code}}/options"));
    let id = |verb: &str, noun: &str| text(format!("{verb}{name}{noun}"));
    let (number, code) = (Target::Field(object), Target::FieldCode(object));
    let &Rights { read, change, define, .. } = rights;
    vec![
        listed(id("get", "Fields"), all, object, read),
        v1::get(id("get", "Field"), by_number, object, read)
            .params(&[DESCRIBED])
            .read_by(fields::one)
            .gives(schemas::field)
            .about(number, None)
            .summary("Get a field of {many}"),
        v1::post(id("add", "Field"), all, object, define)
            .written_by(fields::create)
            .body(Body::required(schemas::new_field, new_sample))
            .gives(schemas::field)
            .makes(number, None)
            .summary("Create a field of {many}")
            .takes(objects::CUSTOM_FIELD.right),
        v1::put(id("update", "Field"), by_number, object, define)
            .written_by(fields::update)
            .about(number, None)
            .body(Body::optional(schemas::changed_field, changed_sample))
            .gives(schemas::field)
            .fresh()
            .summary("Update a field of {many}")
            .description("The type of a field never changes.")
            .takes(objects::CUSTOM_FIELD.right),
        v1::remove(id("delete", "Field"), by_number, object, define)
            .written_by(fields::delete)
            .about(number, None)
            .gives(answers::number)
            .summary("Delete a field of {many}")
            .takes(objects::CUSTOM_FIELD.right),
        v1::delete_many(id("delete", "Fields"), all, object, define)
            .written_by(fields::delete_many)
            .about_many(number)
            .summary("Delete several fields of {many}")
            .description("At most 500. Those that do not exist are left out of the answer.")
            .takes(objects::CUSTOM_FIELD.right),
        listed_v2(id("get", "Fields"), all, object, read, rights.listed),
        shown_v2(id("get", "Field"), by_code, object, read, rights.shown),
        v2::post(id("add", "Field"), all, object, define)
            .written_by(fields::create)
            .body(Body::required(schemas::new_field, new_sample))
            .gives(schemas::field)
            .makes(code, Some(Target::FieldOption(object)))
            .summary("Create a field of {many}")
            .takes(objects::CUSTOM_FIELD.right),
        v2::change(id("update", "Field"), by_code, object, change)
            .written_by(fields::update)
            .about(code, None)
            .body(Body::optional(schemas::changed_field, changed_sample))
            .gives(schemas::field)
            .fresh()
            .summary("Update a field of {many}")
            .takes(objects::CUSTOM_FIELD.right),
        v2::remove(id("delete", "Field"), by_code, object, define)
            .written_by(fields::delete)
            .about(code, None)
            .gives(schemas::field)
            .said("As it was.")
            .summary("Delete a field of {many}")
            .takes(objects::CUSTOM_FIELD.right),
        of_options(v2::post(id("add", "FieldOptions"), options, object, change))
            .written_by(fields::add_options)
            .body(Body::required(schemas::new_options, |_| json!([{ "label": "Other" }])))
            .summary("Add options to a field of {many}"),
        of_options(v2::change(id("update", "FieldOptions"), options, object, change))
            .written_by(fields::update_options)
            .body(Body::required(
                schemas::renamed_options,
                |row| json!([{ "id": option_of(row), "label": "Any other" }]),
            ))
            .summary("Rename options of a field of {many}"),
        of_options(v2::remove(id("delete", "FieldOptions"), options, object, change))
            .written_by(fields::delete_options)
            .body(Body::required(schemas::deleted_options, |row| json!([{ "id": option_of(row) }])))
            .summary("Delete options of a field of {many}"),
    ]
}

/// What the operations on options share.
fn of_options(row: Operation) -> Operation {
    let code = Target::FieldCode(row.object);
    row.about(code, None)
        .gives(schemas::options)
        .said("Those that the body names.")
        .fresh()
        .takes(objects::CUSTOM_FIELD.right)
}

fn new_sample(row: &Operation) -> Json {
    let options = json!([{ "label": "North" }, { "label": "South" }]);
    match row.version {
        Version::V1 => json!({ "name": "Delivery site", "field_type": "enum", "options": options }),
        Version::V2 => json!({ "field_name": "Delivery site", "field_type": "enum", "options": options }),
    }
}

fn changed_sample(row: &Operation) -> Json {
    match row.version {
        Version::V1 => json!({ "name": "Site" }),
        Version::V2 => json!({ "field_name": "Site" }),
    }
}

/// The placeholder of an option of the field in the path.
fn option_of(row: &Operation) -> String {
    format!("{{{}}}", Target::FieldOption(row.object).placeholder())
}

pub(super) fn rows() -> Vec<Operation> {
    let mut rows = vec![
        listed("getActivityFields", "/activityFields", &objects::ACTIVITY, ACTIVITIES),
        listed("getNoteFields", "/noteFields", &objects::NOTE, NOTES),
        listed("getLeadFields", "/leadFields", &objects::LEAD, LEADS)
            .description("Leads carry the custom fields of deals."),
        listed_v2(
            "getActivityFields",
            "/activityFields",
            &objects::ACTIVITY,
            ADMIN,
            &[SAYS_SHOWN, DESCRIBED, LIMIT, CURSOR],
        ),
        shown_v2(
            "getActivityField",
            "/activityFields/{field_code}",
            &objects::ACTIVITY,
            ADMIN,
            &[SAYS_SHOWN, DESCRIBED],
        ),
    ];
    rows.extend(fields(&objects::DEAL, "deal", "Deal", &DEALS));
    rows.extend(fields(&objects::PERSON, "person", "Person", &CONTACTS));
    rows.extend(fields(&objects::ORGANIZATION, "organization", "Organization", &CONTACTS));
    // Of products alone, v1 answers 201 to a new field.
    rows.extend(
        fields(&objects::PRODUCT, "product", "Product", &PRODUCTS)
            .into_iter()
            .map(|row| if (row.version, row.method) == (Version::V1, Method::Post) { row.created() } else { row }),
    );
    rows
}
