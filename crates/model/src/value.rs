//! The one value domain that storage, rules, lenses and faces share.
//!
//! Composite values (addresses, e-mail lists, ranges, option sets) are canonical JSON text; the field's
//! [`Kind`](crate::Kind) tells what a text means, so equality of values is equality of texts.

/// An owned value of a field.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Not set.
    #[default]
    Null,
    /// A flag.
    Bool(bool),
    /// A whole number: ids, counts, money in 1/10,000, microseconds since 1970 UTC, seconds of a duration.
    Int(i64),
    /// A custom number.
    Real(f64),
    /// A text, a date `YYYY-MM-DD`, a clock time `HH:MM:SS`, or canonical JSON of a composite.
    Text(Box<str>),
}

/// A borrowed value, as a row hands it out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRef<'a> {
    /// Not set.
    Null,
    /// A flag.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A custom number.
    Real(f64),
    /// Any text.
    Text(&'a str),
}

impl Value {
    /// Whether the value is unset.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
    /// The borrowed form.
    #[must_use]
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Bool(b) => ValueRef::Bool(*b),
            Self::Int(i) => ValueRef::Int(*i),
            Self::Real(r) => ValueRef::Real(*r),
            Self::Text(t) => ValueRef::Text(t),
        }
    }
    /// The whole number, if it is one.
    #[must_use]
    pub const fn int(&self) -> Option<i64> {
        if let Self::Int(i) = self { Some(*i) } else { None }
    }
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }
    /// The flag; a whole number counts as one, since SQLite stores flags so.
    #[must_use]
    pub const fn truth(&self) -> bool {
        matches!(self, Self::Bool(true)) || matches!(self, Self::Int(i) if *i != 0)
    }
    /// The value as JSON for event rows: composites stay text.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(b) => (*b).into(),
            Self::Int(i) => (*i).into(),
            Self::Real(r) => (*r).into(),
            Self::Text(t) => (&**t).into(),
        }
    }
    /// The inverse of [`Value::to_json`].
    #[must_use]
    pub fn from_json(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(b) => Self::Bool(*b),
            serde_json::Value::Number(n) => n.as_i64().map_or_else(|| Self::Real(n.as_f64().unwrap_or(0.0)), Self::Int),
            serde_json::Value::String(s) => Self::Text(s.as_str().into()),
            composite => Self::Text(composite.to_string().into()),
        }
    }
}

impl<'a> ValueRef<'a> {
    /// The owned form.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(b) => Value::Bool(b),
            Self::Int(i) => Value::Int(i),
            Self::Real(r) => Value::Real(r),
            Self::Text(t) => Value::Text(t.into()),
        }
    }
    /// The whole number, if it is one.
    #[must_use]
    pub const fn int(self) -> Option<i64> {
        if let Self::Int(i) = self { Some(i) } else { None }
    }
    /// The text, if it is one.
    #[must_use]
    pub const fn text(self) -> Option<&'a str> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }
    /// The flag; a whole number counts as one, since SQLite stores flags so.
    #[must_use]
    pub const fn truth(self) -> bool {
        matches!(self, Self::Bool(true)) || matches!(self, Self::Int(i) if i != 0)
    }
    /// Whether the value is unset.
    #[must_use]
    pub const fn is_null(self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<i64> for Value {
    fn from(i: i64) -> Self {
        Self::Int(i)
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Self::Text(s.into())
    }
}
impl From<String> for Value {
    fn from(s: String) -> Self {
        Self::Text(s.into())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(o: Option<T>) -> Self {
        o.map_or(Self::Null, Into::into)
    }
}
