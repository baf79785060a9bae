//! Fixed lists: currencies and the sources of leads (pipedrive-contract 1.2, 3.5, 3.10). Neither is an object.

use penstock_model::operation::{Act, Operation, ParamEffect, ParamType, param};

use super::rows::v1;

/// The scope `base`, which every token has.
const BASE: &[&str] = &[];
const LEADS: &[&str] = &["leads:read", "leads:full"];

pub(super) const ROWS: &[Operation] = &[
    v1::read("/currencies", "company", Act::Currencies, BASE).params(&[param(
        "term",
        ParamType::Text,
        ParamEffect::ByHandler,
    )]),
    v1::read("/leadSources", "lead", Act::LeadSources, LEADS).never_null().costs(2),
];
