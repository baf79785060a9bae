//! Which tests a field takes in filters.

use penstock_model::filter::{Op, Test};

/// How a filter may test a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// A comparison; equality also allows sets of values.
    Is(Op),
    /// Whether it is unset; on lists: without members.
    Empty,
}

impl Operator {
    /// The operator that a field must have for a test.
    #[must_use]
    pub const fn of(test: &Test) -> Self {
        match test {
            Test::Is(op, _) | Test::Relative(op, _) => Self::Is(*op),
            Test::In(_) => Self::Is(Op::Eq),
            Test::Empty => Self::Empty,
        }
    }
    /// Its spelling in filter texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Is(Op::Eq) => "=",
            Self::Is(Op::Ne) => "!=",
            Self::Is(Op::Lt) => "<",
            Self::Is(Op::Le) => "<=",
            Self::Is(Op::Gt) => ">",
            Self::Is(Op::Ge) => ">=",
            Self::Is(Op::StartsWith) => "starts with",
            Self::Is(Op::Contains) => "contains",
            Self::Empty => "is null",
        }
    }
}

/// The sets of operators that fields usually have.
pub mod operators {
    use super::{Op, Operator};

    const EQ: Operator = Operator::Is(Op::Eq);
    const NE: Operator = Operator::Is(Op::Ne);
    const LT: Operator = Operator::Is(Op::Lt);
    const LE: Operator = Operator::Is(Op::Le);
    const GT: Operator = Operator::Is(Op::Gt);
    const GE: Operator = Operator::Is(Op::Ge);
    const STARTS_WITH: Operator = Operator::Is(Op::StartsWith);
    const EMPTY: Operator = Operator::Empty;

    /// None: the field can't be filtered.
    pub const NONE: &[Operator] = &[];
    /// Whether it is set.
    pub const PRESENCE: &[Operator] = &[EMPTY];
    /// Keys, of which no record is without.
    pub const KEYS: &[Operator] = &[EQ];
    /// Ids.
    pub const IDENTITY: &[Operator] = &[EQ, NE];
    /// Equality without its opposite: lists, by member.
    pub const MEMBERSHIP: &[Operator] = &[EQ, EMPTY];
    /// Names of things: ids of others, options, flags.
    pub const EQUALITY: &[Operator] = &[EQ, NE, EMPTY];
    /// What has an order.
    pub const ORDER: &[Operator] = &[EQ, NE, LT, LE, GT, GE, EMPTY];
    /// Texts.
    pub const TEXT: &[Operator] = &[EQ, NE, LT, LE, GT, GE, STARTS_WITH, EMPTY];
}
