//! What people write for Node, against the real server: Pipedrive's official clients run their scenarios (`e2e/`) on
//! SQLite always, on Postgres when `PENSTOCK_TEST_POSTGRES` names a server, they read back what was imported, and the code
//! of the documentation runs, and its pages are tried in a browser.
//!
//! With `PENSTOCK_RECORD` set to a file, every answer is written there and held against what the clients declare.

mod browser;
mod node;
mod sample;
#[expect(dead_code, unused_imports, reason = "shared with the tests of the executable, which use all of it")]
#[path = "../it/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

use penstock_store::Settings;
use penstock_testing::{Engine, ran, say, variable};

use node::{Node, Run};
use support::{Place, Running, places};

/// A client as `e2e/package.json` names it, its version, and its scenario.
struct Client {
    package: &'static str,
    version: &'static str,
    scenario: &'static str,
}

const CLIENTS: [Client; 2] = [
    Client { package: "pipedrive", version: "33.7.0", scenario: "scenario-v2.test.mjs" },
    Client { package: "pipedrive22", version: "22.10.1", scenario: "scenario-v1.test.mjs" },
];

/// The engine of a place, for people.
fn engine(place: &Place) -> &'static str {
    match place.home.settings() {
        Settings::Sqlite { .. } => "SQLite",
        Settings::Postgres { .. } => "Postgres",
    }
}

/// The file that `PENSTOCK_RECORD` names; a relative name counts from the workspace.
fn record() -> Option<PathBuf> {
    variable("PENSTOCK_RECORD").map(|path| node::workspace().join(path))
}

#[test]
fn the_official_clients_run_their_sales_scenarios() {
    let Some(node) = Node::find("the official clients") else { return };
    let record = record();
    if let Some(path) = &record {
        std::fs::write(path, "").expect("PENSTOCK_RECORD names a file that can be written");
    }
    let mut failed = Vec::new();
    for place in places() {
        let engine = engine(&place);
        let server = place.serve(&[]);
        for client in CLIENTS {
            assert_eq!(node.version_of(client.package), client.version);
            let told = tell(&node, &server, &client, record.as_deref());
            let named = format!("official client {} on {engine}", client.version);
            if told.succeeded && told.passed > 50 {
                ran(&format!("{named}: {} steps of its scenario, {:.1} s", told.passed, told.seconds));
            } else {
                say(&format!("{}\n{named}: {} steps passed", told.failures(), told.passed));
                failed.push(named);
            }
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
    assert!(failed.is_empty(), "scenarios failed: {failed:?}, see above");
}

/// Tells a client's scenario to a server.
fn tell(node: &Node, server: &Running, client: &Client, record: Option<&Path>) -> Run {
    let mut command = node.toward(server, "node");
    command.args(["--test", "--test-reporter=tap", client.scenario]);
    if let Some(path) = record {
        command.env("PENSTOCK_RECORD", path);
    }
    Run::of(command)
}

#[test]
fn the_code_of_the_documentation_runs_against_a_demo() {
    let Some(node) = Node::find("the code of the documentation") else { return };
    if let Some(program) = ["curl", "python3"].into_iter().find(|program| !node::is_there(program)) {
        return penstock_testing::did_not_run("the code of the documentation", &format!("{program} is missing"));
    }
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&["--demo"]);
    let mut command = node.toward(&server, "npm");
    command.args(["run", "--silent", "docs"]);
    let run = Run::of(command);
    assert!(run.succeeded, "npm run docs failed:\n{}", run.failures());
    assert!(run.passed > 5, "{}", run.output);
    ran(&format!("the code of README and guides, and every sample of the reference: {:.1} s", run.seconds));
}

#[test]
fn the_check_of_the_clients_declarations_finds_what_it_should() {
    let Some(node) = Node::find("the check of the clients' declarations") else { return };
    let run = node.must("npm", &["run", "--silent", "declarations"]);
    assert!(run.passed > 5, "{}", run.output);
}
