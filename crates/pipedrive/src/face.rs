//! From a request to its reply: the route, the access, the body, the handler, the bytes.

use std::sync::{Arc, OnceLock};

use http::{HeaderName, header};
use penstock_api::{BoxFuture, ContentType, Notes, Outcome, Place, Reply, Request, query};
use penstock_crm::Crm;
use penstock_model::{Access, Code, Error, Result};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use crate::{
    body,
    call::Call,
    envelope::{AUTHORIZATION, Answer, refusal},
    operations::{Handler, Operation, Permission, Version},
    routes::{self, Found},
};

/// Where a token is looked for (pipedrive-contract 9.1).
const TOKEN: &[Place] = &[Place::Header, Place::Query, Place::Bearer];

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

    async fn answer(&self, request: Request, notes: &mut Notes) -> Result<Reply> {
        let unauthorized = || Error::new(Code::Unauthenticated, "unauthorized access");
        let garbled =
            || Error::new(Code::ParameterInvalid, "Invalid request: malformed authorization header").at(AUTHORIZATION);
        // Without credentials the gateway says nothing, not even whether the path exists (pipedrive-contract 2.2).
        let token = request.token(TOKEN);
        let token =
            token.ok_or_else(|| if request.has_garbled_authorization() { garbled() } else { unauthorized() })?;
        let found = {
            let path = percent_decode_str(&request.path).decode_utf8_lossy();
            let (version, rest) = routes::version(&path).ok_or_else(unauthorized)?;
            routes::find(version, request.method.as_str(), rest)
        };
        let refused = match found {
            Found::Operation { operation, params, selector } => {
                let query = query::pairs(&request.query);
                let company = OnceLock::new();
                let call = Call { operation, path: params, query, selector, body: Json::Null, company };
                return self.run(call, token, request, notes).await;
            }
            Found::OtherMethods(methods) => {
                Error::new(Code::MethodUnknown, "this path does not have this method").at(&methods.join(", "))
            }
            Found::Unimplemented => Error::new(Code::NotImplemented, "Penstock does not have this operation yet"),
            Found::Nothing => Error::new(Code::RouteUnknown, "Unknown method ."),
        };
        let access = self.authenticate(&token, &request.correlation).await?;
        notes.company = Some(access.company());
        Err(refused)
    }

    async fn authenticate(&self, token: &str, correlation: &Arc<str>) -> Result<Access> {
        let (token, correlation) = (token.to_owned(), Arc::clone(correlation));
        self.crm.database.look_up(move |conn| penstock_auth::authenticate(conn, &token, &correlation)).await
    }

    async fn run(&self, mut call: Call, token: String, request: Request, notes: &mut Notes) -> Result<Reply> {
        let operation = call.operation;
        let correlation = request.correlation;
        let malformed = call.query.iter().find(|(_, value)| value.contains('\0'));
        let malformed = malformed.map(|(name, _)| Error::parameter(name, "must not contain the NUL character"));
        let Answer { status, body } = match operation.handler {
            // What is sent with a read means nothing.
            Handler::Read(read) => {
                let call = Arc::new(call);
                let (crm, seen) = (self.crm.clone(), Arc::clone(&call));
                let reading = self.crm.database.read(move |conn| {
                    let access = penstock_auth::authenticate(conn, &token, &correlation)?;
                    let _ = call.company.set(access.company());
                    permit(operation, &access)?;
                    malformed.clone().map_or(Ok(()), Err)?;
                    let mut reader = crm.reader(conn, &access)?;
                    read(&mut reader, &call)
                });
                let answer = reading.await;
                notes.company = seen.company.get().copied();
                answer?
            }
            Handler::Write(write) => {
                let access = self.authenticate(&token, &correlation).await?;
                notes.company = Some(access.company());
                permit(operation, &access)?;
                malformed.map_or(Ok(()), Err)?;
                let kind = ContentType::of(&request.headers);
                call.body = body::decode(operation.version, kind, &request.body.read().await?)?;
                self.crm.write(Arc::new(access), move |tx| write(tx, &call)).await?
            }
        };
        Ok(Reply::json(status, body))
    }
}

impl penstock_api::Face for Face {
    fn serves(&self, path: &str) -> bool {
        routes::version(path).is_some()
    }

    fn token(&self, request: &Request) -> Option<String> {
        request.token(TOKEN)
    }

    fn refuse(&self, path: &str, _: &str, error: Error) -> Reply {
        let version = routes::version(path).map_or(Version::V1, |(version, _)| version);
        let mut reply = refusal(version, &error);
        if error.code == Code::Unauthenticated {
            reply.set_header(HeaderName::from_static("x-401-by-gw"), "true");
        }
        if let (Code::MethodUnknown, Some(allowed)) = (error.code, &error.field) {
            reply.set_header(header::ALLOW, allowed);
        }
        reply.notes.refused = Some(error);
        reply
    }

    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let path = request.path.clone();
            let version = routes::version(&path).map_or("", |(version, _)| version.word());
            let mut notes = Notes { version, ..Notes::default() };
            let mut reply = match self.answer(request, &mut notes).await {
                Ok(reply) => reply,
                Err(error) => self.refuse(&path, "", error),
            };
            notes.refused = reply.notes.refused.take();
            reply.notes = notes;
            reply.into()
        })
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
