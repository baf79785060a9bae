//! An object, as data.

use std::fmt;

use crate::{Field, Kind};

/// One object of the CRM. Declared in `objects/*.rs`, one file each.
pub struct Object {
    /// Its name, which is also its table's name.
    pub name: &'static str,
    /// Its plural, as paths and lists spell it.
    pub plural: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Its number in event rows, never reused.
    pub code: u8,
    /// Added to a field's number it gives the numeric field id that v1 metadata and saved filters use.
    pub field_base: u32,
    /// Its fields; the position is the column's place in every full row.
    pub fields: &'static [Field],
    /// Who sees its records.
    pub visibility: Visibility,
    /// What deleting means.
    pub deletion: Deletion,
    /// The object whose custom fields it carries: itself, or `deal` for leads.
    pub custom: Option<&'static str>,
    /// Indexes beyond the primary key and `version`: column names after `company_id`.
    pub indexes: &'static [&'static [&'static str]],
    /// Whether a change of its records changes what the company's schema says, so that caches must reload.
    pub is_schema: bool,
    /// Whether its ids are UUIDs on the wire.
    pub uuid: bool,
    /// Its name in the Virtual API; empty: not offered there.
    pub virtual_name: &'static str,
}

/// Who sees an object's records (DESIGN 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Every user of the company.
    Company,
    /// By `visible_to`: the whole company, or owner and followers. A hidden column `shared` says which.
    Owned,
    /// Its owner, and whoever sees all the records that it is linked to: `(reference field, object)`.
    Linked(&'static [(&'static str, &'static str)]),
    /// Whoever sees the record that `record_id` and `object` name (followers, comments and the like).
    Parent,
}

/// What deleting a record means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It is marked by `is_deleted` and can be read alone for 30 days (pipedrive-contract 12.8).
    Soft,
    /// It is marked by `is_deleted` and is gone at once.
    Marked,
    /// The row is removed.
    Hard,
    /// It can't be deleted.
    Never,
}

/// Its name alone: whoever looks at a record does not want to read the table of its fields.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Object {
    /// Its table's name as statements spell it: `user` is a word of SQL.
    #[must_use]
    pub fn table(&self) -> &'static str {
        if self.name == "user" { "\"user\"" } else { self.name }
    }
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
    /// The position of the field of that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == name)
    }
    /// The position of a field that the tables are known to have. A wrong name is a fault of the tables, which
    /// `objects::tests` finds; it reads as position 0, the id.
    #[must_use]
    pub fn at(&self, name: &str) -> usize {
        let position = self.position(name);
        debug_assert!(position.is_some(), "{} has no field {name}", self.name);
        position.unwrap_or(0)
    }
    /// Whether records carry `is_deleted`.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        matches!(self.deletion, Deletion::Soft | Deletion::Marked)
    }
    /// Whether deleted records are purged after a while: those that say since when they are deleted, but for
    /// definitions, which what was made under them still needs.
    #[must_use]
    pub fn is_purged(&self) -> bool {
        self.is_marked() && !self.is_schema && self.field("delete_time").is_some()
    }
    /// Whether records carry `owner_id`, `visible_to` and `shared`.
    #[must_use]
    pub const fn is_owned(&self) -> bool {
        matches!(self.visibility, Visibility::Owned)
    }
    /// The fields with columns, in order, with their positions.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'static Field)> {
        self.fields.iter().enumerate().filter(|(_, f)| f.is_column())
    }
    /// The fields that refer to other records: `(position, field, object)`.
    pub fn references(&self) -> impl Iterator<Item = (usize, &'static Field, &'static str)> {
        self.columns().filter_map(|(i, f)| if let Kind::Reference(to) = f.kind { Some((i, f, to)) } else { None })
    }
}
