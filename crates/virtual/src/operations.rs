//! The operations of the Virtual API as data: routes, parameters, bodies and errors. The router reads them, and so do
//! the documentation and the OpenAPI document.

use penstock_model::{Code, operation::Method};

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: &'static str,
    /// What it does.
    pub act: Act,
    /// Its name in clients that are made from the description.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Its query parameters.
    pub params: &'static [Param],
    /// Whether it takes the header `if-match`.
    pub if_match: bool,
    /// What the body is.
    pub body: Body,
    /// What the answer is.
    pub answer: Body,
    /// The statuses of success.
    pub success: &'static [u16],
    /// What it may be refused for, besides what every operation may be.
    pub errors: &'static [Code],
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The virtual objects.
    Objects,
    /// One object with its fields.
    Object,
    /// One field.
    Field,
    /// A page of records.
    List,
    /// One record.
    Get,
    /// A new record.
    Create,
    /// A changed record.
    Update,
    /// A record deleted.
    Delete,
    /// One record, by its key in another system.
    GetByExternalId,
    /// A record changed or made, by its key in another system.
    Upsert,
}

/// What a body or an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// The virtual objects: `{configuration, length, objects}`.
    Objects,
    /// One object with its fields.
    Object,
    /// One field.
    Field,
    /// `{length, records, nextPageToken, nextDeltaToken}`.
    Page,
    /// A record: the object's fields; in bodies those that are to be set.
    Record,
    /// `{id, deleted}`.
    Deleted,
}

/// A query parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// The word of its type.
    pub word: &'static str,
    /// What it does.
    pub help: &'static str,
}

const fn param(name: &'static str, word: &'static str, help: &'static str) -> Param {
    Param { name, word, help }
}

const FIELDS: Param = param("fields", "text", "The fields to give, with commas; id and etag always are.");
const EXPAND: Param = param("expand", "text", "References whose records stand beside under `expanded`, with commas.");
const DELETED: Param = param("includeDeleted", "boolean", "Deleted records too, for as long as they can be read.");
const LIST: &[Param] = &[
    param("filter", "text", "Which records; see the guide for the grammar."),
    param("sort", "text", "A sortable field, smallest first; with - before it, largest first."),
    param("since", "datetime", "Records changed after this moment."),
    param("limit", "integer", "The most records of the page, 1 to 500; 100 when it is not given."),
    param("pageToken", "text", "The nextPageToken of the page before, with the same other parameters."),
    FIELDS,
    EXPAND,
    DELETED,
];
const ONE: &[Param] = &[FIELDS, EXPAND];

/// The grammar of `filter`, as Markdown for the documentation.
pub const FILTER_GRAMMAR: &str = include_str!("filter/grammar.md");

/// What every operation may be refused for.
pub const COMMON_ERRORS: &[Code] = &[
    Code::Unauthenticated,
    Code::NotFound,
    Code::ParameterInvalid,
    Code::FieldUnknown,
    Code::TooManyRequests,
    Code::Internal,
    Code::Unavailable,
];
const WRITE_ERRORS: &[Code] = &[
    Code::BodyMalformed,
    Code::FieldInvalid,
    Code::FieldRequired,
    Code::FieldReadOnly,
    Code::ReferenceUnknown,
    Code::RuleViolated,
    Code::Forbidden,
    Code::Conflict,
    Code::NotRepresentable,
    Code::MappingConflict,
    Code::PreconditionFailed,
];

const fn operation(
    method: Method,
    path: &'static str,
    act: Act,
    name: &'static str,
    summary: &'static str,
    answer: Body,
) -> Operation {
    Operation {
        method,
        path,
        act,
        name,
        summary,
        params: &[],
        if_match: false,
        body: Body::None,
        answer,
        success: &[200],
        errors: &[],
    }
}

impl Operation {
    /// `virtual GET /v1/dynamic/...`, as test names and tables write it.
    #[must_use]
    pub fn title(&self) -> String {
        format!("virtual {} {}", self.method.word(), self.path)
    }
    const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }
    const fn writes(mut self, success: &'static [u16]) -> Self {
        self.body = Body::Record;
        self.errors = WRITE_ERRORS;
        self.success = success;
        self
    }
    const fn tied(mut self) -> Self {
        self.if_match = true;
        self
    }
    const fn refused(mut self, errors: &'static [Code]) -> Self {
        self.errors = errors;
        self
    }
}

const METADATA: &str = "/v1/dynamic/{configuration}/metadata";
const METADATA_OBJECT: &str = "/v1/dynamic/{configuration}/metadata/{object}";
const METADATA_FIELD: &str = "/v1/dynamic/{configuration}/metadata/{object}/{field}";
const RECORDS: &str = "/v1/dynamic/{configuration}/objects/{object}";
const RECORD: &str = "/v1/dynamic/{configuration}/objects/{object}/{id}";
const EXTERNAL: &str = "/v1/dynamic/{configuration}/objects/{object}/by/external_id/{source}/{key}";

/// Every operation.
pub const ALL: &[Operation] = &[
    operation(Method::Get, METADATA, Act::Objects, "listObjects", "The virtual objects.", Body::Objects),
    operation(Method::Get, METADATA_OBJECT, Act::Object, "describeObject", "An object and its fields.", Body::Object),
    operation(Method::Get, METADATA_FIELD, Act::Field, "describeField", "A field of an object.", Body::Field),
    operation(Method::Get, RECORDS, Act::List, "listRecords", "A page of records.", Body::Page)
        .params(LIST)
        .refused(&[Code::FilterInvalid, Code::FilterNotPushable, Code::CursorInvalid]),
    operation(Method::Post, RECORDS, Act::Create, "createRecord", "Makes a record.", Body::Record)
        .params(ONE)
        .writes(&[201]),
    operation(Method::Get, RECORD, Act::Get, "getRecord", "A record.", Body::Record).params(&[FIELDS, EXPAND, DELETED]),
    operation(Method::Patch, RECORD, Act::Update, "updateRecord", "Changes the given fields.", Body::Record)
        .params(ONE)
        .writes(&[200])
        .tied(),
    operation(Method::Delete, RECORD, Act::Delete, "deleteRecord", "Deletes a record.", Body::Deleted)
        .refused(&[Code::RuleViolated, Code::PreconditionFailed])
        .tied(),
    operation(
        Method::Get,
        EXTERNAL,
        Act::GetByExternalId,
        "getRecordByExternalId",
        "The record that another system's key names.",
        Body::Record,
    )
    .params(ONE),
    operation(
        Method::Put,
        EXTERNAL,
        Act::Upsert,
        "upsertRecordByExternalId",
        "Changes the record that another system's key names, or makes it.",
        Body::Record,
    )
    .params(ONE)
    .writes(&[200, 201])
    .tied(),
];
