//! Pipedrive's official Node clients tell their stories (`e2e/`) to the real server: on SQLite always, on Postgres when
//! `PENSTOCK_TEST_POSTGRES` names a server.
//!
//! With `PENSTOCK_RECORD` set to a file, every answer is written there and held against what the clients declare.

mod node;
#[expect(dead_code, unused_imports, reason = "shared with the tests of the executable, which use all of it")]
#[path = "../it/support/mod.rs"]
mod support;

use std::path::PathBuf;

use penstock_store::Settings;
use penstock_testing::{say, variable};

use node::{Node, Run};
use support::{Place, TOKEN, places};

/// The file that `PENSTOCK_RECORD` names; a relative name counts from the workspace.
fn record() -> Option<PathBuf> {
    variable("PENSTOCK_RECORD").map(|path| node::workspace().join(path))
}

#[test]
fn the_official_clients_tell_their_sales_stories() {
    let Some(node) = Node::find() else { return };
    let record = record();
    if let Some(path) = &record {
        std::fs::write(path, "").expect("PENSTOCK_RECORD names a file that can be written");
    }
    let mut failed = Vec::new();
    for place in places() {
        let told = tell(&node, &place, record.as_deref());
        let engine = match place.home.settings() {
            Settings::Sqlite { .. } => "SQLite",
            Settings::Postgres { .. } => "Postgres",
        };
        let clients = node.clients();
        if told.succeeded && told.passed > 100 {
            say(&format!("official clients {clients} told their stories on {engine}: {} steps passed", told.passed));
        } else {
            say(&format!("{}\n{clients} on {engine}: {} steps passed", told.failures(), told.passed));
            failed.push(engine);
        }
    }
    if let Some(path) = record {
        let answers = path.to_str().expect("a path");
        let folder = tempfile::tempdir().expect("a folder");
        let schemas = folder.path().join("schemas.json");
        let schemas = schemas.to_str().expect("a path");
        node.must("node", &["declarations/derive.mjs", schemas]);
        let check = node.must("node", &["declarations/check.mjs", schemas, answers]);
        say(&format!("answers held against the clients' declarations: {}", check.output.trim_end()));
    }
    assert!(failed.is_empty(), "the stories failed on {failed:?}: see above");
}

/// Tells both stories to a fresh server.
fn tell(node: &Node, place: &Place, record: Option<&std::path::Path>) -> Run {
    let server = place.serve(&[]);
    let mut command = node.command("node");
    command.args(["--test", "--test-reporter=tap", "story-v2.test.mjs", "story-v1.test.mjs"]);
    command.env("PENSTOCK_URL", format!("http://{}", server.address)).env("PENSTOCK_TOKEN", TOKEN);
    if let Some(path) = record {
        command.env("PENSTOCK_RECORD", path);
    }
    Run::of(command)
}

#[test]
fn the_check_of_the_clients_declarations_finds_what_it_should() {
    let Some(node) = Node::find() else { return };
    let run = node.must("npm", &["run", "--silent", "declarations"]);
    assert!(run.passed > 5, "{}", run.output);
}
