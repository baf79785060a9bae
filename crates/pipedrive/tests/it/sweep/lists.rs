//! Lists that are longer than they may be: refused by name with how many they take, as the documents publish it.

use penstock_model::{Kind, kind::limit};
use penstock_pipedrive::operations::{self, Operation, Version};
use serde_json::{Value as Json, json};

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::{App, apps};

/// The keys of a row's body that hold lists, and how many members each takes.
fn lists(row: &Operation) -> Vec<(&'static str, usize)> {
    let form = |f: &'static penstock_model::Field| if row.version == Version::V2 { f.v2 } else { f.v1 };
    let written = row.object.fields.iter().filter(|f| {
        let form = form(f);
        !form.key.is_empty() && !form.read_only && f.writable != penstock_model::field::Writable::Never
    });
    written.filter_map(|f| Some((form(f).key, f.kind.most()? as usize))).collect()
}

async fn furnished(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Some", &mut names).await;
    records(&app.admin(), "Some", 3, &mut names).await;
    names
}

#[tokio::test]
async fn a_list_with_one_member_too_many_is_refused_by_name() {
    for app in apps().await {
        let names = furnished(&app).await;
        let mut tried = 0;
        for row in operations::all().filter(|row| row.takes_fields()) {
            for (key, most) in lists(row) {
                let many = vec![json!(1); most + 1];
                let commas = vec!["1"; most + 1].join(",");
                for value in [json!(many), json!(commas)] {
                    if value.is_string() && row.version == Version::V2 {
                        continue;
                    }
                    let mut sent = body(row, &names);
                    sent[key] = value;
                    let sent = sent.to_string().into_bytes();
                    let answer = app.admin().ask(row.method.word(), &own_target(row, &names), sent).await.must(400);
                    let expected = format!("must have at most {most} entries");
                    assert!(answer.error().contains(key), "{}: {}", row.title(), answer.error());
                    assert!(answer.error().contains(&expected), "{}: {}", row.title(), answer.error());
                    tried += 1;
                }
            }
        }
        assert!(tried > 20, "{tried}");
    }
}

#[tokio::test]
async fn a_list_as_long_as_it_may_be_is_taken() {
    for app in apps().await {
        let ann = app.ann();
        let contacts = |most: u32| -> Json {
            (0..most).map(|n| json!({ "value": format!("a{n}@example.com"), "label": "l".repeat(255) })).collect()
        };
        let most = Kind::Emails.most().unwrap();
        let made = ann.post("/api/v2/persons", json!({ "name": "x", "emails": contacts(most) })).await.must(200);
        assert_eq!(made.at("/data/emails").as_array().map(Vec::len), Some(most as usize));
        ann.post("/v1/persons", json!({ "name": "x", "email": contacts(most) })).await.must(201);

        let options = |name: &str| -> Json {
            (0..limit::OPTIONS_AT_ONCE).map(|n| json!({ "label": format!("{name}{n}"), "color": "red" })).collect()
        };
        let field = json!({ "name": "Many", "field_type": "set", "options": options("o") });
        let made = app.admin().post("/v1/dealFields", field).await.must(200);
        let (key, id) = (made.at("/data/key").as_str().unwrap(), made.id());
        let target = format!("/api/v2/dealFields/{key}/options");
        for name in ["p", "q", "r", "s"] {
            app.admin().post(&target, options(name)).await.must(200);
        }
        let refused = app.admin().post(&target, json!([{ "label": "one more" }])).await.must(400);
        assert!(refused.error().contains("at most 10000 options"), "{}", refused.error());
        let made = app.admin().get(&format!("/v1/dealFields/{id}")).await.must(200);
        let all: Vec<Json> = made.at("/data/options").as_array().unwrap().iter().map(|o| o["id"].clone()).collect();
        assert_eq!(all.len(), limit::OPTIONS as usize);
        let most = Kind::Choices.most().unwrap() as usize;
        let chosen = json!({ "title": "x", "custom_fields": { (key): &all[all.len() - most..] } });
        let deal = ann.post("/api/v2/deals", chosen).await.must(200);
        assert_eq!(deal.at("/data/custom_fields")[key].as_array().map(Vec::len), Some(most));
        // By label, too, in any case and each once.
        let labels = (0..most).map(|n| format!("O{}", n / 2)).collect::<Vec<_>>().join(",");
        let changed = ann.put(&format!("/v1/deals/{}", deal.id()), json!({ (key): labels })).await.must(200);
        assert_eq!(changed.at("/data")[key].as_str().unwrap().split(',').count(), most / 2);

        // As many deleted as one request may name: the others stay, in their order.
        let gone: Json = all[1..=limit::OPTIONS_AT_ONCE as usize].iter().map(|id| json!({ "id": id })).collect();
        let gone = app.admin().ask("DELETE", &target, gone.to_string().into_bytes()).await.must(200);
        assert_eq!(gone.list().len(), limit::OPTIONS_AT_ONCE as usize);
        let kept = app.admin().get(&format!("/v1/dealFields/{id}")).await.must(200);
        let left: Vec<Json> = kept.at("/data/options").as_array().unwrap().iter().map(|o| o["id"].clone()).collect();
        assert_eq!(left[0], all[0]);
        assert_eq!(left[1..], all[limit::OPTIONS_AT_ONCE as usize + 1..]);
    }
}

