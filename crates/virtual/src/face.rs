//! From a request to its answer: the token, the account, the route, the act.

use std::sync::Arc;

use penstock_connector::{Accounts, Caller};
use penstock_model::{Code, CompanyId, Error};
use serde_json::{Map, Value as Json};

use crate::{
    builtin,
    handlers::{self, Call},
    operations::Body,
    precondition::IfMatch,
    query::Parameters,
    refusal::Refusal,
    request::{Request, Response},
    routes::{self, Found},
};

/// The Virtual API over accounts. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    accounts: Arc<dyn Accounts>,
}

/// Where the face's paths begin.
const ROOT: &str = "/v1/dynamic";

impl Face {
    /// The face of accounts.
    #[must_use]
    pub fn new(accounts: Arc<dyn Accounts>) -> Self {
        Self { accounts }
    }

    /// Whether a path is one of this face's. Pipedrive's face has the same prefix, so this one is asked first.
    #[must_use]
    pub fn serves(path: &str) -> bool {
        path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The answer to a request that the server refuses before this face sees it.
    #[must_use]
    pub fn refuse(error: &Error, request: &str) -> Response {
        Refusal::from(error.clone()).response(request)
    }

    /// Answers a request. Every outcome is JSON, errors too.
    pub async fn respond(&self, request: Request) -> Response {
        let mut company = None;
        let mut response = match self.answer(&request, &mut company).await {
            Ok(response) => response,
            Err(refusal) => {
                if refusal.error.code.status() >= 500 {
                    let correlation = &request.correlation;
                    tracing::error!(%correlation, error = %refusal.error.message, "a request failed");
                }
                refusal.response(&request.correlation)
            }
        };
        response.company = company;
        response
    }

    async fn answer(&self, request: &Request, company: &mut Option<CompanyId>) -> Result<Response, Refusal> {
        let caller = Caller { token: request.bearer()?, correlation: request.correlation.clone() };
        let found = request.segments().map(|segments| routes::find(&request.method, &segments));
        let wanted = match &found {
            Ok(Found::Operation(_, params)) => params.iter().find(|(name, _)| *name == "configuration"),
            _ => None,
        };
        let configuration = wanted.map_or("default", |(_, name)| name);
        // Nothing is told to someone without a token, not even which paths exist.
        let connector = self.accounts.open(&caller, configuration).await?;
        *company = Some(connector.company());
        let (operation, params) = match found? {
            Found::Operation(operation, params) => (operation, params),
            Found::OtherMethods(methods) => return Err(other_methods(&methods).into()),
            Found::Nothing => {
                return Err(Error::new(
                    Code::RouteUnknown,
                    "there is no such path; /v1/dynamic/default/metadata tells which objects there are",
                )
                .into());
            }
        };
        let body = if operation.body == Body::None { Map::new() } else { body(request)? };
        let call = Call {
            operation,
            connector: &*connector,
            configuration: &builtin::DEFAULT,
            params,
            query: Parameters::new(operation, request.parameters()?)?,
            body,
            if_match: request.if_match.as_deref().map(IfMatch::parse),
        };
        handlers::run(&call).await
    }
}

/// The refusal of a method, with those that the path has.
pub(crate) fn other_methods(methods: &[&str]) -> Error {
    let methods = methods.join(", ");
    Error::new(Code::MethodUnknown, format!("this path takes {methods}")).at(&methods)
}

/// The object that a body holds.
fn body(request: &Request) -> Result<Map<String, Json>, Error> {
    let malformed = |message: String| Error::new(Code::BodyMalformed, message);
    let json = request.content_type.as_deref().is_none_or(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        kind.is_empty() || kind == "application/json" || kind.ends_with("+json")
    });
    if !json {
        return Err(malformed("the body must be JSON, with content-type: application/json".to_owned()));
    }
    match serde_json::from_slice(&request.body) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(malformed("the body must be a JSON object of fields".to_owned())),
        Err(e) => Err(malformed(format!("the body is not JSON: {e}"))),
    }
}
