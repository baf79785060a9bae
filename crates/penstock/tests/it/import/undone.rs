//! Undoing deletes what the import made, and nothing else.

use super::{id_of, is_whole, made, matches, number};
use crate::support::places;

#[test]
fn an_import_is_undone_by_its_id_and_can_be_done_again() {
    for place in places() {
        let server = place.serve(&[]);
        let files = made(120);
        // What is there before: a record of ours, and one that the import will find.
        let ours = server.post("/v1/organizations", r#"{"name":"Ours"}"#).data()["id"].clone();
        let user = ["user", "add", "--company", "1", "--name", "Zane Levy", "--email", "zane.levy@example.com"];
        place.say(&user);
        let id = id_of(&files.imported(&place, &[]));
        matches(&place, &super::Totals { organizations: files.totals.organizations + 1, ..files.totals.clone() });
        // Ours uses a field that the import made.
        let fields = server.get("/v1/organizationFields").data();
        let year =
            fields.as_array().expect("a list").iter().find(|f| f["name"] == "Year established").expect("the field");
        let body = format!("{{\"{}\":1999}}", year["key"].as_str().expect("a text"));
        assert_eq!(server.ask("PUT", &format!("/v1/organizations/{ours}"), &body).status, 200);
        let said = place.say(&["import", "csv", "--undo", &id]);
        assert!(said.contains("120 deals") && said.contains("Year established is used by other records"), "{said}");
        assert_eq!(number(&place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE"), 0);
        let left = server.get("/v1/organizations").data();
        assert_eq!(left.as_array().expect("a list").len(), 1, "{left}");
        let pipelines = server.get("/v1/pipelines").data();
        assert_eq!(pipelines.as_array().expect("a list").len(), 1, "{pipelines}");
        let custom =
            "SELECT COUNT(*) FROM custom_field WHERE company_id = 1 AND built_in = FALSE AND is_deleted = FALSE";
        assert_eq!(number(&place, custom), 1);
        let active = "SELECT COUNT(*) FROM \"user\" WHERE company_id = 1 AND is_active = TRUE";
        assert_eq!(number(&place, active), 2, "the admin and the one who was there");
        assert!(place.say(&["import", "csv", "--undo", &id]).contains("already"));
        is_whole(&place);
        let second = id_of(&files.imported(&place, &[]));
        assert_ne!(id, second);
        matches(&place, &super::Totals { organizations: files.totals.organizations + 1, ..files.totals.clone() });
    }
}
