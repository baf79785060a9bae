//! Bodies that are no JSON, or JSON of another shape.

use http::header::CONTENT_TYPE;
use penstock_api::Request;
use penstock_pipedrive::operations::{self, Body, Operation, Version};
use serde_json::json;

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::{App, apps, request};

/// Whether a row reads its body.
fn takes_body(row: &Operation, names: &Names) -> bool {
    !body(row, names).is_null()
}

/// No JSON, or JSON that no one can mean.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("an open brace", b"{".to_vec()),
        ("a word", b"title".to_vec()),
        ("single quotes", b"{'title':'x'}".to_vec()),
        ("two values", b"{} {}".to_vec()),
        ("a comma too many", b"{\"title\":\"x\",}".to_vec()),
        ("no UTF-8", b"{\"title\":\"\xff\xfe\"}".to_vec()),
        ("a raw control character", b"{\"title\":\"\x01\"}".to_vec()),
        ("half a surrogate", b"{\"title\":\"\\ud800\"}".to_vec()),
        ("a number beyond all bounds", b"{\"title\":1e999}".to_vec()),
        ("nesting", [b"{\"title\":".as_slice(), &b"[".repeat(100_000), &b"]".repeat(100_000), b"}"].concat()),
        ("nesting of objects", b"{\"a\":".repeat(50_000)),
    ]
}

async fn furnished(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Some", &mut names).await;
    records(&app.admin(), "Some", 3, &mut names).await;
    names
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    for app in apps().await {
        let names = furnished(&app).await;
        for row in operations::all().filter(|row| takes_body(row, &names)) {
            for (what, bytes) in broken() {
                let answer = app.admin().ask(row.method.word(), &own_target(row, &names), bytes).await;
                assert_eq!(answer.status, 400, "{} with {what}: {}", row.title(), answer.json);
                assert!(
                    !answer.error().is_empty() && answer.error().len() < 300,
                    "{}: {}",
                    row.title(),
                    answer.error()
                );
            }
        }
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused() {
    for app in apps().await {
        let names = furnished(&app).await;
        for row in operations::all().filter(|row| takes_body(row, &names)) {
            let lists = body(row, &names).is_array();
            let shapes = [json!("text"), json!(1), json!(true), json!([[]]), if lists { json!({}) } else { json!([]) }];
            for shape in shapes {
                let bytes = shape.to_string().into_bytes();
                let answer = app.admin().ask(row.method.word(), &own_target(row, &names), bytes).await;
                assert_eq!(answer.status, 400, "{} with {shape}: {}", row.title(), answer.json);
            }
        }
    }
}

/// An empty body is an empty object: what is required is missing, and nothing else is wrong.
#[tokio::test]
async fn no_body_is_no_fault_of_the_server() {
    for app in apps().await {
        let names = furnished(&app).await;
        for row in operations::all().filter(|row| takes_body(row, &names)) {
            for bytes in [b"".to_vec(), b"  \r\n".to_vec(), b"null".to_vec(), b"{}".to_vec()] {
                let answer = app.admin().ask(row.method.word(), &own_target(row, &names), bytes).await;
                assert!(matches!(answer.status, 200 | 201 | 400), "{}: {}", row.title(), answer.json);
            }
        }
    }
}

fn form(method: &str, target: &str, body: &str) -> Request {
    let request = request(method, target).with_header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.with_body(body.to_owned())
}

#[tokio::test]
async fn v1_takes_forms_and_v2_does_not() {
    for app in apps().await {
        let ann = app.ann();
        let made = ann.send(form("POST", "/v1/deals", "title=Engines+%26+more&value=5.5&visible_to=3")).await.must(201);
        assert_eq!(made.at("/data/title"), "Engines & more");
        assert_eq!(made.at("/data/value"), &json!(5.5));
        let person =
            "name=Carol&email[0][value]=a@x.example&email[0][primary]=true&email[1][value]=b@x.example&phone[]=1";
        let person = ann.send(form("POST", "/v1/persons", person)).await.must(201);
        assert_eq!(person.at("/data/email/1/value"), "b@x.example");
        assert_eq!(person.at("/data/phone/0/value"), "1");
        let changed = ann.send(form("PUT", "/v1/deals/1", "status=won&title=Gears")).await.must(200);
        assert_eq!(changed.at("/data/status"), "won");
        ann.send(form("POST", "/v1/leads", "title=Pumps&person_id=1&value[amount]=3&value[currency]=EUR"))
            .await
            .must(201);
        for odd in
            ["", "&&&", "=", "=x", "[", "[[[[", "a[[]]=1", "title[x]=1", "title[99999999]=1", "title[]=1", "%00=%00"]
        {
            let answer = ann.send(form("POST", "/v1/deals", odd)).await;
            assert_eq!(answer.status, 400, "{odd}: {}", answer.json);
        }
        let refused = ann.send(form("POST", "/api/v2/deals", "title=Engines")).await.must(400);
        assert!(refused.error().contains("application/json"), "{}", refused.error());
        for row in operations::all().filter(|row| row.version == Version::V2 && matches!(row.body, Body::Create)) {
            let target = format!("/api/v2{}", row.path);
            app.admin().send(form("POST", &target, "name=x&title=x")).await.must(400);
        }
    }
}

#[tokio::test]
async fn the_content_type_may_be_missing_or_written_in_full() {
    for app in apps().await {
        let ann = app.ann();
        for kind in [None, Some("application/json"), Some("APPLICATION/JSON; charset=utf-8"), Some("text/plain")] {
            let mut sent = request("POST", "/api/v2/deals").with_body("{\"title\":\"Engines\"}");
            if let Some(kind) = kind {
                sent = sent.with_header(CONTENT_TYPE, kind);
            }
            ann.send(sent).await.must(200);
        }
        let multipart = request("POST", "/v1/deals").with_header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        ann.send(multipart.with_body("--x")).await.must(400);
    }
}

#[tokio::test]
async fn json_that_is_called_a_form_is_json_all_the_same() {
    for app in apps().await {
        let ann = app.ann();
        let body = r#" {"title":"From curl & Co","value":5}"#;
        let made = ann.send(form("POST", "/v1/deals", body)).await.must(201);
        assert_eq!((made.at("/data/title"), made.at("/data/value")), (&json!("From curl & Co"), &json!(5)));
        let broken = ann.send(form("POST", "/v1/deals", "{\"title\":")).await.must(400);
        assert!(broken.error().contains("not valid JSON"), "{}", broken.error());
    }
}
