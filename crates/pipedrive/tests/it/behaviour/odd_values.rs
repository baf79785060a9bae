//! Custom values that are nearly wrong, on everything that has custom fields and on both versions: each is refused by
//! name or reads as the table says (pipedrive-contract 0, 5.2). A lead has the fields of deals, on v1 alone.

use std::collections::BTreeMap;

use penstock_model::kind::CREATABLE;
use serde_json::{Map, Value as Json, json};

use crate::app::{App, Client, apps};

/// The kind of the field, what is sent, and what v1 and v2 then show; nothing: it is refused.
type Row = (&'static str, Json, Option<Json>, Option<Json>);

/// `@own` is an option of the field, `@other` one of another field, `@gone` the number of a deleted record.
fn rows() -> Vec<Row> {
    let some = |json: Json| Some(json);
    let both = |kind, value: Json| (kind, value.clone(), Some(value.clone()), Some(value));
    let mut rows = Vec::new();
    for kind in ["varchar", "varchar_auto", "phone", "text"] {
        rows.extend([
            // An empty long text is a text (docs/guesses.md).
            (kind, json!(""), some(if kind == "text" { json!("") } else { Json::Null }), some(json!(""))),
            (kind, json!(true), None, None),
            (kind, json!(4_930_123_456_i64), some(json!("4930123456")), None),
            (kind, json!([]), None, None),
            (kind, json!(["x"]), None, None),
            (kind, json!({ "value": "x" }), None, None),
            (kind, json!("a\u{0}b"), None, None),
            (kind, json!("x".repeat(65_536)), None, None),
            both(kind, json!("\u{202e}Ünïcode 💣")),
        ]);
    }
    rows.extend([
        ("varchar", json!("é".repeat(256)), None, None),
        both("varchar", json!("é".repeat(255))),
        ("double", json!(""), some(Json::Null), None),
        ("double", json!("1.5"), some(json!(1.5)), None),
        ("double", json!("much"), None, None),
        ("double", json!([1]), None, None),
        ("double", json!(true), None, None),
        both("double", json!(-1)),
        both("double", json!(0)),
        both("double", json!(1e300)),
        ("monetary", json!(""), some(Json::Null), None),
        ("monetary", json!("-5.25"), some(json!(-5.25)), None),
        ("monetary", json!(5), some(json!(5)), None),
        ("monetary", json!("much"), None, None),
        ("monetary", json!([5]), None, None),
        ("monetary", json!({ "value": -5 }), some(json!(-5)), some(json!({ "value": -5, "currency": "EUR" }))),
        ("monetary", json!({ "value": 5, "currency": "gold" }), None, None),
        ("monetary", json!({ "value": "5", "currency": "EUR" }), some(json!(5)), None),
        ("date", json!(""), some(Json::Null), None),
        ("date", json!("2026-02-30"), None, None),
        ("date", json!("2026-03-01T10:00:00Z"), some(json!("2026-03-01")), None),
        ("date", json!(20_260_301), None, None),
        ("date", json!(["2026-03-01"]), None, None),
        both("date", json!("0001-01-01")),
        ("daterange", json!(""), some(Json::Null), None),
        ("daterange", json!("2026-03-01"), some(json!("2026-03-01")), None),
        ("daterange", json!(["2026-03-01", "2026-03-02"]), None, None),
        ("daterange", json!({ "value": "2026-02-30" }), None, None),
        ("daterange", json!({ "value": "2026-03-01", "to": "2026-03-02" }), None, None),
        ("time", json!("25:00"), None, None),
        ("time", json!("10:00"), some(json!("10:00:00")), None),
        ("time", json!({ "value": "10:00", "timezone_id": -1.5 }), None, None),
        ("timerange", json!("10:00"), some(json!("10:00:00")), None),
        ("timerange", json!([]), None, None),
        ("timerange", json!({ "value": "10:00", "until": "later" }), None, None),
        ("enum", json!(""), some(Json::Null), None),
        ("enum", json!("@other"), None, None),
        ("enum", json!(["@own"]), None, None),
        ("enum", json!(-1), None, None),
        ("enum", json!(1.5), None, None),
        ("enum", json!("no such label"), None, None),
        ("enum", json!({ "id": "@own" }), some(json!("@own text")), None),
        ("enum", json!("red"), some(json!("@own text")), None),
        ("set", json!(""), some(Json::Null), None),
        ("set", json!([]), some(Json::Null), None),
        ("set", json!("@own"), some(json!("@own text")), None),
        ("set", json!(["@own", "@own"]), some(json!("@own text")), some(json!(["@own"]))),
        ("set", json!(["@own", "@other"]), None, None),
        ("set", json!([["@own"]]), None, None),
        ("set", json!([null]), None, None),
        ("set", json!({ "a": 1 }), None, None),
        ("address", json!(""), some(Json::Null), None),
        ("address", json!(5), some(json!("5")), None),
        ("address", json!(["Main Street 1"]), None, None),
        ("address", json!({ "value": 5, "postal_code": 1234 }), some(json!("5")), None),
        ("address", json!({ "country": "DE" }), None, None),
    ]);
    for kind in ["user", "org", "people"] {
        rows.extend([
            (kind, json!(""), some(Json::Null), None),
            (kind, json!(99), None, None),
            (kind, json!(0), None, None),
            (kind, json!(-1), None, None),
            (kind, json!("x"), None, None),
            (kind, json!([1]), None, None),
            (kind, json!("1"), some(json!(1)), None),
            (kind, json!({ "value": 1 }), some(json!(1)), None),
        ]);
    }
    rows.extend([("org", json!("@gone"), None, None), ("people", json!("@gone"), None, None)]);
    rows.extend(CREATABLE.iter().map(|(kind, _)| both(kind, Json::Null)));
    rows
}

/// The keys of a field of each kind, and what the placeholders stand for, by kind.
struct Fields {
    keys: BTreeMap<&'static str, String>,
    options: BTreeMap<&'static str, (i64, i64)>,
}

async fn fields(app: &App, path: &str) -> Fields {
    let (mut keys, mut options) = (BTreeMap::new(), BTreeMap::new());
    let admin = app.admin();
    let labels = json!([{ "label": "Red" }, { "label": "Green" }]);
    let other = json!({ "name": "Other", "field_type": "enum", "options": labels });
    let other = admin.post(path, other).await.must(200);
    let option = |json: &Json| json[0]["id"].as_i64().unwrap();
    for (kind, _) in CREATABLE {
        let mut body = json!({ "name": kind, "field_type": kind });
        if matches!(*kind, "enum" | "set") {
            body["options"] = labels.clone();
        }
        let made = admin.post(path, body).await.must(200);
        keys.insert(*kind, made.at("/data/key").as_str().unwrap().to_owned());
        if let Some(own) = made.at("/data/options").get(0) {
            options.insert(*kind, (own["id"].as_i64().unwrap(), option(other.at("/data/options"))));
        }
    }
    Fields { keys, options }
}

fn filled(json: &Json, kind: &str, fields: &Fields) -> Json {
    let (own, other) = fields.options.get(kind).copied().unwrap_or_default();
    match json {
        Json::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), filled(value, kind, fields))).collect::<Map<_, _>>().into()
        }
        Json::Array(list) => list.iter().map(|one| filled(one, kind, fields)).collect(),
        Json::String(text) => match text.as_str() {
            "@own" => own.into(),
            "@own text" => own.to_string().into(),
            "@other" => other.into(),
            "@gone" => 2.into(),
            _ => json.clone(),
        },
        other => other.clone(),
    }
}

