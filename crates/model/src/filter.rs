//! The one filter expression: quick filters, saved filters, virtual filters and lists under a record all become it.

use crate::{Field, Value};

/// What a condition compares.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    /// A built-in field with a column.
    Column(&'static Field),
    /// A custom field, by number.
    Custom(u32),
}

/// How a condition compares. Comparisons with an unset value are false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; unset values are not equal to anything and do not match.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// The folded text begins with the folded value.
    StartsWith,
}

/// A filter.
#[derive(Clone, Debug)]
pub enum Expr {
    /// Every part holds; empty: always true.
    All(Vec<Expr>),
    /// Some part holds; empty: never true.
    Any(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
    /// A comparison.
    Is(Operand, Op, Value),
    /// One of the values.
    In(Operand, Vec<Value>),
    /// Unset.
    Null(Operand),
    /// The record that `link` refers to has a column that equals `value`.
    Within {
        /// The reference of this object.
        link: &'static Field,
        /// The object that it refers to.
        object: &'static str,
        /// The column of that object.
        column: &'static str,
        /// What it must equal.
        value: i64,
    },
    /// The record is linked from a row of a link table: `(table, column that names this record, column, value)`.
    Linked {
        /// The object that links, for example `participant`.
        object: &'static str,
        /// Its column that holds this record's number.
        record: &'static str,
        /// Its column that must equal `value`.
        column: &'static str,
        /// The other record's number.
        value: i64,
    },
}

impl Expr {
    /// No restriction.
    #[must_use]
    pub const fn everything() -> Self {
        Self::All(Vec::new())
    }
    /// A built-in field equals a value.
    pub fn eq(field: &'static Field, value: impl Into<Value>) -> Self {
        Self::Is(Operand::Column(field), Op::Eq, value.into())
    }
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut parts) => {
                parts.push(other);
                Self::All(parts)
            }
            one => Self::All(vec![one, other]),
        }
    }
}
