//! Refusals: what is wrong, where, and nothing of the server's insides.

use http::header;
use penstock_api::Face as _;
use penstock_testing::{Engine, TestCompany, tenants};
use penstock_virtual::operations::{ALL, Sent};
use serde_json::{Map, Value as Json, json};

use crate::{
    client::{Client, TOKEN, json_of, keys},
    sample::with_custom_fields,
};

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
            ("GET", "/objects/deal?sort=title,-title", 400, "parameter.invalid"),
            ("GET", "/objects/deal?sort=title,notes_count", 400, "parameter.invalid"),
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
async fn twenty_faults_of_a_body_are_named_and_of_more_it_is_said_that_there_are_more() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        for (faults, named, words) in [
            (1, 1, "deal has no field"),
            (19, 19, "fields are wrong; the first: deal has no field"),
            (21, 20, "more than 20 fields are wrong"),
            (9_000, 20, "more than 20 fields are wrong"),
        ] {
            let body: Map<String, Json> = (0..faults).map(|n| (format!("unknown_{n}"), json!(1))).collect();
            let body = Json::Object(body);
            for (method, path) in
                [("PATCH", "/objects/deal/1"), ("PUT", "/objects/deal/by/external_id/a/b"), ("POST", "/objects/note")]
            {
                let (status, answer) = client.call(method, path, Some(&body)).await;
                assert_eq!((status, &answer["code"]), (400, &json!("field.unknown")), "{method} {answer}");
                let message = answer["message"].as_str().unwrap();
                assert!(message.replace("note", "deal").contains(words), "{message}");
                // What a new record lacks is a fault, too.
                let more = usize::from(method != "PATCH" && faults < 20);
                assert_eq!(answer["errors"].as_array().unwrap().len(), named + more, "{method}");
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_is_short_however_long_what_it_names() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        let long = ["x", "\u{1}", "\"", "\u{10348}"].map(|letter| letter.repeat(30_000));
        let mut bodies: Vec<Json> = long
            .iter()
            .map(|name| (0..25).map(|n| (format!("{n}{name}"), json!(n))).collect::<Map<_, _>>().into())
            .collect();
        bodies.extend(long.iter().map(|text| json!({ "visible_to": text, "labels": [text], "status": text })));
        bodies.extend(long.iter().map(|text| json!({ "value": { "amount": 1, "currency": text, text: 1 } })));
        bodies.extend(long.iter().map(|text| json!({ "external_ids": [{ "source": text, "key": text }] })));
        bodies.extend(long.iter().map(|text| json!({ "organization": text, "expected_close_date": text })));
        for body in bodies {
            let reply = client.respond(client.request("PATCH", "/objects/deal/1", Some(&body))).await;
            assert_eq!(reply.status, 400);
            let length = reply.bytes().unwrap().len();
            assert!(length <= 100_000, "{length} bytes for {:.100}", body.to_string());
            assert!(!json_of(&reply)["message"].as_str().unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn lists_have_limits_that_are_said() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        client.create("person", json!({ "name": "Ann" })).await;
        client.create("activity", json!({ "subject": "Call" })).await;
        let keys = |count: usize| (0..count).map(|n| json!({ "source": "a", "key": n.to_string() })).collect::<Json>();
        let mails = |count: usize| (0..count).map(|n| json!({ "value": format!("{n}@a.example") })).collect::<Json>();
        let same = |count: usize, one: &Json| Json::Array(vec![one.clone(); count]);
        let option = client.fields("deal").await["my_set"]["options"][0]["id"].clone();
        for (object, field, value, most) in [
            ("deal", "external_ids", keys(101), Some(100)),
            ("deal", "external_ids", keys(100), None),
            ("person", "emails", mails(101), Some(100)),
            ("person", "emails", mails(100), None),
            ("deal", "my_set", same(501, &option), Some(500)),
            ("deal", "my_set", same(500, &option), None),
            ("activity", "participants", same(501, &json!("1")), Some(500)),
            ("activity", "participants", same(500, &json!("1")), None),
        ] {
            let (status, answer) = client.patch(object, &json!("1"), &json!({ field: value })).await;
            let Some(most) = most else {
                assert_eq!(status, 200, "{object}.{field}: {answer}");
                continue;
            };
            assert_eq!((status, &answer["code"]), (400, &json!("field.invalid")), "{object}.{field}: {answer}");
            let message = answer["message"].as_str().unwrap();
            assert!(message.contains(&format!("at most {most} entries")), "{message}");
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
