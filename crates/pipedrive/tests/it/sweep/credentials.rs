//! Who has no valid token gets 401 and learns nothing, not even whether a path exists (pipedrive-contract 2.2).

use penstock_model::{UserId, operation::Operation};
use penstock_pipedrive::{Request, operations};
use serde_json::json;

use crate::app::{Answer, App, apps, request};

/// What the gateway says to a stranger.
#[track_caller]
fn refused(answer: &Answer, asked: &str) {
    assert_eq!(answer.status, 401, "{asked}: {}", answer.json);
    let body = json!({
        "success": false, "error": "unauthorized access", "errorCode": 401,
        "error_info": "Please check developers.pipedrive.com",
    });
    assert_eq!(answer.json, body, "{asked}");
    assert!(answer.headers.contains(&("x-401-by-gw", "true".to_owned())), "{asked}");
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
        let answer = ann.ask("PATCH", "/v1/deals/1", b"{}".to_vec()).await.must(405);
        assert!(answer.headers.contains(&("allow", "DELETE, GET, PUT".to_owned())), "{:?}", answer.headers);
        for (version, method, path) in operations::UNIMPLEMENTED {
            let target = format!("{}{}", version.prefix(), path.replace(['{', '}'], "").replace("/id", "/1"));
            let answer = ann.ask(method.word(), &target, Vec::new()).await;
            assert_eq!(answer.status, 501, "{target}: {}", answer.json);
        }
    }
}

/// Header, query, bearer and form, on every version and method (pipedrive-contract 9.1).
#[tokio::test]
async fn a_token_may_come_in_every_way() {
    for app in apps().await {
        let token = app.tenant.token(UserId::new(2));
        let client = app.bearing("");
        let form = |body: String| Request {
            content_type: Some("application/x-www-form-urlencoded; charset=UTF-8".to_owned()),
            body: body.into_bytes(),
            ..request("POST", "/v1/deals")
        };
        let json = |method: &str, target: &str, body: serde_json::Value| Request {
            content_type: Some("application/json".to_owned()),
            body: body.to_string().into_bytes(),
            ..request(method, target)
        };
        app.ann().post("/v1/deals", json!({ "title": "Engines" })).await.must(201);
        let ways = [
            Request { token: Some(token.clone()), ..request("GET", "/api/v2/deals") },
            Request { token: Some(token.to_uppercase()), ..request("GET", "/v1/deals") },
            request("GET", &format!("/v1/deals?api_token={token}&limit=1")),
            request("GET", &format!("/api/v2/deals?limit=1&api_token={token}")),
            request("DELETE", &format!("/v1/deals?ids=77&api_token={token}")),
            Request { authorization: Some(format!("Bearer {token}")), ..request("GET", "/v1/users/me") },
            Request { authorization: Some(format!("bearer {token}")), ..request("GET", "/api/v1/users/me") },
            form(format!("title=Engines&api_token={token}")),
            Request {
                content_type: Some("application/json".to_owned()),
                body: b"{\"title\":\"Engines\"}".to_vec(),
                ..request("POST", &format!("/v1/deals?api_token={token}"))
            },
            json("POST", "/v1/deals", json!({ "title": "Engines", "api_token": token })),
            json("PUT", "/v1/deals/1", json!({ "api_token": token, "title": "Engines" })),
            json("POST", "/api/v2/deals", json!({ "title": "Engines", "api_token": token })),
            json("PATCH", "/api/v2/deals/1", json!({ "api_token": token, "title": "Engines" })),
        ];
        for way in ways {
            let asked = format!("{way:?}");
            let answer = client.send_as_is(way).await;
            assert!(answer.status < 300, "{asked}: {}", answer.json);
            assert!(!answer.json.to_string().contains(&token), "{asked} tells the token");
        }
    }
}

/// A header that no credentials can be read from is told so; credentials beside it count (pipedrive-contract 2.2).
#[tokio::test]
async fn a_garbled_authorization_is_a_bad_request() {
    for app in apps().await {
        for header in ["garbage", "Basic YTpi", ""] {
            for target in ["/v1/deals", "/api/v2/deals", "/v1/nothing"] {
                let garbled = Request { authorization: Some(header.to_owned()), ..request("GET", target) };
                let answer = app.bearing("").send_as_is(garbled.clone()).await.must(400);
                assert_eq!(answer.error(), "Invalid request: malformed authorization header");
                let token = Some(app.tenant.token(UserId::new(2)));
                let status = app.bearing("").send_as_is(Request { token, ..garbled }).await.status;
                assert_eq!(status, if target == "/v1/nothing" { 404 } else { 200 }, "{target}");
            }
        }
    }
}
