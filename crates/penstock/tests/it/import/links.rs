//! What a mapping can say: links, options, blanks, and what becomes of rows whose records are there or not.

use serde_json::Value as Json;

use super::{is_whole, text};
use crate::support::{Place, Running, places};

fn write(place: &Place, name: &str, text: &str) {
    std::fs::write(place.folder.path().join(name), text).expect("a file");
}

fn import(place: &Place) -> String {
    place.say(&["import", "csv", "--map", "map.toml", "."])
}

fn list(server: &Running, path: &str) -> Vec<Json> {
    server.get(path).data().as_array().cloned().unwrap_or_default()
}

const PEOPLE: &str = r#"
source = "s"
[format]
blank = ["-"]
[[fields]]
object = "person"
name = "Interests"
type = "set"
options = ["tea"]
[[rows]]
file = "people.csv"
object = "person"
key = "no"
[rows.fields]
name = { column = "name", required = true }
owner = { column = "owner", missing = "create", email = "{owner|slug}@example.com" }
organization = { column = "firm", missing = "create" }
phones = { column = "phones", split = "/" }
Interests = { column = "interests", split = "+", missing = "create" }
job_title = { column = "job", default = "none", blank = "clear" }
birthday = { column = "born", blank = "clear", dates = ["D.M.YYYY", "%d %B %Y"] }
"#;

#[test]
fn rows_make_what_they_refer_to_when_the_mapping_says_so() {
    for place in places() {
        let server = place.serve(&[]);
        write(&place, "map.toml", PEOPLE);
        let header = "no,name,owner,firm,phones,interests,job,born\n";
        let first = "1,Ann Lee,Zoe O'Hara,Acme,12 / 34,tea+Coffee,-,1.2.1980\n\
                     2,Bob Ray,zoe o'hara,ACME,-,coffee,Chef,3 March 1981\n";
        write(&place, "people.csv", &format!("{header}{first}"));
        let checked = place.say(&["import", "csv", "--map", "map.toml", "--check", "."]);
        assert!(checked.contains("2 would be made"), "{checked}");
        let said = import(&place);
        assert!(said.contains("made: 1 custom field, 1 organization, 1 user, 2 persons"), "{said}");
        let users = list(&server, "/v1/users");
        assert_eq!(users[1]["email"], "zoe.o.hara@example.com");
        let people = list(&server, "/v1/persons?sort=id");
        assert_eq!((&people[0]["org_name"], &people[0]["owner_name"]), (&"Acme".into(), &"Zoe O'Hara".into()));
        assert_eq!(people[0]["phone"].as_array().map(Vec::len), Some(2), "{}", people[0]);
        let second = server.get("/api/v2/persons/2").data();
        let options = list(&server, "/v1/personFields");
        let interests = options.iter().find(|f| f["name"] == "Interests").expect("the field");
        let labels: Vec<&str> =
            interests["options"].as_array().expect("options").iter().filter_map(|o| o["label"].as_str()).collect();
        assert_eq!(labels, ["tea", "Coffee"], "an option is added once");
        assert_eq!((&second["job_title"], &second["birthday"]), (&"Chef".into(), &"1981-03-03".into()));
        // A blank clears what it was told to clear, and leaves the rest.
        write(&place, "people.csv", &format!("{header}2,Bob Ray,-,-,-,-,-,-\n"));
        assert!(import(&place).contains("1 changed"));
        let second = server.get("/api/v2/persons/2").data();
        assert_eq!((&second["job_title"], &second["birthday"]), (&"none".into(), &Json::Null), "{second}");
        assert_eq!(second["org_id"], people[1]["org_id"]["value"], "{second}");
        is_whole(&place);
    }
}

const DEALS: &str = r#"
source = "s"
[maps.kinds]
Visit = "meeting"
[[rows]]
file = "deals.csv"
object = "deal"
key = "no"
on_match = "ON_MATCH"
on_new = "ON_NEW"
[rows.fields]
title = "title"
owner = { column = "mail", by = "email", missing = "blank" }
organization = { column = "firm", by = "id" }
[[rows]]
file = "deals.csv"
object = "activity"
when = "did"
[rows.fields]
subject = { template = "{did} for {title}" }
type = { column = "did", map = "kinds" }
deal = { column = "no", by = "key" }
due_date = "on"
is_done = { value = true }
"#;

#[test]
fn rows_are_told_apart_by_whether_their_records_are_there() {
    for place in places() {
        let server = place.serve(&[]);
        assert_eq!(server.post("/v1/organizations", r#"{"name":"Acme"}"#).data()["id"], 1);
        let header = "no,title,mail,firm,did,on\n";
        let rows = "a,First,ADMIN@example.com,1,Visit,2024-05-06\nb,Second,nobody@example.com,1,,\n";
        write(&place, "deals.csv", &format!("{header}{rows}"));
        let map = |on_match: &str, on_new: &str| {
            write(&place, "map.toml", &DEALS.replace("ON_MATCH", on_match).replace("ON_NEW", on_new));
        };
        map("refuse", "create");
        let said = import(&place);
        assert!(said.contains("3 made, 1 passed over") && said.contains("2 deals, 1 activity"), "{said}");
        let activity = server.get("/v1/activities/1").data();
        assert_eq!((&activity["type"], &activity["done"]), (&"meeting".into(), &true.into()));
        assert_eq!((&activity["subject"], &activity["deal_id"]), (&"Visit for First".into(), &1.into()));
        // Without its activity: a row without a key is a new record every time.
        let changed = "a,Changed,-,1,,\nc,Third,admin@example.com,1,,\n";
        write(&place, "deals.csv", &format!("{header}{changed}"));
        for (on_match, on_new, expected) in [
            ("skip", "skip", "4 passed over"),
            ("update", "skip", "1 changed, 3 passed over"),
            ("skip", "create", "1 made, 3 passed over"),
        ] {
            map(on_match, on_new);
            let said = import(&place);
            assert!(said.contains(expected), "{on_match} {on_new}: {said}");
        }
        assert_eq!(server.get("/v1/deals/1").data()["title"], "Changed");
        assert_eq!(server.get("/v1/deals/3").data()["title"], "Third");
        map("refuse", "refuse");
        let wrong = "a,Again,-,1,,\nd,Fourth,-,1,,\ne,Fifth,-,7,Dance,\nf,Sixth,-,x,Visit,-\n";
        write(&place, "deals.csv", &format!("{header}{wrong}"));
        let refused = place.run(&["import", "csv", "--map", "map.toml", "."]);
        assert_eq!(refused.status.code(), Some(3));
        let complaints = text(&refused.stderr);
        for expected in [
            "line 2: a record was made from a row with this key already",
            "line 3: no record was made from a row with this key",
            "did \"Dance\": must be the key or name of an activity type",
            "no \"e\": no deal was made from a row with this key",
            "line 5, firm \"x\": must be the number of the organization",
            "line 5, on \"-\": must be a date as YYYY-MM-DD",
        ] {
            assert!(complaints.contains(expected), "{expected}\n{complaints}");
        }
        is_whole(&place);
    }
}