#[tokio::test]
async fn more_options_than_a_field_has_are_refused_wherever_they_are_given() {
    for app in apps().await {
        let admin = app.admin();
        let few = json!([{ "label": "a" }]);
        let made = admin.post("/v1/dealFields", json!({ "name": "S", "field_type": "set", "options": few })).await;
        let made = made.must(200);
        let (key, id) = (made.at("/data/key").as_str().unwrap(), made.id());
        let many: Vec<Json> = (0..=limit::OPTIONS_AT_ONCE).map(|n| json!({ "id": n, "label": "x" })).collect();
        let many = json!(many);
        let new = |name: &str| json!({ (name): "S", "field_type": "set", "options": many });
        let requests = [
            ("POST", "/v1/dealFields".to_owned(), new("name")),
            ("POST", "/api/v2/dealFields".to_owned(), new("field_name")),
            ("PUT", format!("/v1/dealFields/{id}"), json!({ "options": many })),
            ("PUT", format!("/v1/dealFields/{id}"), json!({ "options": many.to_string() })),
            ("POST", format!("/api/v2/dealFields/{key}/options"), many.clone()),
            ("PATCH", format!("/api/v2/dealFields/{key}/options"), many.clone()),
            ("DELETE", format!("/api/v2/dealFields/{key}/options"), many.clone()),
        ];
        for (method, target, body) in requests {
            let answer = admin.ask(method, &target, body.to_string().into_bytes()).await.must(400);
            assert!(answer.error().contains("at most 2000 entries"), "{method} {target}: {}", answer.error());
        }
    }
}

#[tokio::test]
async fn texts_within_a_value_obey_the_rules_of_texts() {
    for app in apps().await {
        let ann = app.ann();
        let long = "x".repeat(256);
        for text in [&*long, "a\0b"] {
            for (target, body) in [
                ("/v1/persons", json!({ "name": "x", "email": [{ "value": "a@b.example", "label": text }] })),
                ("/v1/persons", json!({ "name": "x", "phone": [{ "value": "1", "label": text }] })),
                ("/api/v2/persons", json!({ "name": "x", "emails": [{ "value": "a@b.example", "label": text }] })),
                ("/v1/activities", json!({ "subject": "x", "attendees": [{ "email_address": "a", "name": text }] })),
                ("/api/v2/activities", json!({ "subject": "x", "attendees": [{ "email": "a", "status": text }] })),
            ] {
                let answer = ann.post(target, body).await.must(400);
                let expected = if text == long { "at most 255 characters" } else { "NUL" };
                assert!(answer.error().contains(expected), "{target}: {}", answer.error());
            }
        }
    }
}

#[tokio::test]
async fn marked_up_text_that_grows_without_bounds_is_refused() {
    for app in apps().await {
        let names = furnished(&app).await;
        let fonts: Vec<String> = (0..200).map(|n| format!("<font color={n}>")).collect();
        let grown = format!("<p>{}{}", fonts.concat(), "<p>x".repeat(2400));
        let mut tried = 0;
        for row in operations::all().filter(|row| row.takes_fields()) {
            let form = |f: &'static penstock_model::Field| if row.version == Version::V2 { f.v2 } else { f.v1 };
            for field in row.object.fields.iter().filter(|f| f.kind == Kind::Html && f.is_column()) {
                let key = form(field).key;
                let mut sent = body(row, &names);
                if key.is_empty() || form(field).read_only {
                    continue;
                }
                sent[key] = json!(grown);
                let sent = sent.to_string().into_bytes();
                let answer = app.admin().ask(row.method.word(), &own_target(row, &names), sent).await.must(400);
                assert!(
                    answer.error().contains(key) && answer.error().contains("more than 5000 tags"),
                    "{}",
                    answer.error()
                );
                tried += 1;
            }
        }
        assert!(tried >= 8, "{tried}");
    }
}

#[test]
fn every_list_of_a_body_says_how_long_it_may_be() {
    for (version, file) in [(Version::V1, "v1"), (Version::V2, "v2")] {
        let path = format!("{}/../../docs/openapi/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let document: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut published = 0;
        for row in operations::all().filter(|row| row.version == version && row.takes_fields()) {
            let at = format!("/paths/{}/{}", row.path.replace('/', "~1"), row.method.word().to_lowercase());
            let at = format!("{at}/requestBody/content/application~1json/schema");
            let mut schema = document.pointer(&at).unwrap_or_else(|| panic!("{at}"));
            while let Some(other) = schema["$ref"].as_str() {
                schema = document.pointer(&other[1..]).unwrap();
            }
            for (key, most) in lists(row) {
                let said = &schema["properties"][key]["maxItems"];
                if schema["properties"][key]["type"].to_string().contains("array") {
                    assert_eq!(*said, json!(most), "{} {key}", row.title());
                    published += 1;
                }
            }
        }
        assert!(published > 0, "{file}");
    }
}
