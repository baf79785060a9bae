//! How rows begin: what each kind of operation shares (pipedrive-contract 1, 2, 10). What a row says beyond that is what
//! is particular about it.

use penstock_api::Method;
use penstock_model::Object;

use super::{
    answer::Described,
    body::Body,
    operation::{Handler, Named, Operation, Paging, Version, operation},
    param::Param,
    params,
    target::Target,
};
use crate::{
    handlers::{delete, get, list, save},
    openapi::answers,
    wire::Shape,
};

/// The OAuth scopes of which one is needed.
pub(super) type Scopes = &'static [&'static str];
/// Query parameters.
pub(super) type Params = &'static [Param];

/// The scope `base`, which every token has.
pub(super) const BASE: Scopes = &[];

/// A text of a family's row, made once for as long as the program runs.
pub(super) fn text(text: String) -> &'static str {
    text.leak()
}

const CHANGES: &str = "Only what the body names changes; `null` clears a value.";
const CHANGES_V2: &str = "Only what the body names changes; `null` clears a value, unless a field says otherwise.";
const GONE: &str = "Names what is gone.";
const MANY: &str = "At most 500. Those that can't be seen are left out of the answer.";

/// Rows of v1: `PUT`, pages by offset, `null` for an empty list.
pub(super) mod v1 {
    use super::{
        Body, CHANGES, Described, GONE, Handler, MANY, Method, Named, Object, Operation, Paging, Params, Scopes, Shape,
        Target, Version, answers, delete, get, list, operation, params, save,
    };

    const fn row(
        method: Method,
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        handler: Handler,
        summary: &'static str,
    ) -> Operation {
        operation(Version::V1, method, Named { id, path, object }, handler, summary)
    }
    /// Something to read.
    const fn read(id: &'static str, path: &'static str, object: &'static Object, scopes: Scopes) -> Operation {
        row(Method::Get, id, path, object, Handler::Read(list::list), "").scopes(scopes).costs(20)
    }
    /// Every record at once.
    pub(crate) const fn all(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        read(id, path, object, scopes).gives_records(Shape::Listed).summary("List {many}")
    }
    /// Records in pages.
    pub(crate) const fn list(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        all(id, path, object, scopes).params(params).paged(Paging::Offset)
    }
    /// The records whose `link` is the record in the path, in pages.
    pub(crate) const fn list_under(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        (parent, link): (&'static Object, &'static str),
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        list(id, path, object, scopes, params).under(parent, link).summary("List the {many} of {parent}")
    }
    /// Every record, in order of change, by cursor: flat, references as ids, the fields that are `Shown::Collected`.
    pub(crate) const fn collection(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        read(id, path, object, scopes)
            .gives_records(Shape::Collected)
            .params(params)
            .paged(Paging::Cursor)
            .ordered(&["update_time", "id"])
            .never_null()
            .costs(10)
            .summary("List all {many} in order of change")
            .description(
                "Reduced {many}, references as ids, for copying them all and then following changes: every user may \
                 ask, and sees what the user may see.",
            )
    }
    /// Something that is no record, all at once.
    pub(crate) const fn facts(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
        data: fn(&Operation) -> Described,
    ) -> Operation {
        read(id, path, object, scopes).gives(data)
    }
    /// One record.
    pub(crate) const fn get(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Get, id, path, object, Handler::Read(get::get), "Get {one}")
            .gives_record(Shape::Alone)
            .scopes(scopes)
            .costs(2)
    }
    /// A new record.
    pub(crate) const fn create(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        post(id, path, object, scopes)
            .body(Body::Create)
            .makes(Target::Record(object), None)
            .description(if object.uuid { "" } else { "Keys that the object does not have are ignored." })
    }
    const fn changed(
        method: Method,
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(method, id, path, object, Handler::Save(save::update), "Update {one}").scopes(scopes).costs(10)
    }
    /// Something changed.
    pub(crate) const fn put(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        changed(Method::Put, id, path, object, scopes)
    }
    /// A changed record.
    pub(crate) const fn update(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        put(id, path, object, scopes).body(Body::Update).description(CHANGES)
    }
    /// A changed record, where v1 says `PATCH`.
    pub(crate) const fn patch(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        changed(Method::Patch, id, path, object, scopes).body(Body::Update).description(CHANGES)
    }
    /// Something made, or done to the record in the path.
    pub(crate) const fn post(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Post, id, path, object, Handler::Save(save::create), "Create {one}").scopes(scopes).costs(10)
    }
    /// A record deleted; the answer's data is `{id}`.
    pub(crate) const fn delete(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        remove(id, path, object, scopes).gives(answers::id).description(super::kept_for_a_while(object))
    }
    /// Something deleted.
    pub(crate) const fn remove(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Delete, id, path, object, Handler::Write(delete::delete), "Delete {one}")
            .said(GONE)
            .fresh()
            .scopes(scopes)
            .costs(6)
    }
    /// The records that `ids` names deleted; the answer's data is `{id: [..]}`.
    pub(crate) const fn delete_many(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Delete, id, path, object, Handler::Write(delete::delete_many), "Delete several {many}")
            .params(&[params::IDS])
            .about_many(Target::Record(object))
            .gives(answers::ids)
            .said(GONE)
            .description(MANY)
            .fresh()
            .scopes(scopes)
            .costs(10)
    }
}

