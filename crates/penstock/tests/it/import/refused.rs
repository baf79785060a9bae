//! Rows that can't be imported are refused with their lines and reasons; the others are not held up.

use super::{Files, MAP, id_of, is_whole, made, matches, number, text};
use crate::support::{Place, places};

/// Adds rows that must be refused; gives what the report says of each.
fn spoil(files: &Files, first_line: usize) -> Vec<String> {
    let rows: [(&[u8], &str); 12] = [
        (
            b"X1,Anna Snelling,GTX Pro,Account 2,Won,13/45/2016,3/1/2017,10",
            "engage_date,13/45/2016,must be a date, or a date and a time as M/D/YYYY",
        ),
        (
            b"X2,Anna Snelling,GTX Pro,No Such Firm,Won,10/20/2016,3/1/2017,10",
            "account,No Such Firm,no organization has this name",
        ),
        (
            b"X3,Nobody At All,GTX Pro,Account 2,Won,10/20/2016,3/1/2017,10",
            "sales_agent,Nobody At All,no user has this name",
        ),
        (
            b"X4,Anna Snelling,GTX Ultra,Account 2,Won,10/20/2016,3/1/2017,10",
            "product,GTX Ultra,the field has no option GTX Ultra",
        ),
        (
            b"X5,Anna Snelling,GTX Pro,Account 2,Sleeping,10/20/2016,3/1/2017,10",
            "deal_stage,Sleeping,is not in the value map",
        ),
        (b"X6,Anna Snelling,GTX Pro,Account 2,Won,10/20/2016,3/1/2017,a lot", "close_value,a lot,must be a number"),
        (b"X7,Anna Snelling,GTX Pro,Account 2,Won,10/20/2016,3/1/2017", ",,has 7 cells where the header has 8"),
        (b"X8,Anna Snelling,GTX Pro,Account \xff,Won,10/20/2016,3/1/2017,10", ",,is not UTF-8 text"),
        (b",Anna Snelling,GTX Pro,Account 2,Won,10/20/2016,3/1/2017,10", "opportunity_id,,the key of the row is blank"),
        (
            b"OP000003,Anna Snelling,GTX Pro,Account 2,Won,10/20/2016,3/1/2017,10",
            "opportunity_id,OP000003,line 5 has the same key",
        ),
        (
            b"X9,Anna Snelling,GTX Pro,Account 2,Engaging,10/20/2016,3/1/2017,10",
            "close_date,3/1/2017,can only be given for a deal that is won or lost",
        ),
        (
            b"X10,Anna Snelling,GTX Pro,Account 2,Won,3/2/2017,3/1/2017,10",
            "deal_stage,Won,the deal was closed before it entered this stage",
        ),
    ];
    let mut report = Vec::new();
    for (at, (row, reason)) in rows.iter().enumerate() {
        files.add("sales_pipeline.csv", row);
        report.push(format!("sales_pipeline.csv,{},{reason}", first_line + at));
    }
    report
}

/// The lines of a report, as they are without the quotes around some of their cells.
fn report(place: &Place, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(place.folder.path().join(name)).expect("a report");
    text.lines().skip(1).map(|line| line.replace('"', "")).collect()
}

