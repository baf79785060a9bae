//! What stands in cells, in the spellings that people and spreadsheets give it.

use serde_json::Value as Json;

use super::text;
use crate::support::{Place, Running, places};

fn write(place: &Place, name: &str, text: &str) {
    std::fs::write(place.folder.path().join(name), text).expect("a file");
}

fn list(server: &Running, path: &str) -> Vec<Json> {
    server.get(path).data().as_array().cloned().unwrap_or_default()
}

const DEALS: &str = r#"
source = "s"
[format]
delimiter = ";"
decimal = ","
timezone = "Europe/Berlin"
dates = ["D.M.YYYY"]
[[fields]]
object = "deal"
name = "Lead  Source"
type = "enum"
options = ["Trade fair", "Web"]
[[fields]]
object = "deal"
name = "Hours"
type = "timerange"
[[pipelines]]
name = "Large Orders"
stages = ["First Talk", "Offer"]
[[rows]]
file = "deals.csv"
object = "deal"
key = "no"
[rows.fields]
title = "title"
value = "value"
currency = "currency"
status = "status"
visible_to = "visible"
organization = "firm"
owner = "owner"
pipeline = { value = "large orders" }
stage = "stage"
created_time = "made"
closed_time = "closed"
"lead source" = { column = "source", map = { "?" = "Nonsense" }, other = "keep", missing = "blank" }
Hours = { column = "hours", split = "-" }
"#;

#[test]
fn words_are_understood_in_any_case_and_names_with_any_blanks() {
    for place in places() {
        let server = place.serve(&[]);
        assert_eq!(server.post("/v1/organizations", r#"{"name":"Acme  Pumps"}"#).data()["id"], 1);
        assert_eq!(server.post("/v1/organizations", "{\"name\":\"Blue\u{a0}River\"}").data()["id"], 2);
        let admin = server.get("/v1/users/me").data()["name"].as_str().expect("a name").to_owned();
        let admin = admin.to_uppercase().replace(' ', "\u{a0} ");
        write(&place, "map.toml", DEALS);
        let header = "no;title;value;currency;status;visible;firm;owner;stage;made;closed;source;hours\n";
        let rows = format!(
            "1;Pump;1\u{202f}234,50 €;eur;Won;owner;ACME\u{a0}Pumps;{admin};first\u{2009}talk;\
             1.3.2024 1:45\u{202f}PM;2.3.2024;trade\u{a0}FAIR;9:00 - 5:30 p.m.\n\
             2;Filter;-12,5;EUR;OPEN;Entire company;blue  river;;OFFER;;;?;\n\
             3;Service;;;Lost;3;;;Offer;1.3.2024;2.3.2024 17:30;;\n"
        );
        write(&place, "deals.csv", &format!("{header}{rows}"));
        place.say(&["import", "csv", "--map", "map.toml", "."]);
        let deals = list(&server, "/v1/deals?sort=id");
        for (at, wanted) in [
            ["1234.5", "EUR", "won", "1", "2024-03-01 12:45:00", "2024-03-01 23:00:00"],
            ["-12.5", "EUR", "open", "3", "", "null"],
            ["0", "EUR", "lost", "3", "2024-02-29 23:00:00", "2024-03-02 16:30:00"],
        ]
        .iter()
        .enumerate()
        {
            let names = ["value", "currency", "status", "visible_to", "add_time", "close_time"];
            for (name, wanted) in names.iter().zip(wanted) {
                let found = deals[at][name].to_string();
                assert!(wanted.is_empty() || found.trim_matches('"') == *wanted, "{at} {name}: {found}");
            }
        }
        assert_eq!((&deals[0]["org_name"], &deals[1]["org_id"]["value"]), (&"Acme  Pumps".into(), &2.into()));
        let fields = list(&server, "/v1/dealFields");
        let key = |name: &str| fields.iter().find(|f| f["name"] == name).expect("the field")["key"].clone();
        let (source, hours) = (key("Lead  Source"), key("Hours"));
        let (source, hours) = (source.as_str().expect("a key"), hours.as_str().expect("a key"));
        assert!(!deals[0][source].is_null() && deals[1][source].is_null(), "{}", deals[0]);
        let until = format!("{hours}_until");
        assert_eq!((&deals[0][hours], &deals[0][until.as_str()]), (&"09:00:00".into(), &"17:30:00".into()));
    }
}

const ACTIVITIES: &str = r#"
source = "s"
[format]
timezone = "America/New_York"
dates = ["M/D/YYYY"]
[[rows]]
file = "calendar.csv"
object = "activity"
key = "Subject"
[rows.fields]
subject = "Subject"
type = "Categories"
due_date = "Start Date"
due_time = "Start Time"
duration = "Length"
is_done = "Done"
"#;

#[test]
fn a_calendar_as_outlook_writes_it_is_read() {
    for place in places() {
        let server = place.serve(&[]);
        write(&place, "map.toml", ACTIVITIES);
        let rows = "\"Subject\",\"Categories\",\"Start Date\",\"Start Time\",\"Length\",\"Done\"\r\n\
                    \"Talk\",\"CALL\",\"7/1/2024\",\"9:30:00 PM\",\"PT1H30M\",\"False\"\r\n\
                    \"Lunch\",\"Lunch\",\"7/1/2024\",\"\",\"\",\"True\"\r\n\
                    \"Visit\",\"meeting\",\"7/1/2024\",\"08:00\",\"0:45\",\"\"\r\n\
                    \"Dance\",\"Tango\",\"7/1/2024\",\"13:45 PM\",\"90\",\"perhaps\"\r\n";
        write(&place, "calendar.csv", rows);
        let output = place.run(&["import", "csv", "--map", "map.toml", "."]);
        let complaints = text(&output.stderr);
        for expected in [
            "Start Time \"13:45 PM\": must be a time of day as 13:45, 13:45:10 or 1:45 PM",
            "Length \"90\": must be a span of time as 1:30, 1h 30m, 90 min or PT1H30M",
            "Done \"perhaps\": must be yes or no, true or false, 1 or 0",
        ] {
            assert!(complaints.contains(expected), "{expected}\n{complaints}");
        }
        let activities = list(&server, "/v1/activities?sort=id");
        let seen =
            |at: usize| ["type", "due_date", "due_time", "duration", "done"].map(|name| activities[at][name].clone());
        assert_eq!(seen(0), ["call".into(), "2024-07-02".into(), "01:30".into(), "01:30".into(), Json::Bool(false)]);
        assert_eq!(seen(1)[..3], ["lunch".into(), "2024-07-01".into(), Json::from("")]);
        assert_eq!(seen(2)[..4], ["meeting", "2024-07-01", "12:00", "00:45"].map(Json::from));
        write(&place, "calendar.csv", "Subject,Categories,Start Date,Start Time,Length,Done\nDance,Tango,,,,\n");
        let complaints = text(&place.run(&["import", "csv", "--map", "map.toml", "."]).stderr);
        assert!(complaints.contains("must be the key or name of an activity type, as call, meeting"), "{complaints}");
    }
}
