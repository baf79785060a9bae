//! Custom fields on both wires: keys at the root and their suffixes on v1, one object on v2 (pipedrive-contract 5.2).

use penstock_model::kind::CREATABLE;
use serde_json::{Map, Value as Json, json};

use crate::app::{App, Client, apps};

/// The keys of a field of each kind, made by an admin: `kind -> key`.
async fn fields(app: &App, path: &str) -> Map<String, Json> {
    let mut keys = Map::new();
    for (kind, _) in CREATABLE {
        let mut body = json!({ "name": format!("My {kind}"), "field_type": kind });
        if matches!(*kind, "enum" | "set") {
            body["options"] = json!([{ "label": "Red" }, { "label": "Green" }]);
        }
        let made = app.admin().post(path, body).await.must(200);
        keys.insert((*kind).to_owned(), made.at("/data/key").clone());
        keys.insert(format!("{kind} options"), made.at("/data/options").clone());
    }
    keys
}

/// What is sent on v1 and on v2, and what each then shows, by kind. `#` stands for the key, `@n` for the n-th option.
fn kinds() -> Vec<(&'static str, Json, Json, Json, Json)> {
    let same =
        |kind: &'static str, value: Json| (kind, json!({ "#": value }), json!({ "#": value }), value.clone(), value);
    vec![
        same("varchar", json!("A1")),
        same("varchar_auto", json!("B2")),
        same("text", json!("Line\nline")),
        same("double", json!(1.25)),
        (
            "monetary",
            json!({ "#": 12.5, "#_currency": "USD" }),
            json!({ "#": 12.5, "#_currency": "USD" }),
            json!({ "value": 12.5, "currency": "USD" }),
            json!({ "value": 12.5, "currency": "USD" }),
        ),
        same("date", json!("2026-04-01")),
        (
            "daterange",
            json!({ "#": "2026-04-01", "#_until": "2026-04-03" }),
            json!({ "#": "2026-04-01", "#_until": "2026-04-03" }),
            json!({ "value": "2026-04-01", "until": "2026-04-03" }),
            json!({ "value": "2026-04-01", "until": "2026-04-03" }),
        ),
        (
            "time",
            json!({ "#": "09:30", "#_timezone_id": 42 }),
            json!({ "#": "09:30:00", "#_timezone_id": 42 }),
            json!({ "value": "09:30:00", "timezone_id": 42 }),
            json!({ "value": "09:30:00", "timezone_id": 42 }),
        ),
        (
            "timerange",
            json!({ "#": "09:30:00", "#_until": "10:00:00", "#_timezone_id": 42 }),
            json!({ "#": "09:30:00", "#_until": "10:00:00", "#_timezone_id": 42 }),
            json!({ "value": "09:30:00", "until": "10:00:00", "timezone_id": 42 }),
            json!({ "value": "09:30:00", "until": "10:00:00", "timezone_id": 42 }),
        ),
        ("enum", json!({ "#": "@1" }), json!({ "#": "@1 text" }), json!("@1"), json!("@1")),
        ("set", json!({ "#": "@0,@1" }), json!({ "#": "@0,@1 text" }), json!(["@0", "@1"]), json!(["@0", "@1"])),
        (
            "address",
            json!({ "#": "Main Street 1" }),
            json!({ "#": "Main Street 1", "#_formatted_address": "Main Street 1", "#_country": null }),
            json!({ "value": "Main Street 1", "country": "DE" }),
            json!({
                "value": "Main Street 1", "subpremise": null, "street_number": null, "route": null, "sublocality": null,
                "locality": null, "admin_area_level_1": null, "admin_area_level_2": null, "country": "DE",
                "postal_code": null, "formatted_address": null,
            }),
        ),
        same("phone", json!("+49 30 12")),
        same("user", json!(3)),
        same("org", json!(1)),
        same("people", json!(1)),
    ]
}

