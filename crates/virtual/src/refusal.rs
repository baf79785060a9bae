//! Refusals: one error, or all the errors of a body's fields at once.

use std::borrow::Cow;

use http::header;
use penstock_api::Reply;
use penstock_model::{Code, Error, Faults};
use serde_json::{Map, Value as Json, json};

/// The most faults of a body that are named. Whoever reads one stops looking at the fault behind them.
pub(crate) const MOST: usize = Faults::MOST;
/// The most bytes of a message on the wire: a request can name what is a megabyte long.
const LONGEST: usize = 3000;
/// The most bytes of a field's name on the wire.
pub(crate) const LONGEST_NAME: usize = 300;

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) error: Error,
    /// The fields at fault, when it is fields.
    pub(crate) fields: Vec<Error>,
}

/// The start of a text, where it takes more than that many bytes in JSON.
pub(crate) fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    let mut taken = 0;
    for (at, letter) in text.char_indices() {
        taken += match letter {
            '"' | '\\' => 2,
            '\0'..=' ' => 6,
            _ => letter.len_utf8(),
        };
        if taken > longest {
            return Cow::Owned(format!("{}…", &text[..at]));
        }
    }
    Cow::Borrowed(text)
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let about_field = matches!(
            error.code,
            Code::FieldInvalid
                | Code::FieldRequired
                | Code::FieldUnknown
                | Code::FieldReadOnly
                | Code::ReferenceUnknown
                | Code::NotRepresentable
                | Code::MappingConflict
        );
        let named = error.field.is_some() && (about_field || matches!(error.code, Code::RuleViolated | Code::Conflict));
        let fields = if named { vec![error.clone()] } else { Vec::new() };
        Self { error, fields }
    }
}

impl Refusal {
    /// The refusal of a body; nothing when no field is at fault. It has the code of the first, and names [`MOST`] of
    /// them.
    pub(crate) fn of_fields(mut fields: Vec<Error>) -> Result<(), Self> {
        let found = fields.len();
        fields.truncate(MOST);
        let Some(first) = fields.first() else { return Ok(()) };
        let message = match found {
            1 => first.message.clone(),
            2..=MOST => format!("{found} fields are wrong; the first: {}", first.message).into(),
            _ => format!("more than {MOST} fields are wrong, of which {MOST} are named; the first: {}", first.message)
                .into(),
        };
        let error = Error { message, ..first.clone() };
        Err(Self { error, fields })
    }

    /// The answer.
    pub(crate) fn reply(self, request: &str) -> Reply {
        let code = self.error.code;
        // A server's fault says where to look and nothing of the inside (DESIGN 16).
        let message = match code {
            Code::Internal => "the server failed; its log has the details under the requestId",
            Code::Unavailable => "the server can't do this now, try again later; its log has the requestId",
            _ => &self.error.message,
        };
        let mut body = Map::from_iter([
            ("code".to_owned(), json!(code.word())),
            ("message".to_owned(), json!(shortened(message, LONGEST))),
            ("requestId".to_owned(), json!(request)),
        ]);
        if !self.fields.is_empty() {
            let errors = self.fields.iter().map(|fault| {
                let name = fault.field.as_deref().map(|name| shortened(name, LONGEST_NAME));
                json!({ "field": name, "code": fault.code.word(), "message": shortened(&fault.message, LONGEST) })
            });
            body.insert("errors".to_owned(), errors.collect());
        }
        let mut reply = Reply::json(code.status(), Json::Object(body).to_string());
        match (code, &self.error.field) {
            (Code::MethodUnknown, Some(allowed)) => reply.set_header(header::ALLOW, allowed),
            (Code::Unauthenticated, _) => reply.set_header(header::WWW_AUTHENTICATE, "Bearer"),
            _ => {}
        }
        reply.notes.refused = Some(self.error);
        reply
    }
}
