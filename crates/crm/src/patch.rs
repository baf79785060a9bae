//! What a caller wants to set: absent, null or a value, for built-in and custom fields.

use penstock_model::{Kind, Object, Result, Value, object::Named};
use penstock_store::sql::Record;
use serde_json::{Map, Value as Json};

use crate::rules;

/// The fields that a body gives, in canonical values. A missing field is left as it is; `Null` clears it.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Built-in fields, by position in the object's table.
    pub fields: Vec<(usize, Value)>,
    /// Custom fields, by number.
    pub custom: Vec<(u32, Value)>,
    /// Parts of custom values that have parts, by field number: `null` unsets one, those that are missing stay. Without
    /// its main part, `value`, a value is none.
    pub parts: Vec<(u32, Map<String, Json>)>,
    /// As `parts`, of built-in addresses, by position in the object's table.
    pub built_in_parts: Vec<(usize, Map<String, Json>)>,
    /// Names by which other systems know the record: `(source, key)`.
    pub external_ids: Option<Vec<(String, String)>>,
    /// Whether a value that means nothing beside another one is refused, where it is kept or set aside otherwise.
    pub strict: bool,
    /// Which marked-up texts are clean already.
    pub clean: Clean,
}

/// The positions of built-in fields whose marked-up texts [`Patch::clean`] has cleaned.
#[derive(Clone, Debug, Default)]
pub struct Clean(Vec<usize>);

impl Patch {
    /// Sets a built-in field of an object; a later value replaces an earlier one. Setting what the object does not have
    /// is a fault of the caller, at which tests stop.
    pub fn set(&mut self, object: &Object, field: impl Named, value: impl Into<Value>) -> &mut Self {
        match position(object, field) {
            Some(at) => self.put(at, value),
            None => self,
        }
    }
    /// Sets a built-in field by its place; a later value replaces an earlier one.
    pub fn put(&mut self, at: impl Into<usize>, value: impl Into<Value>) -> &mut Self {
        let (position, value) = (at.into(), value.into());
        self.clean.0.retain(|clean| *clean != position);
        match self.fields.iter_mut().find(|(p, _)| *p == position) {
            Some(slot) => slot.1 = value,
            None => self.fields.push((position, value)),
        }
        self
    }
    /// Cleans marked-up texts. It takes milliseconds, and whoever writes holds up all others: so it is done before a
    /// write begins, as [`Crm::save`](crate::Crm::save) does. What is not clean when it is written, is cleaned then.
    ///
    /// # Errors
    /// `FieldInvalid` for a text that becomes too much (see `docs/objects.md`).
    pub fn clean(&mut self, object: &Object) -> Result<()> {
        for (position, value) in &mut self.fields {
            let field = &object.fields[*position];
            if field.kind == Kind::Html {
                *value = rules::cleaned(field.kind, value, field.name)?;
                self.clean.0.push(*position);
            }
        }
        Ok(())
    }

    /// A value that is to be set, as it is stored.
    pub(crate) fn stored(&self, object: &Object, position: usize, value: &Value) -> Result<Value> {
        let field = &object.fields[position];
        if self.clean.0.contains(&position) { Ok(value.clone()) } else { rules::cleaned(field.kind, value, field.name) }
    }

    /// The value that is to be set, if the field is given.
    #[must_use]
    pub fn get(&self, object: &Object, field: impl Named) -> Option<&Value> {
        let position = position(object, field)?;
        self.fields.iter().find(|(p, _)| *p == position).map(|(_, v)| v)
    }
    /// The value that is to be set, if it is another than the record has: what stands there anyway is no write, so that
    /// a record can be sent back whole. An unset value stands in every new record.
    #[must_use]
    pub fn changed(&self, before: Option<&Record>, object: &Object, field: impl Named) -> Option<&Value> {
        let position = position(object, field)?;
        let value = &self.fields.iter().find(|(p, _)| *p == position)?.1;
        (before.map_or(&Value::Null, |record| &record.values[position]) != value).then_some(value)
    }
    /// Whether nothing is to be set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let parts = self.parts.is_empty() && self.built_in_parts.is_empty();
        self.fields.is_empty() && self.custom.is_empty() && parts && self.external_ids.is_none()
    }
}

fn position(object: &Object, field: impl Named) -> Option<usize> {
    let position = field.position_in(object);
    debug_assert!(position.is_some(), "{} has no field {field:?}", object.name);
    position
}
