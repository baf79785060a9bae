//! Who has no valid token gets 401 and learns nothing, not even whether a path exists (pipedrive-contract 2.2).

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http_body::Frame;
use penstock_api::{Body, Request};
use penstock_model::{Error, UserId};
use penstock_pipedrive::operations::{self, Operation};
use serde_json::json;

use crate::app::{Answer, App, TOKEN, apps, request};

/// What the gateway says to a stranger.
#[track_caller]
fn refused(answer: &Answer, asked: &str) {
    assert_eq!(answer.status, 401, "{asked}: {}", answer.json);
    let body = json!({
        "success": false, "error": "unauthorized access", "errorCode": 401,
        "error_info": "Please check developers.pipedrive.com",
    });
    assert_eq!(answer.json, body, "{asked}");
    assert_eq!(answer.header("x-401-by-gw"), Some("true"), "{asked}");
}

fn plain(row: &Operation) -> String {
    format!("{}{}", row.version.prefix(), row.path.replace(['{', '}'], ""))
}

async fn ask(app: &App, token: &str, method: &str, target: &str) -> Answer {
    app.bearing(token).ask(method, target, b"{}".to_vec()).await
}

#[tokio::test]
async fn a_stranger_is_refused_everywhere() {
    for app in apps().await {
        let tokens =
            [String::new(), "0".repeat(40), "short".to_owned(), format!("{}x", &app.tenant.token(UserId::new(2))[1..])];
        for token in &tokens {
            for row in operations::all() {
                refused(&ask(&app, token, row.method.word(), &plain(row)).await, &row.title());
            }
            for (version, method, path) in operations::UNIMPLEMENTED {
                let target = format!("{}{path}", version.prefix());
                refused(&ask(&app, token, method.word(), &target).await, path);
            }
            for (method, path) in
                [("GET", "/v1/nothing"), ("PATCH", "/v1/deals"), ("GET", "/api/v2"), ("HEAD", "/v1/deals")]
            {
                refused(&ask(&app, token, method, path).await, path);
            }
        }
    }
}

#[tokio::test]
async fn who_may_ask_learns_what_is_not_there() {
    for app in apps().await {
        let ann = app.ann();
        for target in ["/v1/nothing", "/v1", "/api/v1/", "/api/v2/deals/1/nothing", "/api/v2/users"] {
            let answer = ann.get(target).await;
            assert_eq!((answer.status, answer.at("/success")), (404, &json!(false)), "{target}");
        }
        let answer = ann.ask("PATCH", "/v1/deals/1", b"{}".to_vec()).await.must(404);
        assert_eq!(answer.header("allow"), Some("DELETE, GET, PUT"));
        for (version, method, path) in operations::UNIMPLEMENTED {
            let target = format!("{}{}", version.prefix(), path.replace(['{', '}'], "").replace("/id", "/1"));
            let answer = ann.ask(method.word(), &target, Vec::new()).await;
            assert_eq!(answer.status, 501, "{target}: {}", answer.json);
        }
    }
}

fn form(target: &str, body: String) -> Request {
    request("POST", target)
        .with_header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8")
        .with_body(body)
}

fn json_of(method: &str, target: &str, body: &serde_json::Value) -> Request {
    request(method, target).with_header(CONTENT_TYPE, "application/json").with_body(body.to_string())
}

/// Header, query and bearer, on every version and method (pipedrive-contract 9.1).
#[tokio::test]
async fn a_token_may_come_in_every_way() {
    for app in apps().await {
        let token = app.tenant.token(UserId::new(2));
        let client = app.bearing("");
        app.ann().post("/v1/deals", json!({ "title": "Engines" })).await.must(201);
        let ways = [
            request("GET", "/api/v2/deals").with_header(TOKEN, &token),
            request("GET", "/v1/deals").with_header(TOKEN, &token.to_uppercase()),
            request("GET", &format!("/v1/deals?api_token={token}&limit=1")),
            request("GET", &format!("/api/v2/deals?limit=1&api_token={token}")),
            request("DELETE", &format!("/v1/deals?ids=77&api_token={token}")),
            request("GET", "/v1/users/me").with_header(AUTHORIZATION, &format!("Bearer {token}")),
            request("GET", "/api/v1/users/me").with_header(AUTHORIZATION, &format!("bearer {token}")),
            form(&format!("/v1/deals?api_token={token}"), "title=Engines".to_owned()),
            json_of("POST", &format!("/v1/deals?api_token={token}"), &json!({ "title": "Engines" })),
        ];
        for way in ways {
            let asked = format!("{way:?}");
            let answer = client.send_as_is(way).await;
            assert!(answer.status < 300, "{asked}: {}", answer.json);
            assert!(!answer.json.to_string().contains(&token), "{asked} tells the token");
        }
        for elsewhere in [
            form("/v1/deals", format!("title=Engines&api_token={token}")),
            json_of("POST", "/v1/deals", &json!({ "title": "Engines", "api_token": token })),
            json_of("PATCH", "/api/v2/deals/1", &json!({ "title": "Engines", "api_token": token })),
        ] {
            let asked = format!("{elsewhere:?}");
            refused(&client.send_as_is(elsewhere).await, &asked);
        }
    }
}

/// A body that must not be read.
struct Unread;

impl http_body::Body for Unread {
    type Data = Bytes;
    type Error = Error;
    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        panic!("someone reads it")
    }
}

#[tokio::test]
async fn the_body_of_a_stranger_is_not_read() {
    for app in apps().await {
        for target in ["/v1/deals", "/api/v2/deals", "/v1/nothing"] {
            for token in [String::new(), "0".repeat(40)] {
                let mut sent = request("POST", target);
                sent.body = Body::stream(Unread);
                refused(&app.bearing(&token).send(sent).await, target);
            }
        }
        let mut sent = request("POST", "/v1/users");
        sent.body = Body::stream(Unread);
        app.ann().send(sent).await.must(403);
        let mut sent = request("GET", "/v1/deals");
        sent.body = Body::stream(Unread);
        app.ann().send(sent).await.must(200);
    }
}

/// A header that no credentials can be read from is told so; credentials beside it count (pipedrive-contract 2.2).
#[tokio::test]
async fn a_garbled_authorization_is_a_bad_request() {
    for app in apps().await {
        for header in ["garbage", "Basic YTpi", ""] {
            for target in ["/v1/deals", "/api/v2/deals", "/v1/nothing"] {
                let garbled = || request("GET", target).with_header(AUTHORIZATION, header);
                let answer = app.bearing("").send_as_is(garbled()).await.must(400);
                assert_eq!(answer.error(), "Invalid request: malformed authorization header");
                let status = app.ann().send(garbled()).await.status;
                assert_eq!(status, if target == "/v1/nothing" { 404 } else { 200 }, "{target}");
            }
        }
    }
}
