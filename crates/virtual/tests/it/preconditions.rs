//! The headers `if-match` and `if-none-match` against what stands: which version a change is about, and which answer a
//! client has already.

use http::header::{ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH};
use penstock_api::Reply;
use penstock_testing::tenants;
use serde_json::{Value as Json, json};

use crate::client::{Client, json_of};

const KEY: &str = "/objects/deal/by/external_id/sap/9";

async fn ask(
    client: &Client,
    method: &str,
    path: &str,
    header: &HeaderName,
    value: &str,
    body: Option<&Json>,
) -> Reply {
    client.respond(client.request(method, path, body).with_header(header.clone(), value)).await
}

/// The tag of an answer, in quotes.
fn tag(reply: &Reply) -> String {
    reply.headers[ETAG].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_that_the_client_has_is_not_sent_again() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let body = json!({ "title": "Deal", "external_ids": [{ "source": "sap", "key": "9" }] });
        client.create("deal", body).await;
        for path in ["/objects/deal/1", KEY, "/objects/deal/1?fields=title", "/objects/deal/1?expand=owner"] {
            let first = client.respond(client.request("GET", path, None)).await;
            let own = tag(&first);
            assert!(own.starts_with('"') && own.ends_with('"'), "a strong tag: {own}");
            for known in [own.clone(), format!("W/{own}"), format!("\"x\", {own}"), "*".to_owned()] {
                let again = ask(&client, "GET", path, &IF_NONE_MATCH, &known, None).await;
                assert_eq!((again.status.as_u16(), again.bytes()), (304, None), "{path} {known}");
                assert_eq!(tag(&again), own, "{path}");
            }
            for other in ["\"x\"", "\"1\"", "", "x"] {
                let whole = ask(&client, "GET", path, &IF_NONE_MATCH, other, None).await;
                assert_eq!((whole.status.as_u16(), json_of(&whole)), (200, json_of(&first)), "{path} {other}");
            }
        }
        assert_eq!(ask(&client, "GET", "/objects/deal/2", &IF_NONE_MATCH, "*", None).await.status, 404);
    }
}

#[tokio::test]
async fn what_changes_without_the_version_is_another_answer_and_the_same_version() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        let before = client.respond(client.request("GET", "/objects/deal/1", None)).await;
        client.create("note", json!({ "content": "Note", "deal": "1" })).await;
        let after = ask(&client, "GET", "/objects/deal/1", &IF_NONE_MATCH, &tag(&before), None).await;
        assert_eq!(after.status, 200, "the number of notes is another");
        assert_eq!(json_of(&after)["etag"], json_of(&before)["etag"]);
        assert_ne!(tag(&after), tag(&before));
        let changed = json!({ "title": "Other" });
        let reply = ask(&client, "PATCH", "/objects/deal/1", &IF_MATCH, &tag(&before), Some(&changed)).await;
        assert_eq!(reply.status, 200, "nobody has written the deal");
        for old in [tag(&before), tag(&after)] {
            let reply = ask(&client, "PATCH", "/objects/deal/1", &IF_MATCH, &old, Some(&json!({ "title": "x" }))).await;
            assert_eq!((reply.status.as_u16(), json_of(&reply)["code"].as_str()), (412, Some("precondition.failed")));
        }
        let of_change = tag(&reply);
        let read = client.respond(client.request("GET", "/objects/deal/1", None)).await;
        assert_eq!(of_change, tag(&read), "the answer to a change has the tag of what is read afterwards");
        let version = json_of(&read)["etag"].as_str().unwrap().to_owned();
        for form in [version.clone(), format!("\"{version}\""), format!("\"0\", {of_change}"), "*".to_owned()] {
            let reply = ask(&client, "PATCH", "/objects/deal/1", &IF_MATCH, &form, Some(&json!({}))).await;
            assert_eq!(reply.status, 200, "{form}");
        }
        let read = ask(&client, "GET", "/objects/deal/1", &IF_MATCH, &tag(&before), None).await;
        assert_eq!(read.status, 412, "a read may be tied to a version, too");
    }
}

#[tokio::test]
async fn what_must_not_be_there_yet_is_not_overwritten() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let put = |value: &'static str, title: &'static str| {
            let client = client.clone();
            async move {
                let reply = ask(&client, "PUT", KEY, &IF_NONE_MATCH, value, Some(&json!({ "title": title }))).await;
                (reply.status.as_u16(), json_of(&reply))
            }
        };
        assert_eq!(put("*", "First").await.0, 201);
        let (status, answer) = put("*", "Second").await;
        assert_eq!((status, &answer["code"]), (412, &json!("precondition.failed")));
        assert!(answer["message"].as_str().unwrap().contains("if-none-match"), "{answer}");
        assert_eq!(client.read(KEY).await["title"], "First");
        let version = client.read(KEY).await["etag"].as_str().unwrap().to_owned();
        for method in ["PATCH", "DELETE"] {
            for value in ["*".to_owned(), format!("\"{version}\"")] {
                let body = (method == "PATCH").then(|| json!({ "title": "x" }));
                let reply = ask(&client, method, "/objects/deal/1", &IF_NONE_MATCH, &value, body.as_ref()).await;
                assert_eq!(reply.status, 412, "{method} {value}");
            }
        }
        assert_eq!(put("\"another\"", "Third").await.0, 200, "only that version was excluded");
        assert_eq!(client.read(KEY).await["title"], "Third");
    }
}

#[tokio::test]
async fn of_many_who_would_make_what_is_not_there_one_does() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let mut work = Vec::new();
        for number in 0..20 {
            let client = client.clone();
            let body = json!({ "title": format!("Deal {number}") });
            work.push(tokio::spawn(async move {
                ask(&client, "PUT", KEY, &IF_NONE_MATCH, "*", Some(&body)).await.status.as_u16()
            }));
        }
        let mut statuses = Vec::new();
        for done in work {
            statuses.push(done.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (201, &[412; 19][..]));
    }
}
