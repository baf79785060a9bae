//! From a request to its reply: the route, the access, the body, the handler, the bytes.

use std::sync::{Arc, OnceLock};

use http::{HeaderName, header};
use penstock_api::{BoxFuture, ContentType, Notes, Outcome, Reply, Request, TOKEN_PARAMETER, compute, query};
use penstock_crm::Crm;
use penstock_model::{Access, Code, CompanySchema, Error, Faults, Result};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use crate::{
    body,
    call::{self, Call},
    envelope::{AUTHORIZATION, not_allowed, refusal},
    operations::{AsyncCall, Body, Handler, Operation, Version},
    routes::{self, Found},
};

/// What is said of a path that there is not, and of a method that a path does not have (live facts 1.8).
const UNKNOWN: &str = "Unknown method";

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
        let token = request.token();
        let token =
            token.ok_or_else(|| if request.has_garbled_authorization() { garbled() } else { unauthorized() })?;
        let found = {
            let path = percent_decode_str(&request.path).decode_utf8_lossy();
            let (version, rest) = routes::version(&path).ok_or_else(unauthorized)?;
            routes::find(version, request.method.as_str(), rest)
        };
        let refused = match found {
            Found::Operation { operation, params, selector } => {
                let company = OnceLock::new();
                let call = Call { operation, path: params, query: Vec::new(), selector, body: Json::Null, company };
                return self.run(call, token, request, notes).await;
            }
            Found::OtherMethods(methods) => Error::new(Code::RouteUnknown, UNKNOWN).at(&methods.join(", ")),
            Found::Unimplemented(method, path) => {
                let message = format!("Penstock does not have the operation {} {path} yet", method.word());
                Error::new(Code::NotImplemented, message)
            }
            Found::Nothing => Error::new(Code::RouteUnknown, UNKNOWN),
        };
        let access = self.authenticate(&token, &request.correlation).await?;
        notes.company = Some(access.company());
        Err(refused)
    }

    async fn authenticate(&self, token: &str, correlation: &Arc<str>) -> Result<Access> {
        let (token, correlation) = (token.to_owned(), Arc::clone(correlation));
        self.crm.database.look_up(move |conn| penstock_auth::authenticate(conn, &token, &correlation)).await
    }

    async fn run(&self, mut call: Call, token: String, mut request: Request, notes: &mut Notes) -> Result<Reply> {
        let operation = call.operation;
        notes.operation = operation.id;
        let correlation = Arc::clone(&request.correlation);
        // Said only to who may ask.
        let settled = query::pairs(&request.query).and_then(|given| call::settled(operation, given));
        let formed = settled.and_then(|query| {
            call.query = query;
            well_formed(&call)
        });
        match operation.handler {
            // What is sent with a read means nothing.
            Handler::Read(read) => {
                let call = Arc::new(call);
                let (crm, seen) = (self.crm.clone(), Arc::clone(&call));
                let reading = self.crm.database.read(move |conn| {
                    let access = penstock_auth::authenticate(conn, &token, &correlation)?;
                    let _ = call.company.set(access.company());
                    permit(operation, &access)?;
                    formed.clone()?;
                    let mut reader = crm.reader(conn, &access)?;
                    read(&mut reader, &call)
                });
                let reply = reading.await;
                notes.company = seen.company.get().copied();
                reply
            }
            Handler::Write(write) => {
                let access = self.admit(&mut call, &token, &mut request, formed, notes).await?;
                self.crm.write(access, move |tx| write(tx, &call)).await
            }
            Handler::Save(save) => {
                let access = self.admit(&mut call, &token, &mut request, formed, notes).await?;
                let call = Arc::new(call);
                let body = Arc::clone(&call);
                let prepare = move |schema: &CompanySchema| body::patch(&body, schema);
                self.crm.save(access, operation.object, prepare, move |tx, patch| save(tx, &call, patch)).await
            }
            Handler::Async(act) => {
                let access = self.admit(&mut call, &token, &mut request, formed, notes).await?;
                act(AsyncCall { crm: self.crm.clone(), access, call, body: request.body }).await
            }
        }
    }

    /// Lets a call in that does more than read: who asks is known and may ask before the body is read.
    async fn admit(
        &self,
        call: &mut Call,
        token: &str,
        request: &mut Request,
        formed: Result<()>,
        notes: &mut Notes,
    ) -> Result<Arc<Access>> {
        let access = self.authenticate(token, &request.correlation).await?;
        notes.company = Some(access.company());
        permit(call.operation, &access)?;
        formed?;
        call.body = decoded(call.operation, ContentType::of(&request.headers), &mut request.body).await?;
        Ok(Arc::new(access))
    }
}

impl penstock_api::Face for Face {
    fn serves(&self, path: &str) -> bool {
        routes::version(path).is_some()
    }

    fn refuse(&self, path: &str, _: &str, error: Error) -> Reply {
        refuse(routes::version(path).map_or(Version::V1, |(version, _)| version), error)
    }

    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let version = routes::version(&request.path).map_or(Version::V1, |(version, _)| version);
            let mut notes = Notes { version: version.word(), ..Notes::default() };
            let mut reply = match self.answer(request, &mut notes).await {
                Ok(reply) => reply,
                Err(error) => refuse(version, error),
            };
            notes.refused = reply.notes.refused.take();
            reply.notes = notes;
            reply.into()
        })
    }
}

