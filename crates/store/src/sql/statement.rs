//! A text with its bound values, while it is being made.

use penstock_model::{CompanyId, Value, ValueRef};

use crate::Engine;

/// A statement under construction. Parameter 1 is always the company.
#[derive(Debug)]
pub struct Statement {
    /// The engine that it is for.
    pub engine: Engine,
    /// The text so far.
    pub text: String,
    /// The values, parameter 1 first.
    pub params: Vec<Value>,
}

impl Statement {
    /// An empty statement about a company.
    #[must_use]
    pub fn new(engine: Engine, company: CompanyId) -> Self {
        Self { engine, text: String::with_capacity(1024), params: vec![company.into()] }
    }
    /// Binds a value and gives its number.
    pub fn bind(&mut self, value: impl Into<Value>) -> usize {
        self.params.push(value.into());
        self.params.len()
    }
    /// Appends text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }
    /// Binds a value and appends its `?n`.
    pub fn push_bound(&mut self, value: impl Into<Value>) -> &mut Self {
        let number = self.bind(value);
        self.text.push('?');
        self.text.push_str(&number.to_string());
        self
    }
    /// The values as they are bound.
    #[must_use]
    pub fn bound(&self) -> Vec<ValueRef<'_>> {
        self.params.iter().map(Value::as_ref).collect()
    }
}
