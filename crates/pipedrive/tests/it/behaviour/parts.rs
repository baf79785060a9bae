//! Values with parts on v1, where each part is a key of its own, and values that are nearly wrong
//! (pipedrive-contract 5.2).

use serde_json::{Value as Json, json};

use crate::app::{App, Client, apps};

async fn field(app: &App, path: &str, kind: &str) -> String {
    let mut body = json!({ "name": kind, "field_type": kind });
    if matches!(kind, "enum" | "set") {
        body["options"] = json!([{ "label": "Blü 😀" }, { "label": "3" }]);
    }
    let made = app.admin().post(path, body).await.must(200);
    made.at("/data/key").as_str().unwrap().to_owned()
}

/// The field's keys as v1 shows them, in the form `[base, suffix, ..]`, and its value on v2.
async fn shown(client: &Client, key: &str, suffixes: &[&str]) -> (Json, Json) {
    let v1 = client.get("/v1/deals/1").await.must(200);
    let keys = std::iter::once(key.to_owned()).chain(suffixes.iter().map(|suffix| format!("{key}_{suffix}")));
    let v2 = client.get("/api/v2/deals/1").await.must(200);
    (keys.map(|key| v1.at("/data")[key].clone()).collect(), v2.at("/data/custom_fields")[key].clone())
}

