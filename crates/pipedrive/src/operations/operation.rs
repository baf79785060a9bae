//! What an operation is: one row, which carries all that is particular to it (DESIGN 2).
//!
//! Router, permissions, OpenAPI, sample requests and the sweeping tests read rows; none of them lists operations again.

use std::sync::Arc;

use penstock_api::{Body as Unread, BoxFuture, Method, Reply};
use penstock_crm::{Crm, Patch, Reader, Tx};
use penstock_model::{Access, Code, Object, Result, Right};

use super::{
    answer::{Answer, Data, Described},
    body::Body,
    param::Param,
    target::Target,
};
use crate::{call::Call, wire::Shape};

/// One operation. Built by the `const fn`s of `rows` and those below; nothing else makes one.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Pipedrive's own name for it, such as `addDeal`: clients made from our documents have its methods.
    pub id: &'static str,
    /// The version.
    pub version: Version,
    /// The method.
    pub method: Method,
    /// The path below the version's prefix, parameters in braces.
    pub path: &'static str,
    /// The object that it is about.
    pub object: &'static Object,
    /// The object that it hangs under; none: it stands at the root.
    pub parent: Option<Parent>,
    /// What runs it.
    pub(crate) handler: Handler,
    /// Its query parameters.
    pub params: &'static [Param],
    /// What the parameters of its path name, in order.
    pub targets: [Option<Target>; 2],
    /// What its parameter `ids` names, when it changes many.
    pub ids: Option<Target>,
    /// What its body is.
    pub body: Body,
    /// What it answers.
    pub(crate) answer: Answer,
    /// What its answer names that other operations can then be asked about.
    pub makes: [Option<Target>; 2],
    /// Whether a request for it should be about something that was made for it: it changes or deletes what others read.
    pub fresh: bool,
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
    /// What it does, in a few words: `{one}`, `{many}` and `{parent}` stand for the objects' names.
    pub summary: &'static str,
    /// What else there is to say, in sentences with the same placeholders. What follows from the rest of the row is
    /// added to it.
    pub description: &'static str,
    /// The errors that it is likely to meet besides those that follow from the rest of the row.
    pub errors: &'static [Code],
    /// The OAuth scopes of which one is needed; empty: `base`, which every token has.
    pub scopes: &'static [&'static str],
    /// The right that it takes; none: every user may call it.
    pub right: Option<Right>,
    /// Its price in rate-limit tokens.
    pub cost: u16,
}

