//! The currencies (pipedrive-contract 1.2, 3.10): a fixed list, no object of the CRM.

use penstock_model::objects;

use super::{
    answer::Described,
    operation::Operation,
    param::{ParamEffect, ParamType, param},
    rows::{BASE, Params, v1},
};
use crate::{
    handlers::currencies,
    openapi::kinds::{component, flag, int, list, nullable, object, text},
};

const FOUND: Params =
    &[param("term", ParamType::Text, ParamEffect::ByHandler).help("Only currencies whose name or code contains this.")];

pub(super) fn rows() -> Vec<Operation> {
    vec![
        v1::facts("getCurrencies", "/currencies", &objects::COMPANY, BASE, shown)
            .read_by(currencies::list)
            .params(FOUND)
            .summary("List currencies"),
    ]
}

fn shown(_: &Operation) -> Described {
    let currency = object(&[
        ("id", int()),
        ("code", text()),
        ("name", text()),
        ("decimal_points", int()),
        ("symbol", text()),
        ("active_flag", flag()),
        ("is_custom_flag", flag()),
    ]);
    Described::plain(nullable(list(&component("Currency")))).with(vec![("Currency", currency)])
}