/// Rows of v2: `PATCH`, pages by cursor, `[]` for an empty list.
pub(super) mod v2 {
    use super::{
        Body, CHANGES_V2, GONE, Handler, Method, Named, Object, Operation, Paging, Params, Scopes, Shape, Target,
        Version, answers, delete, get, list, operation, save,
    };

    const fn row(
        method: Method,
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        handler: Handler,
        summary: &'static str,
    ) -> Operation {
        operation(Version::V2, method, Named { id, path, object }, handler, summary)
    }
    /// Records in pages.
    pub(crate) const fn list(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        row(Method::Get, id, path, object, Handler::Read(list::list), "List {many}")
            .gives_records(Shape::Listed)
            .params(params)
            .paged(Paging::Cursor)
            .scopes(scopes)
            .costs(10)
    }
    /// One record.
    pub(crate) const fn get(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
        params: Params,
    ) -> Operation {
        row(Method::Get, id, path, object, Handler::Read(get::get), "Get {one}")
            .gives_record(Shape::Alone)
            .params(params)
            .scopes(scopes)
            .costs(1)
    }
    /// A new record.
    pub(crate) const fn create(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        post(id, path, object, scopes)
            .body(Body::Create)
            .makes(Target::Record(object), None)
            .description("Keys that the object does not have are refused.")
    }
    /// Something made, or done to the record in the path.
    pub(crate) const fn post(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Post, id, path, object, Handler::Save(save::create), "Create {one}").scopes(scopes).costs(5)
    }
    /// A changed record.
    pub(crate) const fn update(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        change(id, path, object, scopes).body(Body::Update).description(CHANGES_V2)
    }
    /// Something changed.
    pub(crate) const fn change(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Patch, id, path, object, Handler::Save(save::update), "Update {one}").scopes(scopes).costs(5)
    }
    /// A record deleted; the answer's data is `{id}`.
    pub(crate) const fn delete(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        remove(id, path, object, scopes).gives(answers::id).description(super::kept_for_a_while(object))
    }
    /// Something deleted.
    pub(crate) const fn remove(
        id: &'static str,
        path: &'static str,
        object: &'static Object,
        scopes: Scopes,
    ) -> Operation {
        row(Method::Delete, id, path, object, Handler::Write(delete::delete), "Delete {one}")
            .said(GONE)
            .fresh()
            .scopes(scopes)
            .costs(3)
    }
}

/// What is said of deleting a record that is only marked.
const fn kept_for_a_while(object: &Object) -> &'static str {
    if matches!(object.deletion, penstock_model::object::Deletion::Soft) {
        "It can still be read alone for 30 days."
    } else {
        ""
    }
}
