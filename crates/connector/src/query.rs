//! Lists of records.

use penstock_model::filter::Expr;

use crate::{Name, Record};

/// Which way a list is sorted. Unset values come first when ascending, last when descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A list that is asked for.
#[derive(Clone, Debug)]
pub struct Query {
    /// The object.
    pub object: String,
    /// The fields that the records must carry.
    pub fields: Vec<Name>,
    /// Which records: fields are named as the provider does, a part of a value as `field.part`.
    pub filter: Expr<Name>,
    /// The fields that they are sorted by; ties, and all when there are none, by id.
    pub order: Vec<(Name, Direction)>,
    /// Where the page before this one ended, as the connector said.
    pub after: Option<String>,
    /// The most records of the page.
    pub limit: u32,
    /// Whether deleted records that can still be read are among them.
    pub deleted: bool,
}

/// A page of records.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The records.
    pub records: Vec<Record>,
    /// Where it ended; `None` when there are no more.
    pub next: Option<String>,
}
