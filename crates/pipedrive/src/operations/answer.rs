//! What a row's answer is.

use penstock_model::Object;
use serde_json::Value as Json;

use super::operation::{Operation, References};
use crate::wire::Shape;

/// The answer of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// What its data is.
    pub(crate) data: Data,
    /// How much of a record it shows.
    pub(crate) shape: Shape,
    /// What is said of the data; empty: what follows from the rest of the row.
    pub(crate) said: &'static str,
    /// The schema of `additional_data`, where it is not that of a page alone.
    pub(crate) additional: Option<fn(&Operation) -> Json>,
}

/// What the data of an answer is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data {
    /// One record of the row's object.
    Record,
    /// Records of the row's object.
    Records,
    /// Anything else.
    Other(fn(&Operation) -> Described),
}

/// A schema with what it refers to.
pub(crate) struct Described {
    /// The schema.
    pub(crate) schema: Json,
    /// The records whose schemas it needs.
    pub(crate) records: Vec<(&'static Object, Shape, References)>,
    /// Named schemas that it needs besides.
    pub(crate) components: Vec<(&'static str, Json)>,
}

impl Described {
    /// A schema that refers to nothing.
    pub(crate) const fn plain(schema: Json) -> Self {
        Self { schema, records: Vec::new(), components: Vec::new() }
    }
    /// With named schemas that it refers to.
    pub(crate) fn with(mut self, components: Vec<(&'static str, Json)>) -> Self {
        self.components.extend(components);
        self
    }
}
