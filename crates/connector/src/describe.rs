//! What an account holds: its objects and fields as this account and this user see them.

use crate::{Name, Operator, Type};

/// An object of an account.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about the object")]
pub struct Object {
    /// Its name at the provider.
    pub name: Name,
    /// Its name for people.
    pub label: Name,
    /// Its plural for people.
    pub plural: Name,
    /// Whether records can be made.
    pub can_create: bool,
    /// Whether records can be changed.
    pub can_update: bool,
    /// Whether records can be deleted.
    pub can_delete: bool,
    /// Whether this user lacks the right to do any of it. No field is writable then.
    pub lacks_right: bool,
    /// The field that says when a record was made.
    pub created: Option<Name>,
    /// The field that says when a record was changed last.
    pub modified: Option<Name>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

impl Object {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}

/// A field of an object.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about the field")]
pub struct Field {
    /// Its stable name at the provider.
    pub name: Name,
    /// What a configuration may call it when it has no name of its own for it: custom fields have one, which never
    /// changes while the field lives.
    pub suggested: Option<Name>,
    /// Its name for people.
    pub label: Name,
    /// What it means; empty when the label says it all.
    pub description: Name,
    /// What it holds.
    pub kind: Type,
    /// Whether the account's owner made it.
    pub custom: bool,
    /// Whether a create must give it.
    pub required: bool,
    /// Fields of which one may be given in place of a required one.
    pub instead: Vec<Name>,
    /// Whether it can be unset.
    pub nullable: bool,
    /// Whether no two records have the same.
    pub unique: bool,
    /// Whether this user may give it on create.
    pub on_create: bool,
    /// Whether this user may change it.
    pub on_update: bool,
    /// Whether it follows from other values, so that it can't be given and may change without the record.
    pub derived: bool,
    /// How filters may test it.
    pub operators: Vec<Operator>,
    /// Parts that filters may test for equality, as `field.part`.
    pub filter_parts: Vec<Name>,
    /// Whether comparisons of texts tell capital letters from small ones.
    pub case_sensitive: bool,
    /// Whether lists can be sorted by it.
    pub sortable: bool,
    /// Whether search finds its words.
    pub searchable: bool,
    /// The most characters that it takes.
    pub max_length: Option<u32>,
    /// The most members of a list.
    pub max_items: Option<u32>,
    /// Its options, for choices.
    pub choices: Vec<Choice>,
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id: what values say.
    pub id: Name,
    /// Its name for people.
    pub label: Name,
    /// Its colour, for labels.
    pub color: Option<Name>,
    /// Whether old records may still have it although it can't be chosen any more.
    pub deleted: bool,
}

impl Choice {
    /// An option that can be chosen.
    #[must_use]
    pub const fn new(id: Name, label: Name) -> Self {
        Self { id, label, color: None, deleted: false }
    }
}

impl Field {
    /// A nullable field that no one writes and no filter names; its maker changes what differs.
    #[must_use]
    pub const fn new(name: Name, label: Name, kind: Type) -> Self {
        Self {
            name,
            suggested: None,
            label,
            description: Name::Borrowed(""),
            kind,
            custom: false,
            required: false,
            instead: Vec::new(),
            nullable: true,
            unique: false,
            on_create: false,
            on_update: false,
            derived: false,
            operators: Vec::new(),
            filter_parts: Vec::new(),
            case_sensitive: true,
            sortable: false,
            searchable: false,
            max_length: None,
            max_items: None,
            choices: Vec::new(),
        }
    }
    /// The option with that id.
    #[must_use]
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|c| c.id == id)
    }
}
