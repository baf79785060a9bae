//! A request and its answer, as any HTTP server can give and take them.

use penstock_model::CompanyId;
use percent_encoding::percent_decode_str;

/// What a token is called in queries and bodies.
pub(crate) const TOKEN: &str = "api_token";

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
    /// The body.
    pub body: Vec<u8>,
    /// What ties the log and the events of this request together.
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

/// `a=1&b=2` as pairs, with `+` and percent codes decoded.
pub(crate) fn pairs(encoded: &str) -> Vec<(String, String)> {
    encoded
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The token in a JSON body, whatever else it holds.
#[derive(serde::Deserialize)]
struct InJson {
    api_token: Option<String>,
}

impl Request {
    /// The token that the request carries: in a header, in the query, or in the body (pipedrive-contract 9.1).
    #[must_use]
    pub fn api_token(&self) -> Option<String> {
        let among = |encoded: &str| pairs(encoded).into_iter().find(|(name, _)| name == TOKEN).map(|(_, token)| token);
        let in_body = || {
            let kind = self.content_type.as_deref().unwrap_or("");
            if kind.starts_with("application/x-www-form-urlencoded") {
                return among(std::str::from_utf8(&self.body).ok()?);
            }
            serde_json::from_slice::<InJson>(&self.body).ok()?.api_token
        };
        self.token
            .clone()
            .or_else(|| self.query.contains(TOKEN).then(|| among(&self.query)).flatten())
            .or_else(|| self.bearer().map(str::to_owned))
            .or_else(in_body)
    }

    fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.authorization.as_deref()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// Whether there is a header `authorization` that no credentials can be read from.
    pub(crate) fn is_garbled(&self) -> bool {
        self.authorization.is_some() && self.bearer().is_none()
    }
}
