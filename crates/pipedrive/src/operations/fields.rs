//! Field metadata of both versions (pipedrive-contract 5). `object` is what the fields are of.
//!
//! v1 names a field by its number, v2 by its code. Fields are the whole company's, so that admins alone change them;
//! the OAuth scopes beside that are Pipedrive's. Activities and notes have no custom fields, leads have those of deals.

use penstock_model::operation::{
    Act::{
        AddOptions, CreateField, DeleteField, DeleteFields, DeleteOptions, Field, Fields, UpdateField, UpdateOptions,
    },
    Operation, Param, ParamEffect, ParamType, param,
};

use super::{
    params::{CURSOR, LIMIT, START},
    rows::{v1, v2},
};

const ACTIVITIES: &[&str] = &["activities:read", "activities:full"];
const NOTES: &[&str] = &["deals:read", "deals:full", "contacts:read", "contacts:full"];
const LEADS: &[&str] = &["leads:read", "leads:full", "admin"];
const ADMIN: &[&str] = &["admin"];

const DEALS: &[&str] = &["deals:read", "deals:full", "deal-fields:full", "admin"];
const DEALS_CHANGE: &[&str] = &["deals:full", "deal-fields:full", "admin"];
const DEALS_DEFINE: &[&str] = &["deal-fields:full", "admin"];

const CONTACTS: &[&str] = &["contacts:read", "contacts:full", "contact-fields:full", "admin"];
const CONTACTS_CHANGE: &[&str] = &["contacts:full", "contact-fields:full", "admin"];
const CONTACTS_DEFINE: &[&str] = &["contact-fields:full", "admin"];

/// What a v2 answer says of a field besides what it is.
const SAYS: Param = param(
    "include_fields",
    ParamType::Words(&["ui_visibility", "important_fields", "required_fields"]),
    ParamEffect::ByHandler,
);
/// The same of a field that only an interface knows to show or hide.
const SAYS_SHOWN: Param = param("include_fields", ParamType::Words(&["ui_visibility"]), ParamEffect::ByHandler);
/// Facts about a field that Pipedrive does not tell.
const DESCRIBED: Param = param("include", ParamType::Words(&["description"]), ParamEffect::Extension);
/// The pages of v1.
const PAGE: &[Param] = &[START, LIMIT, DESCRIBED];

