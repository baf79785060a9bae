//! Values of a wrong type or form for every field that can be written, built in and custom, on both versions: a refusal
//! that names the field, or a value that reads back.

use penstock_model::field::Writable;
use penstock_pipedrive::operations::{self, Body, Operation, Version};
use serde_json::{Value as Json, json};

use super::{
    requests::{body, own_target},
    world::{Names, fields, furniture, records},
};
use crate::app::{App, apps};

fn wrong() -> Vec<Json> {
    vec![
        json!(true),
        json!(-1),
        json!(12.5),
        json!(1e300),
        json!(-1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("a\u{0}b"),
        json!("\u{202e}\u{10ffff}💣"),
        json!("9".repeat(400)),
        json!("x".repeat(300_000)),
        json!([]),
        json!([[]]),
        json!([null]),
        json!(["x"]),
        json!([{}]),
        json!([{ "value": "a\u{0}" }]),
        json!({}),
        json!({ "value": {} }),
        json!({ "value": "a\u{0}", "until": "x", "currency": "XXQ", "timezone_id": "\u{0}" }),
        json!({ "value": 1, "what": "ever" }),
        json!("2026-02-30"),
        json!("25:61"),
    ]
}

/// Refusals that are of no single field.
const RULES: &[&str] = &["a lead must be linked to a person or an organization"];

/// The keys that a row's body may give.
pub(super) fn keys(row: &Operation, custom: &[(&'static str, String, &'static str)]) -> Vec<String> {
    let object = row.object;
    let v2 = row.version == Version::V2;
    let written = |f: &&penstock_model::Field| {
        let form = if v2 { f.v2 } else { f.v1 };
        let creates = matches!(row.body, Body::Create);
        !form.key.is_empty()
            && !form.read_only
            && (f.writable != Writable::Never && (creates || f.writable != Writable::OnCreate))
    };
    let own = object.fields.iter().filter(written).map(|f| if v2 { f.v2.key } else { f.v1.key }.to_owned());
    let others = custom.iter().filter(|(of, ..)| object.custom == Some(of));
    own.chain(others.map(|(_, key, _)| if v2 { format!("custom_fields.{key}") } else { key.clone() })).collect()
}

fn with(mut body: Json, key: &str, value: Json) -> Json {
    match key.strip_prefix("custom_fields.") {
        Some(custom) => body["custom_fields"] = json!({ (custom): value }),
        None => body[key] = value,
    }
    body
}

async fn furnished(app: &App) -> Names {
    let mut names = Names::default();
    furniture(app, "Some", &mut names).await;
    records(&app.admin(), "Some", 3, &mut names).await;
    names
}

#[tokio::test]
async fn a_wrong_value_is_refused_by_name_or_reads_back() {
    for app in apps().await {
        let names = furnished(&app).await;
        let custom = fields(&app, "Some").await;
        let admin = app.admin();
        for row in operations::all().filter(|row| row.takes_fields()) {
            let target = own_target(row, &names);
            for key in keys(row, &custom) {
                // A create reads its body as an update does: some are enough to see that.
                for value in wrong().into_iter().step_by(if matches!(row.body, Body::Create) { 4 } else { 1 }) {
                    let sent = with(body(row, &names), &key, value.clone()).to_string();
                    let shown = &sent[..sent.char_indices().nth(200).map_or(sent.len(), |(at, _)| at)];
                    let answer = admin.ask(row.method.word(), &target, sent.clone().into_bytes()).await;
                    assert!(matches!(answer.status, 200 | 201 | 400), "{} {shown}: {}", row.title(), answer.json);
                    // What is archived or deleted can't be changed otherwise.
                    if ["is_archived", "deleted"].contains(&&*key) {
                        admin.ask(row.method.word(), &target, json!({ (&key): false }).to_string().into_bytes()).await;
                    }
                    if answer.status == 400 {
                        let bare = key.rsplit('.').next().unwrap();
                        let told = answer.error().to_lowercase().contains(bare)
                            || RULES.iter().any(|r| answer.error().starts_with(r));
                        assert!(told, "{} {shown}: {}", row.title(), answer.error());
                        assert!(answer.error().len() < 400, "{} {shown}: {}", row.title(), answer.error());
                    }
                }
            }
            // Whatever was taken, the records still read.
            for target in
                ["/v1/deals", "/v1/persons", "/v1/organizations", "/v1/activities?user_id=0", "/v1/notes", "/v1/leads"]
            {
                admin.get(target).await.must(200);
            }
            for target in ["/api/v2/deals", "/api/v2/persons", "/api/v2/organizations", "/api/v2/activities"] {
                admin.get(target).await.must(200);
            }
        }
    }
}
