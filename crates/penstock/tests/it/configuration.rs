//! Settings from flags, environment and file, and their documentation.

use std::path::Path;

use crate::support::{Place, Running, TOKEN, ask};
use penstock_testing::Engine;

#[test]
fn the_documentation_of_settings_is_fresh() {
    let place = Place::new(Engine::Sqlite);
    let generated = place.say(&["docs", "configuration"]);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        generated == committed,
        "docs/configuration.md is stale: run `cargo run -p penstock -- docs configuration > docs/configuration.md`"
    );
}

#[test]
fn a_flag_counts_more_than_the_environment_and_that_more_than_the_file() {
    let place = Place::new(Engine::Sqlite);
    let file = place.folder.path().join("penstock.toml");
    std::fs::write(&file, "body-limit = \"1KiB\"\nlog = \"warn\"\ndrain = 7\n").expect("a file");
    let mut command = place.command(&["doctor", "--config", "penstock.toml", "--log", "error"]);
    let output = command.env("PENSTOCK_LOG", "debug").env("PENSTOCK_DRAIN", "8").output().expect("it runs");
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    for expected in [
        r#"body-limit     "1KiB" (penstock.toml)"#,
        r#"drain          "8" (PENSTOCK_DRAIN)"#,
        r#"log            "error" (flag)"#,
        r#"log-format     "text" (default)"#,
    ] {
        assert!(report.contains(expected), "{expected} in {report}");
    }
}

#[test]
fn settings_may_stand_before_or_after_a_command() {
    let place = Place::new(Engine::Sqlite);
    for args in [&["--drain", "9", "doctor"][..], &["doctor", "--drain", "9"]] {
        assert!(place.say(args).contains(r#""9" (flag)"#), "{args:?}");
    }
}

#[test]
fn a_wrong_setting_names_its_place() {
    let place = Place::new(Engine::Sqlite);
    std::fs::write(place.folder.path().join("bad.toml"), "listen = 5\n").expect("a file");
    std::fs::write(place.folder.path().join("odd.toml"), "lissten = \"127.0.0.1:1\"\n").expect("a file");
    for (args, expected) in [
        (&["doctor", "--listen", "nowhere"][..], "--listen must be host:port"),
        (&["doctor", "--body-limit", "2 parsecs"], "--body-limit must be"),
        (&["doctor", "--log", "loud"], "--log must be"),
        (&["doctor", "--database-url", "mysql://x"], "--database-url must be"),
        (&["doctor", "--config", "none.toml"], "none.toml"),
        (&["doctor", "--config", "bad.toml"], "listen in bad.toml must be"),
        (&["doctor", "--config", "odd.toml"], "unknown key lissten"),
    ] {
        let complaint = place.complaint(args);
        assert!(complaint.contains(expected), "{args:?}: {complaint}");
    }
}

#[test]
fn a_server_takes_its_settings_from_a_file() {
    let place = Place::new(Engine::Sqlite);
    std::fs::write(place.folder.path().join("p.toml"), "data = \"elsewhere\"\nbody-limit = 100\n").expect("a file");
    let mut command = place.command(&["serve"]);
    command.env_remove("PENSTOCK_DATA").env("PENSTOCK_CONFIG", "p.toml").env("PENSTOCK_TOKEN", TOKEN);
    let server = Running::start(command);
    assert!(place.folder.path().join("elsewhere/penstock.db").is_file());
    assert_eq!(server.post("/v1/deals", &"x".repeat(101)).status, 413);
    let stranger = ask(&server.address, "POST", "/v1/deals", "", &"x".repeat(101));
    assert_eq!(stranger.status, 401, "whose body is not even looked at");
}
