//! A provider's field as it is.

use penstock_connector::{Edits, Name, Values, describe};
use penstock_model::{
    Value,
    filter::{Expr, Test},
};

use super::{Class, Lens, Verdict, one};

/// The mapping of a field to itself.
#[derive(Clone, Debug)]
pub struct Direct {
    path: [Name; 1],
}

impl Direct {
    /// The mapping of a provider's field.
    #[must_use]
    pub const fn new(path: Name) -> Self {
        Self { path: [path] }
    }
}

impl Lens for Direct {
    fn kind(&self) -> &'static str {
        "direct"
    }
    fn class(&self) -> Class {
        Class::Iso
    }
    fn paths(&self) -> &[Name] {
        &self.path
    }
    fn get(&self, record: &dyn Values) -> Value {
        record.value(&self.path[0]).into_owned()
    }
    fn try_put(&self, _: &dyn Values, value: &Value) -> Option<Edits> {
        Some(one(&self.path[0], value.clone()))
    }
    fn translate(&self, test: &Test) -> Verdict {
        Verdict::Exact(Expr::Field(self.path[0].clone(), test.clone()))
    }
    fn translate_part(&self, part: &str, test: &Test) -> Verdict {
        Verdict::Exact(Expr::Field(format!("{}.{part}", self.path[0]).into(), test.clone()))
    }
    fn describe(&self, _: &mut describe::Field) {}
    fn sort_path(&self) -> Option<&Name> {
        Some(&self.path[0])
    }
}
