//! The form in which a record shows what it refers to: embedded as an object with `value`, or beside the data
//! (pipedrive-contract 2.1, 3.0).

use crate::Codec;

/// The form of references to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceForm {
    /// Whether an embedded one shows its own `id` besides its `value`.
    pub id_embedded: bool,
    /// Whether a record of the object stands among the references of its own answer, where clients look for any.
    pub relates_itself: bool,
    /// Its keys, in order.
    pub keys: &'static [ReferenceKey],
}

/// One key of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceKey {
    /// Its name.
    pub key: &'static str,
    /// What it shows.
    pub shows: Shows,
}

/// What a key of a reference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The value of a field, in a spelling. Of a record that the reader can't see it is unset, but for the title, which
    /// says that it is hidden.
    Field(&'static str, Codec),
    /// The company's number.
    CompanyId,
    /// The smart-BCC address of the company.
    CompanyMail,
    /// That there is no picture.
    NoPicture,
    /// Nothing.
    Null,
}

/// A key that shows the field of the same name as it is.
#[must_use]
pub const fn own(field: &'static str) -> ReferenceKey {
    key(field, Shows::Field(field, Codec::Plain))
}

/// A key that shows a field in a spelling.
#[must_use]
pub const fn of(name: &'static str, field: &'static str, codec: Codec) -> ReferenceKey {
    key(name, Shows::Field(field, codec))
}

/// A key that shows something else.
#[must_use]
pub const fn key(key: &'static str, shows: Shows) -> ReferenceKey {
    ReferenceKey { key, shows }
}

impl ReferenceForm {
    /// References that show their own id and these keys.
    #[must_use]
    pub const fn of(keys: &'static [ReferenceKey]) -> Self {
        Self { id_embedded: true, relates_itself: false, keys }
    }
    /// References whose id is their `value` alone where they are embedded.
    #[must_use]
    pub const fn without_id(mut self) -> Self {
        self.id_embedded = false;
        self
    }
    /// A record stands among the references of its own answer.
    #[must_use]
    pub const fn itself_too(mut self) -> Self {
        self.relates_itself = true;
        self
    }
    /// The fields that its keys show.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().filter_map(|key| if let Shows::Field(field, _) = key.shows { Some(field) } else { None })
    }
}
