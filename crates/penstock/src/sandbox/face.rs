//! The paths of sandboxes: `POST /v1/sandbox/reset`, `/v1/sandbox/clock`, `/v1/sandbox/faults`. Requests are
//! authenticated and refused as Pipedrive's face does it; for a company that is no sandbox these paths do not exist.

use std::sync::{Arc, LazyLock};

use penstock_api::{BoxFuture, Envelope, Method, Notes, Outcome, Reply, Request, Route, Router, Row, segments};
use penstock_crm::Crm;
use penstock_model::{Access, Code, CompanyId, Error, Result, Right};
use serde_json::{Map, Value as Json};
use tokio::sync::Notify;

use super::handlers;

/// What requests to sandboxes share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Sandbox {
    pub(super) crm: Crm,
    /// Wakes whoever runs jobs.
    pub(super) woken: Arc<Notify>,
    pipedrive: penstock_pipedrive::Face,
}

/// What can be done to a sandbox.
struct Operation {
    name: &'static str,
    path: &'static str,
    /// The keys of its body. A misspelt one would be a test that tests nothing, so others are refused.
    keys: &'static [&'static str],
    handler: Handler,
}

/// Does it, and gives the data of the answer.
type Handler = fn(Sandbox, CompanyId, Map<String, Json>) -> BoxFuture<'static, Result<Json>>;

impl Row for Operation {
    fn method(&self) -> Method {
        Method::Post
    }
    fn path(&self) -> &'static str {
        self.path
    }
}

static OPERATIONS: &[Operation] = &[
    Operation {
        name: "resetSandbox",
        path: "/v1/sandbox/reset",
        keys: &[],
        handler: |sandbox, company, _| Box::pin(handlers::reset(sandbox, company)),
    },
    Operation {
        name: "turnSandboxClock",
        path: "/v1/sandbox/clock",
        keys: &["set", "advance"],
        handler: |sandbox, company, body| Box::pin(handlers::clock(sandbox, company, body)),
    },
    Operation {
        name: "injectSandboxFaults",
        path: "/v1/sandbox/faults",
        keys: &["path", "status", "delay_ms", "cut", "count"],
        handler: |sandbox, company, body| Box::pin(handlers::faults(sandbox, company, body)),
    },
];

static ROUTER: LazyLock<Router<&'static Operation>> = LazyLock::new(|| Router::new(OPERATIONS));

/// The operation of a path. `/api/v1` is `/v1`.
fn find(path: &str, method: &str) -> Route<'static, &'static Operation> {
    let path = path.strip_prefix("/api").unwrap_or(path);
    // Every request of the API comes by here.
    if path.starts_with("/v1/sandbox/") { ROUTER.find(method, &segments(path)) } else { Route::Missing }
}

impl Sandbox {
    pub(crate) fn new(crm: Crm, pipedrive: penstock_pipedrive::Face, woken: Arc<Notify>) -> Self {
        Self { crm, woken, pipedrive }
    }

    /// The access of the asking user, if the company is a sandbox.
    async fn admit(&self, token: Option<String>, correlation: Arc<str>) -> Result<Option<Access>> {
        let token = token.ok_or_else(|| Error::new(Code::Unauthenticated, "unauthorized access"))?;
        let read = self.crm.database.read(move |conn| {
            let access = penstock_auth::authenticate(conn, &token, &correlation)?;
            Ok(penstock_crm::company::by_id(conn, access.company())?.sandbox.then_some(access))
        });
        read.await
    }

    async fn answer(&self, request: Request, access: &Access) -> Result<Reply> {
        let Route::Found { row, .. } = find(&request.path, request.method.as_str()) else {
            return Err(Error::new(Code::MethodUnknown, "this path does not have this method").at("POST"));
        };
        if !access.may(Right::ControlSandbox) {
            return Err(Error::new(Code::Forbidden, "only admins may do this to a sandbox"));
        }
        let body = body(&request.body.read().await?)?;
        known(&body, row.keys)?;
        let data = (row.handler)(self.clone(), access.company(), body).await?;
        let mut envelope = Envelope::new();
        // Writing to memory can't fail.
        let _ = serde_json::to_writer(envelope.data(), &data);
        Ok(envelope.finish(200))
    }
}

impl penstock_api::Face for Sandbox {
    fn serves(&self, path: &str) -> bool {
        !matches!(find(path, ""), Route::Missing)
    }

    /// No page resets anything.
    fn is_for_browsers(&self) -> bool {
        false
    }

    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply {
        self.pipedrive.refuse(path, correlation, error)
    }

    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let (path, correlation) = (request.path.clone(), Arc::clone(&request.correlation));
            let operation = match find(&path, request.method.as_str()) {
                Route::Found { row, .. } => row.name,
                _ => "",
            };
            let mut notes = Notes { version: "v1", operation, ..Notes::default() };
            let token = request.token();
            let answered = match self.admit(token, Arc::clone(&correlation)).await {
                Ok(Some(access)) => {
                    notes.company = Some(access.company());
                    self.answer(request, &access).await
                }
                Ok(None) => return Outcome::Declined(request),
                Err(error) => Err(error),
            };
            let mut reply = answered.unwrap_or_else(|error| self.refuse(&path, &correlation, error));
            notes.refused = reply.notes.refused.take();
            reply.notes = notes;
            reply.into()
        })
    }
}

fn body(bytes: &[u8]) -> Result<Map<String, Json>> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match penstock_api::json(bytes)? {
        Json::Object(map) => Ok(map),
        _ => Err(Error::new(Code::BodyMalformed, "the body must be a JSON object")),
    }
}

fn known(body: &Map<String, Json>, keys: &[&str]) -> Result<()> {
    match body.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => {
            let message = if keys.is_empty() {
                "takes no keys".to_owned()
            } else {
                format!("known keys are {}", keys.join(", "))
            };
            Err(Error::new(Code::FieldUnknown, format!("{key}: {message}")).at(key))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_paths_of_sandboxes_are_found() {
        for (path, name) in [("/v1/sandbox/reset", "resetSandbox"), ("/api/v1/sandbox/clock/", "turnSandboxClock")] {
            assert!(matches!(find(path, "POST"), Route::Found { row, .. } if row.name == name), "{path}");
            assert!(matches!(find(path, "GET"), Route::OtherMethods(methods) if methods == ["POST"]), "{path}");
        }
        for path in ["/v1/sandbox", "/v1/sandbox/", "/v1/sandbox/reset/1", "/api/v2/sandbox/reset", "/v1/deals"] {
            assert!(matches!(find(path, "POST"), Route::Missing), "{path}");
        }
    }
}
