//! The operations of the Virtual API as data: each row holds its route, its function, parameters, bodies, errors, what an
//! object must allow for it, and its words in the documentation. The router, the OpenAPI document and the samples read
//! the rows; nothing else lists operations.

use penstock_api::{Method, Row};
use penstock_model::Code;

use crate::handlers::{Handler, change, read, save, schema};

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: &'static str,
    /// Its name in clients that are made from the description.
    pub name: &'static str,
    /// What it does, in a few words; `{record}` stands for a record of the object with its article, `{records}` for
    /// many.
    pub title: &'static str,
    /// What is to be known about it.
    pub description: &'static str,
    /// Its query parameters.
    pub params: &'static [Param],
    /// Which conditions it takes as headers.
    pub conditions: Conditions,
    /// How the path names a record.
    pub key: KeyBy,
    /// What the object must allow: all of these.
    pub needs: &'static [Capability],
    /// What the object must allow for the operation to be of use: one of these; empty: it always is.
    pub useful_with: &'static [Capability],
    /// What the body is.
    pub body: Sent,
    /// What the answer is.
    pub answer: Answered,
    /// The statuses of success.
    pub success: &'static [u16],
    /// What it may be refused for, besides what every operation may be.
    pub errors: &'static [Code],
    /// The query of its sample.
    pub sample_query: &'static str,
    /// What runs it.
    pub(crate) handler: Handler,
}

impl Row for Operation {
    fn method(&self) -> Method {
        self.method
    }
    fn path(&self) -> &'static str {
        self.path
    }
}

/// How a path names a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyBy {
    /// By its id.
    Id,
    /// By its key in another system.
    ExternalId,
}

/// What an object may allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// New records.
    Create,
    /// Changes of records.
    Update,
    /// Deletion of records.
    Delete,
}

impl Capability {
    /// Its word in the metadata of an object.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// What the body of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Nothing.
    Nothing,
    /// The fields of a new record.
    Create,
    /// The fields of a record that are to be changed.
    Update,
    /// The fields of a record that may be new.
    Upsert,
}

impl Sent {
    /// What is appended to the object's name in the name of the body's schema.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Upsert => "Upsert",
        }
    }
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The virtual objects: `{configuration, length, objects}`.
    Objects,
    /// One object with its fields.
    Object,
    /// One field.
    Field,
    /// `{length, records, nextPageToken, nextDeltaToken}`.
    Page,
    /// A record: the object's fields.
    Record,
    /// `{id, deleted}`.
    Deleted,
}

/// Which of the headers `if-match` and `if-none-match` mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conditions {
    /// None.
    None,
    /// `if-none-match` asks for an answer only if it is another than the client has.
    OfRead,
    /// Both say which versions the record may have.
    OfChange,
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
    /// Whether it takes several values, with commas between them or each in a parameter of its own.
    pub several: bool,
}

const fn param(name: &'static str, word: &'static str, help: &'static str) -> Param {
    Param { name, word, help, several: false }
}

const fn several(name: &'static str, help: &'static str) -> Param {
    Param { name, word: "text", help, several: true }
}

const FIELDS: Param = several(
    "fields",
    "The fields to give; id and etag always are. `person.name` is a field of the record that stands beside under \
     `expanded`.",
);
const EXPAND: Param = several("expand", "References whose records stand beside under `expanded`.");
const DELETED: Param = param("includeDeleted", "boolean", "Deleted records too, for as long as they can be read.");
const LIST: &[Param] = &[
    param("filter", "text", "Which records; see the guide for the grammar."),
    several("sort", "Sortable fields, the first counts most: smallest first; with - before it, largest first."),
    param("since", "datetime", "Records changed after this moment, or on this day (of UTC) and later."),
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
    name: &'static str,
    title: &'static str,
    answer: Answered,
    handler: Handler,
) -> Operation {
    Operation {
        method,
        path,
        name,
        title,
        description: "",
        params: &[],
        conditions: Conditions::None,
        key: KeyBy::Id,
        needs: &[],
        useful_with: &[],
        body: Sent::Nothing,
        answer,
        success: &[200],
        errors: &[],
        sample_query: "",
        handler,
    }
}

