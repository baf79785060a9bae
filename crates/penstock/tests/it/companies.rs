//! Companies, users and tokens from the command line, beside a server that runs.

use crate::support::{TOKEN, ask, places, token_in};

#[test]
fn companies_are_made_and_listed_beside_a_running_server() {
    for place in places() {
        let server = place.serve(&[]);
        let made = place.say(&["company", "create", "Second & Sons"]);
        let second = token_in(&made);
        let me = ask(&server.address, "GET", "/v1/users/me", &second, "").data();
        assert_eq!((me["company_id"].as_i64(), me["company_domain"].as_str()), (Some(2), Some("second-sons")));
        assert_eq!(server.post("/v1/deals", r#"{"title":"Ours"}"#).data()["id"], 1);
        let theirs = ask(&server.address, "GET", "/v1/deals", &second, "").data();
        assert!(theirs.is_null(), "{theirs}");
        place.say(&["company", "create", "Playground", "--sandbox"]);
        let list = place.say(&["company", "list"]);
        let kinds: Vec<(&str, bool)> = [("My company", false), ("Second & Sons", false), ("Playground", true)].to_vec();
        for (name, sandbox) in kinds {
            let line = list.lines().find(|l| l.contains(name)).unwrap_or_else(|| panic!("{name} in {list}"));
            assert_eq!(line.contains("sandbox"), sandbox, "{line}");
        }
    }
}

#[test]
fn users_are_added_and_get_tokens() {
    for place in places() {
        let server = place.serve(&[]);
        let added =
            place.say(&["user", "add", "--company", "my company", "--name", "Ann Other", "--email", "ann@example.com"]);
        assert!(added.contains("user 2"), "{added}");
        let issue = ["token", "--company", "1", "--user", "ann@example.com"];
        let first = place.say(&issue).trim().to_owned();
        let me = ask(&server.address, "GET", "/v1/users/me", &first, "").data();
        assert_eq!((me["name"].as_str(), me["is_admin"].as_i64()), (Some("Ann Other"), Some(0)));
        let second = place.say(&issue).trim().to_owned();
        assert_ne!(first, second);
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &first, "").status, 401, "the old token ended");
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &second, "").status, 200);
        place.say(&["user", "add", "--company", "1", "--name", "Boss", "--email", "boss@example.com", "--admin"]);
        let boss = place.say(&["token", "--company", "1", "--user", "3"]).trim().to_owned();
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", &boss, "").data()["is_admin"], 1);
        assert_eq!(ask(&server.address, "GET", "/v1/users/me", TOKEN, "").status, 200);
    }
}

#[test]
fn companies_and_users_are_renamed_beside_a_running_server() {
    for place in places() {
        let server = place.serve(&[]);
        let me = || server.get("/v1/users/me").data();
        assert_eq!(me()["company_name"], "My company");
        place.say(&["company", "edit", "My company", "--name", "Millrace Pumps"]);
        assert_eq!(
            (me()["company_name"].as_str(), me()["company_domain"].as_str()),
            (Some("Millrace Pumps"), Some("my-company"))
        );
        let edit = ["user", "edit", "--company", "millrace pumps", "--user", "1", "--name", "Noor"];
        assert!(place.say(&edit).contains("user 1: Noor <admin@example.com>"));
        place.say(&[
            "user",
            "edit",
            "--company",
            "1",
            "--user",
            "ADMIN@example.com",
            "--email",
            "noor@millrace.example",
        ]);
        assert_eq!((me()["name"].as_str(), me()["email"].as_str()), (Some("Noor"), Some("noor@millrace.example")));
        let found = server.get("/v1/users/find?term=noo").data();
        assert_eq!(found[0]["id"], 1, "it is found by the new name: {found}");
    }
}

#[test]
fn a_user_is_shut_out_and_let_in_again() {
    for place in places() {
        let server = place.serve(&[]);
        place.say(&["user", "add", "--company", "1", "--name", "Ann Other", "--email", "ann@example.com", "--admin"]);
        let ann = ["--company", "1", "--user", "ann@example.com"];
        let with = |command: &[&str]| place.say(&[command, &ann[..]].concat());
        let token = with(&["token"]).trim().to_owned();
        let status = || ask(&server.address, "GET", "/v1/users/me", &token, "").status;
        assert_eq!(status(), 200);
        with(&["user", "deactivate"]);
        assert_eq!(status(), 401);
        let list = place.say(&["user", "list", "--company", "1"]);
        let line = list.lines().find(|line| line.contains("ann@example.com")).expect("she is listed");
        assert!(line.contains("deactivated") && line.contains("admin"), "{line}");
        let complaint = place.complaint(&["user", "deactivate", "--company", "1", "--user", "1"]);
        assert!(complaint.contains("the only active admin"), "{complaint}");
        with(&["user", "activate"]);
        assert_eq!(status(), 200);
        place.say(&["user", "deactivate", "--company", "1", "--user", "1"]);
        assert_eq!(server.get("/v1/users/me").status, 401, "there is another admin now");
    }
}

#[test]
fn what_cannot_be_done_is_told_with_what_to_do() {
    for place in places() {
        let server = place.serve(&[]);
        drop(server);
        for (args, expected) in [
            (&["company", "reset", "My company"][..], "no sandbox"),
            (&["company", "reset", "Nowhere"], "1 My company"),
            (&["company", "create", "  "], "1 to 255 characters"),
            (&["token", "--company", "1", "--user", "nobody@example.com"], "admin@example.com"),
            (&["user", "add", "--company", "1", "--name", "A", "--email", "no address"], "e-mail address"),
            (&["user", "add", "--company", "1", "--name", "A", "--email", "admin@example.com"], "taken"),
            (&["user", "add", "--company", "1", "--name", &"A".repeat(256), "--email", "a@example.com"], "255"),
            (&["user", "add", "--company", "1", "--name", "A\u{7}", "--email", "a@example.com"], "name: must have"),
            (&["user", "edit", "--company", "1", "--user", "1", "--email", "no address"], "e-mail address"),
            (&["user", "edit", "--company", "1", "--user", "7", "--name", "A"], "admin@example.com"),
            (&["user", "deactivate", "--company", "1", "--user", "nobody@example.com"], "admin@example.com"),
            (&["company", "edit", "1", "--name", " "], "1 to 255 characters"),
            (&["company", "edit", "Nowhere", "--name", "A"], "1 My company"),
            (&["--demo", "company", "list"], "company create"),
        ] {
            let complaint = place.complaint(args);
            assert!(complaint.contains(expected), "{args:?}: {complaint}");
        }
        place.say(&["company", "create", "Twin"]);
        place.say(&["company", "create", "twin"]);
        let complaint = place.complaint(&["token", "--company", "TWIN", "--user", "1"]);
        assert!(complaint.contains("2, 3"), "{complaint}");
    }
}

#[test]
fn commands_say_when_there_are_no_records() {
    let place = crate::support::Place::new(penstock_testing::Engine::Sqlite);
    let complaint = place.complaint(&["company", "list", "--data", "nowhere"]);
    assert!(complaint.contains("nowhere") && complaint.contains("penstock serve"), "{complaint}");
    assert!(!place.folder.path().join("nowhere").exists(), "looking makes nothing");
}