/// Organization and person 1, and number 2 of each, which is deleted.
async fn contacts(client: &Client) {
    for path in ["/v1/organizations", "/v1/persons"] {
        for _ in 0..2 {
            client.post(path, json!({ "name": "Carol" })).await.must(201);
        }
        client.delete(&format!("{path}/2")).await.must(200);
    }
}

/// Sends a value, and says what is wrong when it is neither refused by name nor reads as it should.
async fn fault(
    client: &Client,
    method: &str,
    target: &str,
    key: &str,
    sent: &Json,
    shown: Option<&Json>,
) -> Option<String> {
    let v2 = target.starts_with("/api/v2");
    let body = if v2 { json!({ "custom_fields": { (key): sent } }) } else { json!({ (key): sent }) };
    let answer = client.ask(method, target, body.to_string().into_bytes()).await;
    let short = |json: &Json| json.to_string().chars().take(200).collect::<String>();
    let asked = format!("{method} {target} {}: {} ", short(sent), answer.status);
    let Some(shown) = shown else {
        let named = answer.status == 400 && answer.error().contains(key) && answer.error().len() < 400;
        return (!named).then(|| format!("{asked}, not refused by name: {}", short(&answer.json)));
    };
    if answer.status != 200 {
        return Some(format!("{asked}, not taken: {}", short(&answer.json)));
    }
    let read = client.get(target).await.must(200);
    let found = if v2 { read.at("/data/custom_fields").get(key) } else { read.at("/data").get(key) };
    let found = found.unwrap_or(&Json::Null);
    (found != shown).then(|| format!("{asked} reads {}, not {}", short(found), short(shown)))
}

#[tokio::test]
async fn an_odd_value_is_refused_by_name_or_reads_as_the_table_says() {
    for app in apps().await {
        let ann = app.ann();
        contacts(&ann).await;
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        let lead = ann.post("/v1/leads", json!({ "title": "x", "person_id": 1 })).await.must(201);
        let lead = format!("/v1/leads/{}", lead.at("/data/id").as_str().unwrap());
        let (rows, mut faults) = (rows(), Vec::new());
        for (path, object) in
            [("dealFields", "deals"), ("personFields", "persons"), ("organizationFields", "organizations")]
        {
            let fields = fields(&app, &format!("/v1/{path}")).await;
            for (kind, sent, v1, v2) in &rows {
                let (key, sent) = (&fields.keys[kind], filled(sent, kind, &fields));
                let v1 = v1.as_ref().map(|shown| filled(shown, kind, &fields));
                let v2 = v2.as_ref().map(|shown| filled(shown, kind, &fields));
                for (method, target, shown) in [
                    ("PUT", format!("/v1/{object}/1"), &v1),
                    ("PATCH", format!("/api/v2/{object}/1"), &v2),
                    ("PATCH", lead.clone(), &v1),
                ] {
                    if target != lead || object == "deals" {
                        let found = fault(&ann, method, &target, key, &sent, shown.as_ref()).await;
                        faults.extend(found.map(|found| format!("{kind}: {found}")));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
