//! An object, as data.

use std::fmt;

use crate::{
    CompanyId, Error, Field, Kind, Result, Right,
    field::listing::{Entry, Place},
    objects,
    reference::ReferenceForm,
    sample::Samples,
    uuid,
};

/// A field that is found: its object's code, and its position in that object's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The object's code.
    pub object: u8,
    /// The field's position.
    pub position: usize,
}

impl From<At> for usize {
    fn from(at: At) -> Self {
        at.position
    }
}

/// What names a field of a record: an [`At`] where its object is known when the program is compiled, its name where it
/// is not.
pub trait Named: Copy + fmt::Debug {
    /// The field's position; nothing when the object does not have it.
    fn position_in(self, object: &Object) -> Option<usize>;
}

impl Named for At {
    fn position_in(self, object: &Object) -> Option<usize> {
        (self.object == object.code).then_some(self.position)
    }
}

impl<N: Named> Named for &N {
    fn position_in(self, object: &Object) -> Option<usize> {
        (*self).position_in(object)
    }
}

impl Named for &str {
    fn position_in(self, object: &Object) -> Option<usize> {
        object.position(self)
    }
}

/// The place of a field in an object's table, by name: `at!(objects::DEAL, "status")`. It is found when the program
/// is compiled, and a name that the object does not have is an error then.
#[macro_export]
macro_rules! at {
    ($object:path, $name:literal) => {
        const { $crate::object::At { object: $object.code, position: $object.place($name) } }
    };
}

/// A field of an object, by name, found as [`at!`] does.
#[macro_export]
macro_rules! field {
    ($object:path, $name:literal) => {
        &$object.fields[$crate::at!($object, $name).position]
    };
}

/// One object of the CRM. Declared in `objects/*.rs`, one file each.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Object {
    /// Its name, which is also its table's name.
    pub name: &'static str,
    /// Its plural, as paths and lists spell it.
    pub plural: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// The field by which people know a record.
    pub title: &'static str,
    /// Whether each record has an address of its own that mails about it are copied to, rather than the company's
    /// (pipedrive-contract 12.24).
    pub has_mail_address: bool,
    /// How v1 names a reference to one of its records where no field of another object does.
    pub link: &'static str,
    /// Its number in event rows, never reused.
    pub code: u8,
    /// Added to a field's number it gives the numeric field id that v1 metadata and saved filters use.
    pub field_base: u32,
    /// Its fields; the position is the column's place in every full row.
    pub fields: &'static [Field],
    /// Who sees its records.
    pub visibility: Visibility,
    /// The right that creating, changing and deleting its records takes; none: every user who sees them may.
    pub right: Option<Right>,
    /// What deleting means.
    pub deletion: Deletion,
    /// The object whose custom fields it carries: itself, or `deal` for leads.
    pub custom: Option<&'static str>,
    /// Indexes beyond the primary key and `version`.
    pub indexes: &'static [Index],
    /// Whether a change of its records changes what the company's schema says, so that caches must reload.
    pub is_schema: bool,
    /// Whether its ids are UUIDs on the wire.
    pub uuid: bool,
    /// Its name in the Virtual API; empty: not offered there.
    pub virtual_name: &'static str,
    /// Its place among the objects of the Virtual API's built-in model; 0: it is offered to other models only.
    pub virtual_order: u8,
    /// The form in which others refer to it where they show more than its id; none: they never do.
    pub reference: Option<ReferenceForm>,
    /// Whether a user beside its records has a flag for its picture: clients declare a number beside everything else.
    pub flags_pictures: bool,
    /// What stands beside a record that v1 shows alone, in order.
    pub beside: &'static [Beside],
    /// Whether v1 leaves out the custom fields that a record has not set.
    pub shows_set_custom_only: bool,
    /// The built-in fields that v1's field metadata lists, in its order.
    pub listing: &'static [Entry],
    /// Whether v1 says of each whether lists on a screen may show it.
    pub tells_index_visibility: bool,
    /// Whether v1 says only the least of each.
    pub is_listed_briefly: bool,
    /// Where interfaces may show its fields, in the order of the metadata's keys.
    pub places: &'static [Place],
    /// What its records may look like.
    pub samples: Samples,
}

