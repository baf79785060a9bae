//! Imports point one way: the edges between the crates are these and no others (ARCHITECTURE.md has the picture).

use std::{collections::BTreeSet, fs, path::Path};

/// Each crate and the crates of this workspace that it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("api", &["model"]),
    ("store", &["model"]),
    ("work", &["model", "store"]),
    ("crm", &["model", "store", "work"]),
    ("auth", &["model", "store"]),
    ("import", &["model", "store", "work", "crm"]),
    ("demo", &["model", "store", "work", "crm"]),
    ("testing", &["model", "store", "crm", "auth"]),
    ("connector", &["model"]),
    ("connectors", &["model", "store", "crm", "connector"]),
    ("virtual", &["model", "api", "connector"]),
    ("pipedrive", &["model", "api", "store", "crm", "auth"]),
    ("web", &["model", "api", "store", "crm", "auth"]),
    (
        "penstock",
        &[
            "model",
            "api",
            "store",
            "work",
            "crm",
            "auth",
            "import",
            "demo",
            "connector",
            "connectors",
            "virtual",
            "pipedrive",
            "web",
        ],
    ),
];

#[test]
fn crates_depend_only_on_those_below_them() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates' folder");
    let mut seen = BTreeSet::new();
    for entry in fs::read_dir(crates).expect("the crates' folder") {
        let folder = entry.expect("an entry").path();
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let name = folder.file_name().and_then(|n| n.to_str()).expect("a name").to_owned();
        let allowed =
            ALLOWED.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("{name} is not in the table")).1;
        // Tests may use more: only what the crate itself is built from counts.
        let built = manifest.split("[dev-dependencies]").next().unwrap_or("");
        for line in built.lines().filter(|l| l.starts_with("penstock-")) {
            let used = line.trim_start_matches("penstock-").split(['.', ' ', '=']).next().unwrap_or("");
            assert!(allowed.contains(&used), "{name} must not use {used}");
        }
        seen.insert(name);
    }
    for (name, uses) in ALLOWED {
        for used in *uses {
            assert!(
                ALLOWED.iter().position(|(n, _)| n == used) < ALLOWED.iter().position(|(n, _)| n == name),
                "{name} stands above {used}"
            );
        }
    }
    assert!(seen.contains("model"));
}

/// The only places that may make an access from nothing: everything else can only narrow one.
const MAKERS: &[(&str, &[&str])] = &[
    ("Access::of_token(", &["auth/src/lib.rs"]),
    ("Access::of_system(", &["crm/src/rules/company.rs"]),
    // The rights of the server's own work are for that work, not for what a face is asked.
    ("Grant::System", &[]),
];

#[test]
fn only_auth_and_the_servers_own_work_make_an_access() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates' folder");
    let mut found: Vec<BTreeSet<String>> = vec![BTreeSet::new(); MAKERS.len()];
    let mut folders = vec![crates.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(crates).expect("below the crates").to_string_lossy().replace('\\', "/");
                // The type's own file and this one name them, too.
                if name == "model/src/access.rs" || name == "model/tests/layers.rs" {
                    continue;
                }
                let text = fs::read_to_string(&path).expect("a source");
                let calls = MAKERS.iter().enumerate().filter(|(_, (call, _))| text.contains(call));
                calls.for_each(|(at, _)| _ = found[at].insert(name.clone()));
            }
        }
    }
    for ((call, makers), found) in MAKERS.iter().zip(found) {
        assert!(found.iter().eq(makers.iter()), "{call} is in {found:?}");
    }
}
