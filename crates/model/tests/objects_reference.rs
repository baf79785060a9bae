//! The committed reference of objects is the one that the tables give.

use std::{fs, path::Path};

use penstock_model::handbook::objects_reference;

#[test]
fn the_committed_reference_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/objects.md");
    let made = objects_reference();
    #[expect(clippy::disallowed_methods, reason = "a test is told to write what it compares with")]
    if std::env::var("PENSTOCK_BLESS").is_ok_and(|v| v == "1") {
        fs::create_dir_all(file.parent().expect("the folder of documents")).expect("the folder of documents");
        fs::write(&file, &made).expect("docs/objects.md");
    }
    let committed = fs::read_to_string(&file).expect("docs/objects.md: make it with PENSTOCK_BLESS=1");
    assert!(committed == made, "docs/objects.md is stale: run this test with PENSTOCK_BLESS=1 and commit it");
}

#[test]
fn every_field_has_a_row() {
    let made = objects_reference();
    for object in penstock_model::objects::ALL {
        for field in object.fields {
            assert!(made.contains(&format!("| `{}` {} |", field.name, field.number)), "{}.{}", object.name, field.name);
        }
    }
    assert!(made.contains("| `label_ids` 51 | options | `label` CommaList collected | `label_ids` List | `labels` |"));
}