pub(super) const ROWS: &[Operation] = &[
    v1::list("/activityFields", "activity", ACTIVITIES, PAGE).act(Fields),
    v1::list("/noteFields", "note", NOTES, PAGE).act(Fields),
    v1::list("/leadFields", "lead", LEADS, PAGE).act(Fields),
    v1::list("/dealFields", "deal", DEALS, PAGE).act(Fields),
    v1::get("/dealFields/{id}", "deal", DEALS).params(&[DESCRIBED]).act(Field),
    v1::create("/dealFields", "deal", DEALS_DEFINE).act(CreateField).by_admin(),
    v1::update("/dealFields/{id}", "deal", DEALS_DEFINE).act(UpdateField).by_admin(),
    v1::delete("/dealFields/{id}", "deal", DEALS_DEFINE).act(DeleteField).by_admin(),
    v1::delete_many("/dealFields", "deal", DEALS_DEFINE).act(DeleteFields).by_admin(),
    v1::list("/personFields", "person", CONTACTS, PAGE).act(Fields),
    v1::get("/personFields/{id}", "person", CONTACTS).params(&[DESCRIBED]).act(Field),
    v1::create("/personFields", "person", CONTACTS_DEFINE).act(CreateField).by_admin(),
    v1::update("/personFields/{id}", "person", CONTACTS_DEFINE).act(UpdateField).by_admin(),
    v1::delete("/personFields/{id}", "person", CONTACTS_DEFINE).act(DeleteField).by_admin(),
    v1::delete_many("/personFields", "person", CONTACTS_DEFINE).act(DeleteFields).by_admin(),
    v1::list("/organizationFields", "organization", CONTACTS, PAGE).act(Fields),
    v1::get("/organizationFields/{id}", "organization", CONTACTS).params(&[DESCRIBED]).act(Field),
    v1::create("/organizationFields", "organization", CONTACTS_DEFINE).act(CreateField).by_admin(),
    v1::update("/organizationFields/{id}", "organization", CONTACTS_DEFINE).act(UpdateField).by_admin(),
    v1::delete("/organizationFields/{id}", "organization", CONTACTS_DEFINE).act(DeleteField).by_admin(),
    v1::delete_many("/organizationFields", "organization", CONTACTS_DEFINE).act(DeleteFields).by_admin(),
    v2::list("/activityFields", "activity", ADMIN, &[SAYS_SHOWN, DESCRIBED, LIMIT, CURSOR]).act(Fields),
    v2::get("/activityFields/{field_code}", "activity", ADMIN, &[SAYS_SHOWN, DESCRIBED]).act(Field),
    v2::list("/dealFields", "deal", DEALS, &[SAYS, DESCRIBED, LIMIT, CURSOR]).act(Fields),
    v2::get("/dealFields/{field_code}", "deal", DEALS, &[SAYS, DESCRIBED]).act(Field),
    v2::create("/dealFields", "deal", DEALS_DEFINE).act(CreateField).by_admin(),
    v2::update("/dealFields/{field_code}", "deal", DEALS_CHANGE).act(UpdateField).by_admin(),
    v2::delete("/dealFields/{field_code}", "deal", DEALS_DEFINE).act(DeleteField).by_admin(),
    v2::create("/dealFields/{field_code}/options", "deal", DEALS_CHANGE).act(AddOptions).by_admin(),
    v2::update("/dealFields/{field_code}/options", "deal", DEALS_CHANGE).act(UpdateOptions).by_admin(),
    v2::delete("/dealFields/{field_code}/options", "deal", DEALS_CHANGE).act(DeleteOptions).by_admin(),
    v2::list("/personFields", "person", CONTACTS, &[SAYS, DESCRIBED, LIMIT, CURSOR]).act(Fields),
    v2::get("/personFields/{field_code}", "person", CONTACTS, &[SAYS, DESCRIBED]).act(Field),
    v2::create("/personFields", "person", CONTACTS_DEFINE).act(CreateField).by_admin(),
    v2::update("/personFields/{field_code}", "person", CONTACTS_CHANGE).act(UpdateField).by_admin(),
    v2::delete("/personFields/{field_code}", "person", CONTACTS_DEFINE).act(DeleteField).by_admin(),
    v2::create("/personFields/{field_code}/options", "person", CONTACTS_CHANGE).act(AddOptions).by_admin(),
    v2::update("/personFields/{field_code}/options", "person", CONTACTS_CHANGE).act(UpdateOptions).by_admin(),
    v2::delete("/personFields/{field_code}/options", "person", CONTACTS_CHANGE).act(DeleteOptions).by_admin(),
    v2::list("/organizationFields", "organization", CONTACTS, &[SAYS, DESCRIBED, LIMIT, CURSOR]).act(Fields),
    v2::get("/organizationFields/{field_code}", "organization", CONTACTS, &[SAYS, DESCRIBED]).act(Field),
    v2::create("/organizationFields", "organization", CONTACTS_DEFINE).act(CreateField).by_admin(),
    v2::update("/organizationFields/{field_code}", "organization", CONTACTS_CHANGE).act(UpdateField).by_admin(),
    v2::delete("/organizationFields/{field_code}", "organization", CONTACTS_DEFINE).act(DeleteField).by_admin(),
    v2::create("/organizationFields/{field_code}/options", "organization", CONTACTS_CHANGE).act(AddOptions).by_admin(),
    v2::update("/organizationFields/{field_code}/options", "organization", CONTACTS_CHANGE)
        .act(UpdateOptions)
        .by_admin(),
    v2::delete("/organizationFields/{field_code}/options", "organization", CONTACTS_CHANGE)
        .act(DeleteOptions)
        .by_admin(),
];
