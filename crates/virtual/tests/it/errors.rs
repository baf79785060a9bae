//! Refusals: what is wrong, where, and nothing of the server's insides.

use http::header;
use penstock_api::Face as _;
use penstock_testing::{Engine, TestCompany, tenants};
use penstock_virtual::operations::{ALL, Sent};
use serde_json::json;

use crate::client::{Client, TOKEN, json_of, keys};

#[tokio::test]
async fn without_a_token_nothing_is_told() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for operation in ALL {
            for credentials in
                [None, Some((TOKEN, "0".repeat(40))), Some((header::AUTHORIZATION, "Bearer x".to_owned()))]
            {
                let mut request = client.request(operation.method.word(), "/metadata", None);
                request.path = operation.path.replace("{configuration}", "default");
                request.headers.clear();
                if let Some((name, value)) = &credentials {
                    request = request.with_header(name.clone(), value);
                }
                let reply = client.respond(request).await;
                assert_eq!(reply.status, 401, "{}", operation.path);
                assert_eq!(reply.notes.company, None);
                let body = json_of(&reply);
                assert_eq!(keys(&body), ["code", "message", "requestId"]);
                assert_eq!((&body["code"], &body["requestId"]), (&json!("unauthenticated"), &json!("test-request")));
            }
        }
    }
}

#[tokio::test]
async fn a_token_is_taken_from_either_header() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let mut request = client.request("GET", "/objects/user/1", None);
        let token = request.headers.remove(TOKEN).unwrap();
        request = request.with_header(header::AUTHORIZATION, &format!("bearer {}", token.to_str().unwrap()));
        assert_eq!(client.respond(request).await.status, 200);
    }
}

#[tokio::test]
async fn paths_methods_and_parameters_that_do_not_exist_are_told() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for (method, path, status, code) in [
            ("GET", "/nothing", 404, "route.unknown"),
            ("GET", "/objects", 404, "route.unknown"),
            ("GET", "/objects/deals", 404, "not_found"),
            ("GET", "/metadata/deals", 404, "not_found"),
            ("PUT", "/objects/deal", 405, "method.unknown"),
            ("POST", "/metadata", 405, "method.unknown"),
            ("TRACE", "/objects/deal/1", 405, "method.unknown"),
            ("GET", "/objects/deal?filtre=x", 400, "parameter.invalid"),
            ("GET", "/objects/deal?limit=0", 400, "parameter.invalid"),
            ("GET", "/objects/deal?limit=501", 400, "parameter.invalid"),
            ("GET", "/objects/deal?limit=x", 400, "parameter.invalid"),
            ("GET", "/objects/deal?limit=1&limit=2", 400, "parameter.invalid"),
            ("GET", "/objects/deal?sort=notes_count", 400, "parameter.invalid"),
            ("GET", "/objects/deal?sort=title,id", 400, "parameter.invalid"),
            ("GET", "/objects/deal?includeDeleted=1", 400, "parameter.invalid"),
            ("GET", "/objects/deal/%00", 400, "parameter.invalid"),
            ("GET", "/objects/deal/%FF", 400, "parameter.invalid"),
        ] {
            let (got, answer) = client.call(method, path, None).await;
            assert_eq!((got, &answer["code"]), (status, &json!(code)), "{method} {path}: {answer}");
        }
        assert_eq!(client.get("/objects/deal/").await.0, 200, "a last slash is tolerated");
        let mut request = client.request("GET", "/metadata", None);
        request.path = "/v1/dynamic/other/metadata".to_owned();
        assert_eq!(client.send(request).await.1["code"], "not_found", "no such configuration");
    }
}

#[tokio::test]
async fn bodies_that_are_no_objects_are_refused() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        let deep = format!("{{\"title\":{}1{}}}", "[".repeat(500), "]".repeat(500));
        for operation in ALL.iter().filter(|o| o.body != Sent::Nothing) {
            let path = operation.path.trim_start_matches("/v1/dynamic/{configuration}");
            let path =
                path.replace("{object}", "deal").replace("{id}", "1").replace("{source}", "a").replace("{key}", "b");
            for body in ["", "{", "[]", "5", "null", "{\"title\":}", "\u{0}", &*deep] {
                let request = client.request(operation.method.word(), &path, None).with_body(body.to_owned());
                let (status, answer) = client.send(request).await;
                assert_eq!((status, &answer["code"]), (400, &json!("body.malformed")), "{path} {body:.20}: {answer}");
            }
            let mut request = client.request(operation.method.word(), &path, Some(&json!({})));
            request.headers.remove(header::CONTENT_TYPE);
            request = request.with_header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            assert_eq!(client.send(request).await.1["code"], "body.malformed");
        }
    }
}

#[tokio::test]
async fn the_face_knows_its_own_paths() {
    let client = Client::new(&TestCompany::open(Engine::Sqlite).await);
    for (path, own) in
        [("/v1/dynamic", true), ("/v1/dynamic/default/metadata", true), ("/v1/deals", false), ("/v1/dynamics", false)]
    {
        assert_eq!(client.face.serves(path), own, "{path}");
    }
}
