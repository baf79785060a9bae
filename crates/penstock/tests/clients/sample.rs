//! What was imported is what the official clients count and add up (`e2e/sample.test.mjs`).

use penstock_testing::{ran, say, variable};
use serde_json::{Value as Json, json};

use crate::{
    CLIENTS, engine,
    node::{Node, Run},
    support::{
        places,
        sample::{Totals, sample},
    },
};

/// The totals as the script reads them.
fn json(totals: &Totals) -> Json {
    json!({
        "users": totals.users,
        "organizations": totals.organizations,
        "subsidiaries": totals.subsidiaries,
        "deals": totals.deals,
        "won": totals.won,
        "won_value": totals.won_value,
        "lost": totals.lost,
        "open": totals.open,
        "without_organization": totals.without_organization,
        "two_spellings": totals.two_spellings,
    })
}

#[test]
fn the_official_clients_read_the_totals_of_imported_files_back() {
    let Some(node) = Node::find("an import read back by the official clients") else { return };
    let files = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let totals = folder.path().join("totals.json");
    std::fs::write(&totals, json(&files.totals).to_string()).expect("a file");
    let name = if variable("PENSTOCK_SAMPLE").is_some() { "the sample" } else { "made files" };
    for place in places() {
        let server = place.serve(&[]);
        files.imported(&place, &[]);
        for client in CLIENTS {
            assert_eq!(node.version_of(client.package), client.version);
            let mut command = node.toward(&server, "node");
            command.args(["--test", "--test-reporter=tap", "--test-name-pattern", client.version, "sample.test.mjs"]);
            command.env("PENSTOCK_TOTALS", &totals);
            let run = Run::of(command);
            let named = format!("an import read back by official client {} on {}", client.version, engine(&place));
            if !run.succeeded || run.passed < 7 {
                say(&run.failures());
                panic!("{named}: {} steps passed, see above", run.passed);
            }
            ran(&format!("{named}: {name}, {} steps, {:.1} s", run.passed, run.seconds));
        }
    }
}
