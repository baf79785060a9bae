//! The vocabulary of operations: each operation of a face is one row (DESIGN 2). The rows stand with their faces.

/// One operation. Built by the `const fn`s below in a face's tables; nothing else makes one.
#[derive(Clone, Copy, Debug)]
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
    /// The fields that a list is ordered by, ascending, when the request asks for no order; ties by id.
    pub order: &'static [&'static str],
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
    /// The records that the parameters select; deleted and archived ones only when a parameter asks for them
    /// (pipedrive-contract 12.8, 12.22). The other lists of records leave them out likewise.
    List,
    /// Every record, in order of change, reduced (v1 `/collection`): flat, references as ids, the fields that are
    /// `Shown::Collected`.
    Collection,
    /// One record.
    Get,
    /// A new record.
    Create,
    /// A changed record.
    Update,
    /// One record deleted; the answer's data is `{id}`.
    Delete,
    /// One record deleted; the answer's data is the record as it then is (v1 activity types).
    DeleteShown,
    /// One record deleted; the answer's data is `true` (v1 notes).
    DeleteTrue,
    /// The records that `ids` names deleted; the answer's data is `{id: [..]}`.
    DeleteMany,
    /// The records of `object` whose `link` is the record in the path.
    ListUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the listed records have to it.
        link: &'static str,
    },
    /// The open records of `object`, deals, whose `link` is the record in the path. The states are the open one only
    /// as long as no saved filter chooses others.
    OpenUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the listed records have to it.
        link: &'static str,
    },
    /// The deals of the organization in the path: those linked to it, those linked to its people, and those that name
    /// it in a custom field of type `org`. A true `only_primary_association` leaves the first alone.
    DealsOfOrganization,
    /// One record, by the path's last parameter, of the parent by its first. One of another parent does not exist.
    GetUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// A new record whose `link` is the parent in the path; a body can't give the link.
    CreateUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the new record has to it.
        link: &'static str,
    },
    /// A changed record of a parent, found as by [`Act::GetUnder`].
    UpdateUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// A record of a parent deleted, found as by [`Act::GetUnder`]; the answer's data is `true`.
    DeleteUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// The users who follow a record of `object`: v1 as follow-records, v2 as `{user_id, add_time}`.
    Followers,
    /// The users who follow the user in the path: v1 as bare user ids, v2 as `{user_id, add_time}`.
    FollowersOfUser,
    /// A user follows a record; the body is `{user_id}`.
    Follow,
    /// A user no longer follows a record. The path's last parameter is the follow-record's id on v1, the user's on v2
    /// (pipedrive-contract 12.10), and so is the id that the answer gives.
    Unfollow,
    /// Who followed and unfollowed a record, and when.
    FollowersChangelog,
    /// What a user follows.
    Following,
    /// The people who take part in a deal, as participant records.
    Participants,
    /// The people of a deal, its main person among them, as persons.
    ParticipantPersons,
    /// A person takes part in a deal.
    AddParticipant,
    /// A person no longer takes part in a deal; the path's last parameter is the participant record's id.
    RemoveParticipant,
    /// The ids of the users who may see a record.
    PermittedUsers,
    /// Totals of deals by currency.
    DealSummary,
    /// The fields of `object`, built-in and custom. A lead has those of deals as well.
    Fields,
    /// One field: by number on v1, by code on v2; so in the five acts that follow.
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
    /// A new user, by e-mail address.
    AddUser,
    /// A user let in or shut out: `{active_flag}`.
    SetUserActive,
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
    /// Everything at once, or a page when the row has `start` and `limit` and one of them is given. The answer
    /// describes the page either way.
    OffsetIfAsked,
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
    /// At most 15 keys of custom fields with commas between them (pipedrive-contract 4.1).
    Keys,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words with commas between them.
    Words(&'static [&'static str]),
    /// Some v2 keys of the object's fields that are `Shown::Asked`, with commas between them.
    Asked,
    /// Some v1 keys of the object's fields with commas between them, each followed by ` ASC` (meant when neither is
    /// given) or ` DESC`. Keys are of these; an empty list stands for those of every sortable field, custom ones too
    /// (pipedrive-contract 2.4).
    Order(&'static [&'static str]),
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
    /// Keeps the records whose field, a day or a moment in UTC, lies on or after that day.
    FromDay(&'static str),
    /// Keeps the records whose field, a day or a moment in UTC, lies on or before that day.
    UntilDay(&'static str),
    /// Keeps the records whose folded text begins with it.
    StartsWith(&'static str),
    /// Keeps the records with these ids, of which there may be 100; what does not exist or can't be seen is left out.
    Ids,
    /// Drops the records with these ids.
    Except,
    /// Keeps the records that a row of a link table joins to the record with that id, as
    /// [`Expr::Linked`](crate::filter::Expr::Linked).
    Linked {
        /// The object that links.
        object: &'static str,
        /// Its field that holds the listed record.
        record: &'static str,
        /// Its field that must equal the parameter.
        column: &'static str,
    },
    /// Keeps the records whose field is that user: the asking one when it is left out, every one when it is `0`.
    OfUser(&'static str),
    /// When true, sets the [`Does::OfUser`] beside it aside: everyone's records.
    Everyone,
    /// When true, keeps the records whose field is the asking user, and sets a parameter that compares the same field
    /// aside.
    Mine(&'static str),
    /// Keeps deals of that status, or of these. `deleted` means the deleted ones; `all_not_deleted`, or leaving it
    /// out, all others.
    DealStatus,
    /// `archived` keeps the archived records, `not_archived` (or leaving it out) the others, `all` both.
    Archived,
    /// Keeps the activities of these types, by key strings with commas.
    Types(&'static str),
    /// Is read by the act itself.
    ByAct,
    /// Is read by the act itself, and is Penstock's own: Pipedrive does not have it.
    Extension,
    /// Needs what this names, which is to come: a request that gives it is refused by name, as not implemented,
    /// rather than answered as if it had not been given. A false flag asks for nothing and is let through.
    Later(&'static str),
}

/// An operation that every user may call, with no parameters, references as ids and no pages; the builders below
/// change that. An empty list is `null` on v1 and `[]` on v2.
#[must_use]
pub const fn operation(
    version: Version,
    method: Method,
    path: &'static str,
    object: &'static str,
    act: Act,
    cost: u16,
) -> Operation {
    Operation {
        version,
        method,
        path,
        object,
        act,
        params: &[],
        success: 200,
        references: References::Ids,
        empty: match version {
            Version::V1 => Empty::Null,
            Version::V2 => Empty::List,
        },
        paging: Paging::None,
        order: &["id"],
        scopes: &[],
        permission: Permission::User,
        cost,
    }
}

/// A query parameter that may be left out.
#[must_use]
pub const fn param(name: &'static str, takes: Takes, does: Does) -> Param {
    Param { name, takes, required: false, does }
}

impl Param {
    /// It must be given.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Operation {
    /// Its act.
    #[must_use]
    pub const fn act(mut self, act: Act) -> Self {
        self.act = act;
        self
    }
    /// Its query parameters.
    #[must_use]
    pub const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }
    /// The OAuth scopes of which one is needed.
    #[must_use]
    pub const fn scopes(mut self, any_of: &'static [&'static str]) -> Self {
        self.scopes = any_of;
        self
    }
    /// Success is 201.
    #[must_use]
    pub const fn created(mut self) -> Self {
        self.success = 201;
        self
    }
    /// References are shown as objects, with `related_objects`.
    #[must_use]
    pub const fn embedded(mut self) -> Self {
        self.references = References::Embedded;
        self
    }
    /// References are shown as ids, with `related_objects`.
    #[must_use]
    pub const fn related(mut self) -> Self {
        self.references = References::IdsWithRelated;
        self
    }
    /// An empty list is `[]`.
    #[must_use]
    pub const fn never_null(mut self) -> Self {
        self.empty = Empty::List;
        self
    }
    /// How lists are paged.
    #[must_use]
    pub const fn paged(mut self, paging: Paging) -> Self {
        self.paging = paging;
        self
    }
    /// What a list is ordered by when the request does not say.
    #[must_use]
    pub const fn ordered(mut self, by: &'static [&'static str]) -> Self {
        self.order = by;
        self
    }
    /// Only admins may call it.
    #[must_use]
    pub const fn by_admin(mut self) -> Self {
        self.permission = Permission::Admin;
        self
    }
    /// Its price in rate-limit tokens, where the usual one does not hold.
    #[must_use]
    pub const fn costs(mut self, tokens: u16) -> Self {
        self.cost = tokens;
        self
    }
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
