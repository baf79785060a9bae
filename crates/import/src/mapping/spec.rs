//! Where a value comes from, and what it goes through: a column's name, or a table that says more.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::Dates;

/// Where a value comes from, and what it goes through. Exactly one of `column`, `value` and `template` is set.
#[derive(Clone, Debug, Default, Deserialize)]
// Its own `deserialize` below takes a text as well, and hands tables to the derived one.
#[serde(remote = "Self", deny_unknown_fields, default)]
pub(crate) struct Spec {
    /// The column that has it.
    pub(crate) column: Option<String>,
    /// The same for every row.
    pub(crate) value: Option<Plain>,
    /// A text made of columns: `[{account}: ]{product}`.
    pub(crate) template: Option<String>,
    /// What is put in place of what stands there.
    pub(crate) map: Option<MapOf>,
    /// What becomes of texts that the map does not have.
    pub(crate) other: Other,
    /// What is put in place of a blank.
    pub(crate) default: Option<Plain>,
    /// Whether a blank is refused.
    pub(crate) required: bool,
    /// What a blank does to a record that is there.
    pub(crate) blank: WhenBlank,
    /// The forms of dates, in place of the file's.
    pub(crate) dates: Option<Dates>,
    /// The decimal mark, in place of the file's.
    pub(crate) decimal: Option<char>,
    /// What a number is multiplied by.
    pub(crate) times: Option<Plain>,
    /// What stands between several values in one cell.
    pub(crate) split: Option<String>,
    /// By what a record is looked up.
    pub(crate) by: By,
    /// What becomes of a record or option that is not there.
    pub(crate) missing: Missing,
    /// The e-mail address of a user who is made.
    pub(crate) email: Option<String>,
    /// The currency of a custom amount.
    pub(crate) currency: Option<String>,
}

/// A text, number or flag, as its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plain(pub(crate) String);

/// A value map, or the name of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a value map, or the name of one")]
pub(crate) enum MapOf {
    /// One of `[maps]`.
    Named(String),
    /// The map itself.
    Inline(BTreeMap<String, String>),
}

/// What becomes of texts that a value map does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Other {
    /// They stay as they are.
    #[default]
    Keep,
    /// They count as blank.
    Blank,
    /// The row is refused.
    Refuse,
}

/// What a blank does to a record that is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhenBlank {
    /// The field stays as it is.
    #[default]
    Keep,
    /// The field is cleared.
    Clear,
}

/// By what a record is looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// By its name or title; case does not count.
    #[default]
    Name,
    /// By the key of the row that it was made from.
    Key,
    /// By its e-mail address: users only.
    Email,
    /// By its number.
    Id,
}

/// What becomes of a record or option that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Missing {
    /// The row is refused.
    #[default]
    Refuse,
    /// The field counts as blank.
    Blank,
    /// It is made.
    Create,
}

struct TextOrTable;

impl<'de> Visitor<'de> for TextOrTable {
    type Value = Spec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column, or a table")
    }

    fn visit_str<E: de::Error>(self, column: &str) -> Result<Spec, E> {
        Ok(Spec { column: Some(column.to_owned()), ..Spec::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Spec, A::Error> {
        let spec = Spec::deserialize(MapAccessDeserializer::new(map))?;
        let sources = [spec.column.is_some(), spec.value.is_some(), spec.template.is_some()];
        if sources.iter().filter(|given| **given).count() == 1 {
            Ok(spec)
        } else {
            Err(de::Error::custom("give one of column, value and template"))
        }
    }
}

impl<'de> Deserialize<'de> for Spec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextOrTable)
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Ok(Self(text)),
            toml::Value::Integer(number) => Ok(Self(number.to_string())),
            toml::Value::Float(number) => Ok(Self(number.to_string())),
            toml::Value::Boolean(flag) => Ok(Self(flag.to_string())),
            toml::Value::Datetime(moment) => Ok(Self(moment.to_string())),
            _ => Err(de::Error::custom("must be a text, a number or a flag")),
        }
    }
}
