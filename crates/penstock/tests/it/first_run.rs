//! The first start, and those after it.

use crate::support::{Place, Running, TOKEN, ask, places};
use penstock_testing::Engine;

/// The word after a label in what was said.
fn after<'a>(said: &'a str, label: &str) -> &'a str {
    let rest = said.split(label).nth(1).unwrap_or_else(|| panic!("no {label} in {said}"));
    rest.split_whitespace().next().expect("a word")
}

#[test]
fn the_first_run_prints_a_token_that_works_and_a_second_keeps_everything() {
    for place in places() {
        let server = Running::start(place.command(&[]));
        let token = after(&server.said, "token ").to_owned();
        assert_eq!(token.len(), 40);
        assert!(server.said.contains(&format!("curl -H 'x-api-token: {token}' 'http://{}/v1/", server.address)));
        let me = ask(&server.address, "GET", "/v1/users/me", &token, "").data();
        assert_eq!((me["id"].as_i64(), me["company_name"].as_str()), (Some(1), Some("My company")));
        let made = ask(&server.address, "POST", "/v1/deals", &token, r#"{"title":"Kept"}"#).data();
        let (status, _) = server.stop();
        assert!(status.success(), "{status}");

        let again = Running::start(place.command(&["serve"]));
        assert!(!again.said.contains("token"), "{}", again.said);
        let kept = ask(&again.address, "GET", &format!("/v1/deals/{}", made["id"]), &token, "").data();
        assert_eq!(kept["title"], "Kept");
    }
}

#[test]
fn records_are_made_under_data_when_nothing_is_said() {
    let place = Place::new(Engine::Sqlite);
    let mut command = place.command(&[]);
    command.env_remove("PENSTOCK_DATA");
    let server = Running::start(command);
    assert!(server.said.contains("./data/penstock.db"), "{}", server.said);
    assert!(place.folder.path().join("data/penstock.db").is_file());
}

#[test]
fn a_token_can_be_chosen_at_the_first_start_only() {
    for place in places() {
        let server = place.serve(&[]);
        assert_eq!(server.get("/v1/users/me").status, 200);
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &TOKEN.replace('0', "1"), "").status, 401);
        drop(server);
        let mut command = place.command(&["serve"]);
        command.env("PENSTOCK_TOKEN", TOKEN.replace('0', "1"));
        let again = Running::start(command);
        assert_eq!(again.get("/v1/users/me").status, 200, "the stored token stays");
        assert!(again.said.contains("PENSTOCK_TOKEN is not the first admin's token"), "{}", again.said);
        drop(again);
        assert!(!place.serve(&[]).said.contains("PENSTOCK_TOKEN"), "the one in use is no news");
    }
}

#[test]
fn the_company_and_its_admin_are_called_what_the_settings_say_at_the_first_start() {
    for place in places() {
        let named =
            ["--company-name", "Millrace Pumps", "--admin-name", "Noor", "--admin-email", "noor@millrace.example"];
        let server = place.serve(&named);
        assert!(server.said.contains("Millrace Pumps") && server.said.contains("Noor <noor@millrace.example>"));
        let me = server.get("/v1/users/me").data();
        assert_eq!((me["name"].as_str(), me["email"].as_str()), (Some("Noor"), Some("noor@millrace.example")));
        assert_eq!(me["company_name"], "Millrace Pumps");
        place.say(&["company", "create", "Second", "--admin-name", "Ann", "--admin-email", "ann@second.example"]);
        let users = place.say(&["user", "list", "--company", "Second"]);
        assert!(users.contains("Ann") && users.contains("ann@second.example"), "{users}");
        drop(server);
        let server = place.serve(&["--company-name", "Another"]);
        assert_eq!(
            server.get("/v1/users/me").data()["company_name"],
            "Millrace Pumps",
            "only the first start names it"
        );
    }
    let place = Place::new(Engine::Sqlite);
    let complaint = place.complaint(&["serve", "--listen", "127.0.0.1:0", "--admin-email", "nobody"]);
    assert!(complaint.contains("must be an e-mail address"), "{complaint}");
}

#[test]
fn a_wrong_token_is_told_without_repeating_it() {
    let place = Place::new(Engine::Sqlite);
    let output = place.command(&["serve"]).env("PENSTOCK_TOKEN", "secret-but-wrong").output().expect("it runs");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint.contains("PENSTOCK_TOKEN must be 40 hexadecimal digits"), "{complaint}");
    assert!(!complaint.contains("secret-but-wrong"), "{complaint}");
}

#[test]
fn a_taken_address_is_told_before_anything_is_made() {
    let place = Place::new(Engine::Sqlite);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let complaint = place.complaint(&["serve", "--listen", &address]);
    assert!(complaint.contains(&address) && complaint.contains("--listen"), "{complaint}");
    assert!(complaint.contains("Another program listens there"), "{complaint}");
    assert!(place.say(&["doctor"]).contains("is not there yet"));
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let place = Place::new(Engine::Sqlite);
    let data = place.folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("penstock.db"), "this is not a database, but it is long enough to be taken for one")
        .expect("a file");
    let complaint = place.complaint(&["company", "list", "--data", "data"]);
    assert!(complaint.contains("penstock.db") && complaint.contains("doctor"), "{complaint}");
    let output = place.run(&["doctor", "--data", "data"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("BROKEN"), "{output:?}");
}
