//! The face over an tenant, and clients that ask it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use http::{HeaderMap, HeaderName, Method, header};
use penstock_api::{Face as _, Request};
use penstock_model::UserId;
use penstock_pipedrive::Face;
use penstock_testing::{ADMIN, ANN, BOB, TestCompany, engines};
use serde_json::Value as Json;

/// The header that carries a token.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-api-token");

/// The face over an tenant.
pub(crate) struct App {
    pub(crate) tenant: TestCompany,
    face: Face,
}

/// Someone who asks with a token.
#[derive(Clone)]
pub(crate) struct Client {
    face: Face,
    /// The token; empty: none is sent.
    pub(crate) token: String,
}

/// What was answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Json,
    pub(crate) headers: HeaderMap,
}

/// The face over a fresh tenant on every engine that is there.
pub(crate) async fn apps() -> Vec<App> {
    let mut all = Vec::new();
    for engine in engines() {
        all.push(App::over(TestCompany::open(engine).await));
    }
    all
}

impl App {
    pub(crate) fn over(tenant: TestCompany) -> Self {
        let face = Face::new(tenant.crm.clone());
        Self { tenant, face }
    }

    /// The face over another company in the same database.
    pub(crate) async fn other_tenant(&self, name: &str) -> Self {
        Self::over(self.tenant.other_tenant(name).await)
    }

    pub(crate) fn user(&self, user: UserId) -> Client {
        self.bearing(&self.tenant.token(user))
    }
    pub(crate) fn admin(&self) -> Client {
        self.user(ADMIN)
    }
    pub(crate) fn ann(&self) -> Client {
        self.user(ANN)
    }
    pub(crate) fn bob(&self) -> Client {
        self.user(BOB)
    }
    /// Someone with any token, or with none.
    pub(crate) fn bearing(&self, token: &str) -> Client {
        Client { face: self.face.clone(), token: token.to_owned() }
    }
}

impl Client {
    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, Vec::new()).await
    }
    pub(crate) async fn post(&self, target: &str, body: Json) -> Answer {
        self.ask("POST", target, bytes(&body)).await
    }
    pub(crate) async fn put(&self, target: &str, body: Json) -> Answer {
        self.ask("PUT", target, bytes(&body)).await
    }
    pub(crate) async fn patch(&self, target: &str, body: Json) -> Answer {
        self.ask("PATCH", target, bytes(&body)).await
    }
    pub(crate) async fn delete(&self, target: &str) -> Answer {
        self.ask("DELETE", target, Vec::new()).await
    }

    /// Asks with a JSON body, or with none.
    pub(crate) async fn ask(&self, method: &str, target: &str, body: Vec<u8>) -> Answer {
        let request = request(method, target);
        if body.is_empty() {
            return self.send(request).await;
        }
        self.send(request.with_header(header::CONTENT_TYPE, "application/json").with_body(body)).await
    }

    /// Asks with whatever the request says, and the token in the header.
    pub(crate) async fn send(&self, mut request: Request) -> Answer {
        if !self.token.is_empty() {
            request = request.with_header(TOKEN, &self.token);
        }
        answer(&self.face, request).await
    }

    /// Asks with whatever the request says, and no token but that which it has.
    pub(crate) async fn send_as_is(&self, request: Request) -> Answer {
        answer(&self.face, request).await
    }
}

/// A request without token and body; `target` is the path with its query.
pub(crate) fn request(method: &str, target: &str) -> Request {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let mut request = Request::new(Method::from_bytes(method.as_bytes()).expect("a method"), target);
    request.correlation = Arc::from(format!("test-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    request
}

async fn answer(face: &Face, request: Request) -> Answer {
    let asked = format!("{} {}?{}", request.method, request.path, request.query);
    let reply = face.respond(request).await.reply().expect("an answer");
    let body = reply.bytes().expect("a whole answer");
    let json =
        serde_json::from_slice(body).unwrap_or_else(|e| panic!("{asked}: {e} in {}", String::from_utf8_lossy(body)));
    Answer { status: reply.status.as_u16(), json, headers: reply.headers }
}

fn bytes(json: &Json) -> Vec<u8> {
    serde_json::to_vec(json).expect("JSON")
}

impl Answer {
    /// The answer, which must have that status.
    #[track_caller]
    pub(crate) fn must(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.json);
        self
    }
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
    /// What stands at a JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> &Json {
        static NULL: Json = Json::Null;
        self.json.pointer(pointer).unwrap_or(&NULL)
    }
    /// The number of the record in the answer.
    #[track_caller]
    pub(crate) fn id(&self) -> i64 {
        self.at("/data/id").as_i64().unwrap_or_else(|| panic!("no id in {:#}", self.json))
    }
    /// The records of a list; an empty one may be `null`.
    pub(crate) fn list(&self) -> &[Json] {
        self.at("/data").as_array().map_or(&[], Vec::as_slice)
    }
    /// The message of a refusal.
    pub(crate) fn error(&self) -> &str {
        self.at("/error").as_str().unwrap_or("")
    }
}
