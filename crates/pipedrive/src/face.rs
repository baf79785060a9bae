//! From a request to its answer: the route, the access, the act, the bytes.

use std::sync::Arc;

use penstock_crm::{Crm, Reader};
use penstock_model::{
    Access, Code, Error, Result,
    operation::{self, Operation, Permission, Version},
};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use crate::{
    body,
    call::Call,
    envelope::{AUTHORIZATION, Answer, refusal},
    handlers::{self, Act},
    request::{Request, Response, pairs},
    routes::{self, Found},
};

/// Pipedrive's API over a CRM. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    crm: Crm,
}

impl Face {
    /// The face of a CRM.
    #[must_use]
    pub const fn new(crm: Crm) -> Self {
        Self { crm }
    }

    /// Whether a path is one of this face's.
    #[must_use]
    pub fn serves(path: &str) -> bool {
        routes::version(path).is_some()
    }

    /// Answers a request. Every outcome is JSON, errors too.
    pub async fn respond(&self, request: Request) -> Response {
        let (path, correlation) = (request.path.clone(), request.correlation.clone());
        match self.answer(request).await {
            Ok(response) => response,
            Err(error) => {
                // What is to come is 501, and no fault.
                if error.code.status() >= 500 && error.code != Code::NotImplemented {
                    tracing::error!(%correlation, error = %error.message, "a request failed");
                }
                Self::refuse(&path, &error)
            }
        }
    }

    /// An error as this face spells it at a path, also for what a server refuses before the face is asked.
    #[must_use]
    pub fn refuse(path: &str, error: &Error) -> Response {
        let version = routes::version(path).map_or(Version::V1, |(version, _)| version);
        let mut response = refusal(version, error);
        if error.code == Code::Unauthenticated {
            response.headers.push(("x-401-by-gw", "true".to_owned()));
        }
        if let (Code::MethodUnknown, Some(allowed)) = (error.code, &error.field) {
            response.headers.push(("allow", allowed.to_string()));
        }
        response
    }

    async fn answer(&self, request: Request) -> Result<Response> {
        let unauthorized = || Error::new(Code::Unauthenticated, "unauthorized access");
        let garbled =
            || Error::new(Code::ParameterInvalid, "Invalid request: malformed authorization header").at(AUTHORIZATION);
        // Without credentials the gateway tells nothing, not even whether the path exists (pipedrive-contract 2.2).
        let token = request.api_token().ok_or_else(|| if request.is_garbled() { garbled() } else { unauthorized() })?;
        let path = percent_decode_str(&request.path).decode_utf8_lossy().into_owned();
        let (version, rest) = routes::version(&path).ok_or_else(unauthorized)?;
        match routes::find(version, &request.method, rest) {
            Found::Operation { operation, params, selector } => {
                // A body that can't be read is told only to someone who may ask.
                let query = pairs(&request.query);
                // What is sent with a read means nothing.
                let decoded = if operation.method.is_read() {
                    Ok(Json::Null)
                } else {
                    body::decode(version, request.content_type.as_deref(), &request.body)
                };
                let nul = query.iter().find(|(_, value)| value.contains('\0'));
                let decoded = match nul {
                    Some((name, _)) => Err(Error::parameter(name, "must not contain the NUL character")),
                    None => decoded,
                };
                let mut call = Call { operation, path: params, query, selector, body: Json::Null };
                let malformed = match decoded {
                    Ok(json) => {
                        call.body = json;
                        None
                    }
                    Err(e) => Some(e),
                };
                self.run(Arc::new(call), malformed, token, request.correlation).await
            }
            other => {
                self.authenticate(&token, &request.correlation).await?;
                Err(match other {
                    Found::OtherMethods(methods) => {
                        Error::new(Code::MethodUnknown, "this path does not have this method").at(&methods.join(", "))
                    }
                    Found::Unimplemented => {
                        Error::new(Code::NotImplemented, "Penstock does not have this operation yet")
                    }
                    _ => Error::new(Code::RouteUnknown, "Unknown method ."),
                })
            }
        }
    }

    async fn authenticate(&self, token: &str, correlation: &str) -> Result<Access> {
        let (token, correlation) = (token.to_owned(), correlation.to_owned());
        self.crm.database.look_up(move |conn| penstock_auth::authenticate(conn, &token, &correlation)).await
    }

    async fn run(
        &self,
        call: Arc<Call>,
        malformed: Option<Error>,
        token: String,
        correlation: String,
    ) -> Result<Response> {
        let operation = call.operation;
        let (answer, company) = match handlers::of(operation.act) {
            Act::Read(act) => {
                let crm = self.crm.clone();
                self.crm
                    .database
                    .read(move |conn| {
                        let access = penstock_auth::authenticate(conn, &token, &correlation)?;
                        permit(operation, &access)?;
                        malformed.clone().map_or(Ok(()), Err)?;
                        let mut reader = crm.reader(conn, &access)?;
                        Ok((act(&mut reader, &call)?, access.company()))
                    })
                    .await?
            }
            Act::Write(act) => {
                let access = self.authenticate(&token, &correlation).await?;
                permit(operation, &access)?;
                malformed.map_or(Ok(()), Err)?;
                let (company, access) = (access.company(), Arc::new(access));
                if operation.act == operation::Act::Delete
                    && let Ok(id) = call.id(company)
                {
                    penstock_crm::prepare_deletion(&self.crm, &access, call.object(), id).await?;
                }
                (self.crm.write(access, move |tx| act(tx, &call)).await?, company)
            }
        };
        let Answer { status, body } = answer;
        Ok(Response { status, headers: Vec::new(), body, company: Some(company) })
    }
}

/// Scopes first, then the user's own rights (pipedrive-contract 2.2).
fn permit(operation: &Operation, access: &Access) -> Result<()> {
    if !operation.scopes.is_empty() && !access.has_scope(operation.scopes) {
        return Err(Error::new(Code::Forbidden, "Scope and URL mismatch"));
    }
    if operation.permission == Permission::Admin && !access.is_admin() {
        return Err(Error::new(Code::Forbidden, "You do not have permissions to do this."));
    }
    Ok(())
}

/// The type of an act that reads.
pub(crate) type Read = fn(&mut Reader<'_>, &Call) -> Result<Answer>;
/// The type of an act that changes.
pub(crate) type Write = fn(&mut penstock_crm::Tx<'_>, &Call) -> Result<Answer>;
