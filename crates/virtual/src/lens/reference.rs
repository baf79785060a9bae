//! A reference: the id of a record of another virtual object. Ids are the provider's own, so that the two translate
//! one to one; what changes is the name of the object that is meant.

use penstock_connector::{Edits, Name, Type, Values, describe};
use penstock_model::{
    Value,
    filter::{Expr, Test},
};

use super::{Class, Lens, Verdict, one};

/// The mapping of a reference.
#[derive(Clone, Debug)]
pub struct Reference {
    path: [Name; 1],
    target: Name,
}

impl Reference {
    /// The mapping of a provider's reference; `target` is the virtual object.
    #[must_use]
    pub const fn new(path: Name, target: Name) -> Self {
        Self { path: [path], target }
    }
}

impl Lens for Reference {
    fn kind(&self) -> &'static str {
        "ref"
    }
    fn class(&self) -> Class {
        Class::Iso
    }
    fn paths(&self) -> &[Name] {
        &self.path
    }
    fn get(&self, record: &dyn Values) -> Value {
        match record.value(&self.path[0]).into_owned() {
            id @ Value::Text(_) => id,
            _ => Value::Null,
        }
    }
    fn try_put(&self, _: &dyn Values, value: &Value) -> Option<Edits> {
        matches!(value, Value::Text(_) | Value::Null).then(|| one(&self.path[0], value.clone()))
    }
    fn translate(&self, test: &Test) -> Verdict {
        Verdict::Exact(Expr::Field(self.path[0].clone(), test.clone()))
    }
    fn describe(&self, field: &mut describe::Field) {
        field.kind = match field.kind {
            Type::References(_) => Type::References(self.target.clone()),
            _ => Type::Reference(self.target.clone()),
        };
    }
    fn sort_path(&self) -> Option<&Name> {
        Some(&self.path[0])
    }
}
