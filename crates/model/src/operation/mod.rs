//! The vocabulary of operations: each operation of a face is one row (DESIGN 2). The rows stand with their faces.

mod act;
mod param;

pub use act::Act;
pub use param::{Param, ParamEffect, ParamType, param};

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