/// Puts keys and options in the place of `#` and `@n`.
fn filled(json: &Json, kind: &str, keys: &Map<String, Json>) -> Json {
    let key = keys[kind].as_str().unwrap();
    let option = |n: usize| keys[&format!("{kind} options")][n]["id"].clone();
    match json {
        Json::Object(map) => map
            .iter()
            .map(|(name, value)| (name.replace('#', key), filled(value, kind, keys)))
            .collect::<Map<_, _>>()
            .into(),
        Json::Array(list) => list.iter().map(|one| filled(one, kind, keys)).collect(),
        Json::String(text) => match text.as_str() {
            "@0" => option(0),
            "@1" => option(1),
            "@1 text" => option(1).to_string().into(),
            "@0,@1" | "@0,@1 text" => format!("{},{}", option(0), option(1)).into(),
            _ => json.clone(),
        },
        other => other.clone(),
    }
}

async fn contacts(client: &Client) {
    client.post("/v1/organizations", json!({ "name": "Smith Works" })).await.must(201);
    client.post("/v1/persons", json!({ "name": "Carol" })).await.must(201);
}

#[tokio::test]
async fn every_kind_reads_as_it_was_written_on_both_wires() {
    for app in apps().await {
        let ann = app.ann();
        contacts(&ann).await;
        for (v1, v2, fields_path, name) in [
            ("/v1/deals", "/api/v2/deals", "/v1/dealFields", "title"),
            ("/v1/persons", "/api/v2/persons", "/v1/personFields", "name"),
            ("/v1/organizations", "/api/v2/organizations", "/v1/organizationFields", "name"),
        ] {
            let keys = fields(&app, fields_path).await;
            for (kind, sent_v1, shown_v1, sent_v2, shown_v2) in kinds() {
                let key = keys[kind].as_str().unwrap();
                let mut body = filled(&sent_v1, kind, &keys);
                body[name] = json!("x");
                let made = ann.post(v1, body).await.must(201);
                for (key, value) in filled(&shown_v1, kind, &keys).as_object().unwrap() {
                    assert_eq!(&made.at("/data")[key], value, "v1 {kind} {key}");
                }
                let read = ann.get(&format!("{v2}/{}", made.id())).await.must(200);
                let custom = &read.at("/data/custom_fields");
                assert!(!custom[key].is_null(), "v2 shows what v1 wrote: {kind}");
                let body = json!({ (name): "x", "custom_fields": { (key): filled(&sent_v2, kind, &keys) } });
                let made = ann.post(v2, body).await.must(200);
                assert_eq!(made.at("/data/custom_fields")[key], filled(&shown_v2, kind, &keys), "v2 {kind}");
                // What v2 shows can be sent again, and null clears.
                let target = format!("{v2}/{}", made.id());
                let again = json!({ "custom_fields": made.at("/data/custom_fields") });
                let kept = ann.patch(&target, again).await.must(200);
                assert_eq!(kept.at("/data/custom_fields"), made.at("/data/custom_fields"), "{kind}");
                let cleared = ann.patch(&target, json!({ "custom_fields": { (key): null } })).await.must(200);
                assert!(cleared.at("/data/custom_fields")[key].is_null(), "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn unset_fields_are_null_on_both_wires() {
    for app in apps().await {
        let ann = app.ann();
        let keys = fields(&app, "/v1/dealFields").await;
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        let v1 = ann.get("/v1/deals/1").await.must(200);
        let v2 = ann.get("/api/v2/deals/1").await.must(200);
        assert_eq!(v2.at("/data/custom_fields").as_object().unwrap().len(), CREATABLE.len());
        for (kind, _) in CREATABLE {
            let key = keys[*kind].as_str().unwrap();
            assert!(v1.at("/data").get(key).is_some_and(Json::is_null), "v1 {kind}");
            assert!(v2.at("/data/custom_fields").get(key).is_some_and(Json::is_null), "v2 {kind}");
            let suffix = match *kind {
                "monetary" => "currency",
                "daterange" | "timerange" => "until",
                "time" => "timezone_id",
                "address" => "formatted_address",
                _ => continue,
            };
            assert!(v1.at("/data").get(format!("{key}_{suffix}")).is_some_and(Json::is_null), "{kind}");
        }
    }
}

#[tokio::test]
async fn v2_trims_its_custom_fields_when_asked() {
    for app in apps().await {
        let ann = app.ann();
        let keys = fields(&app, "/v1/dealFields").await;
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        let (one, two) = (keys["varchar"].as_str().unwrap(), keys["double"].as_str().unwrap());
        for target in ["/api/v2/deals/1", "/api/v2/deals"] {
            let answer = ann.get(&format!("{target}?custom_fields={one},{two}")).await.must(200);
            let record = answer.json.pointer("/data/0").unwrap_or_else(|| answer.at("/data"));
            assert_eq!(record["custom_fields"], json!({ (one): null, (two): null }), "{target}");
            assert_eq!(record["title"], "x", "the rest stays");
            let many = (0..16).map(|n| format!("{n:040}")).collect::<Vec<_>>().join(",");
            ann.get(&format!("{target}?custom_fields={many}")).await.must(400);
            // The same key again is no other.
            ann.get(&format!("{target}?custom_fields={}", vec![one; 16].join(","))).await.must(200);
        }
    }
}

#[tokio::test]
async fn leads_carry_the_fields_of_deals_that_are_set() {
    for app in apps().await {
        let ann = app.ann();
        contacts(&ann).await;
        let keys = fields(&app, "/v1/dealFields").await;
        let key = keys["varchar"].as_str().unwrap();
        let plain = ann.post("/v1/leads", json!({ "title": "x", "person_id": 1 })).await.must(201);
        assert!(plain.at("/data").get(key).is_none());
        let body = json!({ "title": "x", "person_id": 1, (key): "A1" });
        let made = ann.post("/v1/leads", body).await.must(201);
        assert_eq!(made.at("/data")[key], "A1");
        let target = format!("/v1/leads/{}", made.at("/data/id").as_str().unwrap());
        let cleared = ann.patch(&target, json!({ (key): null })).await.must(200);
        assert!(cleared.at("/data").get(key).is_none());
    }
}

#[tokio::test]
async fn a_deleted_field_is_ignored_on_v1_and_refused_on_v2() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        let made = admin.post("/v1/dealFields", json!({ "name": "Code", "field_type": "varchar" })).await.must(200);
        let key = made.at("/data/key").as_str().unwrap();
        ann.post("/v1/deals", json!({ "title": "x", (key): "A1" })).await.must(201);
        admin.delete(&format!("/v1/dealFields/{}", made.id())).await.must(200);
        let read = ann.get("/v1/deals/1").await.must(200);
        assert!(read.at("/data").get(key).is_none());
        ann.post("/v1/deals", json!({ "title": "x", (key): "A1" })).await.must(201);
        let refused =
            ann.post("/api/v2/deals", json!({ "title": "x", "custom_fields": { (key): "A1" } })).await.must(400);
        assert!(refused.error().contains(key), "{}", refused.error());
    }
}

#[tokio::test]
async fn a_patch_of_custom_fields_changes_only_those_it_names() {
    for app in apps().await {
        let ann = app.ann();
        let keys = fields(&app, "/v1/dealFields").await;
        let (text, number) = (keys["varchar"].as_str().unwrap(), keys["double"].as_str().unwrap());
        let body = json!({ "title": "x", "custom_fields": { (text): "A1", (number): 1 } });
        ann.post("/api/v2/deals", body).await.must(200);
        let patch = json!({ "custom_fields": { (number): 2.5 } });
        let patched = ann.patch("/api/v2/deals/1", patch).await.must(200);
        let custom = patched.at("/data/custom_fields");
        assert_eq!((&custom[text], &custom[number]), (&json!("A1"), &json!(2.5)));
        for wrong in [json!({ (number): "2.5" }), json!({ (text): 5 }), json!("x"), json!([])] {
            ann.patch("/api/v2/deals/1", json!({ "custom_fields": wrong })).await.must(400);
        }
        ann.patch("/api/v2/deals/1", json!({ "custom_fields": null })).await.must(200);
        let read = ann.get("/api/v2/deals/1").await.must(200);
        assert_eq!(read.at("/data/custom_fields")[number], json!(2.5));
        let v1 = ann.put("/v1/deals/1", json!({ (number): "3.5" })).await.must(200);
        assert_eq!((&v1.at("/data")[text], &v1.at("/data")[number]), (&json!("A1"), &json!(3.5)));
    }
}
