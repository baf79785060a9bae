//! The vocabulary of operations: each operation of a face is one row (DESIGN 2). The rows stand with their faces.

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// The face and its version.
    pub version: Version,
    /// The method.
    pub method: Method,
    /// The path below the version's prefix, parameters in braces.
    pub path: &'static str,
    /// The object that it is about.
    pub object: &'static str,
    /// What it does.
    pub act: Act,
    /// Its query parameters.
    pub params: &'static [Param],
    /// The status of success.
    pub success: u16,
    /// How references are shown.
    pub references: References,
    /// What an empty list looks like.
    pub empty: Empty,
    /// How lists are paged.
    pub paging: Paging,
    /// The OAuth scopes of which one is needed; empty: `base`, which every token has.
    pub scopes: &'static [&'static str],
    /// Who may call it.
    pub permission: Permission,
    /// Its price in rate-limit tokens.
    pub cost: u16,
}

/// The faces and their versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// Pipedrive v1, at `/v1` and `/api/v1`.
    V1,
    /// Pipedrive v2, at `/api/v2`.
    V2,
}

/// The HTTP methods that operations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are their own names")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What an operation does. A generic act is one function for all objects; the others are named for what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The records that the parameters select.
    List,
    /// Every record, in order of change, reduced (v1 `/collection`).
    Collection,
    /// One record.
    Get,
    /// A new record.
    Create,
    /// A changed record.
    Update,
    /// One record deleted.
    Delete,
    /// The records that `ids` names deleted.
    DeleteMany,
    /// The records of `object` whose `link` is the record in the path.
    ListUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the listed records have to it.
        link: &'static str,
    },
    /// The users who follow a record.
    Followers,
    /// A user follows a record.
    Follow,
    /// A user no longer follows a record.
    Unfollow,
    /// Who followed and unfollowed a record, and when.
    FollowersChangelog,
    /// What a user follows.
    Following,
    /// The people who take part in a deal, as participant records.
    Participants,
    /// The people of a deal, as persons.
    ParticipantPersons,
    /// A person takes part in a deal.
    AddParticipant,
    /// A person no longer takes part in a deal.
    RemoveParticipant,
    /// The users who may see a record.
    PermittedUsers,
    /// Totals of deals by currency.
    DealSummary,
    /// The fields of an object.
    Fields,
    /// One field.
    Field,
    /// A new custom field.
    CreateField,
    /// A changed custom field.
    UpdateField,
    /// A custom field deleted.
    DeleteField,
    /// The custom fields that `ids` names deleted.
    DeleteFields,
    /// Options added to a field.
    AddOptions,
    /// Options of a field renamed.
    UpdateOptions,
    /// Options of a field deleted.
    DeleteOptions,
    /// The asking user.
    Me,
    /// Users by name or e-mail.
    FindUsers,
    /// The currencies.
    Currencies,
    /// The sources that leads can have.
    LeadSources,
}

/// How references are shown (pipedrive-contract 3.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// As objects with `value`, and `related_objects` beside the data.
    Embedded,
    /// As ids, with `related_objects` beside the data.
    IdsWithRelated,
    /// As ids.
    Ids,
}

/// What an empty list looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// `null`, as classic v1 lists.
    Null,
    /// `[]`.
    List,
}

/// How lists are paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// Everything at once.
    None,
    /// `start` and `limit`.
    Offset,
    /// `cursor` and `limit`.
    Cursor,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Every user.
    User,
    /// Admins only.
    Admin,
}

/// A query parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be given.
    pub required: bool,
    /// What it does.
    pub does: Does,
}

/// What a query parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A whole number.
    Int,
    /// A flag: `true`, `false`, and on v1 `1` and `0`.
    Bool,
    /// A text.
    Text,
    /// A day.
    Date,
    /// A moment in the version's spelling.
    Moment,
    /// Whole numbers with commas between them.
    Ids,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A UUID.
    Uuid,
}

/// What a query parameter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Keeps the records whose field equals it.
    Equal(&'static str),
    /// Keeps the records whose field is not before it.
    From(&'static str),
    /// Keeps the records whose field is before it.
    Until(&'static str),
    /// Keeps the records whose field, a moment, lies on or before that day.
    UntilDay(&'static str),
    /// Keeps the records whose folded text begins with it.
    StartsWith(&'static str),
    /// Keeps the records with these ids.
    Ids,
    /// Keeps deals of that status, `deleted` and `all_not_deleted` among them.
    DealStatus,
    /// Keeps the activities of these types, by key strings with commas.
    Types(&'static str),
    /// Is read by the act itself.
    ByAct,
}

impl Operation {
    /// `GET /deals/{id}` with its version, as test names and tables write it.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {} {}", self.version.word(), self.method.word(), self.path)
    }
}

impl Version {
    /// `v1` or `v2`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
    /// The prefix that the documentation uses.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::V1 => "/v1",
            Self::V2 => "/api/v2",
        }
    }
}

impl Method {
    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
    /// The method of that name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete].into_iter().find(|m| m.word() == word)
    }
    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Get)
    }
}
