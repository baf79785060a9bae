//! The pages that the server shows, in a browser (`e2e/browser.test.mjs`).

use penstock_testing::{Engine, did_not_run, ran, variable};

use crate::{
    node::{self, Node, Run},
    support::Place,
};

/// Chromium, by the names that it is installed under; `PENSTOCK_CHROMIUM` names another.
fn chromium() -> Option<String> {
    let named = variable("PENSTOCK_CHROMIUM").into_iter();
    let mut all = named.chain(["chromium", "chromium-browser", "google-chrome"].map(str::to_owned));
    all.find_map(|name| node::path_of(&name))
}

#[test]
fn the_documentation_works_in_a_browser_by_keyboard_on_a_phone_and_offline() {
    const WHAT: &str = "the documentation in a browser";
    let Some(node) = Node::find(WHAT) else { return };
    let Some(chromium) = chromium() else { return did_not_run(WHAT, "chromium is missing") };
    let place = Place::new(Engine::Sqlite);
    let server = place.serve(&["--demo"]);
    let mut command = node.toward(&server, "node");
    command.args(["--test", "--test-reporter=tap", "browser.test.mjs"]).env("PENSTOCK_CHROMIUM", chromium);
    let run = Run::of(command);
    assert!(run.succeeded, "browser.test.mjs failed:\n{}", run.failures());
    assert!(run.passed > 12, "{}", run.output);
    ran(&format!("{WHAT}: {} tests, {:.1} s", run.passed, run.seconds));
}
