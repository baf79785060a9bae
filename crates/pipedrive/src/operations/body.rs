//! What a row's body is.

use serde_json::Value as Json;

use super::operation::Operation;

/// The body of an operation.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// None is read.
    None,
    /// The fields of a new record of the row's object, but for the reference to its parent.
    Create,
    /// Fields of a record of the row's object that are to change.
    Update,
    /// Anything else.
    Other {
        /// Its schema.
        schema: fn(&Operation) -> Json,
        /// A sample of it, in which placeholders as `"{deal}"` stand for what a request is about.
        sample: fn(&Operation) -> Json,
        /// Whether a request without a body is refused.
        required: bool,
    },
}

impl Body {
    /// A body that must be given.
    pub(super) const fn required(schema: fn(&Operation) -> Json, sample: fn(&Operation) -> Json) -> Self {
        Self::Other { schema, sample, required: true }
    }
    /// A body that may be empty.
    pub(super) const fn optional(schema: fn(&Operation) -> Json, sample: fn(&Operation) -> Json) -> Self {
        Self::Other { schema, sample, required: false }
    }
    /// Whether a request without a body is refused.
    #[must_use]
    pub const fn is_required(self) -> bool {
        match self {
            Self::None | Self::Update => false,
            Self::Create => true,
            Self::Other { required, .. } => required,
        }
    }
}
