//! What a company added to the objects: custom fields, options, activity types; and the facts that answers need.

use crate::{CompanyId, Kind, Object};

/// One version of a company's own definitions. Cached by [`CompanySchema::version`], which every request reads.
#[derive(Debug, Default)]
pub struct CompanySchema {
    /// The company's number.
    pub company: CompanyId,
    /// Its version; a changed definition gives a higher one.
    pub version: i64,
    /// The company's name.
    pub name: Box<str>,
    /// The first part of the company's host name.
    pub domain: Box<str>,
    /// Its country, as two letters of ISO 3166; unset: nobody said.
    pub country: Option<Box<str>>,
    /// The default currency's code.
    pub currency: Box<str>,
    /// The name of the company's time zone.
    pub timezone: Box<str>,
    /// Whether this is a sandbox.
    pub sandbox: bool,
    /// What the company's cursors are sealed with.
    pub secret: Box<str>,
    /// When the company was made: as old as its built-in fields are.
    pub add_time: i64,
    /// Custom fields and the options of built-in option fields, by object and order.
    pub fields: Vec<CustomField>,
    /// The activity types' key strings that can be used, in order, with their names.
    pub activity_types: Vec<(Box<str>, Box<str>)>,
    /// The stages that can be used: those of the first pipeline first, each pipeline's in order.
    pub stages: Vec<Stage>,
}

/// A stage of a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its number.
    pub id: i64,
    /// The number of its pipeline.
    pub pipeline: i64,
}

/// A custom field, or the options of a built-in option field.
#[derive(Clone, Debug)]
pub struct CustomField {
    /// Its number: the numeric id in v1, the key in stored custom values and in `field_value`.
    pub number: u32,
    /// The object that it belongs to.
    pub object: Box<str>,
    /// Its key on Pipedrive's wire: 40 hexadecimal digits, or the built-in field's key.
    pub key: Box<str>,
    /// Its name in the Virtual API, which never changes; empty for a built-in field.
    pub api_name: Box<str>,
    /// Its name for people.
    pub name: Box<str>,
    /// What it holds.
    pub kind: Kind,
    /// Whether it is built in (only its options are the company's).
    pub built_in: bool,
    /// Its options, deleted ones included.
    pub options: Vec<OptionItem>,
}

/// An option of a choice field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionItem {
    /// Its number, unique in the company.
    pub id: i64,
    /// Its text.
    pub label: Box<str>,
    /// Its colour, for labels.
    pub color: Option<Box<str>>,
    /// Whether it can't be chosen any more.
    pub deleted: bool,
}

impl CustomField {
    /// Whether it is custom and records of the object carry it.
    #[must_use]
    pub fn is_custom_of(&self, object: &Object) -> bool {
        !self.built_in && object.custom == Some(&*self.object)
    }
}

impl CompanySchema {
    /// The custom fields that records of an object carry, in order.
    pub fn custom(&self, object: &Object) -> impl Iterator<Item = &CustomField> {
        self.fields.iter().filter(move |f| f.is_custom_of(object))
    }
    /// The custom field of an object with that key.
    #[must_use]
    pub fn custom_by_key(&self, object: &Object, key: &str) -> Option<&CustomField> {
        self.custom(object).find(|f| &*f.key == key)
    }
    /// The custom field with that number.
    #[must_use]
    pub fn by_number(&self, number: u32) -> Option<&CustomField> {
        self.fields.iter().find(|f| f.number == number)
    }
    /// The options of a built-in field.
    #[must_use]
    pub fn options_of(&self, object: &Object, field: &crate::Field) -> &[OptionItem] {
        let number = object.field_base + u32::from(field.number);
        self.by_number(number).map_or(&[], |f| &f.options)
    }
    /// About how many bytes this takes, for the cache's budget.
    #[must_use]
    pub fn weight(&self) -> usize {
        let fields: usize = self
            .fields
            .iter()
            .map(|f| {
                let names = f.key.len() + f.api_name.len() + f.name.len();
                size_of::<CustomField>() + names + f.options.len() * (size_of::<OptionItem>() + 24)
            })
            .sum();
        size_of::<Self>() + fields + self.activity_types.len() * 48 + self.stages.len() * size_of::<Stage>()
    }
}
