//! Products and who follows them (pipedrive-contract 1.2, 1.3, 3.7).

use penstock_api::Method;
use penstock_model::objects;

use super::{
    followers::followers,
    operation::{Operation, Paging, Version},
    param::{Param, ParamEffect, ParamType, param},
    params::{
        CURSOR, CUSTOM, DIRECTION, FILTER, FIRST_CHAR, LIMIT, PAGE, PICKED, START, UPDATED_SINCE, equal, sort_by,
    },
    rows::{Scopes, v1, v2},
};

const READ: Scopes = &["products:read", "products:full"];
const FULL: Scopes = &["products:full"];

const LIST: &[Param] = &[
    equal("user_id", "owner_id"),
    FILTER,
    PICKED,
    FIRST_CHAR,
    param("get_summary", ParamType::Bool, ParamEffect::Unimplemented("summaries of products")),
    START,
    LIMIT,
];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    UPDATED_SINCE,
    sort_by(&["id", "name", "add_time", "update_time"]),
    DIRECTION,
    CUSTOM,
    LIMIT,
    CURSOR,
];

pub(super) fn rows() -> Vec<Operation> {
    let object = &objects::PRODUCT;
    let mut rows = vec![
        v1::list("getProducts", "/products", object, READ, LIST).embedded(),
        v1::get("getProduct", "/products/{id}", object, READ).embedded(),
        v1::create("addProduct", "/products", object, FULL).created().embedded(),
        v1::update("updateProduct", "/products/{id}", object, FULL).embedded(),
        v1::delete("deleteProduct", "/products/{id}", object, FULL),
        v2::list("getProducts", "/products", object, READ, LIST_V2),
        v2::get("getProduct", "/products/{id}", object, READ, &[]),
        v2::create("addProduct", "/products", object, FULL).created(),
        v2::update("updateProduct", "/products/{id}", object, FULL),
        v2::delete("deleteProduct", "/products/{id}", object, FULL),
    ];
    // Of products alone, v1 pages the followers, and answers 201 to a new one.
    let of_products = |row: Operation| match (row.version, row.method) {
        (Version::V1, Method::Get) if row.paging == Paging::OffsetIfAsked => row.params(PAGE).paged(Paging::Offset),
        (Version::V1, Method::Post) => row.created(),
        _ => row,
    };
    rows.extend(followers(object, "products", "Product", (READ, FULL)).into_iter().map(of_products));
    rows
}
