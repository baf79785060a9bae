//! A client: requests as a person would write them, answers as JSON.

use penstock_model::UserId;
use std::sync::Arc;

use http::{HeaderName, Method, header};
use penstock_api::{Face as _, Reply, Request};
use penstock_connectors::builtin::Builtin;
use penstock_testing::{ADMIN, TestCompany};
use penstock_virtual::Face;
use serde_json::{Map, Value as Json};

/// The objects of the built-in model.
pub(crate) const OBJECTS: [&str; 9] =
    ["deal", "person", "organization", "lead", "activity", "note", "pipeline", "stage", "user"];

/// The header that carries a token.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-api-token");

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) face: Face,
    token: String,
}

/// A status and a body.
pub(crate) type Answer = (u16, Json);

impl Client {
    /// A client of a user of an tenant.
    pub(crate) fn of(tenant: &TestCompany, user: UserId) -> Self {
        let accounts = Builtin::new(tenant.crm.clone(), penstock_auth::authenticate);
        Self { face: Face::new(Arc::new(accounts)), token: tenant.token(user) }
    }

    /// A client of an tenant's admin.
    pub(crate) fn new(tenant: &TestCompany) -> Self {
        Self::of(tenant, ADMIN)
    }

    /// A request below `/v1/dynamic/default`.
    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Json>) -> Request {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = Request::new(method, &format!("/v1/dynamic/default{path}")).with_header(TOKEN, &self.token);
        // Queries are written plainly in tests.
        request.query = query.replace('%', "%25").replace('+', "%2B").replace(' ', "+");
        request.correlation = Arc::from("test-request");
        match body {
            Some(json) => request.with_header(header::CONTENT_TYPE, "application/json").with_body(json.to_string()),
            None => request,
        }
    }

    pub(crate) async fn respond(&self, request: Request) -> Reply {
        self.face.respond(request).await.reply().expect("an answer")
    }

    pub(crate) async fn send(&self, request: Request) -> Answer {
        let reply = self.respond(request).await;
        (reply.status.as_u16(), json_of(&reply))
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Json>) -> Answer {
        self.send(self.request(method, path, body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    /// A successful read.
    pub(crate) async fn read(&self, path: &str) -> Json {
        let (status, json) = self.get(path).await;
        assert_eq!(status, 200, "GET {path}: {json}");
        json
    }

    /// The ids of a list.
    pub(crate) async fn ids(&self, path: &str) -> Vec<String> {
        ids(&self.read(path).await)
    }

    /// A new record.
    pub(crate) async fn create(&self, object: &str, body: Json) -> Json {
        let (status, json) = self.call("POST", &format!("/objects/{object}"), Some(&body)).await;
        assert_eq!(status, 201, "POST {object} {body}: {json}");
        json
    }

    /// A changed record.
    pub(crate) async fn change(&self, object: &str, id: &Json, body: Json) -> Json {
        let (status, json) = self.patch(object, id, &body).await;
        assert_eq!(status, 200, "PATCH {object} {id} {body}: {json}");
        json
    }

    pub(crate) async fn patch(&self, object: &str, id: &Json, body: &Json) -> Answer {
        self.call("PATCH", &path(object, id), Some(body)).await
    }

    /// The fields of an object, by name.
    pub(crate) async fn fields(&self, object: &str) -> Map<String, Json> {
        let metadata = self.read(&format!("/metadata/{object}")).await;
        let fields = metadata["fields"].as_array().unwrap();
        fields.iter().map(|f| (f["name"].as_str().unwrap().to_owned(), f.clone())).collect()
    }
}

/// The JSON of a reply.
pub(crate) fn json_of(reply: &Reply) -> Json {
    serde_json::from_slice(reply.bytes().expect("a whole answer")).unwrap_or_else(|e| panic!("no JSON: {e}"))
}

/// The headers of a reply, by name.
pub(crate) fn headers(reply: &Reply) -> Vec<(&str, &str)> {
    reply.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect()
}

/// The path of a record.
pub(crate) fn path(object: &str, id: &Json) -> String {
    format!("/objects/{object}/{}", id.as_str().unwrap())
}

/// The ids of a page.
pub(crate) fn ids(page: &Json) -> Vec<String> {
    page["records"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

/// The codes of a refusal's fields, as `(field, code)`.
pub(crate) fn faults(json: &Json) -> Vec<(String, String)> {
    let text = |e: &Json, key: &str| e[key].as_str().unwrap_or_default().to_owned();
    json["errors"].as_array().into_iter().flatten().map(|e| (text(e, "field"), text(e, "code"))).collect()
}

/// The keys of an object.
pub(crate) fn keys(json: &Json) -> Vec<&str> {
    json.as_object().unwrap().keys().map(String::as_str).collect()
}
