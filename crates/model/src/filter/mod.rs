//! The one filter expression: quick filters, saved filters, the Virtual API's filters, connectors and lists under a
//! record all speak it. Only the name of a field differs: an [`Operand`] where records are read, a text elsewhere.

mod relative;

use std::{borrow::Cow, fmt};

pub use relative::{RelativeDate, Today};

use crate::{Field, Kind, Object, Value};

/// How statements name a field.
#[derive(Clone, Copy)]
pub enum Operand {
    /// A built-in field with a column.
    Column(&'static Field),
    /// A custom field, by number.
    Custom(u32),
}

/// The field's name alone, so that a filter can be read.
impl fmt::Debug for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(field) => f.write_str(field.name),
            Self::Custom(number) => write!(f, "custom {number}"),
        }
    }
}

impl From<&'static Field> for Operand {
    fn from(field: &'static Field) -> Self {
        Self::Column(field)
    }
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// The text begins with the value, ignoring case where the field's comparisons do.
    StartsWith,
    /// The text contains the value, ignoring case: that of all letters where the field's comparisons do, that of `A` to
    /// `Z` elsewhere.
    Contains,
}

/// A test of one field. On a list it asks whether some member passes. An unset value passes [`Test::Empty`] alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A comparison with a value.
    Is(Op, Value),
    /// Equal to one of the values.
    In(Vec<Value>),
    /// A comparison of a day or moment with one that depends on when it is asked.
    Relative(Op, RelativeDate),
    /// Unset; a list without members.
    Empty,
}

/// How records of another object are related to a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Link<F = Operand> {
    /// The record, or one of the records, that a field of this one refers to.
    To {
        /// The field of this record.
        field: F,
        /// The name of the other object.
        object: Cow<'static, str>,
    },
    /// The records of another object that refer to this one.
    From {
        /// The name of the other object.
        object: Cow<'static, str>,
        /// The field of the other record.
        field: F,
    },
}

impl Link {
    /// The record that a reference names.
    #[must_use]
    pub const fn to(field: &'static Field) -> Self {
        let object = match field.kind {
            Kind::Reference(to) | Kind::References(to) => to,
            _ => "",
        };
        Self::To { field: Operand::Column(field), object: Cow::Borrowed(object) }
    }
    /// The records of an object that refer to this one by a field.
    #[must_use]
    pub const fn from(object: &Object, field: &'static Field) -> Self {
        Self::From { object: Cow::Borrowed(object.name), field: Operand::Column(field) }
    }
}

/// A filter on the records of an object, whose fields are named by `F`. A test of an unset value is false, and so its
/// negation by [`Expr::Not`] is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr<F = Operand> {
    /// Every part holds; empty: always true.
    All(Vec<Expr<F>>),
    /// Some part holds; empty: never true.
    Any(Vec<Expr<F>>),
    /// The part does not hold.
    Not(Box<Expr<F>>),
    /// A field passes a test.
    Field(F, Test),
    /// The condition holds for some related record that the reader may see.
    Related(Link<F>, Box<Expr<F>>),
}

impl<F> Expr<F> {
    /// No restriction.
    #[must_use]
    pub const fn everything() -> Self {
        Self::All(Vec::new())
    }
    /// Never true.
    #[must_use]
    pub const fn nothing() -> Self {
        Self::Any(Vec::new())
    }
    /// A field compares with a value.
    pub fn is(field: impl Into<F>, op: Op, value: impl Into<Value>) -> Self {
        Self::Field(field.into(), Test::Is(op, value.into()))
    }
    /// A field equals a value.
    pub fn eq(field: impl Into<F>, value: impl Into<Value>) -> Self {
        Self::is(field, Op::Eq, value)
    }
    /// A field equals one of some values.
    pub fn one_of<V: Into<Value>>(field: impl Into<F>, values: impl IntoIterator<Item = V>) -> Self {
        Self::Field(field.into(), Test::In(values.into_iter().map(Into::into).collect()))
    }
    /// A field is unset.
    pub fn empty(field: impl Into<F>) -> Self {
        Self::Field(field.into(), Test::Empty)
    }
    /// A condition holds for some related record.
    pub fn related(link: Link<F>, part: Self) -> Self {
        Self::Related(link, Box::new(part))
    }
    /// The expression does not hold.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if other.is_everything() => one,
            (one, other) if one.is_everything() => other,
            (Self::All(mut parts), other) => {
                parts.push(other);
                Self::All(parts)
            }
            (one, other) => Self::All(vec![one, other]),
        }
    }
    /// Whether it is written as no restriction.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }
    /// Whether it is known to hold for no record.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Any(parts) => parts.iter().all(Self::is_nothing),
            Self::All(parts) => parts.iter().any(Self::is_nothing),
            Self::Field(_, Test::In(values)) => values.is_empty(),
            Self::Related(_, part) => part.is_nothing(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_restricts_nothing_adds_nothing() {
        let one: Expr<&str> = Expr::eq("a", 1);
        let all = || Expr::everything();
        assert_eq!(one.clone().and(all()), one);
        assert_eq!(all().and(one.clone()), one);
        assert_eq!(one.clone().and(one.clone()).and(one.clone()), Expr::All(vec![one.clone(), one.clone(), one]));
    }

    #[test]
    fn what_can_hold_for_no_record_is_known() {
        let none = || Expr::<&str>::one_of("a", Vec::<i64>::new());
        let link = Link::To { field: "b", object: "person".into() };
        assert!(none().is_nothing() && Expr::<&str>::nothing().is_nothing());
        assert!(Expr::eq("a", 1).and(none()).is_nothing());
        assert!(Expr::Related(link, Box::new(none())).is_nothing());
        assert!(!Expr::Any(vec![none(), Expr::eq("a", 1)]).is_nothing());
        assert!(!none().negated().is_nothing());
    }
}
