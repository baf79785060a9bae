//! Words of the model for options of the provider. Several options may read as one word; the first of them is
//! written, but a record that has another of them keeps it as long as the word stays.

use penstock_connector::{Choice, Edits, Name, Type, Values, describe, operators};
use penstock_model::{
    Value,
    filter::{Expr, Op, Test},
};

use super::{Class, Lens, Verdict, one};

/// What an option reads as that has no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Unset. It is kept until another word is written.
    Null,
    /// Its own id.
    Pass,
}

/// The mapping of options to words.
#[derive(Clone, Debug)]
pub struct Enumeration {
    path: [Name; 1],
    /// Option, word.
    pairs: Vec<(Name, Name)>,
    unknown: Unknown,
}

impl Enumeration {
    /// The mapping of a provider's choice by pairs of option and word; the first option of a word is the one written.
    #[must_use]
    pub const fn new(path: Name, pairs: Vec<(Name, Name)>, unknown: Unknown) -> Self {
        Self { path: [path], pairs, unknown }
    }

    fn word(&self, option: &str) -> Value {
        match self.pairs.iter().find(|(o, _)| o == option) {
            Some((_, word)) => Value::from(&**word),
            None if self.unknown == Unknown::Pass => Value::from(option),
            None => Value::Null,
        }
    }

    /// The options that read as a word, the one that is written first.
    fn options(&self, word: &Value) -> Vec<Value> {
        let Some(word) = word.text() else { return Vec::new() };
        let mut options: Vec<Value> =
            self.pairs.iter().filter(|(_, w)| w == word).map(|(o, _)| Value::from(&**o)).collect();
        if self.unknown == Unknown::Pass && !self.pairs.iter().any(|(o, _)| o == word) {
            options.push(Value::from(word));
        }
        options
    }

    fn field(&self, test: Test) -> Expr<Name> {
        Expr::Field(self.path[0].clone(), test)
    }

    /// Options that have a word, those of `except` left out.
    fn known(&self, except: &[Value]) -> Test {
        let all = self.pairs.iter().map(|(o, _)| Value::from(&**o));
        Test::In(all.filter(|o| !except.contains(o)).collect())
    }
}

impl Lens for Enumeration {
    fn kind(&self) -> &'static str {
        "enum"
    }
    fn class(&self) -> Class {
        // One to one only if no option that passes as it is can meet a word.
        let words: std::collections::HashSet<&Name> = self.pairs.iter().map(|(_, word)| word).collect();
        let closed = words.len() == self.pairs.len() && self.pairs.iter().all(|(option, _)| words.contains(option));
        if closed && self.unknown == Unknown::Pass { Class::Iso } else { Class::Lens }
    }
    fn paths(&self) -> &[Name] {
        &self.path
    }
    fn get(&self, record: &dyn Values) -> Value {
        record.value(&self.path[0]).text().map_or(Value::Null, |option| self.word(option))
    }
    fn try_put(&self, _: &dyn Values, value: &Value) -> Option<Edits> {
        if value.is_null() {
            return Some(one(&self.path[0], Value::Null));
        }
        Some(one(&self.path[0], self.options(value).into_iter().next()?))
    }
    fn translate(&self, test: &Test) -> Verdict {
        Verdict::Exact(match (test, self.unknown) {
            (Test::Is(Op::Eq, word), _) => self.field(Test::In(self.options(word))),
            (Test::In(words), _) => self.field(Test::In(words.iter().flat_map(|w| self.options(w)).collect())),
            (Test::Is(Op::Ne, word), Unknown::Null) => self.field(self.known(&self.options(word))),
            (Test::Is(Op::Ne, word), Unknown::Pass) => {
                let is = [self.field(Test::Empty), self.field(Test::In(self.options(word)))];
                Expr::Any(is.into()).negated()
            }
            (Test::Empty, Unknown::Null) => self.field(self.known(&[])).negated(),
            (Test::Empty, Unknown::Pass) => self.field(Test::Empty),
            _ => return Verdict::None,
        })
    }
    fn describe(&self, field: &mut describe::Field) {
        let mut choices: Vec<Choice> = Vec::new();
        for (option, word) in &self.pairs {
            // A word is as usable as the option that it writes, and is called like it.
            let was = field.choice(option);
            let label = was.map_or_else(|| word.clone(), |c| c.label.clone());
            if !choices.iter().any(|c| c.id == *word) {
                choices.push(Choice {
                    color: was.and_then(|c| c.color.clone()),
                    deleted: was.is_some_and(|c| c.deleted),
                    ..Choice::new(word.clone(), label)
                });
            }
        }
        field.choices = choices;
        field.kind = Type::Choice;
        field.sortable = false;
        if !field.operators.is_empty() {
            field.operators = operators::EQUALITY.to_vec();
        }
    }
}
