//! Every error, from one table of codes. A face renders them in its own form; none of them knows HTTP bodies.

use std::{borrow::Cow, error::Error as StdError, fmt, sync::Arc};

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $status:literal, $text:literal;)*) => {
        /// What went wrong, as a stable word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }
        impl Code {
            /// Every code, for the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// The HTTP status that faces answer with.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status,)* } }
            /// The stable word on the wire of the Virtual API.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $(Self::$name => $text,)* } }
            /// What it means, in a sentence, for the documentation.
            #[must_use]
            pub fn meaning(self) -> &'static str { match self { $(Self::$name => concat!($($doc,)*).trim(),)* } }
        }
    };
}

impl Code {
    /// Whether it refuses what has the right form: a rule of the CRM says no, or there is nothing yet that does it.
    #[must_use]
    pub const fn is_rule(self) -> bool {
        matches!(self, Self::RuleViolated | Self::ReferenceUnknown | Self::NotImplemented)
    }
}

codes! {
    /// The body is not JSON, or not in an encoding that the operation takes.
    BodyMalformed = 400, "body.malformed";
    /// The body is larger than the limit.
    BodyTooLarge = 413, "body.too_large";
    /// The body is encoded, as by gzip, in a way that is not understood.
    EncodingUnsupported = 415, "body.encoding_unsupported";
    /// A parameter of the path or query has a wrong form.
    ParameterInvalid = 400, "parameter.invalid";
    /// A field's value has a wrong type or form.
    FieldInvalid = 400, "field.invalid";
    /// A required field is missing.
    FieldRequired = 400, "field.required";
    /// The body names a field that the object does not have.
    FieldUnknown = 400, "field.unknown";
    /// The field can't be written.
    FieldReadOnly = 422, "field.read_only";
    /// A record that the body or the path refers to does not exist, for this user.
    ReferenceUnknown = 400, "reference.unknown";
    /// A rule of the CRM refuses the change.
    RuleViolated = 400, "rule.violated";
    /// The cursor was not made by this list.
    CursorInvalid = 400, "cursor.invalid";
    /// No valid token came with the request.
    Unauthenticated = 401, "unauthenticated";
    /// The user may not do this.
    Forbidden = 403, "forbidden";
    /// The record does not exist, for this user.
    NotFound = 404, "not_found";
    /// Pipedrive has this operation, Penstock does not yet.
    NotImplemented = 501, "route.not_implemented";
    /// No such operation.
    RouteUnknown = 404, "route.unknown";
    /// The path exists, the method does not.
    MethodUnknown = 405, "method.unknown";
    /// The value is taken.
    Conflict = 409, "conflict";
    /// The record or field existed and is gone.
    Gone = 410, "gone";
    /// The record has changed since the version that the caller named.
    PreconditionFailed = 412, "precondition.failed";
    /// The value can't be stored so that it reads back the same.
    NotRepresentable = 422, "mapping.not_representable";
    /// Two fields of a body ask for different values of the same field of the provider.
    MappingConflict = 422, "mapping.conflict";
    /// The text of a filter does not follow the grammar, or compares a field with a value that it can't have.
    FilterInvalid = 400, "filter.invalid";
    /// The provider can't test what the filter asks for.
    FilterNotPushable = 400, "filter.not_pushable";
    /// Too many requests; also a fault that a sandbox was told to show.
    TooManyRequests = 429, "too_many_requests";
    /// A fault of the server.
    Internal = 500, "internal";
    /// The server can't take the work now: full disk, database away, queue full.
    Unavailable = 503, "unavailable";
}

/// A refusal: what, where, and what to change.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The row of the table.
    pub code: Code,
    /// For people: what is wrong and what to change. For [`Code::Internal`] it stays in the log.
    pub message: Cow<'static, str>,
    /// The field or parameter at fault, as the caller spelt it.
    pub field: Option<Box<str>>,
    /// What lies beneath, for the log of a server's fault. No body ever shows it.
    pub source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error with a message.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), field: None, source: None }
    }
    /// The same error, with the field or parameter at fault.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }
    /// The same error, with what lies beneath.
    #[must_use]
    pub fn caused_by(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }
    /// The error with all that lies beneath it, for the log.
    #[must_use]
    pub const fn chain(&self) -> Chain<'_> {
        Chain(self)
    }
    /// A field's value has a wrong type or form.
    #[must_use]
    pub fn invalid(field: &str, expected: &str) -> Self {
        Self::new(Code::FieldInvalid, format!("{field}: {expected}")).at(field)
    }
    /// A parameter has a wrong form.
    #[must_use]
    pub fn parameter(name: &str, expected: &str) -> Self {
        Self::new(Code::ParameterInvalid, format!("{name}: {expected}")).at(name)
    }
    /// The record does not exist, for this user.
    #[must_use]
    pub fn not_found(object: &str) -> Self {
        Self::new(Code::NotFound, format!("{object} not found")).at(object)
    }
    /// A fault of the server; the message goes to the log only.
    pub fn internal(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::Internal, message)
    }
    /// The server can't take the work now.
    pub fn unavailable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::Unavailable, message)
    }
}

/// An error and its causes, with colons between them. Of each cause the first line is shown, as what a database adds
/// below may be values of records; what the text has said already is left out.
pub struct Chain<'a>(&'a Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.0.message.to_string();
        let mut cause = StdError::source(self.0);
        while let Some(error) = cause {
            let said = error.to_string();
            let line = said.lines().next().unwrap_or_default();
            if !text.contains(line) {
                text.push_str(": ");
                text.push_str(line);
            }
            cause = error.source();
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_names_each_cause_once_and_one_line_of_it() {
        let beneath = std::io::Error::other("no room\nDETAIL: a record's values");
        let middle = Error::unavailable("the file can't be grown").caused_by(beneath);
        let error = Error::internal("a write failed: the file can't be grown").caused_by(middle);
        assert_eq!(error.chain().to_string(), "a write failed: the file can't be grown: no room");
        assert_eq!(Error::internal("alone").chain().to_string(), "alone");
    }
}
