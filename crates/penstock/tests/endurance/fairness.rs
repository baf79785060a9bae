//! Long reads of one company beside long reads of another.

use std::time::Duration;

use penstock_store::Settings;
use postgres::{Client, NoTls};
use rusqlite::Connection;

use crate::{
    attack::{Other, withstand_beside},
    support::{Place, places, token_in},
    wire::Wire,
};

/// Reads that are asked for at once.
const GREED: usize = 16;
/// What is read: it looks at every deal.
const SUMMARY: &str = "/v1/deals/summary";
/// Deals of the greedy company and of the other: more than are summed up inline.
const MANY: usize = 60_000;
const SOME: usize = 15_000;

/// Copies the first deal of a company so often, past the server.
fn multiply(place: &Place, company: i64, times: usize) {
    let number = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <";
    let copy = |columns: &[String]| {
        let names = columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let values = columns.iter().map(|name| match name.as_str() {
            "id" | "rowid" => format!("d.{name} + n.i"),
            _ => format!("d.\"{name}\""),
        });
        let values = values.collect::<Vec<_>>().join(", ");
        format!(
            "{number} {times}) INSERT INTO deal ({names}) SELECT {values} FROM deal d, n \
             WHERE d.company_id = {company} AND d.id = 1"
        )
    };
    match place.home.settings() {
        Settings::Sqlite { file, .. } => {
            let connection = Connection::open(file).expect("it opens");
            connection.execute_batch("PRAGMA busy_timeout=5000").expect("a pragma");
            let mut names = connection.prepare("SELECT name FROM pragma_table_info('deal')").expect("a statement");
            let names = names.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name"));
            connection.execute_batch(&copy(&names.collect::<Vec<String>>())).expect("copied");
        }
        Settings::Postgres { url } => {
            let mut client = Client::connect(&url, NoTls).expect("a connection");
            let ask = "SELECT column_name FROM information_schema.columns WHERE table_name = 'deal'";
            let names = client.query(ask, &[]).expect("names");
            let names: Vec<String> = names.iter().map(|row| row.get(0)).collect();
            client.batch_execute(&format!("{}; ANALYZE deal", copy(&names))).expect("copied");
        }
    }
}

#[test]
fn the_long_reads_of_one_company_do_not_hold_up_those_of_another() {
    for place in places() {
        let server = place.serve(&[]);
        let deal = r#"{"title":"One of many","value":5}"#;
        assert_eq!(server.post("/v1/deals", deal).status, 201);
        let token = token_in(&place.say(&["company", "create", "Other"]));
        assert_eq!(crate::support::ask(&server.address, "POST", "/v1/deals", &token, deal).status, 201);
        multiply(&place, 1, MANY);
        multiply(&place, 2, SOME);
        let other = Other::reading(&server.address, token, SUMMARY, 40, Duration::from_millis(200));
        withstand_beside(other, "long reads", &place, &server, || {
            std::thread::scope(|scope| {
                for _ in 0..GREED {
                    scope.spawn(|| {
                        let mut wire = Wire::connect(&server.address).expect("a connection");
                        let answer = wire.ask("GET", SUMMARY, "").expect("an answer");
                        assert!(matches!(answer.status, 200 | 503), "{}", answer.text());
                        if answer.status == 503 {
                            assert!(answer.header("retry-after").is_some(), "{:?}", answer.headers);
                        }
                    });
                }
            });
        });
    }
}
