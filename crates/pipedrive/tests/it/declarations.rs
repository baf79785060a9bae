//! The recorded answers against the declarations of Pipedrive's official clients (`e2e/README.md`): written as lines,
//! checked by `e2e/declarations/check.mjs`.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use penstock_testing::{Engine, did_not_run, ran};

use crate::examples::run::{Recorded, recorded};

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e")
}

/// Runs a program in the suite; nothing when there is no such program.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).current_dir(suite()).output().ok()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The clients are there, or were fetched; else why not.
fn clients() -> Result<(), String> {
    if suite().join("node_modules/.package-lock.json").exists() {
        return run("node", &["--version"]).map(drop).ok_or_else(|| "node is missing".to_owned());
    }
    let fetched = run("npm", &["ci", "--no-audit", "--no-fund"]).ok_or("npm is missing")?;
    if fetched.status.success() { Ok(()) } else { Err(format!("npm ci failed: {}", said(&fetched))) }
}

#[test]
fn every_answer_is_what_the_official_clients_declare() {
    if let Err(why) = clients() {
        return did_not_run("what the official clients declare", &why);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (schemas, answers) = (folder.join("declarations.json"), folder.join("answers.jsonl"));
    // Both engines answer the same: another test holds that.
    let lines: Vec<String> = recorded().iter().filter(|one| one.engine == Engine::Sqlite).map(Recorded::line).collect();
    std::fs::write(&answers, lines.join("\n")).unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let derived = run("node", &["declarations/derive.mjs", &path(&schemas)]).unwrap();
    assert!(derived.status.success(), "{}", said(&derived));
    let checked = run("node", &["declarations/check.mjs", &path(&schemas), &path(&answers)]).unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(said(&checked).contains(&format!("{} passed, 0 failed", lines.len())), "{}", said(&checked));
    ran(&format!("what the official clients declare: {} answers are of their types", lines.len()));
}