/// The function that runs an operation: one that reads in a snapshot, one that changes in a write, one that writes the
/// fields which the body gives, read before the write begins, or one that must wait for the network or a file, with no
/// transaction open meanwhile.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Handler {
    Read(fn(&mut Reader<'_>, &Call) -> Result<Reply>),
    Write(fn(&mut Tx<'_>, &Call) -> Result<Reply>),
    Save(fn(&mut Tx<'_>, &Call, Patch) -> Result<Reply>),
    #[cfg_attr(not(test), expect(dead_code, reason = "no operation waits for anything yet; files and OAuth will"))]
    Async(fn(AsyncCall) -> BoxFuture<'static, Result<Reply>>),
}

/// What a handler that waits is given.
#[cfg_attr(not(test), expect(dead_code, reason = "as long as no operation waits for anything"))]
pub(crate) struct AsyncCall {
    pub(crate) crm: Crm,
    pub(crate) access: Arc<Access>,
    pub(crate) call: Call,
    /// The body, unread when the row says of none what it is: for what is too large to be held.
    pub(crate) body: Unread,
}

/// Where an operation hangs. The first parameter of its path names the parent's record, which the user must see.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    /// The parent's object.
    pub object: &'static Object,
    /// The reference that the operation's records have to it; empty: they are found in another way.
    pub link: &'static str,
}

/// The faces and their versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// Pipedrive v1, at `/v1` and `/api/v1`.
    V1,
    /// Pipedrive v2, at `/api/v2`.
    V2,
}

/// How references are shown (pipedrive-contract 3.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// As objects with `value`, and `related_objects` alongside the data.
    Embedded,
    /// As ids, with `related_objects` alongside the data.
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

/// What a row begins as: its names, and what it is about.
pub(super) struct Named {
    pub(super) id: &'static str,
    pub(super) path: &'static str,
    pub(super) object: &'static Object,
}

/// An operation that every user may call, with no parameters and no body, references as ids and no pages, about the
/// record that its path names if it has parameters; the builders below change that. An empty list is `null` on v1 and
/// `[]` on v2.
pub(super) const fn operation(
    version: Version,
    method: Method,
    Named { id, path, object }: Named,
    handler: Handler,
    summary: &'static str,
) -> Operation {
    Operation {
        id,
        version,
        method,
        path,
        object,
        parent: None,
        handler,
        params: &[],
        targets: if parameters(path) > 0 { [Some(Target::Record(object)), None] } else { [None, None] },
        ids: None,
        body: Body::None,
        answer: Answer { data: Data::Record, shape: Shape::Listed, said: "", additional: None },
        makes: [None, None],
        fresh: false,
        success: 200,
        references: References::Ids,
        empty: match version {
            Version::V1 => Empty::Null,
            Version::V2 => Empty::List,
        },
        paging: Paging::None,
        order: &["id"],
        summary,
        description: "",
        errors: &[],
        scopes: &[],
        right: None,
        cost: 0,
    }
}

/// How many parameters a path has.
const fn parameters(path: &str) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < path.len() {
        if path.as_bytes()[at] == b'{' {
            count += 1;
        }
        at += 1;
    }
    count
}

impl Operation {
    /// It hangs under another object: the path names the parent's record first, and then one of its own if any.
    pub(super) const fn under(mut self, object: &'static Object, link: &'static str) -> Self {
        self.parent = Some(Parent { object, link });
        let own = if parameters(self.path) > 1 { Some(Target::Record(self.object)) } else { None };
        self.targets = [Some(Target::Record(object)), own];
        self
    }
    /// What reads it.
    pub(super) const fn read_by(mut self, read: fn(&mut Reader<'_>, &Call) -> Result<Reply>) -> Self {
        self.handler = Handler::Read(read);
        self
    }
    /// What changes it.
    pub(super) const fn written_by(mut self, write: fn(&mut Tx<'_>, &Call) -> Result<Reply>) -> Self {
        self.handler = Handler::Write(write);
        self
    }
    /// What saves the fields of its body.
    pub(super) const fn saved_by(mut self, save: fn(&mut Tx<'_>, &Call, Patch) -> Result<Reply>) -> Self {
        self.handler = Handler::Save(save);
        self
    }
    /// Its query parameters.
    pub(super) const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }
    /// What the path's parameters name, where the last is no record of the object.
    pub(super) const fn about(mut self, first: Target, second: Option<Target>) -> Self {
        self.targets = [Some(first), second];
        self
    }
    /// What `ids` names.
    pub(super) const fn about_many(mut self, ids: Target) -> Self {
        self.ids = Some(ids);
        self
    }
    /// What its body is.
    pub(super) const fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }
    /// Its data is records, all of a page.
    pub(super) const fn gives_records(mut self, shape: Shape) -> Self {
        (self.answer.data, self.answer.shape) = (Data::Records, shape);
        self
    }
    /// Its data is one record.
    pub(super) const fn gives_record(mut self, shape: Shape) -> Self {
        (self.answer.data, self.answer.shape) = (Data::Record, shape);
        self
    }
    /// Its data is something else.
    pub(super) const fn gives(mut self, data: fn(&Self) -> Described) -> Self {
        self.answer.data = Data::Other(data);
        self
    }
    /// What is said of the data, where the usual sentence does not fit.
    pub(super) const fn said(mut self, sentence: &'static str) -> Self {
        self.answer.said = sentence;
        self
    }
    /// What `additional_data` holds, where that is more than the page.
    pub(super) const fn adds(mut self, additional: fn(&Self) -> serde_json::Value) -> Self {
        self.answer.additional = Some(additional);
        self
    }
    /// What its answer names.
    pub(super) const fn makes(mut self, first: Target, second: Option<Target>) -> Self {
        self.makes = [Some(first), second];
        self
    }
    /// A request for it should be about something that was made for it.
    pub(super) const fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }
    /// The OAuth scopes of which one is needed.
    pub(super) const fn scopes(mut self, any_of: &'static [&'static str]) -> Self {
        self.scopes = any_of;
        self
    }
    /// Success is 201.
    pub(super) const fn created(mut self) -> Self {
        self.success = 201;
        self
    }
    /// References are shown as objects, with `related_objects`.
    pub(super) const fn embedded(mut self) -> Self {
        self.references = References::Embedded;
        self
    }
    /// References are shown as ids, with `related_objects`.
    pub(super) const fn related(mut self) -> Self {
        self.references = References::IdsWithRelated;
        self
    }
    /// An empty list is `[]`.
    pub(super) const fn never_null(mut self) -> Self {
        self.empty = Empty::List;
        self
    }
    /// How lists are paged.
    pub(super) const fn paged(mut self, paging: Paging) -> Self {
        self.paging = paging;
        self
    }
    /// What a list is ordered by when the request does not say.
    pub(super) const fn ordered(mut self, by: &'static [&'static str]) -> Self {
        self.order = by;
        self
    }
    /// What it does, in a few words.
    pub(super) const fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }
    /// What else there is to say.
    pub(super) const fn description(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }
    /// The errors that it is likely to meet besides the usual ones.
    pub(super) const fn errors(mut self, errors: &'static [Code]) -> Self {
        self.errors = errors;
        self
    }
    /// Only those with the right may call it: the one that the object's table asks for.
    pub(super) const fn takes(mut self, right: Option<Right>) -> Self {
        self.right = right;
        self
    }
    /// Its price in rate-limit tokens.
    pub(super) const fn costs(mut self, tokens: u16) -> Self {
        self.cost = tokens;
        self
    }

    /// `GET /deals/{id}` with its version, as test names and tables write it.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {} {}", self.version.word(), self.method.word(), self.path)
    }
    /// The parameters of its path, each with what it names.
    pub fn in_path(&self) -> impl Iterator<Item = (&'static str, Target)> {
        let names = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names.zip(self.targets.into_iter().flatten())
    }
    /// Whether its data is records of its object in pages or all at once.
    #[must_use]
    pub const fn lists_records(&self) -> bool {
        matches!(self.answer.data, Data::Records)
    }
    /// Whether its body is the fields of a record of its object.
    #[must_use]
    pub const fn takes_fields(&self) -> bool {
        matches!(self.body, Body::Create | Body::Update)
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
