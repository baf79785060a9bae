//! A record of every object, linked to each other and with as much set as can be, and values for every type.

use penstock_testing::TestCompany;
use serde_json::{Map, Value as Json, json};

use crate::client::Client;

/// One record of each object, as it was created.
pub(crate) struct Sample(pub(crate) Map<String, Json>);

impl Sample {
    /// Fills a fresh tenant.
    pub(crate) async fn fill(client: &Client) -> Self {
        let mut made = Map::new();
        made.insert("user".to_owned(), client.read("/objects/user/1").await);
        let pipeline = client.create("pipeline", json!({ "name": "Second" })).await;
        let stage = client.create("stage", json!({ "name": "First", "pipeline": pipeline["id"] })).await;
        let organization = client.create("organization", json!({ "name": "Acme" })).await;
        let person = client.create("person", json!({ "name": "Ann Lee", "organization": organization["id"] })).await;
        let (o, p) = (&organization["id"], &person["id"]);
        let deal = client
            .create("deal", json!({ "title": "Deal", "organization": o, "person": p, "stage": stage["id"] }))
            .await;
        let lead = client.create("lead", json!({ "title": "Lead", "organization": o, "person": p })).await;
        let activity = client
            .create(
                "activity",
                json!({ "subject": "Call", "organization": o, "participants": [p], "deal": deal["id"] }),
            )
            .await;
        let note = client.create("note", json!({ "content": "Hello", "person": p, "deal": deal["id"] })).await;
        for (name, record) in [
            ("pipeline", pipeline),
            ("stage", stage),
            ("organization", organization),
            ("person", person),
            ("deal", deal),
            ("lead", lead),
            ("activity", activity),
            ("note", note),
        ] {
            made.insert(name.to_owned(), record);
        }
        Self(made)
    }

    pub(crate) fn id(&self, object: &str) -> &Json {
        &self.0[object]["id"]
    }

    /// A value that a field can take and does not have, if its type has one.
    pub(crate) fn value(&self, field: &Json) -> Option<Json> {
        let target = field["target"].as_str();
        Some(match field["type"].as_str().unwrap() {
            "text" | "long_text" | "html" | "phone" => json!("New 1"),
            "integer" => json!(7),
            "number" => json!(12.5),
            "boolean" => json!(true),
            "date" => json!("2026-05-01"),
            "time" => json!("12:30:00"),
            "duration" => json!("PT1H30M"),
            "datetime" => json!("2026-01-02T03:04:05.000006Z"),
            "money" => json!({ "amount": 1234.5678, "currency": "USD" }),
            "option" => field["options"].as_array()?.last()?["id"].clone(),
            "options" => {
                let options = field["options"].as_array()?;
                json!([options.first()?["id"]])
            }
            "reference" => self.id(target?).clone(),
            "references" => json!([self.id(target?)]),
            "address" => {
                let names = field["parts"].as_array()?.iter().map(|p| p["name"].as_str().unwrap());
                names.map(|name| (name.to_owned(), json!("Riga"))).collect::<Map<_, _>>().into()
            }
            "emails" | "phones" | "messengers" => {
                json!([{ "value": "a@b.example", "primary": true, "label": "home" }])
            }
            "attendees" => json!([{
                "email": "a@b.example", "name": "A", "status": "noreply", "is_organizer": false,
                "person": self.id("person"), "user": null,
            }]),
            "zoned_time" => json!({ "time": "10:00:00", "timezone": "Europe/Riga", "timezone_id": 93 }),
            "date_range" => json!({ "start": "2026-05-01", "end": "2026-05-02" }),
            "time_range" => {
                json!({ "start": "10:00:00", "end": "11:00:00", "timezone": "Europe/Riga", "timezone_id": 93 })
            }
            "external_ids" => json!([{ "source": "calendar", "key": "a/b c" }]),
            "id" => json!("99"),
            other => panic!("{other} is a type without a sample"),
        })
    }
}

/// An tenant with a custom field of every kind that deals, persons and organizations can have.
pub(crate) async fn with_custom_fields(tenant: &TestCompany) {
    use penstock_crm::fields::{NewField, NewOption};
    use penstock_model::{kind::CREATABLE, objects};
    for object in [&objects::DEAL, &objects::PERSON, &objects::ORGANIZATION] {
        for (field_type, _) in CREATABLE {
            let choices = ["enum", "set"].contains(field_type);
            let labels: &[&str] = if choices { &["Small", "Large"] } else { &[] };
            let option = |label: &&str| NewOption { label: (*label).to_owned(), ..NewOption::default() };
            let new = NewField {
                name: format!("My {field_type}"),
                field_type: (*field_type).to_owned(),
                options: labels.iter().map(option).collect(),
                ..NewField::default()
            };
            tenant
                .write(penstock_testing::ADMIN, move |tx| penstock_crm::fields::create(tx, object, &new))
                .await
                .unwrap();
        }
    }
}