impl Operation {
    /// `virtual GET /v1/dynamic/...`, as test names and tables write it.
    #[must_use]
    pub fn title(&self) -> String {
        format!("virtual {} {}", self.method.word(), self.path)
    }
    /// Whether it is about the model, not about records.
    #[must_use]
    pub const fn describes(&self) -> bool {
        matches!(self.answer, Answered::Objects | Answered::Object | Answered::Field)
    }
    /// Whether an object that allows something has it.
    pub fn is_possible(&self, allows: impl Fn(Capability) -> bool) -> bool {
        self.needs.iter().all(|needed| allows(*needed))
    }
    /// Whether it is of use with an object that allows something.
    pub fn is_useful(&self, allows: impl Fn(Capability) -> bool) -> bool {
        self.is_possible(&allows) && (self.useful_with.is_empty() || self.useful_with.iter().any(|one| allows(*one)))
    }
    const fn about(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }
    const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }
    const fn writes(mut self, body: Sent, needs: &'static [Capability], success: &'static [u16]) -> Self {
        self.body = body;
        self.needs = needs;
        self.errors = WRITE_ERRORS;
        self.success = success;
        self
    }
    const fn deletes(mut self) -> Self {
        self.needs = &[Capability::Delete];
        self.errors = &[Code::RuleViolated, Code::PreconditionFailed];
        self
    }
    const fn by_external_id(mut self) -> Self {
        self.key = KeyBy::ExternalId;
        self
    }
    /// What nobody can give a key is found by none.
    const fn of_what_has_keys(mut self) -> Self {
        self.useful_with = &[Capability::Create, Capability::Update];
        self
    }
    const fn tied(mut self) -> Self {
        self.conditions = Conditions::OfChange;
        self
    }
    const fn cached(mut self) -> Self {
        self.conditions = Conditions::OfRead;
        self
    }
    const fn refused(mut self, errors: &'static [Code]) -> Self {
        self.errors = errors;
        self
    }
    const fn sample(mut self, query: &'static str) -> Self {
        self.sample_query = query;
        self
    }
}

const CONFIGURATION: &str = "/v1/dynamic/{configuration}";
const METADATA: &str = "/v1/dynamic/{configuration}/metadata";
const METADATA_OBJECT: &str = "/v1/dynamic/{configuration}/metadata/{object}";
const METADATA_FIELD: &str = "/v1/dynamic/{configuration}/metadata/{object}/{field}";
const RECORDS: &str = "/v1/dynamic/{configuration}/objects/{object}";
const RECORD: &str = "/v1/dynamic/{configuration}/objects/{object}/{id}";
const EXTERNAL: &str = "/v1/dynamic/{configuration}/objects/{object}/by/external_id/{source}/{key}";

const DESCRIBED: &str = "As the asking user may use it: what is read-only is so for that user.";

/// Every operation.
pub const ALL: &[Operation] = &[
    operation(Method::Get, CONFIGURATION, "showConfiguration", "Show what there is", Answered::Objects, |call| {
        Box::pin(schema::objects(call))
    })
    .about("The objects, as the list of metadata has them: where to begin with nothing but an address and a token."),
    operation(Method::Get, METADATA, "listObjects", "List the objects", Answered::Objects, |call| {
        Box::pin(schema::objects(call))
    }),
    operation(Method::Get, METADATA_OBJECT, "describeObject", "Describe an object", Answered::Object, |call| {
        Box::pin(schema::object(call))
    })
    .about(DESCRIBED),
    operation(Method::Get, METADATA_FIELD, "describeField", "Describe a field", Answered::Field, |call| {
        Box::pin(schema::field(call))
    })
    .about(DESCRIBED),
    operation(Method::Get, RECORDS, "listRecords", "List {records}", Answered::Page, |call| Box::pin(read::list(call)))
        .about("In pages; `nextPageToken` asks for the next one and is null on the last.")
        .params(LIST)
        .refused(&[Code::FilterInvalid, Code::FilterNotPushable, Code::CursorInvalid])
        .sample("?limit=2"),
    operation(Method::Post, RECORDS, "createRecord", "Create {record}", Answered::Record, |call| {
        Box::pin(save::create(call))
    })
    .params(ONE)
    .writes(Sent::Create, &[Capability::Create], &[201]),
    operation(Method::Get, RECORD, "getRecord", "Get {record}", Answered::Record, |call| Box::pin(read::get(call)))
        .params(&[FIELDS, EXPAND, DELETED])
        .cached(),
    operation(Method::Patch, RECORD, "updateRecord", "Update {record}", Answered::Record, |call| {
        Box::pin(save::update(call))
    })
    .about(
        "Only what the body names changes, and `null` clears a value. Giving what is already there writes nothing: a \
         record that was read can be sent back as it is, `expanded` and counts are ignored. With `if-match`, or with the \
         record's `etag` in the body, a record that has changed since is not touched.",
    )
    .params(ONE)
    .writes(Sent::Update, &[Capability::Update], &[200])
    .tied(),
    operation(Method::Delete, RECORD, "deleteRecord", "Delete {record}", Answered::Deleted, |call| {
        Box::pin(change::delete(call))
    })
    .deletes()
    .tied(),
    operation(
        Method::Get,
        EXTERNAL,
        "getRecordByExternalId",
        "Find {record} by another system's key",
        Answered::Record,
        |call| Box::pin(read::get(call)),
    )
    .by_external_id()
    .of_what_has_keys()
    .params(ONE)
    .cached(),
    operation(
        Method::Put,
        EXTERNAL,
        "upsertRecordByExternalId",
        "Create or update {record} by another system's key",
        Answered::Record,
        |call| Box::pin(save::upsert(call)),
    )
    .about(
        "Of many who ask at once one makes the record, and the others find it. With `if-none-match: *` a record that is \
         there already is not touched.",
    )
    .by_external_id()
    .params(ONE)
    .writes(Sent::Upsert, &[Capability::Create, Capability::Update], &[200, 201])
    .tied(),
];