#[test]
fn refused_rows_are_reported_alike_by_a_check_and_by_the_import() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let files = made(60);
        let expected = spoil(&files, 62);
        let events = number(&place, "SELECT event_seq FROM company WHERE id = 1");
        let checked = files.import(&place, &["--check"]);
        assert_eq!(checked.status.code(), Some(3), "{}", text(&checked.stderr));
        assert!(text(&checked.stdout).contains("12 would be refused"), "{}", text(&checked.stdout));
        assert!(text(&checked.stderr).contains("sales_pipeline.csv line 62, engage_date \"13/45/2016\""));
        assert_eq!(number(&place, "SELECT event_seq FROM company WHERE id = 1"), events, "nothing was written");
        assert_eq!(number(&place, "SELECT COUNT(*) FROM job WHERE kind = 'import'"), 0);
        let foreseen = report(&place, "import-check-refused.csv");
        let imported = files.import(&place, &["--report", "refused.csv"]);
        assert_eq!(imported.status.code(), Some(3), "{}", text(&imported.stderr));
        assert!(text(&imported.stdout).contains("12 refused"), "{}", text(&imported.stdout));
        let refused = report(&place, "refused.csv");
        // A row can have two reasons: the stage that is not there is no status either.
        let of = |report: &[String], line: usize| {
            let mark = format!("sales_pipeline.csv,{line},");
            report.iter().filter(|l| l.starts_with(&mark)).cloned().collect::<Vec<_>>()
        };
        for (at, expected) in expected.iter().enumerate() {
            let line = 62 + at;
            assert!(of(&refused, line).iter().any(|l| l.starts_with(expected)), "{expected}: {:?}", of(&refused, line));
            assert_eq!(of(&foreseen, line), of(&refused, line), "a check foresees what the import does");
        }
        matches(&place, &files.totals);
        is_whole(&place);
        assert_eq!(number(&place, "SELECT COUNT(*) FROM external_id WHERE company_id = 1"), 30 + 60);
    }
}

#[test]
fn a_wrong_mapping_is_refused_with_its_place_before_anything_is_written() {
    let place = Place::new(penstock_testing::Engine::Sqlite);
    place.say(&["company", "create", "TestCompany"]);
    let files = made(5);
    let map = std::fs::read_to_string(MAP).expect("the mapping");
    for (old, new, expected) in [
        (
            "organization = \"account\"",
            "organisation = \"account\"",
            "fields.organisation: deal has no field organisation",
        ),
        (
            "owner = \"sales_agent\"",
            "owner = \"agent\"",
            "names the column agent, which sales_pipeline.csv does not have",
        ),
        ("map = \"products\" }\n\n[tables.teams]", "map = \"goods\" }\n\n[tables.teams]", "value map goods"),
        ("file = \"products.csv\"", "file = \"goods.csv\"", "goods.csv, which is not among"),
        ("dates = \"M/D/YYYY\"", "dates = \"MM.DD\"", "MM.DD is no form of dates"),
        ("type = \"double\"", "type = \"float\"", "Year established of organization: the type must be one of"),
        ("object = \"user\"", "object = \"robot\"", "rows 1 (sales_teams.csv, robot): object must be one of"),
        ("on_new = \"refuse\"", "on_new = \"reject\"", "on_new"),
        ("value = \"close_value\"", "value = { column = \"close_value\", times = \"ten\" }", "times = ten"),
        ("[{account}: ]", "[{account}: ", "[ without a ]"),
        (
            "created_time = \"engage_date\"",
            "add_time = \"engage_date\"\ncreated_time = \"engage_date\"",
            "are the same field",
        ),
        ("value = \"close_value\"", "won_deals_count = \"close_value\"", "won_deals_count"),
    ] {
        assert!(map.contains(old), "{old}");
        let path = place.folder.path().join("map.toml");
        std::fs::write(&path, map.replacen(old, new, 1)).expect("a mapping");
        let complaint = place.complaint(&["import", "csv", "--map", "map.toml", files.path()]);
        assert!(complaint.contains(expected), "{new}: {complaint}");
    }
    assert_eq!(number(&place, "SELECT COUNT(*) FROM job WHERE kind = 'import'"), 0);
    for (args, expected) in [
        (&["--undo", "nothing"][..], "has no import nothing"),
        (&["--map", MAP, files.path(), "--import-id", "a b"], "can't be the id"),
        (&["--map", MAP, files.path(), "--company", "Elsewhere"], "no company is called Elsewhere"),
        (&["--map", "nowhere.toml", files.path()], "nowhere.toml"),
    ] {
        let complaint = place.complaint(&[&["import", "csv"], args].concat());
        assert!(complaint.contains(expected), "{complaint}");
    }
    let said = files.imported(&place, &["--import-id", "first"]);
    assert_eq!(id_of(&said), "first");
}
