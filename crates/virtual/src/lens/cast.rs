//! Values of one type for values of another: numbers that a provider keeps as texts, and the like. What the target
//! can't express reads as unset and is kept until something else is written.

use penstock_connector::{Edits, Name, Type, Values, composite, describe, operators};
use penstock_model::{
    Value,
    filter::{Expr, Op, Test},
    kind::canonical_number,
};
use serde_json::{Map, json};

use super::{Class, Lens, Verdict, one};

/// What is turned into what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// A text of digits into a whole number.
    TextInteger,
    /// A text into a decimal number.
    TextNumber,
    /// `true`, `yes`, `1` and their opposites into a flag.
    TextBoolean,
    /// A whole number into a text.
    IntegerText,
    /// A whole number into a decimal one.
    IntegerNumber,
    /// A decimal number without a fraction into a whole one.
    NumberInteger,
    /// Participants into references to these records. Which one is primary is for another field to say: the primary
    /// one stays that as long as it takes part, and else the first becomes it.
    ParticipantsReferences(Name),
}

/// Whole numbers below this are exact as decimal ones.
const EXACT: i64 = 1 << 53;

impl Conversion {
    /// What a provider's value reads as.
    fn forward(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::TextInteger, Value::Text(text)) => text.trim().parse().map_or(Value::Null, Value::Int),
            (Self::TextNumber, Value::Text(text)) => {
                text.trim().parse().ok().filter(|n: &f64| n.is_finite()).map_or(Value::Null, Value::Real)
            }
            (Self::TextBoolean, Value::Text(text)) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Value::Bool(true),
                "false" | "no" | "0" => Value::Bool(false),
                _ => Value::Null,
            },
            (Self::IntegerText, Value::Int(int)) => Value::from(int.to_string()),
            (Self::IntegerNumber, Value::Int(int)) => to_number(*int).map_or(Value::Null, Value::Real),
            (Self::NumberInteger, Value::Real(number)) => to_integer(*number).map_or(Value::Null, Value::Int),
            (Self::ParticipantsReferences(_), list) => {
                let members = composite::maps_of(list);
                let ids: Vec<&str> = members.iter().filter_map(|m| m.get("person")?.as_str()).collect();
                composite::ids(&ids)
            }
            _ => Value::Null,
        }
    }

    /// What to write for a value; `was` is the provider's value now.
    fn backward(&self, value: &Value, was: &Value) -> Option<Value> {
        match (self, value) {
            (_, Value::Null) => Some(Value::Null),
            (Self::TextInteger, Value::Int(int)) => Some(Value::from(int.to_string())),
            (Self::TextNumber, Value::Real(number)) => Some(Value::from(canonical_number(*number).to_string())),
            (Self::TextBoolean, Value::Bool(flag)) => Some(Value::from(flag.to_string())),
            (Self::IntegerText, Value::Text(text)) => text.parse().ok().map(Value::Int),
            (Self::IntegerNumber, Value::Real(number)) => to_integer(*number).map(Value::Int),
            (Self::NumberInteger, Value::Int(int)) => to_number(*int).map(Value::Real),
            (Self::ParticipantsReferences(_), Value::Text(_)) => Some(participants(value, was)),
            _ => None,
        }
    }

    /// Whether every value of the provider's type can be read, so that only unset ones read as unset.
    const fn is_total(&self) -> bool {
        matches!(self, Self::IntegerText)
    }

    fn target(&self) -> Type {
        match self {
            Self::TextInteger | Self::NumberInteger => Type::Integer,
            Self::TextNumber | Self::IntegerNumber => Type::Number,
            Self::TextBoolean => Type::Boolean,
            Self::IntegerText => Type::Text,
            Self::ParticipantsReferences(to) => Type::References(to.clone()),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact in this range")]
fn to_number(int: i64) -> Option<f64> {
    (-EXACT..=EXACT).contains(&int).then_some(int as f64)
}

#[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
fn to_integer(number: f64) -> Option<i64> {
    let int = number as i64;
    (to_number(int) == Some(number)).then_some(int)
}

/// The members of a list as participants: the primary one stays that, or the first becomes it.
fn participants(list: &Value, was: &Value) -> Value {
    let ids = composite::id_members(list);
    let members = composite::maps_of(was);
    let primary = members.iter().find(|m| m.get("primary") == Some(&json!(true)));
    let primary = primary.and_then(|m| m.get("person")?.as_str()).filter(|id| ids.iter().any(|i| i == id));
    let primary = primary.or(ids.first().map(String::as_str)).unwrap_or_default();
    let member =
        |id: &String| Map::from_iter([("person".to_owned(), json!(id)), ("primary".to_owned(), json!(id == primary))]);
    let parts: Vec<_> = ids.iter().map(member).collect();
    composite::objects(Type::Participants.parts(), &parts)
}

/// The mapping of one type to another.
#[derive(Clone, Debug)]
pub struct Cast {
    path: [Name; 1],
    conversion: Conversion,
}

impl Cast {
    /// The mapping of a provider's field by a conversion.
    #[must_use]
    pub const fn new(path: Name, conversion: Conversion) -> Self {
        Self { path: [path], conversion }
    }
}

impl Lens for Cast {
    fn kind(&self) -> &'static str {
        "cast"
    }
    fn class(&self) -> Class {
        if self.conversion.is_total() { Class::Iso } else { Class::Lens }
    }
    fn paths(&self) -> &[Name] {
        &self.path
    }
    fn get(&self, record: &dyn Values) -> Value {
        self.conversion.forward(&record.value(&self.path[0]))
    }
    fn try_put(&self, record: &dyn Values, value: &Value) -> Option<Edits> {
        let stored = self.conversion.backward(value, &record.value(&self.path[0]))?;
        Some(one(&self.path[0], stored))
    }
    fn translate(&self, test: &Test) -> Verdict {
        // A text of a number can be spelt in many ways, so only numbers are compared by the provider.
        let numbers =
            matches!(self.conversion, Conversion::IntegerText | Conversion::IntegerNumber | Conversion::NumberInteger);
        let same = |value: &Value| {
            let stored = self.conversion.backward(value, &Value::Null).filter(|v| !v.is_null());
            stored.filter(|stored| self.conversion.forward(stored) == *value)
        };
        let field = |test| Verdict::Exact(Expr::Field(self.path[0].clone(), test));
        match test {
            Test::Is(Op::Eq, value) if numbers => field(Test::In(same(value).into_iter().collect())),
            Test::In(values) if numbers => field(Test::In(values.iter().filter_map(same).collect())),
            Test::Empty if self.conversion.is_total() => field(Test::Empty),
            _ => Verdict::None,
        }
    }
    fn describe(&self, field: &mut describe::Field) {
        field.kind = self.conversion.target();
        field.sortable = false;
        field.filter_parts.clear();
        let operators = match self.conversion {
            _ if field.operators.is_empty() => operators::NONE,
            Conversion::IntegerText => operators::MEMBERSHIP,
            Conversion::IntegerNumber | Conversion::NumberInteger => operators::KEYS,
            _ => operators::NONE,
        };
        field.operators = operators.to_vec();
    }
}