/// An error as a version spells it.
fn refuse(version: Version, error: Error) -> Reply {
    let mut reply = refusal(version, &error);
    if error.code == Code::Unauthenticated {
        reply.set_header(HeaderName::from_static("x-401-by-gw"), "true");
    }
    if let (Code::RouteUnknown | Code::MethodUnknown, Some(allowed)) = (error.code, &error.field) {
        reply.set_header(header::ALLOW, allowed);
    }
    reply.notes.refused = Some(error);
    reply
}

/// The body, if the operation has one: what else is sent means nothing, and is not read.
async fn decoded(operation: &Operation, kind: ContentType, body: &mut penstock_api::Body) -> Result<Json> {
    if matches!(operation.body, Body::None) {
        return Ok(Json::Null);
    }
    let (version, bytes) = (operation.version, std::mem::take(body).read().await?);
    compute(bytes.len(), move || body::decode(version, kind, &bytes)).await?
}

/// What is wrong with the values of path and query, whatever they are for, and with the query's names. No database of ours
/// holds a NUL, so nothing is found by one. v2 refuses a parameter that the operation does not have, rather than answering
/// as if it had not been given (live facts 1.4, 2.1-2.3).
fn well_formed(call: &Call) -> Result<()> {
    let strict = call.version() == Version::V2;
    let mut faults = Faults::up_to(if strict { Faults::MOST } else { 1 });
    let declared = |name: &str| name == TOKEN_PARAMETER || call.operation.params.iter().any(|param| param.name == name);
    let in_path = call.path.iter().map(|(name, value)| (*name, value, true));
    let in_query = call.query.iter().map(|(name, value)| (&**name, value, !strict || declared(name)));
    for (name, value, is_known) in in_path.chain(in_query) {
        if !is_known {
            faults.add(not_allowed(Code::ParameterInvalid, name));
        } else if value.contains('\0') {
            faults.add(Error::parameter(name, "must not contain the NUL character"));
        }
    }
    faults.into_result()
}

/// Scopes first, then the user's own rights (pipedrive-contract 2.2).
fn permit(operation: &Operation, access: &Access) -> Result<()> {
    if !operation.scopes.is_empty() && !access.has_scope(operation.scopes) {
        return Err(Error::new(Code::Forbidden, "Scope and URL mismatch"));
    }
    operation.right.map_or(Ok(()), |right| access.demand(right))
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt, stream};
    use penstock_api::Content;
    use penstock_model::Right;
    use penstock_testing::{ADMIN, ANN, TestCompany, engines};

    use super::*;
    use crate::operations;

    /// Reads the body part by part, then the database, and answers with a stream.
    async fn lengths(mut asked: AsyncCall) -> Result<Reply> {
        let mut parts = vec![asked.access.user().to_string()];
        while let Some(part) = asked.body.part().await {
            parts.push(part?.len().to_string());
        }
        let records =
            asked.crm.database.read(|conn| penstock_store::one_int(conn, "SELECT COUNT(*) FROM company", &[]));
        parts.push(format!("{} {:?}", records.await?.is_some(), asked.call.param("word")));
        let text = parts.join(" ");
        let parts = stream::iter([Ok(text.into())]).boxed();
        Ok(Reply::new(200, Content::Stream { kind: http::HeaderValue::from_static("text/plain"), length: None, parts }))
    }

    #[tokio::test]
    async fn a_handler_that_waits_gets_the_body_unread_and_only_for_who_may_ask() {
        for engine in engines() {
            let tenant = TestCompany::open(engine).await;
            let face = Face::new(tenant.crm.clone());
            let row = operations::all().find(|row| matches!(row.body, Body::None)).expect("a row without a body");
            let mut row = row.clone();
            row.handler = Handler::Async(|asked| Box::pin(lengths(asked)));
            (row.right, row.scopes) = (Some(Right::ManageFields), &[]);
            let row: &'static Operation = Box::leak(Box::new(row));
            let call = || Call {
                operation: row,
                path: Vec::new(),
                query: Vec::new(),
                selector: None,
                body: Json::Null,
                company: OnceLock::new(),
            };
            let request = || Request::new(http::Method::POST, "/v1/x?word=w").with_body("12345");
            let mut notes = Notes::default();
            let refused = face.run(call(), tenant.token(ANN), request(), &mut notes).await;
            assert_eq!(refused.map(|_| ()).unwrap_err().code, Code::Forbidden);
            let reply = face.run(call(), tenant.token(ADMIN), request(), &mut notes).await.unwrap();
            let Content::Stream { mut parts, .. } = reply.content else { panic!("it streams") };
            let text = parts.next().await.unwrap().unwrap();
            assert_eq!(text, "1 5 true Some(\"w\")");
            assert_eq!((notes.operation, notes.company), (row.id, Some(tenant.company)));
        }
    }
}
