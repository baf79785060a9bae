//! Conditions on a provider's records, by its field names and in normalised values.

use penstock_model::Value;

use crate::{Name, Operator};

/// A condition. A comparison with an unset value is false, and so its negation by [`Filter::Not`] is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Every part holds; empty: always true.
    All(Vec<Filter>),
    /// Some part holds; empty: never true.
    Any(Vec<Filter>),
    /// The part does not hold.
    Not(Box<Filter>),
    /// A test of one field.
    Field(Name, Test),
}

/// A test of one field, or of the members of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A comparison; not with [`Operator::Null`].
    Is(Operator, Value),
    /// One of the values.
    In(Vec<Value>),
    /// Unset.
    Null,
}

impl Test {
    /// The operator that the field must have.
    #[must_use]
    pub const fn operator(&self) -> Operator {
        match self {
            Self::Is(operator, _) => *operator,
            Self::In(_) => Operator::Eq,
            Self::Null => Operator::Null,
        }
    }
}

impl Filter {
    /// No restriction.
    pub const EVERYTHING: Self = Self::All(Vec::new());
    /// Never true.
    pub const NOTHING: Self = Self::Any(Vec::new());

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == Self::EVERYTHING => other,
            (one, other) if other == Self::EVERYTHING => one,
            (Self::All(mut parts), other) => {
                parts.push(other);
                Self::All(parts)
            }
            (one, other) => Self::All(vec![one, other]),
        }
    }
    /// Whether it is known to hold for no record.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Any(parts) => parts.iter().all(Self::is_nothing),
            Self::All(parts) => parts.iter().any(Self::is_nothing),
            Self::Field(_, Test::In(values)) => values.is_empty(),
            _ => false,
        }
    }
}
