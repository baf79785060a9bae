//! What a parameter of a path names.
//!
//! Routing, documentation, sample requests and tests need to know it; none of them guesses it from a parameter's name.

use penstock_model::Object;

use super::operation::Version;

/// What a value names. Its placeholder stands for it in sample requests.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A record, by its id.
    Record(&'static Object),
    /// A field of an object, by its number.
    Field(&'static Object),
    /// A field of an object, by its code: the key under which records carry its value.
    FieldCode(&'static Object),
    /// An option of a field of an object, by its id.
    FieldOption(&'static Object),
    /// The fact that a user follows a record of an object, by its own number.
    FollowRecord(&'static Object),
    /// A user who follows a record, by the user's id.
    Follower,
    /// A participant of a deal, by its own number.
    Participant,
}

impl Target {
    /// The word for it in sample requests: `{deal}` stands for the id of a deal.
    #[must_use]
    pub fn placeholder(self) -> String {
        match self {
            Self::Record(object) => object.name.to_owned(),
            Self::Field(object) => format!("{}_field", object.name),
            Self::FieldCode(object) => format!("{}_code", object.name),
            Self::FieldOption(object) => format!("{}_option", object.name),
            Self::FollowRecord(object) => format!("{}_follower", object.name),
            Self::Follower => "follower".to_owned(),
            Self::Participant => "participant".to_owned(),
        }
    }
    /// The object whose record it names, or whose field.
    #[must_use]
    pub const fn object(self) -> Option<&'static Object> {
        match self {
            Self::Record(object)
            | Self::Field(object)
            | Self::FieldCode(object)
            | Self::FieldOption(object)
            | Self::FollowRecord(object) => Some(object),
            Self::Follower | Self::Participant => None,
        }
    }
    /// The record's object, when it names a record by its id.
    #[must_use]
    pub const fn record(self) -> Option<&'static Object> {
        if let Self::Record(object) = self { Some(object) } else { None }
    }
    /// The way to it in the answer of an operation that makes it: keys, and the numbers of elements.
    pub(crate) fn stands_at(self, version: Version) -> Vec<&'static str> {
        match self {
            Self::Record(object) => vec!["data", crate::wire::plan::form_of(object.id(), version).key],
            Self::FieldCode(_) => vec!["data", "field_code"],
            Self::FieldOption(_) => vec!["data", "options", "0", "id"],
            Self::Follower => vec!["data", "user_id"],
            Self::FollowRecord(_) | Self::Field(_) | Self::Participant => vec!["data", "id"],
        }
    }
    /// The text that stands before it there.
    pub(crate) fn stands_after(self, version: Version) -> String {
        match self {
            Self::Record(object) => {
                let key = crate::wire::plan::form_of(object.id(), version).key;
                format!("\"data\":{{\"{key}\":")
            }
            Self::FieldCode(_) => "\"field_code\":".to_owned(),
            Self::FieldOption(_) => "\"options\":[{\"id\":".to_owned(),
            Self::FollowRecord(_) => "\"id\":".to_owned(),
            Self::Follower => "\"user_id\":".to_owned(),
            Self::Field(_) | Self::Participant => "\"data\":{\"id\":".to_owned(),
        }
    }
}