#[tokio::test]
async fn a_part_that_is_not_given_stays() {
    for app in apps().await {
        let ann = app.ann();
        ann.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        let (amount, days) =
            (field(&app, "/v1/dealFields", "monetary").await, field(&app, "/v1/dealFields", "daterange").await);
        let times = field(&app, "/v1/dealFields", "timerange").await;
        let sent = |body: Json, key: &str| -> Json {
            let map = body.as_object().unwrap();
            map.iter()
                .map(|(name, value)| (name.replace('#', key), value.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        for (body, expected) in [
            (json!({ "#": 5, "#_currency": "USD" }), json!([5, "USD"])),
            (json!({ "#": "7" }), json!([7, "USD"])),
            (json!({ "#_currency": "gbp" }), json!([7, "GBP"])),
            (json!({ "title": "y" }), json!([7, "GBP"])),
            (json!({ "#": 0 }), json!([0, "GBP"])),
            (json!({ "#_currency": "" }), json!([0, "EUR"])),
            (json!({ "#": "" }), json!([null, null])),
            // A currency alone is no amount.
            (json!({ "#_currency": "USD" }), json!([null, null])),
            (json!({ "#": -5.25 }), json!([-5.25, "EUR"])),
            (json!({ "#": null, "#_currency": "USD" }), json!([null, null])),
        ] {
            ann.put("/v1/deals/1", sent(body.clone(), &amount)).await.must(200);
            let (v1, v2) = shown(&ann, &amount, &["currency"]).await;
            assert_eq!(v1, expected, "{body}");
            let whole = json!({ "value": expected[0], "currency": expected[1] });
            assert_eq!(v2, if expected[0].is_null() { Json::Null } else { whole }, "{body}");
        }
        for (body, expected) in [
            (json!({ "#": "2026-04-01", "#_until": "2026-04-03" }), json!(["2026-04-01", "2026-04-03"])),
            (json!({ "#": "2026-04-02" }), json!(["2026-04-02", "2026-04-03"])),
            (json!({ "#_until": "2026-05-01" }), json!(["2026-04-02", "2026-05-01"])),
            (json!({ "#_until": null }), json!(["2026-04-02", null])),
            (json!({ "#": "" }), json!([null, null])),
        ] {
            ann.put("/v1/deals/1", sent(body.clone(), &days)).await.must(200);
            assert_eq!(shown(&ann, &days, &["until"]).await.0, expected, "{body}");
        }
        for (body, expected) in [
            (json!({ "#": "9:30", "#_timezone_id": "42" }), json!(["09:30:00", null, 42])),
            (json!({ "#_until": "10:00" }), json!(["09:30:00", "10:00:00", 42])),
            (json!({ "#_timezone_id": 7 }), json!(["09:30:00", "10:00:00", 7])),
            (json!({ "#_timezone_id": "" }), json!(["09:30:00", "10:00:00", null])),
        ] {
            ann.put("/v1/deals/1", sent(body.clone(), &times)).await.must(200);
            assert_eq!(shown(&ann, &times, &["until", "timezone_id"]).await.0, expected, "{body}");
        }
        for (key, wrong) in [
            (&amount, json!({ "#": "many" })),
            (&amount, json!({ "#": 1, "#_currency": "gold" })),
            (&days, json!({ "#": "2026-04-01", "#_until": "2026-02-30" })),
            (&times, json!({ "#_until": "25:00" })),
            (&times, json!({ "#_timezone_id": "Riga" })),
        ] {
            let answer = ann.put("/v1/deals/1", sent(wrong.clone(), key)).await.must(400);
            assert!(answer.error().contains(key.as_str()), "{wrong}: {}", answer.error());
        }
        let zone = json!({ "custom_fields": { (&*times): { "value": "10:00:00", "timezone_id": "42" } } });
        ann.patch("/api/v2/deals/1", zone).await.must(400);
    }
}

/// Built-in addresses and custom ones take their parts on v1 beside the line. What Pipedrive finds in the text by a map,
/// nobody finds here: the client says it.
#[tokio::test]
async fn the_parts_of_an_address_are_of_its_line() {
    for app in apps().await {
        let (ann, admin) = (app.ann(), app.admin());
        ann.post("/v1/organizations", json!({ "name": "x" })).await.must(201);
        ann.post("/v1/persons", json!({ "name": "x" })).await.must(201);
        ann.post("/v1/activities", json!({ "subject": "x" })).await.must(201);
        let field = json!({ "name": "Site", "field_type": "address" });
        let made = admin.post("/v1/organizationFields", field).await.must(200);
        let custom = made.at("/data/key").as_str().unwrap();
        for (target, key) in [
            ("/v1/organizations/1", "address"),
            ("/v1/organizations/1", custom),
            ("/v1/persons/1", "postal_address"),
            ("/v1/activities/1", "location"),
        ] {
            let named = |part: &str| if part.is_empty() { key.to_owned() } else { format!("{key}_{part}") };
            for (sent, line, country, formatted) in [
                (json!({ "": "Main 1", "country": "DE" }), json!("Main 1"), json!("DE"), json!("Main 1")),
                // The same line, as a client sends back what it read, keeps its parts.
                (json!({ "": "Main 1" }), json!("Main 1"), json!("DE"), json!("Main 1")),
                (json!({ "country": "AT" }), json!("Main 1"), json!("AT"), json!("Main 1")),
                (json!({ "country": "" }), json!("Main 1"), json!(null), json!("Main 1")),
                (
                    json!({ "country": "DE", "formatted_address": "1 Main" }),
                    json!("Main 1"),
                    json!("DE"),
                    json!("1 Main"),
                ),
                (json!({ "": "Side 2" }), json!("Side 2"), json!(null), json!("Side 2")),
                (json!({ "": { "value": "Side 3", "country": "FR" } }), json!("Side 3"), json!("FR"), json!(null)),
                (json!({ "": "" }), json!(null), json!(null), json!(null)),
                // A part alone is no address.
                (json!({ "country": "DE" }), json!(null), json!(null), json!(null)),
            ] {
                let body: serde_json::Map<String, Json> =
                    sent.as_object().unwrap().iter().map(|(part, value)| (named(part), value.clone())).collect();
                let answer = ann.put(target, body.clone().into()).await.must(200);
                let shown = |part: &str| answer.at("/data")[named(part)].clone();
                assert_eq!(
                    [shown(""), shown("country"), shown("formatted_address")],
                    [line, country, formatted],
                    "{body:?}"
                );
            }
            let wrong = ann.put(target, json!({ (named("")): "Main 1", (named("country")): true })).await.must(400);
            assert!(wrong.error().contains("country"), "{}", wrong.error());
            ann.put(target, json!({ (named("")): [] })).await.must(400);
        }
        let body = json!({ "name": "y", "address": "Main 1", "address_country": "DE" });
        let made = ann.post("/v1/organizations", body).await.must(201);
        assert_eq!((made.at("/data/address"), made.at("/data/address_country")), (&json!("Main 1"), &json!("DE")));
    }
}

#[tokio::test]
async fn an_option_is_found_by_its_label_in_any_case_but_its_number_goes_first() {
    for app in apps().await {
        let ann = app.ann();
        for kind in ["enum", "set"] {
            let key = field(&app, "/v1/personFields", kind).await;
            let options = app.admin().get("/v1/personFields?limit=500").await.must(200);
            let of_field = options.list().iter().find(|f| f["key"] == *key).unwrap();
            let id = |n: usize| of_field["options"][n]["id"].clone();
            for (given, expected) in [
                (json!("BLÜ 😀"), id(0).to_string()),
                (json!(id(1)), id(1).to_string()),
                (json!(id(1).to_string()), id(1).to_string()),
            ] {
                let made = ann.post("/v1/persons", json!({ "name": "Pia", (&*key): given })).await.must(201);
                assert_eq!(made.at("/data")[&key], expected, "{kind} {given}");
            }
            for wrong in [json!("red"), json!(0), json!(-1), json!(1.5), json!(99999), json!({ "a": 1 })] {
                ann.post("/v1/persons", json!({ "name": "Pia", (&*key): wrong })).await.must(400);
            }
            // v2 knows options by number only.
            for wrong in [json!("Blü 😀"), json!(id(1).to_string()), json!([])] {
                ann.post("/api/v2/persons", json!({ "name": "Pia", "custom_fields": { (&*key): wrong } }))
                    .await
                    .must(400);
            }
        }
    }
}

/// A lead has the custom fields of deals: it takes every kind, shows those that are set, and keeps them apart.
#[tokio::test]
async fn a_lead_takes_what_a_deal_takes() {
    for app in apps().await {
        let ann = app.ann();
        ann.post("/v1/persons", json!({ "name": "Carol" })).await.must(201);
        ann.post("/v1/deals", json!({ "title": "Deal" })).await.must(201);
        let (text, amount) =
            (field(&app, "/v1/dealFields", "varchar").await, field(&app, "/v1/dealFields", "monetary").await);
        let (set, person) = (field(&app, "/v1/dealFields", "set").await, field(&app, "/v1/dealFields", "people").await);
        let body = json!({
            "title": "Lead", "person_id": 1, (&*text): "Ünïcode 😀", (&*amount): "0", (format!("{amount}_currency")): "JPY",
            (&*set): "3", (&*person): 1,
        });
        let lead = ann.post("/v1/leads", body).await.must(201);
        let path = format!("/v1/leads/{}", lead.at("/data/id").as_str().unwrap());
        assert_eq!(lead.at("/data")[&text], "Ünïcode 😀");
        assert_eq!(
            (&lead.at("/data")[&amount], &lead.at("/data")[format!("{amount}_currency")]),
            (&json!(0), &json!("JPY"))
        );
        assert_eq!(lead.at("/data")[&person], 1);
        let changed = ann.patch(&path, json!({ (&*text): null, (&*amount): 9, (&*set): [] })).await.must(200);
        let keys: Vec<&String> = changed.at("/data").as_object().unwrap().keys().filter(|k| k.len() >= 40).collect();
        assert_eq!(keys, [&amount, &format!("{amount}_currency"), &person], "only what is set is shown");
        assert_eq!(changed.at("/data")[format!("{amount}_currency")], "JPY");
        assert!(ann.get("/v1/deals/1").await.must(200).at("/data")[&amount].is_null(), "the deal has its own");
    }
}
