//! What the deals of the writers refer to, and what they look like on the wire.

use std::{collections::BTreeMap, time::Duration};

use penstock_store::Settings;
use serde_json::{Value as Json, json};

use crate::{
    support::{Answer, Place, Running, TOKEN},
    wire::Wire,
};

/// How long anything may take that is waited for.
pub(crate) const TIMEOUT: Duration = Duration::from_mins(1);

/// A person, an organization and two custom fields of deals.
#[derive(Clone)]
pub(crate) struct World {
    person: i64,
    organization: i64,
    /// The key and the number of the field that repeats a deal's value.
    worth: String,
    pub(crate) worth_number: i64,
    /// The key of a long text.
    padding: String,
}

/// What a deal holds, as far as writers change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) worth: i64,
    pub(crate) won: bool,
}

impl World {
    pub(crate) fn make(server: &Running) -> Self {
        let field = |name: &str, kind: &str| {
            let made = server.post("/v1/dealFields", &json!({"name": name, "field_type": kind}).to_string()).data();
            (made["key"].as_str().expect("a key").to_owned(), made["id"].as_i64().expect("a number"))
        };
        let record = |path: &str| server.post(path, r#"{"name":"Acme"}"#).data()["id"].as_i64().expect("a number");
        let (worth, worth_number) = field("Worth", "double");
        let (padding, _) = field("Padding", "text");
        Self { person: record("/v1/persons"), organization: record("/v1/organizations"), worth, worth_number, padding }
    }

    /// The path and body that make a deal, in v1 or v2.
    pub(crate) fn creation(&self, title: &str, state: &State, padding: &str) -> (&'static str, String) {
        let mut body = json!({
            "title": title, "value": state.worth, "status": status(state),
            "person_id": self.person, "org_id": self.organization,
        });
        let custom = json!({&self.worth: state.worth, &self.padding: padding});
        if state.worth % 2 == 0 {
            body["custom_fields"] = custom;
            return ("/api/v2/deals", body.to_string());
        }
        for (key, value) in custom.as_object().expect("an object") {
            body[key] = value.clone();
        }
        ("/v1/deals", body.to_string())
    }

    /// The body that changes a deal, in v1.
    pub(crate) fn change(&self, state: &State) -> String {
        json!({"value": state.worth, "status": status(state), &self.worth: state.worth}).to_string()
    }

    /// What a deal of v2 holds. Its value and its custom field must agree: they are written together.
    pub(crate) fn state(&self, deal: &Json) -> State {
        let worth = deal["value"].as_i64().unwrap_or_else(|| panic!("no value in {deal}"));
        assert_eq!(deal["custom_fields"][&self.worth].as_i64(), Some(worth), "{deal}");
        State { worth, won: deal["status"] == "won" }
    }
}

fn status(state: &State) -> &'static str {
    if state.won { "won" } else { "open" }
}

/// Every deal above a number, as v2 shows it.
pub(crate) fn deals_above(server: &Running, number: i64) -> BTreeMap<i64, Json> {
    let mut wire = Wire::connect(&server.address).expect("a connection");
    let mut deals = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v2/deals?sort_by=id&sort_direction=desc&limit=500{cursor}");
        let page = wire.ask("GET", &path, "").expect("an answer");
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        for deal in page["data"].as_array().expect("deals") {
            let id = deal["id"].as_i64().expect("a number");
            if id <= number {
                return deals;
            }
            assert!(deals.insert(id, deal.clone()).is_none(), "deal {id} came twice");
        }
        match page["additional_data"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return deals,
        }
    }
}

/// A 503 that a client can act on, that names its request, and that tells nothing of what is behind the server.
pub(crate) fn is_clear_refusal(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-correlation-id").map(str::len), Some(36), "{:?}", answer.headers);
    tells_nothing(&answer.json());
}

/// The body of a 503: what a client can do, where the operator finds more, and nothing else.
pub(crate) fn tells_nothing(body: &Json) {
    assert_eq!(body["success"], false, "{body}");
    assert!(body["error"].as_str().is_some_and(|e| e.contains("again")), "{body}");
    let text = body.to_string().to_lowercase();
    assert!(text.contains("x-correlation-id"), "{body}");
    for inside in ["sqlite", "postgres", "/tmp", ".db", "127.0.0.1", "fatal", "fault", TOKEN] {
        assert!(!text.contains(inside), "{inside} in {body}");
    }
}

/// The engine of a place, for people.
pub(crate) fn engine_of(place: &Place) -> &'static str {
    match place.home.settings() {
        Settings::Sqlite { .. } => "SQLite",
        Settings::Postgres { .. } => "Postgres",
    }
}
