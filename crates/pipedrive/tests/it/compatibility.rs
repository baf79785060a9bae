//! What the examples give to the documentation: `docs/compatibility.md`, every operation of Pipedrive's with the
//! examples of its success and its failure, or that it is to come; and `docs/examples.jsonl`, what was asked and
//! answered. `PENSTOCK_BLESS=1` writes them; otherwise stale ones fail.

use std::{fmt::Write, path::Path};

use penstock_pipedrive::operations::{
    self, Operation, UNIMPLEMENTED, Version,
    deviations::{DEVIATIONS as ROWS, Differs},
};
use penstock_testing::Engine;

use crate::{
    examples::{Example, FILES, run::recorded},
    specifications::deviations::DEVIATIONS as ANSWERS,
};

const HEAD: &str = "# Compatibility with Pipedrive's API

Generated from the operation table and its tests; `PENSTOCK_BLESS=1 cargo test -p penstock-pipedrive --test it` writes
it anew.

Each operation that Penstock has is listed with what its tests show: examples in
`crates/pipedrive/tests/it/examples/`, run on SQLite and Postgres. The body of each success is held against the response
schema of Pipedrive's published specification and against the declarations of the official Node clients (corrections:
`e2e/declarations/corrections.mjs`). Where the specifications are known to be wrong, the list below says what is true and
why. An operation that is to come answers 501.

";

fn names(row: &Operation, succeeds: bool) -> String {
    let title = row.title();
    let all = FILES.iter().flat_map(|(_, examples)| *examples);
    let fitting = all.filter(|e: &&Example| e.operation == title && e.succeeds() == succeeds);
    fitting.map(|e| e.name).collect::<Vec<_>>().join("; ")
}

fn document() -> String {
    let mut out = HEAD.to_owned();
    let rows: Vec<&Operation> = operations::all().collect();
    let _ = writeln!(out, "{} operations are here, {} are to come.", rows.len(), UNIMPLEMENTED.len());
    for version in [Version::V1, Version::V2] {
        let _ = writeln!(out, "\n## {}\n\n| operation | success | failure |\n|---|---|---|", version.word());
        let mut rows: Vec<&Operation> = rows.iter().copied().filter(|row| row.version == version).collect();
        rows.sort_by_key(|row| (row.path, row.method.word()));
        for row in rows {
            let _ = writeln!(
                out,
                "| `{} {}` | {} | {} |",
                row.method.word(),
                row.path,
                names(row, true),
                names(row, false)
            );
        }
    }
    let code = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let _ = writeln!(out, "\n## Where the published specifications are wrong\n");
    let _ =
        writeln!(out, "Everywhere: values may be null that are published as never null (pipedrive-contract 13, 19).\n");
    let _ = writeln!(out, "| operations | places in the answer | what is true, and why |\n|---|---|---|");
    for one in ANSWERS {
        let _ = writeln!(out, "| {} | {} | {} |", code(one.operations), code(one.places), one.because);
    }
    let _ = writeln!(out, "\n| operation | differs on purpose | why |\n|---|---|---|");
    for one in ROWS {
        let how = match one.differs {
            Differs::Parameter(name) => format!("takes `{name}`"),
            Differs::Everyone => "is for every user".to_owned(),
        };
        let title = format!("{} {} {}", one.version.word(), one.method.word(), one.path);
        let _ = writeln!(out, "| `{title}` | {how} | {} |", one.because);
    }
    let _ = writeln!(out, "\n## To come\n");
    for (version, method, path) in UNIMPLEMENTED {
        let _ = writeln!(out, "- {} `{} {path}`", version.word(), method.word());
    }
    out
}

/// A document of the project must be what it is now; `PENSTOCK_BLESS=1` makes it so.
#[expect(clippy::disallowed_methods, reason = "a test is told whether to write what it compares with")]
fn fresh(name: &str, content: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("PENSTOCK_BLESS").is_some() {
        std::fs::write(&file, content).unwrap();
    }
    let stands = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(stands == content, "docs/{name} is stale: run this test with PENSTOCK_BLESS=1");
}

#[test]
fn the_compatibility_table_is_fresh() {
    fresh("compatibility.md", &document());
}

#[test]
fn the_recorded_examples_are_fresh() {
    // Both engines answer the same: another test holds that.
    let lines = recorded().iter().filter(|one| one.engine == Engine::Sqlite).map(|one| one.line() + "\n");
    fresh("examples.jsonl", &lines.collect::<String>());
}
