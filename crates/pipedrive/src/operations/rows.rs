//! How rows begin: the usual price, method, paging and answer of each kind of operation (pipedrive-contract 1, 2, 10).
//! What a row says beyond that is what is particular about it.

use penstock_model::operation::{Act, Operation, Param};

/// The OAuth scopes of which one is needed.
type Scopes = &'static [&'static str];
/// Query parameters.
type Params = &'static [Param];

/// Rows of v1: `PUT`, pages by offset, `null` for an empty list.
pub(super) mod v1 {
    use penstock_model::operation::{Method, Paging, Version, operation};

    use super::{super::params, Act, Operation, Params, Scopes};

    const fn row(method: Method, path: &'static str, object: &'static str, act: Act, cost: u16) -> Operation {
        operation(Version::V1, method, path, object, act, cost)
    }
    /// Something to read, all at once.
    pub(crate) const fn read(path: &'static str, object: &'static str, act: Act, scopes: Scopes) -> Operation {
        row(Method::Get, path, object, act, 20).scopes(scopes)
    }
    /// Records in pages.
    pub(crate) const fn list(path: &'static str, object: &'static str, scopes: Scopes, params: Params) -> Operation {
        read(path, object, Act::List, scopes).params(params).paged(Paging::Offset)
    }
    /// Every record, in order of change, by cursor.
    pub(crate) const fn collection(
        path: &'static str,
        object: &'static str,
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        read(path, object, Act::Collection, scopes)
            .params(params)
            .paged(Paging::Cursor)
            .ordered(&["update_time", "id"])
            .never_null()
            .costs(10)
    }
    /// One record.
    pub(crate) const fn get(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Get, path, object, Act::Get, 2).scopes(scopes)
    }
    /// Something new.
    pub(crate) const fn create(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Post, path, object, Act::Create, 10).scopes(scopes)
    }
    /// Something changed.
    pub(crate) const fn update(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Put, path, object, Act::Update, 10).scopes(scopes)
    }
    /// Something changed, where v1 says `PATCH`.
    pub(crate) const fn patch(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Patch, path, object, Act::Update, 10).scopes(scopes)
    }
    /// Something deleted.
    pub(crate) const fn delete(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Delete, path, object, Act::Delete, 6).scopes(scopes)
    }
    /// Many deleted.
    pub(crate) const fn delete_many(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Delete, path, object, Act::DeleteMany, 10).scopes(scopes).params(&[params::IDS])
    }
}

/// Rows of v2: `PATCH`, pages by cursor, `[]` for an empty list.
pub(super) mod v2 {
    use penstock_model::operation::{Method, Paging, Version, operation};

    use super::{Act, Operation, Params, Scopes};

    const fn row(method: Method, path: &'static str, object: &'static str, act: Act, cost: u16) -> Operation {
        operation(Version::V2, method, path, object, act, cost)
    }
    /// Records in pages.
    pub(crate) const fn list(path: &'static str, object: &'static str, scopes: Scopes, params: Params) -> Operation {
        row(Method::Get, path, object, Act::List, 10).scopes(scopes).params(params).paged(Paging::Cursor)
    }
    /// One record.
    pub(crate) const fn get(path: &'static str, object: &'static str, scopes: Scopes, params: Params) -> Operation {
        row(Method::Get, path, object, Act::Get, 1).scopes(scopes).params(params)
    }
    /// Something new.
    pub(crate) const fn create(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Post, path, object, Act::Create, 5).scopes(scopes)
    }
    /// Something changed.
    pub(crate) const fn update(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Patch, path, object, Act::Update, 5).scopes(scopes)
    }
    /// Something deleted.
    pub(crate) const fn delete(path: &'static str, object: &'static str, scopes: Scopes) -> Operation {
        row(Method::Delete, path, object, Act::Delete, 3).scopes(scopes)
    }
}
