//! Sample values of an object's fields: what documentation shows and what tests send, from one source.
//!
//! A sample names other records by their object, never by a number: who uses it puts in the ids of the records at hand.

/// What a new record of an object and a change of one may look like. The names are the fields' own, the values fit every
/// face that writes the field.
#[derive(Clone, Copy, Debug)]
pub struct Samples {
    /// The fields of a new record: at least those that it requires.
    pub create: &'static [(&'static str, Sample)],
    /// The fields of a change.
    pub update: &'static [(&'static str, Sample)],
}

/// A sample value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A text, a day, an option's word.
    Text(&'static str),
    /// A whole number.
    Int(i64),
    /// A flag.
    Flag(bool),
    /// The id of a record of that object.
    Record(&'static str),
    /// A list or an object, as JSON.
    Json(&'static str),
}

impl Samples {
    /// Of an object whose records no request writes field by field.
    pub const NONE: Self = Self { create: &[], update: &[] };
}