/// An index of an object's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its columns after `company_id`.
    pub columns: &'static [&'static str],
    /// Whether no two records of a company may agree in them. Unset values agree with nothing.
    pub unique: bool,
    /// The flag that must be set for a record to stand in it; empty: all stand in it.
    pub only: &'static str,
}

/// An index of those columns.
#[must_use]
pub const fn index(columns: &'static [&'static str]) -> Index {
    Index { columns, unique: false, only: "" }
}

/// A unique key of those columns.
#[must_use]
pub const fn unique(columns: &'static [&'static str]) -> Index {
    Index { unique: true, ..index(columns) }
}

impl Index {
    /// Holds only the records of which a flag is set.
    #[must_use]
    pub const fn only(mut self, flag: &'static str) -> Self {
        self.only = flag;
        self
    }
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

/// What stands beside a record that is read alone (pipedrive-contract 3.1, 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Who follows it, by number.
    Followers,
    /// The address that mails about it are copied to.
    MailAddress,
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

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Its name alone: whoever looks at a record does not want to read the table of its fields.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Object {
    /// What most objects have in common: where the table of an object ends with `..Object::PLAIN`, the rest is this.
    pub const PLAIN: Self = Self {
        name: "",
        plural: "",
        label: "",
        title: "name",
        link: "",
        has_mail_address: false,
        code: 0,
        field_base: 0,
        fields: &[],
        visibility: Visibility::Company,
        right: None,
        deletion: Deletion::Hard,
        custom: None,
        indexes: &[],
        is_schema: false,
        uuid: false,
        virtual_name: "",
        virtual_order: 0,
        reference: None,
        flags_pictures: false,
        beside: &[],
        shows_set_custom_only: false,
        listing: &[],
        tells_index_visibility: false,
        is_listed_briefly: false,
        places: &[],
        samples: Samples::NONE,
    };
    /// Its table's name as statements spell it: `user` is a word of SQL.
    #[must_use]
    pub fn table(&self) -> &'static str {
        if self.name == "user" { "\"user\"" } else { self.name }
    }
    /// A record as every face names it: by its UUID where it has one, else by its number.
    #[must_use]
    pub fn spell(&self, company: CompanyId, id: i64) -> String {
        if self.uuid { uuid::spell(company, self.code, id) } else { id.to_string() }
    }
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
    /// The field of a name that a table elsewhere gives, an operation's for example.
    ///
    /// # Errors
    /// `Internal` when the object has no such field.
    pub fn known(&self, name: &str) -> Result<&'static Field> {
        self.field(name).ok_or_else(|| Error::internal(format!("{} has no field {name}", self.name)))
    }
    /// The position of the field of that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == name)
    }
    /// The position of a field that is known to be there: what [`at!`](crate::at) asks for while the program is
    /// compiled.
    ///
    /// # Panics
    /// When the object has no field of that name.
    #[must_use]
    pub const fn place(&self, name: &str) -> usize {
        let mut at = 0;
        while at < self.fields.len() {
            if same(self.fields[at].name, name) {
                return at;
            }
            at += 1;
        }
        panic!("the object has no field of that name");
    }
    /// The object that a reference of that name refers to.
    #[must_use]
    pub fn target(&self, name: &str) -> Option<&'static Self> {
        match self.field(name)?.kind {
            Kind::Reference(to) => objects::find(to),
            _ => None,
        }
    }
    /// The number, with which every object begins.
    #[must_use]
    pub fn id(&self) -> &'static Field {
        &self.fields[0]
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

#[cfg(test)]
mod tests {
    use super::Named;
    use crate::objects;

    #[test]
    fn a_name_gives_the_field_of_that_name() {
        assert_eq!(at!(objects::DEAL, "id").position, 0);
        assert_eq!(at!(objects::DEAL, "status").position_in(&objects::DEAL), objects::DEAL.position("status"));
        assert_eq!(at!(objects::DEAL, "status").position_in(&objects::LEAD), None, "of another object");
        assert_eq!(field!(objects::DEAL, "status").name, "status");
        assert_eq!(objects::DEAL.target("person_id").map(|o| o.name), Some("person"));
        assert!(objects::DEAL.target("title").is_none() && objects::DEAL.target("no such field").is_none());
    }
}
