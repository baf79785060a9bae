//! An import that is killed goes on where it stopped, as often as it takes.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use super::{Files, MAP, id_of, is_whole, made, matches, number};
use crate::support::{Place, places};

/// Starts a command of the import and kills it when it says that it is at `share` percent.
fn kill_at(place: &Place, args: &[&str], share: i64) {
    let mut command = place.command(&[&["import", "csv"], args].concat());
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let lines = BufReader::new(child.stderr.take().expect("stderr")).lines().map_while(Result::ok);
    for line in lines {
        let percent = line.split(", ").nth(1).and_then(|p| p.strip_suffix('%')?.parse::<i64>().ok());
        if percent.is_some_and(|percent| percent >= share) {
            break;
        }
    }
    // On Unix this is SIGKILL.
    child.kill().expect("killed");
    child.wait().expect("gone");
}

fn begin(files: &Files) -> [&str; 3] {
    ["--map", MAP, files.path()]
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_stopped() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let files = made(1500);
        let mut last = 0;
        for share in [10, 40, 70] {
            kill_at(&place, &begin(&files), share);
            let deals = number(&place, "SELECT COUNT(*) FROM deal WHERE company_id = 1");
            assert!(deals > last && deals < 1500, "{last}, {deals} at {share}%");
            last = deals;
            let counted = "SELECT COUNT(*) FROM job WHERE kind = 'import' AND state = 'running' \
                           AND cursor LIKE '%\"same\":0,%' AND cursor LIKE '%\"refused\":0%'";
            assert_eq!(number(&place, counted), 1, "what is counted is what is there");
            is_whole(&place);
        }
        let said = files.imported(&place, &[]);
        assert!(said.contains("goes on behind row"), "{said}");
        assert_eq!(number(&place, "SELECT COUNT(*) FROM job WHERE kind = 'import'"), 1);
        matches(&place, &files.totals);
        is_whole(&place);
        let again = files.imported(&place, &["--import-id", &id_of(&said)]);
        assert!(again.contains("is finished"), "what is finished stays so: {again}");
    }
}

#[test]
fn an_interrupted_import_does_not_go_on_with_other_files() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let files = made(600);
        kill_at(&place, &[&begin(&files)[..], &["--import-id", "mine"]].concat(), 30);
        files.edit("sales_pipeline.csv", "OP000001", "OP999999");
        let refused = place.complaint(&[&["import", "csv"], &begin(&files)[..], &["--import-id", "mine"]].concat());
        assert!(refused.contains("other files") && refused.contains("--undo mine"), "{refused}");
        files.edit("sales_pipeline.csv", "OP999999", "OP000001");
        files.imported(&place, &["--import-id", "mine"]);
        matches(&place, &files.totals);
    }
}

#[test]
fn an_interrupted_import_is_undone_and_an_interrupted_undoing_goes_on() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let files = made(1000);
        kill_at(&place, &[&begin(&files)[..], &["--import-id", "mine"]].concat(), 60);
        kill_at(&place, &["--undo", "mine"], 30);
        let left = number(&place, "SELECT COUNT(*) FROM import_record");
        let deals = number(&place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE");
        assert!(left > deals && deals > 0, "{left} {deals}");
        let refused = place.complaint(&[&["import", "csv"], &begin(&files)[..], &["--import-id", "mine"]].concat());
        assert!(refused.contains("undoing"), "{refused}");
        place.say(&["import", "csv", "--undo", "mine"]);
        assert_eq!(number(&place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE"), 0);
        is_whole(&place);
        files.imported(&place, &[]);
        matches(&place, &files.totals);
    }
}
