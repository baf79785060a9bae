//! Users (pipedrive-contract 1.2, 1.3, 3.9, 12.10). Every user sees the others of the company.

use penstock_model::operation::{Act, Operation, ParamEffect, ParamType, param};

use super::{
    params::PAGE_V2,
    rows::{v1, v2},
};

const READ: &[&str] = &["users:read"];
const ADMIN: &[&str] = &["admin"];
/// The scope `base`, which every token has.
const BASE: &[&str] = &[];

pub(super) const ROWS: &[Operation] = &[
    v1::read("/users", "user", Act::List, READ),
    v1::read("/users/find", "user", Act::FindUsers, READ)
        .params(&[
            param("term", ParamType::Text, ParamEffect::ByHandler).required(),
            param("search_by_email", ParamType::Bool, ParamEffect::ByHandler),
        ])
        .costs(40),
    v1::read("/users/me", "user", Act::Me, BASE).costs(2),
    v1::get("/users/{id}", "user", READ),
    v1::create("/users", "user", ADMIN).act(Act::AddUser).by_admin(),
    v1::update("/users/{id}", "user", ADMIN).act(Act::SetUserActive).by_admin(),
    v1::read("/users/{id}/followers", "user", Act::FollowersOfUser, READ),
    v2::list("/users/{id}/followers", "user", READ, PAGE_V2).act(Act::FollowersOfUser),
];
