//! `docs/review.md`: the table as a page. `PENSTOCK_BLESS=1` writes it; otherwise a stale one fails, and so does a row
//! that names a test that there is not, or that is set aside. Whether each of them ran and passed is for the gate to
//! say, which alone sees what ran: `.ci/reviewed` reads the page beside the log of all tests.

use std::{
    collections::HashSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use super::table::{ROWS, Row, Sort};

const HEAD: &str = "# The review, as tests

Generated from `crates/penstock/tests/it/review/table.rs`; to write it anew:
`PENSTOCK_BLESS=1 cargo test -p penstock --test it review`.

An integrator's review of Pipedrive's API listed what is good about it, what is wrong with it, and what is missing.
Each statement stands here in our words. What is wrong is so on the Pipedrive face as well, because clients rely on it;
the Virtual API has the repair. The tests show both, on SQLite and Postgres.
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> String {
    let mut out = HEAD.to_owned();
    let closed = ROWS.iter().filter(|row| row.open.is_empty()).count();
    let _ = writeln!(out, "\n{} statements, {closed} of them closed.", ROWS.len());
    for (number, row) in ROWS.iter().enumerate() {
        let sort = match row.sort {
            Sort::Strength => "strength",
            Sort::Flaw => "flaw",
            Sort::Wish => "wish",
        };
        let _ = writeln!(out, "\n## {}. {}\n\nA {sort}.\n", number + 1, row.says);
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                let _ = writeln!(out, "- **{label}:** {text}");
            }
        };
        line("Pipedrive face", row.there);
        line("Virtual API", row.here);
        let tests: Vec<String> = row.tests.iter().map(|test| format!("`{test}`")).collect();
        line("Tests", &tests.join(", "));
        line("Open", row.open);
    }
    out
}

/// The names of all functions that are marked as tests in the sources.
fn tests() -> HashSet<String> {
    let mut folders = vec![root().join("crates")];
    let mut names = HashSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(path).expect("a source");
                let mut marked = false;
                for line in text.lines().map(str::trim) {
                    let name =
                        line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
                    match name {
                        Some(name) if marked => {
                            names.insert(name.to_owned());
                            marked = false;
                        }
                        _ if line.starts_with("#[test]") || line.starts_with("#[tokio::test") => marked = true,
                        _ if line.starts_with("#[ignore") => marked = false,
                        _ if line.starts_with("#[") || line.is_empty() => {}
                        _ => marked = false,
                    }
                }
            }
        }
    }
    names
}

#[test]
fn every_row_names_tests_that_there_are_or_says_what_is_open() {
    let known = tests();
    for Row { says, tests, open, there, here, .. } in ROWS {
        assert!(!tests.is_empty() || !open.is_empty(), "{says}: neither a test nor an open part");
        assert!(tests.is_empty() || !there.is_empty() || !here.is_empty(), "{says}: no request");
        for test in *tests {
            assert!(known.contains(*test), "{says}: there is no test {test}");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
fn the_page_of_the_review_is_fresh() {
    let file = root().join("docs/review.md");
    if std::env::var_os("PENSTOCK_BLESS").is_some() {
        fs::write(&file, document()).expect("written");
    }
    let stands = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stands == document(),
        "docs/review.md is stale: PENSTOCK_BLESS=1 cargo test -p penstock --test it \
        review"
    );
}

/// What the gate says of a log of tests.
fn gate(log: &str) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log");
    fs::write(&file, log).expect("written");
    Command::new(root().join(".ci/reviewed")).arg(&file).output().expect("the gate runs")
}

#[test]
fn the_gate_fails_when_a_row_names_a_test_that_did_not_run() {
    let names: HashSet<&str> = ROWS.iter().flat_map(|row| row.tests.iter().copied()).collect();
    let ran: Vec<String> = names.iter().map(|name| format!("test some::place::{name} ... ok\n")).collect();
    let all = gate(&ran.concat());
    assert!(all.status.success(), "{}", String::from_utf8_lossy(&all.stderr));
    let said = |log: String| {
        let refused = gate(&log);
        assert!(!refused.status.success(), "{log}");
        String::from_utf8_lossy(&refused.stderr).into_owned()
    };
    let name = "references_are_objects_here_and_integers_there";
    let others: String = ran.iter().filter(|line| !line.contains(name)).cloned().collect();
    for line in ["", "ignored", "FAILED"] {
        let line = if line.is_empty() { String::new() } else { format!("test review::{name} ... {line}\n") };
        assert!(said(format!("{others}{line}")).contains(name), "{line}");
    }
    assert!(said(format!("{others}test review::{name}_again ... ok\n")).contains(name), "another test");
    assert!(said(String::new()).contains(name));
}
