//! Normalised records, and what is to become of one.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use penstock_model::Value;

use crate::Name;

/// The names of the values that the records of a page carry, sorted.
#[derive(Clone, Debug, Default)]
pub struct Columns(Arc<[Name]>);

impl Columns {
    /// The columns of these names.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = Name>) -> Self {
        let mut names: Vec<Name> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        Self(names.into())
    }
    /// The names, sorted: the order of a record's values.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.0
    }
    /// The position of a name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.binary_search_by(|n| n.as_ref().cmp(name)).ok()
    }
}

/// A record as a connector gives it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// What changes whenever the record is changed; the precondition of an update.
    pub version: String,
    /// Whether it is deleted.
    pub deleted: bool,
    columns: Columns,
    values: Vec<Value>,
}

impl Record {
    /// A record with values in the order of the columns' names.
    #[must_use]
    pub fn new(id: String, version: String, deleted: bool, columns: Columns, values: Vec<Value>) -> Self {
        debug_assert_eq!(columns.names().len(), values.len());
        Self { id, version, deleted, columns, values }
    }

    /// About how many bytes its values take.
    #[must_use]
    pub fn size(&self) -> usize {
        self.values.iter().map(|value| size_of::<Value>() + value.text().map_or(0, str::len)).sum()
    }
}

/// Where lenses find a provider's values.
pub trait Values {
    /// The value of a field; unset when there is none of that name.
    fn value(&self, name: &str) -> Cow<'_, Value>;
}

impl Values for Record {
    fn value(&self, name: &str) -> Cow<'_, Value> {
        let value = self.columns.position(name).and_then(|at| self.values.get(at));
        value.map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

/// Fields that are to be set, by the provider's names. `Null` clears; what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edits(BTreeMap<Name, Value>);

impl Edits {
    /// Sets a field. Gives the value that it was to have before, when that is another one.
    pub fn set(&mut self, name: &Name, value: Value) -> Option<Value> {
        let earlier = self.0.insert(name.clone(), value);
        earlier.filter(|e| self.0.get(name) != Some(e))
    }
    /// The value that a field is to have.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
    /// Whether nothing is to be set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The fields and their values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Value)> {
        self.0.iter()
    }
    /// The values as they would stand after the edits.
    pub fn over<'a>(&'a self, before: &'a dyn Values) -> impl Values + 'a {
        Over { edits: self, before }
    }
}

struct Over<'a> {
    edits: &'a Edits,
    before: &'a dyn Values,
}

impl Values for Over<'_> {
    fn value(&self, name: &str) -> Cow<'_, Value> {
        self.edits.get(name).map_or_else(|| self.before.value(name), Cow::Borrowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_stand_over_what_was() {
        let columns = Columns::new(["b".into(), "a".into()]);
        let record = Record::new("1".into(), "1".into(), false, columns, vec![Value::Int(1), Value::Int(2)]);
        let mut edits = Edits::default();
        assert_eq!(edits.set(&"a".into(), Value::Int(9)), None);
        assert_eq!(edits.set(&"a".into(), Value::Int(9)), None, "the same again is no conflict");
        let after = edits.over(&record);
        assert_eq!((after.value("a").int(), after.value("b").int()), (Some(9), Some(2)));
        assert!(after.value("c").is_null());
        assert_eq!(edits.clone().set(&"a".into(), Value::Int(8)), Some(Value::Int(9)));
    }
}
