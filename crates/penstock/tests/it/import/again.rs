//! Importing the same files again changes nothing; importing changed ones changes what differs.

use super::{is_whole, made, matches, number};
use crate::support::places;

const EVENTS: &str = "SELECT event_seq FROM company WHERE id = 1";
const STAYS: &str = "SELECT MAX(id) FROM deal_stage_visit WHERE company_id = 1";

#[test]
fn the_same_files_again_change_nothing() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let files = made(200);
        files.imported(&place, &[]);
        let before = (number(&place, EVENTS), number(&place, STAYS));
        let said = files.imported(&place, &[]);
        assert!(said.contains("as they were") && !said.contains("made"), "{said}");
        assert_eq!((number(&place, EVENTS), number(&place, STAYS)), before);
        matches(&place, &files.totals);
        let checked = files.imported(&place, &["--check"]);
        assert!(checked.contains("have a record") && !checked.contains("refused"), "{checked}");
    }
}

#[test]
fn changed_files_change_what_differs() {
    for place in places() {
        let server = place.serve(&[]);
        let files = made(200);
        files.imported(&place, &[]);
        let text = std::fs::read_to_string(files.folder.join("sales_pipeline.csv")).expect("a file");
        let open = text.lines().find(|line| line.ends_with("Engaging,,") || line.contains(",Engaging,"));
        let open = open.expect("an open deal");
        let cells: Vec<&str> = open.split(',').collect();
        let engaged = cells[cells.len() - 3];
        let won = open.replace(&format!("Engaging,{engaged},,"), &format!("Won,{engaged},12/31/2017,777"));
        files.edit("sales_pipeline.csv", open, &won);
        files.add("sales_pipeline.csv", b"NEW1,Anna Snelling,MG Special,,Prospecting,,,");
        let events = number(&place, EVENTS);
        let said = files.imported(&place, &[]);
        assert!(said.contains("1 made, 1 changed"), "{said}");
        // One deal changed; one came, with its follower and its external id.
        assert_eq!(number(&place, EVENTS), events + 4);
        let winners = server.get("/v1/deals?status=won&sort=update_time%20DESC&limit=1").data();
        assert_eq!((&winners[0]["value"], &winners[0]["won_time"]), (&777.into(), &"2017-12-31 00:00:00".into()));
        is_whole(&place);
    }
}
