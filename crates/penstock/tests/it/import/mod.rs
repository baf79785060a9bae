//! `penstock import csv`, with the mapping file that the project ships.

mod again;
mod files;
mod guide;
mod interrupted;
mod links;
mod refused;
mod totals;
mod undone;
mod words;

use penstock_store::{Conn, Database, one_int};

use crate::support::{
    Place,
    sample::{Files, MAP, Totals, made, sample},
};

/// The id of the import that said this.
fn id_of(said: &str) -> String {
    let rest = said.split("--undo ").nth(1).unwrap_or_else(|| panic!("no id in {said}"));
    rest.split('`').next().expect("an id").to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The whole number that a statement gives.
fn number(place: &Place, sql: &'static str) -> i64 {
    let settings = place.home.settings();
    // The Postgres client blocks, so all of it gets a thread of its own.
    let ask = move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let database = Database::connect(&settings).expect("the records");
        runtime.block_on(async {
            let read = database.read(move |conn: &mut dyn Conn| one_int(conn, sql, &[])).await;
            database.close().await;
            read.expect("an answer").unwrap_or(0)
        })
    };
    std::thread::spawn(ask).join().expect("an answer")
}

/// Checks that events have no gaps, and that no record has two of the same kind of row.
fn is_whole(place: &Place) {
    let gaps = "SELECT MAX(seq) - COUNT(*) FROM event WHERE company_id = 1";
    assert_eq!(number(place, gaps), 0, "events have no gaps");
    let behind =
        "SELECT c.event_seq - (SELECT MAX(seq) FROM event e WHERE e.company_id = 1) FROM company c WHERE id = 1";
    assert_eq!(number(place, behind), 0);
    let open = "SELECT COUNT(*) FROM deal d WHERE company_id = 1 AND 1 <> (SELECT COUNT(*) FROM deal_stage_visit v \
                WHERE v.company_id = 1 AND v.deal_id = d.id AND v.stage_id = d.stage_id AND v.left_at IS NULL)";
    assert_eq!(number(place, open), 0, "each deal is in one stage");
}

/// Checks that the records are those of the files.
fn matches(place: &Place, totals: &Totals) {
    let is = Totals {
        // The admin was there before.
        users: count(place, "SELECT COUNT(*) - 1 FROM \"user\" WHERE company_id = 1 AND is_active = TRUE"),
        organizations: count(place, "SELECT COUNT(*) FROM organization WHERE company_id = 1 AND is_deleted = FALSE"),
        subsidiaries: count(
            place,
            "SELECT COUNT(*) FROM field_value v JOIN custom_field f ON f.company_id = 1 AND f.id = v.field \
             WHERE v.company_id = 1 AND f.name = 'Parent company' AND f.is_deleted = FALSE",
        ),
        deals: count(place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE"),
        won: count(place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND status = 'won'"),
        won_value: number(
            place,
            "SELECT CAST(SUM(value) / 10000 AS BIGINT) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND status = 'won'",
        ),
        lost: count(place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND status = 'lost'"),
        open: count(place, "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND status = 'open'"),
        without_organization: count(
            place,
            "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND org_id IS NULL",
        ),
        two_spellings: count(
            place,
            "SELECT COUNT(*) FROM deal WHERE company_id = 1 AND is_deleted = FALSE AND title LIKE '%GTX Pro'",
        ),
    };
    assert_eq!(&is, totals);
}

fn count(place: &Place, sql: &'static str) -> usize {
    usize::try_from(number(place, sql)).expect("a count")
}
