//! The operations of Pipedrive's API, as data: one file per object, one row per operation (pipedrive-contract 1 to 5).
//!
//! A row carries all that is particular to its operation ([`Operation`]); `rows` has what each kind of operation shares,
//! and a family that several objects have is one function that makes the family's rows. The router, 404 and 405, scope
//! checks, query parsing, OpenAPI, the compatibility table and the tests read the rows of [`all`]; nothing else lists
//! operations. [`UNIMPLEMENTED`] names what Pipedrive has beyond them. Where rows differ from Pipedrive's published
//! specifications on purpose, [`deviations`] says so; a test compares the rest.

mod activities;
mod activity_types;
pub(crate) mod answer;
mod body;
mod currencies;
mod deals;
pub mod deviations;
mod fields;
mod followers;
mod lead_labels;
mod leads;
mod notes;
pub(crate) mod operation;
mod organizations;
mod param;
mod params;
mod participants;
mod persons;
mod pipelines;
mod products;
#[cfg(test)]
mod published;
mod rows;
pub mod sample;
mod stages;
pub(crate) mod target;
#[cfg(test)]
mod tests;
mod unimplemented;
mod users;

use std::sync::LazyLock;

pub(crate) use self::operation::{AsyncCall, Handler};
pub use self::{
    body::Body,
    operation::{Empty, Operation, Paging, Parent, References, Version},
    param::{Param, ParamEffect, ParamType},
    target::Target,
    unimplemented::UNIMPLEMENTED,
};

/// The rows of each file.
const FILES: &[fn() -> Vec<Operation>] = &[
    activities::rows,
    activity_types::rows,
    currencies::rows,
    deals::rows,
    fields::rows,
    lead_labels::rows,
    leads::rows,
    notes::rows,
    organizations::rows,
    participants::rows,
    persons::rows,
    pipelines::rows,
    products::rows,
    stages::rows,
    users::rows,
];

static ALL: LazyLock<Vec<Operation>> = LazyLock::new(|| FILES.iter().flat_map(|rows| rows()).collect());

/// Every operation that Penstock has of Pipedrive's, v1 and v2.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    ALL.iter()
}
