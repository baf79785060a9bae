//! The review of Pipedrive's API, as tests: what it found on the Pipedrive face, the repair on the Virtual API, and the
//! page that names both.

mod findings;
mod page;
mod table;

use serde_json::Value as Json;

use crate::support::{Place, Running, places};

/// A server with an organization, a person, a deal, an activity and a note, as a connector would find them.
pub(crate) struct Shop {
    server: Running,
    place: Place,
    pub(crate) organization: i64,
    pub(crate) person: i64,
    pub(crate) deal: i64,
    pub(crate) activity: i64,
    pub(crate) note: i64,
}

/// One on every engine that is there.
pub(crate) fn shops() -> Vec<Shop> {
    places().into_iter().map(Shop::open).collect()
}

impl Shop {
    fn open(place: Place) -> Self {
        let server = place.serve(&[]);
        let made = |path: &str, body: String| server.post(path, &body).data()["id"].as_i64().expect("an id");
        let organization = made("/v1/organizations", r#"{"name": "Marsh Mills"}"#.to_owned());
        let person = made("/v1/persons", format!(r#"{{"name": "Ada Marsh", "org_id": {organization}}}"#));
        let deal = made(
            "/v1/deals",
            format!(r#"{{"title": "Twelve pumps", "org_id": {organization}, "person_id": {person}}}"#),
        );
        let activity = made(
            "/v1/activities",
            format!(
                r#"{{"subject": "Call back", "due_date": "2026-03-02", "due_time": "09:30", "duration": "01:00",
                "deal_id": {deal}, "org_id": {organization}, "participants": [{{"person_id": {person},
                    "primary_flag": true}}]}}"#
            ),
        );
        let note = made(
            "/v1/notes",
            format!(r#"{{"content": "Asked for an offer.", "deal_id": {deal}, "org_id": {organization}}}"#),
        );
        Self { server, place, organization, person, deal, activity, note }
    }

    /// The data of a success of the Pipedrive face.
    pub(crate) fn data(&self, path: &str) -> Json {
        self.server.get(path).data()
    }

    /// The fields that an operation lists, by key.
    pub(crate) fn fields(&self, path: &str) -> Vec<Json> {
        self.data(&format!("{path}?limit=500")).as_array().expect("a list").clone()
    }
}
