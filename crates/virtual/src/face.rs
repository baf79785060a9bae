//! From a request to its reply: the token, the account, the route, the handler.

use std::sync::{Arc, LazyLock};

use http::header;
use penstock_api::{
    BoxFuture, ContentType, Notes, Outcome, Reply, Request, Route, Router, TOKEN_PARAMETER, compute, query,
};
use penstock_connector::{Accounts, Caller};
use penstock_model::{Code, Error};
use serde_json::Value as Json;

use crate::{
    builtin,
    handlers::Call,
    operations::{self, KeyBy, Operation, Sent},
    precondition::{Preconditions, Tags},
    put::Given,
    query::Parameters,
    refusal::Refusal,
};

/// The Virtual API over accounts. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    accounts: Arc<dyn Accounts>,
}

/// Where the face's paths begin.
const ROOT: &str = "/v1/dynamic";

static ROUTER: LazyLock<Router<&'static Operation>> = LazyLock::new(|| Router::new(operations::ALL));

impl Face {
    /// The face of accounts.
    #[must_use]
    pub fn new(accounts: Arc<dyn Accounts>) -> Self {
        Self { accounts }
    }

    async fn answer(&self, request: Request, notes: &mut Notes) -> Result<Reply, Refusal> {
        let token = request.token().filter(|token| !token.is_empty()).ok_or_else(|| {
            let message = "send a token, as authorization: Bearer or as x-api-token";
            Error::new(Code::Unauthenticated, message)
        })?;
        let route = segments(&request.path).map(|segments| ROUTER.find(request.method.as_str(), &segments));
        let mut configuration = "default";
        if let Ok(Route::Found { row, params }) = &route {
            notes.operation = row.name;
            configuration =
                params.iter().find(|(name, _)| *name == "configuration").map_or(configuration, |(_, name)| name);
        }
        // Nothing is said to someone without a token, not even which paths exist.
        let caller = Caller { token, correlation: request.correlation.to_string() };
        let connector = self.accounts.open(&caller, configuration).await?;
        notes.company = Some(connector.company());
        let (operation, params) = match route? {
            Route::Found { row, params } => (*row, params),
            Route::OtherMethods(methods) => return Err(other_methods(&methods).into()),
            Route::Missing => {
                return Err(Error::new(
                    Code::RouteUnknown,
                    "there is no such path; /v1/dynamic/default lists the objects",
                )
                .into());
            }
        };
        let conditions = conditions(&request);
        let mut query = query::strict_pairs(&request.query)?;
        query.retain(|(name, _)| name != TOKEN_PARAMETER);
        let mut given = if operation.body == Sent::Nothing { Given::default() } else { body(request).await? };
        if operation.key == KeyBy::ExternalId {
            let part = |name: &str| params.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone());
            given.key = part("source").zip(part("key"));
        }
        let call = Call {
            operation,
            connector: &*connector,
            configuration: &builtin::DEFAULT,
            params,
            query: Parameters::new(operation, query)?,
            given: Arc::new(given),
            conditions,
        };
        (operation.handler)(&call).await
    }
}

impl penstock_api::Face for Face {
    /// Pipedrive's face has the same prefix, so this one is asked first.
    fn serves(&self, path: &str) -> bool {
        path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    fn refuse(&self, _: &str, correlation: &str, error: Error) -> Reply {
        Refusal::from(error).reply(correlation)
    }

    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let correlation = Arc::clone(&request.correlation);
            let mut notes = Notes { version: "virtual", ..Notes::default() };
            let mut reply =
                self.answer(request, &mut notes).await.unwrap_or_else(|refusal| refusal.reply(&correlation));
            notes.refused = reply.notes.refused.take();
            reply.notes = notes;
            reply.into()
        })
    }
}

/// The segments of a path, decoded one by one, so that a segment may contain a slash.
fn segments(path: &str) -> Result<Vec<String>, Error> {
    penstock_api::segments(path).into_iter().map(|segment| query::strict(segment, "path")).collect()
}

/// The refusal of a method, with those that the path has.
pub(crate) fn other_methods(methods: &[&str]) -> Error {
    let methods = methods.join(", ");
    Error::new(Code::MethodUnknown, format!("this path takes {methods}")).at(&methods)
}

/// Under which conditions a request is to be carried out.
fn conditions(request: &Request) -> Preconditions {
    let tags = |name| request.header_list(name).as_deref().map(Tags::parse);
    Preconditions { if_match: tags(&header::IF_MATCH), if_none_match: tags(&header::IF_NONE_MATCH) }
}

/// The object that a body holds.
async fn body(request: Request) -> Result<Given, Error> {
    let malformed = |message: &'static str| Error::new(Code::BodyMalformed, message);
    if ContentType::of(&request.headers) != ContentType::Json {
        return Err(malformed("the body must be JSON, with content-type: application/json"));
    }
    let bytes = request.body.read().await?;
    let size = bytes.len();
    match compute(size, move || penstock_api::json(&bytes)).await?? {
        Json::Object(body) => Ok(Given { body, size, ..Given::default() }),
        _ => Err(malformed("the body must be a JSON object of fields")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for operation in operations::ALL {
            let path = operation.path.replace(['{', '}'], "");
            let Route::Found { row, params } = ROUTER.find(operation.method.word(), &segments(&path).unwrap()) else {
                panic!("{path} is not found")
            };
            assert_eq!(row.name, operation.name);
            assert!(params.iter().all(|(name, value)| name == value));
        }
    }

    #[test]
    fn another_method_is_refused_with_those_that_there_are() {
        let find = |path: &str| ROUTER.find("PUT", &segments(path).unwrap());
        let Route::OtherMethods(methods) = find("/v1/dynamic/default/objects/deal/1") else { panic!("it has no PUT") };
        assert_eq!(methods, ["GET", "PATCH", "DELETE"]);
        assert!(matches!(find("/v1/dynamic/default/objects"), Route::Missing));
    }
}
