//! What was imported is what the API gives.

use std::{collections::BTreeMap, time::Instant};

use serde_json::Value as Json;

use super::{Files, is_whole, matches, sample};
use crate::support::{Running, places};

/// Every record of a list of v1, page by page.
fn all(server: &Running, path: &str) -> Vec<Json> {
    let (mut records, mut start) = (Vec::new(), 0);
    loop {
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = server.get(&format!("{path}{mark}limit=500&start={start}")).json();
        records.extend(answer["data"].as_array().into_iter().flatten().cloned());
        let paging = &answer["additional_data"]["pagination"];
        if paging["more_items_in_collection"] != true {
            return records;
        }
        start = paging["next_start"].as_i64().expect("a start");
    }
}

#[test]
fn an_import_beside_a_running_server_gives_the_totals_of_the_files() {
    for place in places() {
        let server = place.serve(&[]);
        let files = sample();
        let begun = Instant::now();
        let said = files.imported(&place, &[]);
        eprintln!("imported {} deals in {:?}", files.totals.deals, begun.elapsed());
        assert!(said.contains(&format!("{} deals", files.totals.deals)) && said.contains("--undo"), "{said}");
        matches(&place, &files.totals);
        is_whole(&place);
        summaries(&server, &files);
        accounts(&server, &files);
        deals(&server, &files);
    }
}

fn summaries(server: &Running, files: &Files) {
    let totals = &files.totals;
    for (status, count) in [("won", totals.won), ("lost", totals.lost), ("open", totals.open)] {
        let summary = server.get(&format!("/v1/deals/summary?status={status}")).data();
        assert_eq!(summary["total_count"], count, "{status}");
        let value = if status == "won" { totals.won_value } else { 0 };
        assert_eq!(
            summary["values_total"]["USD"]["value"].as_f64(),
            Some(f64::from(i32::try_from(value).expect("a sum")))
        );
        assert_eq!(all(server, &format!("/v1/deals?status={status}")).len(), count, "{status}");
    }
}

fn accounts(server: &Running, files: &Files) {
    assert_eq!(server.get("/v1/users").data().as_array().expect("a list").len(), files.totals.users + 1);
    let organizations = all(server, "/v1/organizations");
    assert_eq!(organizations.len(), files.totals.organizations);
    let fields = all(server, "/v1/organizationFields");
    let field = |name: &str| fields.iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("{name}"));
    let sector = field("Sector");
    let label = |option: &Json| {
        let options = sector["options"].as_array().expect("a list");
        let id = option.as_str().map_or_else(|| option.as_i64(), |text| text.parse().ok());
        options.iter().find(|o| o["id"].as_i64() == id).map(|o| o["label"].as_str().expect("a text").to_owned())
    };
    let mut sectors: BTreeMap<String, usize> = BTreeMap::new();
    for organization in &organizations {
        let sector = label(&organization[sector["key"].as_str().expect("a text")]).expect("a sector");
        *sectors.entry(sector).or_default() += 1;
        let year = organization[field("Year established")["key"].as_str().expect("a text")].as_i64();
        assert!(year.is_some_and(|year| (1970..2020).contains(&year)), "{organization}");
        let place = organization["address"].as_str().expect("an tenant");
        assert_ne!(place, "Philipines");
    }
    assert!(!sectors.contains_key("technolgy") && sectors["technology"] > 0, "{sectors:?}");
    let v2 = server.get(&format!("/api/v2/organizations/{}", organizations[0]["id"])).data();
    assert!(v2["annual_revenue"].as_i64().is_some_and(|revenue| revenue > 0 && revenue % 10_000 == 0), "{v2}");
    assert!(v2["employee_count"].as_i64().is_some_and(|count| count > 0), "{v2}");
}

/// One deal of each stage, from its row to the API.
fn deals(server: &Running, files: &Files) {
    let text = std::fs::read_to_string(files.folder.join("sales_pipeline.csv")).expect("a file");
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.contains('"')).map(|line| line.split(',').collect()).collect();
    for stage in ["Won", "Lost", "Engaging", "Prospecting"] {
        let row = rows.iter().find(|row| row[4] == stage && !row[3].is_empty()).expect("a deal");
        one(server, stage, row);
    }
}

/// A day of the file as Pipedrive writes it.
fn day(text: &str) -> String {
    let parts: Vec<u32> = text.split('/').map(|p| p.parse().expect("a number")).collect();
    format!("{}-{:02}-{:02}", parts[2], parts[0], parts[1])
}

fn one(server: &Running, stage: &str, row: &[&str]) {
    let title = format!("{}: {}", row[3], row[2].replace("GTXPro", "GTX Pro"));
    let wanted = |deal: &Json| {
        let same_value = row[7].is_empty() || deal["value"].as_f64() == row[7].parse().ok();
        let same_day = row[5].is_empty() || deal["add_time"].as_str().is_some_and(|t| t.starts_with(&day(row[5])));
        deal["title"] == *title && deal["owner_name"] == row[1] && same_value && same_day
    };
    let status = match stage {
        "Won" => "won",
        "Lost" => "lost",
        _ => "open",
    };
    let listed = all(server, &format!("/v1/deals?status={status}"));
    let listed = listed.iter().find(|deal| wanted(deal)).unwrap_or_else(|| panic!("{row:?}"));
    let deal = server.get(&format!("/v1/deals/{}", listed["id"])).data();
    assert_eq!((&deal["org_name"], &deal["origin"]), (&row[3].into(), &"Import".into()));
    let stages = server.get(&format!("/v1/stages?pipeline_id={}", deal["pipeline_id"])).data();
    let at = |name: &str| {
        stages.as_array().expect("a list").iter().find(|s| s["name"] == name).expect("a stage")["id"].clone()
    };
    assert_eq!(deal["stage_id"], at(if stage == "Prospecting" { stage } else { "Engaging" }));
    let times = &deal["stay_in_pipeline_stages"]["times_in_stages"];
    let midnight = |text: &str| format!("{} 00:00:00", day(text));
    match status {
        "open" => assert!(deal["close_time"].is_null() && deal["won_time"].is_null() && deal["lost_time"].is_null()),
        closed => {
            for name in [format!("{closed}_time"), "close_time".to_owned()] {
                assert_eq!(deal[&name], midnight(row[6]), "{name}");
            }
            // The stay ended when the deal was closed, not today.
            let stay = times[at("Engaging").to_string()].as_i64().expect("a stay");
            let wanted = days(&day(row[6])) - days(&day(row[5]));
            assert_eq!(stay, wanted * 86_400, "{times}");
        }
    }
    if stage != "Prospecting" {
        assert_eq!(deal["add_time"], midnight(row[5]));
        assert_eq!(times[at("Prospecting").to_string()], 0, "{times}");
    }
}

/// Days since some day, of a date `YYYY-MM-DD`.
fn days(date: &str) -> i64 {
    penstock_model::time::parse(date).expect("a day") / penstock_model::time::DAY
}
