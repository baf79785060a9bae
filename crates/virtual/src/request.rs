//! A request and its answer, as any HTTP server can give and take them.

use penstock_model::{Code, CompanyId, Error, Result};
use percent_encoding::percent_decode_str;

/// What a client asked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// What follows `?`, percent-encoded as it came.
    pub query: String,
    /// The header `x-api-token`.
    pub token: Option<String>,
    /// The header `authorization`.
    pub authorization: Option<String>,
    /// The header `content-type`.
    pub content_type: Option<String>,
    /// The header `if-match`.
    pub if_match: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// What ties the log and the events of this request together; errors tell it as `requestId`.
    pub correlation: String,
}

/// What is answered: always JSON.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Headers beyond the content type.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The company of the asking user, when one was recognised.
    pub company: Option<CompanyId>,
}

impl Request {
    /// The token of `authorization: Bearer`, or of `x-api-token`.
    ///
    /// # Errors
    /// `Unauthenticated` when it carries none.
    pub fn bearer(&self) -> Result<String> {
        let bearer = self.authorization.as_deref().and_then(|value| value.trim().split_once(' '));
        let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
        let token = bearer.or(self.token.as_deref()).filter(|token| !token.is_empty()).map(str::to_owned);
        token.ok_or_else(|| {
            let message = "send a token, as authorization: Bearer or as x-api-token";
            Error::new(Code::Unauthenticated, message)
        })
    }

    /// The parts of the path, decoded one by one, so that a part may contain a slash. A last slash is tolerated.
    pub(crate) fn segments(&self) -> Result<Vec<String>> {
        let path = self.path.trim_start_matches('/').trim_end_matches('/');
        path.split('/').map(|part| decoded(part, "path")).collect()
    }

    /// The parameters of the query, each at most once.
    pub(crate) fn parameters(&self) -> Result<Vec<(String, String)>> {
        let mut found: Vec<(String, String)> = Vec::new();
        for part in self.query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) =
                (decoded(&name.replace('+', " "), "query")?, decoded(&value.replace('+', " "), "query")?);
            if found.iter().any(|(n, _)| *n == name) {
                return Err(Error::parameter(&name, "must be given once"));
            }
            found.push((name, value));
        }
        Ok(found)
    }
}

fn decoded(text: &str, place: &str) -> Result<String> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| Error::parameter(place, "must be UTF-8"))?;
    if text.contains('\0') {
        return Err(Error::parameter(place, "must not contain the NUL character"));
    }
    Ok(text.into_owned())
}
